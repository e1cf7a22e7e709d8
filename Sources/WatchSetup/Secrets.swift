/// Tells what must not stand in a configuration file. It is copied into the journal.
enum Secrets {
  /// Whether a key's name says that its value is a secret. `key_from` names a place and is none.
  static func isName(_ key: String) -> Bool {
    let plain = key.lowercased().filter { $0.isLetter }
    if plain.hasSuffix("from") { return false }
    return plain == "key" || plain == "pass"
      || [
        "secret", "password", "passwd", "token", "apikey", "privatekey", "accesskey", "credential",
      ]
      .contains { plain.contains($0) }
  }

  /// Whether what stands under a key is a secret by the key's name. A kind of credential or a
  /// credential file's path is none, and neither is where tokens are asked for.
  ///
  /// - Parameter parent: the key or word of the object that the member stands in.
  static func isHidden(_ member: JSON5Member, in parent: String) -> Bool {
    guard isName(member.key) else { return false }
    guard case .string(let text) = member.value.content else { return true }
    if parent == "endpoints", text.hasPrefix("http") { return false }
    return member.key != "credential" || !isKind(text) && !isPath(text)
  }

  /// A word such as `managed`, right or wrong: too short and too plain for a secret.
  private static func isKind(_ text: String) -> Bool {
    text.utf8.count <= 12 && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
  }

  private static func isPath(_ text: String) -> Bool {
    text.hasPrefix("/") || text.hasPrefix("~/")
  }

  /// Whether a text is a secret by its shape.
  static func isValue(_ text: String) -> Bool {
    let marks = [
      "-----BEGIN", "hooks.slack.com/", "webhook.office.com/", "AccountKey=", "SharedAccessKey=",
      "&sig=", "?sig=",
    ]
    return marks.contains { text.contains($0) } || isAccessKey(text) || isGoogleKey(text)
      || isToken(text) || isClientSecret(text)
  }

  /// A signed token (RFC 7519): its header begins `{"`.
  private static func isToken(_ text: String) -> Bool {
    text.hasPrefix("eyJ") && text.utf8.count > 40 && text.filter { $0 == "." }.count == 2
  }

  /// Google's access tokens, refresh tokens and API keys.
  private static func isGoogleKey(_ text: String) -> Bool {
    text.hasPrefix("ya29.") || text.hasPrefix("1//0")
      || text.hasPrefix("AIza") && text.utf8.count == 39
  }

  /// A client secret of Microsoft Entra: three characters, a digit, `Q~`, some thirty more.
  private static func isClientSecret(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return (36...44).contains(bytes.count) && (0x30...0x39).contains(bytes[3])
      && bytes[4] == UInt8(ascii: "Q") && bytes[5] == UInt8(ascii: "~")
  }

  /// An AWS access key id: `AKIA` or `ASIA` and sixteen capitals or digits.
  private static func isAccessKey(_ text: String) -> Bool {
    guard text.utf8.count == 20, text.hasPrefix("AKIA") || text.hasPrefix("ASIA") else {
      return false
    }
    return text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) }
  }
}

extension PlanReader {
  static let secretAdvice =
    "take it out, it is copied into the journal; name where it is: \"env:NAME\" or \"file:PATH\""

  /// Looks everywhere: also under keys that are not known.
  mutating func refuseSecrets(_ value: JSON5Value, in parent: String = "") {
    switch value.content {
    case .string(let text):
      if Secrets.isValue(text) {
        problem(value.place, "this looks like a secret", Self.secretAdvice)
      }
    case .array(let items): for item in items { refuseSecrets(item, in: parent) }
    case .object(let members):
      for member in members {
        if Secrets.isHidden(member, in: parent) {
          problem(member.place, "\(named(member.key)) would be a secret", Self.secretAdvice)
        } else {
          refuseSecrets(member.value, in: member.key)
        }
      }
    default: break
    }
  }
}
