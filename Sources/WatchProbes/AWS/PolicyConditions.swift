import CloudAPI

/// A statement's Condition element, judged for a request (IAM User Guide, "Condition operators",
/// "Global condition keys", "Set operators").
struct PolicyConditions: Sendable {
  private let value: JSONValue?

  init(_ value: JSONValue?) {
    self.value = value
  }

  /// All operators and keys must hold.
  /// - Parameter surely: whatever the caller chooses to send; else, if he sends the right thing.
  func hold(for request: PolicyRequest, surely: Bool) -> Holds {
    guard let value else { return .yes }
    guard let operators = value.members else { return .unknown }
    return .all(
      operators.flatMap { operation in
        (operation.value.members ?? []).map { key in
          PolicyCondition(operation.name, key.name, Self.texts(key.value))
            .holds(request.context(key.name.lowercased()), surely: surely)
        }
      })
  }

  /// Texts, booleans and numbers, one or a list.
  private static func texts(_ value: JSONValue) -> [String] {
    (value.array ?? [value]).map { element in
      element.string ?? element.bool.map { $0 ? "true" : "false" } ?? element.text
    }
  }
}

/// One operator on one key.
struct PolicyCondition: Sendable {
  private var name: String
  private let key: String
  private let wanted: [String]
  private var ifExists = false
  private var forAll = false

  init(_ operation: String, _ key: String, _ wanted: [String]) {
    name = operation
    self.key = key.lowercased()
    self.wanted = wanted
    if name.hasSuffix("IfExists") {
      ifExists = true
      name.removeLast(8)
    }
    if name.hasPrefix("ForAllValues:") || name.hasPrefix("ForAnyValue:") {
      forAll = name.hasPrefix("ForAllValues:")
      name = String(name.drop { $0 != ":" }.dropFirst())
    }
  }

  func holds(_ context: PolicyRequest.Context, surely: Bool) -> Holds {
    switch context {
    case .value(let value): return compare(value)
    case .absent: return withoutKey
    case .chosen: return surely ? .no : .yes
    case .foreign(let orAbsent):
      guard orAbsent else { return foreign }
      return surely ? .all([foreign, withoutKey]) : .any([foreign, withoutKey])
    case .unknown:
      // Services have no address of the customer's: a list of allowed addresses shuts them out.
      return name == "NotIpAddress" && key == "aws:sourceip" && !ifExists ? .yes : .unknown
    }
  }

  private var withoutKey: Holds {
    if name == "Null" { return Holds(wanted.contains("true")) }
    if ifExists || forAll { return .yes }
    return Holds(name.contains("Not"))
  }

  /// For a value that is none of those named, and that somebody else's account may bear.
  private var foreign: Holds {
    if wanted.contains(where: { $0.contains("${") }) { return .unknown }
    switch name {
    case "Null": return Holds(wanted.contains("false"))
    case "StringEquals", "StringEqualsIgnoreCase": return .no
    case "StringLike", "ArnLike", "ArnEquals": return Holds(wanted.contains(where: Self.isOpen))
    case "IpAddress": return Holds(wanted.contains { $0.hasSuffix("/0") })
    case "StringNotEquals", "StringNotEqualsIgnoreCase", "StringNotLike", "ArnNotLike",
      "ArnNotEquals", "NotIpAddress":
      return Holds(!wanted.contains(where: Self.isOpen))
    default: return .unknown
    }
  }

  /// A pattern that names no account and no organization: anybody can have what matches it.
  private static func isOpen(_ pattern: String) -> Bool {
    guard pattern.contains("*") || pattern.contains("?") else { return false }
    let words = pattern.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
    return !words.contains { LogLayout.isAccount($0) || LogLayout.isOrganization($0) }
  }

  private func compare(_ value: String) -> Holds {
    if wanted.contains(where: { $0.contains("${") }) { return .unknown }
    switch name {
    case "Null": return Holds(wanted.contains("false"))
    case "StringEquals": return Holds(wanted.contains(value))
    case "StringNotEquals": return Holds(!wanted.contains(value))
    case "StringEqualsIgnoreCase", "Bool":
      return Holds(wanted.contains { $0.lowercased() == value.lowercased() })
    case "StringNotEqualsIgnoreCase":
      return Holds(!wanted.contains { $0.lowercased() == value.lowercased() })
    case "StringLike": return Holds(wanted.contains { Wildcard.matches($0, value) })
    case "StringNotLike": return Holds(!wanted.contains { Wildcard.matches($0, value) })
    case "ArnLike", "ArnEquals": return Holds(wanted.contains { Self.arnMatches($0, value) })
    case "ArnNotLike", "ArnNotEquals":
      return Holds(!wanted.contains { Self.arnMatches($0, value) })
    default: return .unknown
    }
  }

  /// An ARN's six parts are compared one by one: a `*` does not reach over a colon.
  private static func arnMatches(_ pattern: String, _ arn: String) -> Bool {
    let wanted = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    return wanted.count == parts.count
      && zip(wanted, parts).allSatisfy { Wildcard.matches(String($0), String($1)) }
  }
}
