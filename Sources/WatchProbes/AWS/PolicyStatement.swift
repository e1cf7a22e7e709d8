import CloudAPI

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

  var sid: String? { body["Sid"]?.string }
  var isConditional: Bool { body["Condition"]?.members?.isEmpty == false }

  /// - Parameter surely: whatever the caller chooses to send; else, if he sends the right thing.
  func applies(to request: PolicyRequest, surely: Bool = false) -> Holds {
    .all([
      principal(request), concerns(request.action, request.resource),
      PolicyConditions(body["Condition"]).hold(for: request, surely: surely),
    ])
  }

  /// Whether it is about that action on that resource, whoever asks.
  func concerns(_ action: String, _ resource: String?) -> Holds {
    .all([
      matches("Action", "NotAction", action, ignoringCase: true),
      resource.map { matches("Resource", "NotResource", $0, ignoringCase: false) } ?? .yes,
    ])
  }

  /// Whom it names.
  var principals: [String] {
    if let named = body["Principal"] { return Self.named(named) }
    if let others = body["NotPrincipal"] {
      return ["all but \(Self.named(others).joined(separator: ", "))"]
    }
    return []
  }

  private static func named(_ principal: JSONValue) -> [String] {
    if let text = principal.string { return [text] }
    return (principal.members ?? []).flatMap { texts($0.value) }
  }

  private func principal(_ request: PolicyRequest) -> Holds {
    if request.caller == .holder { return .yes }
    if let named = body["Principal"] { return Self.names(named, request) }
    guard let others = body["NotPrincipal"] else { return .no }
    if request.caller == .everyone {
      // Services always come by TLS and as themselves: to leave them out leaves nobody out.
      return Holds(others.members?.allSatisfy { $0.name == "Service" } ?? false)
    }
    return !Self.names(others, request)
  }

  /// Whether a principal element means the caller.
  private static func names(_ principal: JSONValue, _ request: PolicyRequest) -> Holds {
    if principal.string == "*" { return .yes }
    guard let members = principal.members else { return .unknown }
    return .any(
      members.map { member in
        let values = texts(member.value)
        switch (member.name, request.caller) {
        case ("AWS", _) where values.contains("*"): return .yes
        case ("AWS", .service): return .any(values.map { stands($0, request) })
        case ("Service", .service(let name)): return Holds(values.contains(name))
        default: return .no
        }
      })
  }

  /// Trails from before service principals wrote as accounts of AWS's own.
  private static func stands(_ account: String, _ request: PolicyRequest) -> Holds {
    guard let own = request.ownAccount, account.hasSuffix(":root") || LogLayout.isAccount(account)
    else { return .no }
    return account == own || account.contains(":\(own):") ? .no : .unknown
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
