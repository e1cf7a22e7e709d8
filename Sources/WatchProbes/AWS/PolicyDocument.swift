import CloudAPI
import WatchCore

/// A policy of AWS's, read by its meaning (IAM User Guide, "Policy evaluation logic": an explicit
/// Deny wins; without an Allow nothing is allowed). What cannot be told stays unknown.
struct PolicyDocument: Sendable {
  var statements: [PolicyStatement]

  /// As an object, or as text that holds one. Nil for what is no policy.
  init?(_ value: JSONValue?) {
    guard let value else { return nil }
    let policy = value.string.map { try? JSONReader.read(Array($0.utf8)) } ?? value
    guard let listed = policy?["Statement"] else { return nil }
    let values = listed.array ?? [listed]
    statements = values.compactMap(PolicyStatement.init)
    if statements.count != values.count { return nil }
  }

  /// Whether the request may be made, by this policy alone.
  func allows(_ request: PolicyRequest) -> Holds {
    let allowed = Holds.any(statements.filter(\.allows).map { $0.applies(to: request) })
    return .all([allowed, !denies(request)])
  }

  /// Whether a Deny refuses it, whatever the caller chooses to send.
  func denies(_ request: PolicyRequest) -> Holds {
    .any(statements.filter { !$0.allows }.map { $0.applies(to: request, surely: true) })
  }

  /// Who is allowed any of the actions on any of the resources, statement by statement; what is
  /// denied to everybody is left out.
  func grants(_ actions: [String], on resources: [String]) -> [PolicyGrant] {
    let asked = actions.flatMap { action in resources.map { (action, $0) } }.filter {
      denies(.anybody($0.0, on: $0.1)) != .yes
    }
    return statements.filter(\.allows).compactMap { statement in
      let granted = asked.filter { statement.concerns($0.0, $0.1) != .no }.map(\.0)
      guard !granted.isEmpty else { return nil }
      return PolicyGrant(
        sid: statement.sid, actions: Set(granted).sorted(), principals: statement.principals,
        isConditional: statement.isConditional)
    }
  }
}

/// What one statement allows to whom.
struct PolicyGrant: Hashable, Sendable {
  var sid: String?
  var actions: [String]
  /// `*`, ARNs, account numbers, service names; `all but …` for the opposite element.
  var principals: [String]
  var isConditional: Bool
}
