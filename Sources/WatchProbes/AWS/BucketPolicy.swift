import CloudAPI
import WatchCore

/// Who writes log files: CloudTrail on behalf of one trail.
struct LogWriter: Hashable, Sendable {
  var arn: TrailARN
  var bucket: String
  var prefix: String?
  var isOrganization = false

  static let service = "cloudtrail.amazonaws.com"
  static let action = "s3:PutObject"

  /// An object as CloudTrail would write it at that time. For an organization the folder of its own
  /// account stands for all.
  func resource(at time: Timestamp) -> String {
    let layout = LogLayout(
      prefix: prefix, organization: isOrganization ? "o-aaaaaaaaaa" : nil, account: arn.account,
      region: arn.homeRegion)
    return "arn:\(arn.partition):s3:::\(bucket)/\(layout.start(time))_aaaaaaaaaaaaaaaa.json.gz"
  }
}

/// A bucket's policy, read for one question alone: does it refuse CloudTrail's writes? (IAM User
/// Guide, "Policy evaluation logic": an explicit Deny wins; without an Allow nothing is allowed.)
struct BucketPolicy: Sendable {
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

  func refuses(_ writer: LogWriter, at time: Timestamp) -> Holds {
    let resource = writer.resource(at: time)
    let denied = Holds.any(
      statements.filter { !$0.allows }.map { $0.applies(to: writer, resource) })
    let allowed = Holds.any(
      statements.filter(\.allows).map { $0.applies(to: writer, resource) })
    // An organization's folder is named by an id that we do not know: not matching proves nothing.
    let missing = writer.isOrganization && allowed == .no ? Holds.unknown : !allowed
    return .any([denied, missing])
  }
}

/// One statement of a policy.
struct PolicyStatement: Sendable {
  var allows: Bool
  private let body: JSONValue

  /// Nil where the statement has no effect that we know.
  init?(_ body: JSONValue) {
    switch body["Effect"]?.string {
    case "Allow": allows = true
    case "Deny": allows = false
    default: return nil
    }
    self.body = body
  }

  func applies(to writer: LogWriter, _ resource: String) -> Holds {
    .all([
      principal, matches("Action", "NotAction", LogWriter.action, ignoringCase: true),
      matches("Resource", "NotResource", resource, ignoringCase: false),
      PolicyConditions(body["Condition"]).hold(for: writer),
    ])
  }

  private var principal: Holds {
    if let named = body["Principal"] { return Self.names(named) }
    if let others = body["NotPrincipal"] { return !Self.names(others) }
    return .no
  }

  /// Whether a principal element means CloudTrail.
  private static func names(_ principal: JSONValue) -> Holds {
    if principal.string == "*" { return .yes }
    guard let members = principal.members else { return .unknown }
    return .any(
      members.map { member in
        let values = texts(member.value)
        switch member.name {
        case "Service": return Holds(values.contains(LogWriter.service))
        // Trails from before service principals wrote as accounts of AWS's own.
        case "AWS": return values.contains("*") ? .yes : values.isEmpty ? .no : .unknown
        default: return .no
        }
      })
  }

  private func matches(
    _ name: String, _ opposite: String, _ value: String, ignoringCase: Bool
  ) -> Holds {
    if let patterns = body[name] {
      return .any(Self.texts(patterns).map { Self.match($0, value, ignoringCase) })
    }
    if let patterns = body[opposite] {
      return !Holds.any(Self.texts(patterns).map { Self.match($0, value, ignoringCase) })
    }
    return .no
  }

  private static func match(_ pattern: String, _ value: String, _ ignoringCase: Bool) -> Holds {
    if pattern.contains("${") { return .unknown }
    return Holds(
      ignoringCase
        ? Wildcard.matches(pattern.lowercased(), value.lowercased())
        : Wildcard.matches(pattern, value))
  }

  /// One text, or a list of them.
  static func texts(_ value: JSONValue) -> [String] {
    value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
  }
}
