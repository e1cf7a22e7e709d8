import CloudAPI

/// A policy read for one question: may CloudTrail's service principal do this? By effect, principal
/// and action; what hangs on a condition cannot be told (IAM User Guide, "Policy evaluation logic").
struct ServicePolicy: Sendable {
  private let statements: [JSONValue]

  /// As an object, or as text that holds one. Nil for what is no policy.
  init?(_ value: JSONValue?) {
    guard let value else { return nil }
    let policy = value.string.map { try? JSONReader.read(Array($0.utf8)) } ?? value
    guard let listed = policy?["Statement"] else { return nil }
    statements = listed.each
    guard statements.allSatisfy({ ["Allow", "Deny"].contains($0["Effect"]?.string) }) else {
      return nil
    }
  }

  /// Whether it is allowed and not denied. An allowance with a condition counts: such are the rule.
  func lets(_ action: String) -> Holds {
    if denies(action) == .yes { return .no }
    let allowed = statements.filter { $0["Effect"]?.string == "Allow" }.map { reach($0, action) }
    return Holds.any(allowed) == .no ? .no : denies(action) == .no ? .yes : .unknown
  }

  func denies(_ action: String) -> Holds {
    .any(
      statements.filter { $0["Effect"]?.string == "Deny" }.map { statement in
        let reaches = reach(statement, action)
        let isBound = !(statement["Condition"]?.members ?? []).isEmpty
        return isBound && reaches == .yes ? .unknown : reaches
      })
  }

  /// Whether a statement is about CloudTrail and that action. A role's own policy names nobody.
  private func reach(_ statement: JSONValue, _ action: String) -> Holds {
    let who: Holds
    if let named = statement["Principal"] {
      who = Self.names(named)
    } else if let others = statement["NotPrincipal"] {
      who = !Self.names(others)
    } else {
      who = .yes
    }
    return .all([who, Self.covers(statement, action)])
  }

  private static func names(_ principal: JSONValue) -> Holds {
    if principal.string == "*" { return .yes }
    return .any(
      (principal.members ?? []).map { member in
        let values = PolicyStatement.texts(member.value)
        switch member.name {
        case "Service": return Holds(values.contains(LogWriter.service) || values.contains("*"))
        case "AWS": return Holds(values.contains("*"))
        default: return .no
        }
      })
  }

  private static func covers(_ statement: JSONValue, _ action: String) -> Holds {
    func matches(_ patterns: JSONValue) -> Holds {
      let low = action.lowercased()
      return Holds(
        PolicyStatement.texts(patterns).contains { Wildcard.matches($0.lowercased(), low) })
    }
    if let patterns = statement["Action"] { return matches(patterns) }
    if let patterns = statement["NotAction"] { return !matches(patterns) }
    return .no
  }
}
