import WatchCore

/// Policies that keep others from silencing one account's audit pipelines: refusals alone, on the
/// pipelines' own parts alone.
public struct GuardPolicy: Sendable {
  public var inventory: Inventory
  /// ARNs of the roles that may still do it, `*` allowed within their names. None: nobody may.
  public var allowed: [String]
  /// Whether those roles must have signed in with a second factor.
  public var asksForMFA: Bool

  public enum Problem: Error, Hashable, Sendable {
    case notARole(String)
    case tooWide(String)

    public var text: String {
      switch self {
      case .notARole(let text):
        "\"\(text.shortened(to: 80))\" is not the ARN of a role; write "
          + "arn:aws:iam::111122223333:role/NAME"
      case .tooWide(let text):
        "\"\(text.shortened(to: 80))\" would leave the door open to every role; name one"
      }
    }
  }

  public init(inventory: Inventory, allowed: [String], asksForMFA: Bool) throws(Problem) {
    for role in allowed { try Self.check(role) }
    self.inventory = inventory
    self.allowed = allowed
    self.asksForMFA = asksForMFA
  }

  /// Where nothing is known, nothing can be guarded.
  public var isEmpty: Bool { parts.isEmpty }

  private static func check(_ role: String) throws(Problem) {
    let parts = role.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == "iam",
      parts[3].isEmpty, parts[5].hasPrefix("role/"),
      parts[4] == "*"
        || (parts[4].utf8.count == 12 && parts[4].utf8.allSatisfy { (0x30...0x39).contains($0) }),
      role.unicodeScalars.allSatisfy({ (0x21...0x7E).contains($0.value) })
    else { throw .notARole(role) }
    let name = parts[5].dropFirst(5)
    guard name.contains(where: { $0.isLetter || $0.isNumber }), !role.contains("${") else {
      throw .tooWide(role)
    }
  }

  /// To be attached to users, groups and roles.
  public var policies: [PrintedPolicy] {
    PrintedPolicy.packed(
      "watchkeeper-guard-\(inventory.account)",
      use: "refusals for users, groups and roles in account \(inventory.account)", statements,
      limit: PrintedPolicy.managedLimit)
  }

  /// To be attached to the account or its unit in AWS Organizations.
  public var controlPolicies: [PrintedPolicy] {
    PrintedPolicy.packed(
      "watchkeeper-scp-\(inventory.account)",
      use: "a service control policy for account \(inventory.account), or its unit", statements,
      limit: PrintedPolicy.controlLimit)
  }

  /// The same as a permissions boundary. A boundary bounds what is allowed elsewhere, so it allows
  /// everything first: attached as an ordinary policy it would make an administrator. A principal
  /// has one boundary: the actions stand together, each fits its own kind of resource alone.
  public var boundary: PrintedPolicy {
    let everything = PrintedStatement(
      "BoundedByWhatFollows", .allow, actions: ["*"], resources: ["*"])
    let refused = refusals(
      "GuardAuditTrail", parts.flatMap(\.actions).sorted(), parts.flatMap(\.resources).sorted())
    return PrintedPolicy(
      "watchkeeper-boundary-\(inventory.account)",
      use: "a permissions boundary in account \(inventory.account), and NEVER an ordinary policy",
      [everything] + refused, limit: PrintedPolicy.managedLimit)
  }

  /// For each part: nobody but the named roles; and those by a second factor.
  public var statements: [PrintedStatement] {
    parts.flatMap { part in
      refusals("Guard\(part.name)", part.actions.sorted(), part.resources)
    }
  }

  private func refusals(
    _ sid: String, _ actions: [String], _ resources: [String]
  ) -> [PrintedStatement] {
    guard !actions.isEmpty else { return [] }
    let others = allowed.isEmpty ? [] : [Self.others(than: allowed)]
    var statements = [
      PrintedStatement(sid, .deny, actions: actions, resources: resources, conditions: others)
    ]
    if asksForMFA, !allowed.isEmpty {
      statements.append(
        PrintedStatement(
          "\(sid)MFA", .deny, actions: actions, resources: resources, conditions: [Self.noMFA]))
    }
    return statements
  }

  /// A session of a role has the role's own ARN here (IAM User Guide, "aws:PrincipalArn").
  private static func others(than roles: [String]) -> PrintedStatement.Condition {
    PrintedStatement.Condition("ArnNotLike", "aws:PrincipalArn", roles)
  }

  /// Long-term keys carry no such key at all: only IfExists catches them too (IAM User Guide,
  /// "aws:MultiFactorAuthPresent").
  private static let noMFA = PrintedStatement.Condition(
    "BoolIfExists", "aws:MultiFactorAuthPresent", ["false"])
}
