import CloudAPI

/// A statement's Condition element, judged for a write by CloudTrail (IAM User Guide, "Condition
/// operators", "Global condition keys"; CloudTrail User Guide, "Bucket policy for CloudTrail").
struct PolicyConditions: Sendable {
  private let value: JSONValue?

  init(_ value: JSONValue?) {
    self.value = value
  }

  /// All operators and keys must hold.
  func hold(for writer: LogWriter) -> Holds {
    guard let value else { return .yes }
    guard let operators = value.members else { return .unknown }
    return .all(
      operators.flatMap { operation in
        (operation.value.members ?? []).map { key in
          Self.holds(operation.name, key.name, Self.texts(key.value), writer)
        }
      })
  }

  /// What a request of CloudTrail's carries under a key.
  private enum Context {
    case value(String)
    case absent
    case unknown
  }

  private static func context(_ key: String, _ writer: LogWriter) -> Context {
    switch key.lowercased() {
    case "aws:securetransport": .value("true")
    case "aws:sourcearn": .value(writer.arn.text)
    case "aws:sourceaccount": .value(writer.arn.account)
    case "s3:x-amz-acl": .value("bucket-owner-full-control")
    case "aws:principalisawsservice": .value("true")
    case "aws:principalservicename": .value(LogWriter.service)
    // A service calls as itself: no account, organization, user or network of the customer's.
    case "aws:principalarn", "aws:principalaccount", "aws:principalorgid",
      "aws:principalorgpaths", "aws:userid", "aws:username", "aws:sourcevpc", "aws:sourcevpce",
      "aws:vpcsourceip", "aws:multifactorauthpresent", "aws:multifactorauthage":
      .absent
    default: .unknown
    }
  }

  private static func holds(
    _ operation: String, _ key: String, _ wanted: [String], _ writer: LogWriter
  ) -> Holds {
    let ifExists = operation.hasSuffix("IfExists")
    let name = ifExists ? String(operation.dropLast(8)) : operation
    switch context(key, writer) {
    case .unknown:
      // Services have no address of the customer's: a list of allowed addresses shuts them out.
      return name == "NotIpAddress" && key.lowercased() == "aws:sourceip" && !ifExists
        ? .yes : .unknown
    case .absent:
      if name == "Null" { return Holds(wanted.contains("true")) }
      if ifExists { return .yes }
      return Holds(name.contains("Not"))
    case .value(let value):
      return compare(name, value, wanted)
    }
  }

  private static func compare(_ name: String, _ value: String, _ wanted: [String]) -> Holds {
    if wanted.contains(where: { $0.contains("${") }) { return .unknown }
    switch name {
    case "Null": return Holds(wanted.contains("false"))
    case "StringEquals",
      "ArnEquals" where !wanted.contains(where: { $0.contains("*") }):
      return Holds(wanted.contains(value))
    case "StringNotEquals": return Holds(!wanted.contains(value))
    case "StringEqualsIgnoreCase", "Bool":
      return Holds(wanted.contains { $0.lowercased() == value.lowercased() })
    case "StringNotEqualsIgnoreCase":
      return Holds(!wanted.contains { $0.lowercased() == value.lowercased() })
    case "StringLike", "ArnLike", "ArnEquals":
      return Holds(wanted.contains { Wildcard.matches($0, value) })
    case "StringNotLike", "ArnNotLike", "ArnNotEquals":
      return Holds(!wanted.contains { Wildcard.matches($0, value) })
    default: return .unknown
    }
  }

  /// Texts, booleans and numbers, one or a list.
  private static func texts(_ value: JSONValue) -> [String] {
    (value.array ?? [value]).map { element in
      element.string ?? element.bool.map { $0 ? "true" : "false" } ?? element.text
    }
  }
}
