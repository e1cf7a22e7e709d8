import CloudAPI

/// The short name of who did it: what people say to each other, not the whole identity
/// (CloudTrail User Guide, "userIdentity element").
enum ActorName {
  static func of(_ identity: UserIdentity?, fallback: String?) -> String {
    identity.flatMap(name) ?? filled(fallback) ?? "unknown"
  }

  private static func name(_ identity: UserIdentity) -> String? {
    switch identity.type {
    case "Root": "root"
    case "AWSService": filled(identity.invokedBy)
    case "AssumedRole": role(identity) ?? filled(identity.principalID)
    case "AWSAccount": filled(identity.accountID)
    default: filled(identity.userName) ?? filled(identity.principalID)
    }
  }

  /// `assumed-role/ROLE/SESSION`: the session where it names somebody, else the role.
  private static func role(_ identity: UserIdentity) -> String? {
    let parts = (identity.arn ?? "").split(separator: "/").map(String.init)
    let role = filled(identity.issuerUserName) ?? (parts.count >= 2 ? parts[1] : nil)
    guard parts.count >= 3, let session = parts.last else { return role }
    return saysWho(session) ? session : role ?? session
  }

  /// Whether a session's name was given by or for somebody, and not made by a machine.
  private static func saysWho(_ session: String) -> Bool {
    let lower = session.lowercased()
    guard !madeNames.contains(where: lower.hasPrefix), session.utf8.count <= 64 else {
      return false
    }
    let digits = session.utf8.count { (0x30...0x39).contains($0) }
    return session.contains("@") || digits * 2 < session.utf8.count
  }

  /// What SDKs and instances call their sessions.
  private static let madeNames = [
    "i-", "botocore-session", "aws-sdk", "aws-cli", "awscli", "aws-go-sdk", "session",
    "assumerolesession", "assumed-role", "role-session", "default",
  ]

  private static func filled(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    return text
  }
}
