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

  /// Whether a text is a secret by its shape.
  static func isValue(_ text: String) -> Bool {
    text.contains("-----BEGIN") || text.contains("hooks.slack.com/")
      || text.contains("webhook.office.com/") || isAccessKey(text)
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
  mutating func refuseSecrets(_ value: JSON5Value) {
    switch value.content {
    case .string(let text):
      if Secrets.isValue(text) {
        problem(value.place, "this looks like a secret", Self.secretAdvice)
      }
    case .array(let items): for item in items { refuseSecrets(item) }
    case .object(let members):
      for member in members {
        if Secrets.isName(member.key) {
          problem(member.place, "\(named(member.key)) would be a secret", Self.secretAdvice)
        } else {
          refuseSecrets(member.value)
        }
      }
    default: break
    }
  }
}
