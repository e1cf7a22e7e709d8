/// Takes credentials out of what the clouds record of other people's words: agents, errors, request
/// parameters. They would else stand on the screen and, for ever, in the journal.
///
/// An access key's id keeps its first and last four characters: whose key it was is evidence. What is
/// recognised: AWS key ids and secret keys, tokens by their makers' prefixes, JSON Web Tokens, and
/// values that are called password, secret or token. It is a net, and no proof that nothing is left.
public enum SecretMask {
  public static func apply(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      guard beginnings[Int(bytes[at])] else {
        out.append(bytes[at])
        at += 1
        continue
      }
      if let end = keyID(bytes, at) {
        out += bytes[at..<at + 4] + Array("...".utf8) + bytes[end - 4..<end]
        at = end
      } else if let found = token(bytes, at) ?? assignment(bytes, at) ?? secretKey(bytes, at) {
        out += bytes[at..<found.keep] + Array("[masked]".utf8)
        at = found.end
      } else {
        out.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The bytes that anything to be masked can begin with: most of a text is passed over by these.
  private static let beginnings: [Bool] = (0..<256).map { isBase64(UInt8($0)) }

  /// What is kept of a secret, and where it ends.
  private typealias Span = (keep: Int, end: Int)

  /// `AKIA` or `ASIA` and sixteen capitals or digits (IAM reference, "unique identifiers").
  private static func keyID(_ bytes: [UInt8], _ at: Int) -> Int? {
    guard at + 20 <= bytes.count, has(bytes, at, "AKIA") || has(bytes, at, "ASIA"),
      bytes[at + 4..<at + 20].allSatisfy({ isCapital($0) || isDigit($0) })
    else { return nil }
    return at + 20
  }

  private static let prefixes: [StaticString] = [
    "xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "ghp_", "gho_", "ghu_", "ghs_", "ghr_",
    "github_pat_", "glpat-", "sk_live_", "rk_live_", "AIza", "eyJ", "npm_",
    "hooks.slack.com/services/",
  ]

  private static let tokenStarts = Set("xgsrAenh".utf8)
  private static let nameStarts = Set("psta".utf8)

  private static func token(_ bytes: [UInt8], _ at: Int) -> Span? {
    guard tokenStarts.contains(bytes[at]),
      let prefix = prefixes.first(where: { has(bytes, at, $0) })
    else { return nil }
    let start = at + prefix.utf8CodeUnitCount
    let end = run(bytes, start, isTokenByte)
    return end - start >= 8 ? (start, end) : nil
  }

  private static let names: [StaticString] = [
    "password", "passwd", "secret", "token", "secretaccesskey", "apikey", "api_key",
    "authorization",
  ]

  /// `password=…`, `"sessionToken": "…"`, `Authorization: Bearer …`; the name in any case.
  private static func assignment(_ bytes: [UInt8], _ at: Int) -> Span? {
    guard nameStarts.contains(bytes[at] | 0x20),
      let name = names.first(where: { has(bytes, at, $0, ignoringCase: true) })
    else { return nil }
    var next = at + name.utf8CodeUnitCount
    next = run(bytes, next) { $0 == 0x22 || $0 == 0x5C || $0 == 0x20 }
    guard next < bytes.count, bytes[next] == 0x3D || bytes[next] == 0x3A else { return nil }
    next = run(bytes, next + 1) { $0 == 0x22 || $0 == 0x5C || $0 == 0x20 || $0 == 0x27 }
    for scheme: StaticString in ["Bearer ", "Basic "] where has(bytes, next, scheme) {
      next += scheme.utf8CodeUnitCount
    }
    let end = run(bytes, next) { $0 > 0x20 && !Array("\"',;&)}\\".utf8).contains($0) }
    return end > next ? (next, end) : nil
  }

  /// Forty characters of base64 with all of its kinds: an AWS secret access key's shape.
  private static func secretKey(_ bytes: [UInt8], _ at: Int) -> Span? {
    guard at == 0 || !isBase64(bytes[at - 1]) else { return nil }
    let end = run(bytes, at, isBase64)
    let word = bytes[at..<end]
    guard word.count == 40, word.contains(where: isCapital), word.contains(where: isDigit),
      word.contains(where: { (0x61...0x7A).contains($0) }),
      word.contains(0x2F) || word.contains(0x2B)
    else { return nil }
    return (at + 4, end)
  }

  private static func has(
    _ bytes: [UInt8], _ at: Int, _ word: StaticString, ignoringCase: Bool = false
  ) -> Bool {
    let count = word.utf8CodeUnitCount
    guard at + count <= bytes.count else { return false }
    return word.withUTF8Buffer { wanted in
      for offset in 0..<count {
        var byte = bytes[at + offset]
        if ignoringCase, isCapital(byte) { byte |= 0x20 }
        if byte != wanted[offset] { return false }
      }
      return true
    }
  }

  private static func run(
    _ bytes: [UInt8], _ start: Int, _ belongs: (UInt8) -> Bool
  ) -> Int {
    var end = min(start, bytes.count)
    while end < bytes.count, belongs(bytes[end]) { end += 1 }
    return end
  }

  private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isBase64(_ byte: UInt8) -> Bool {
    isCapital(byte) || isDigit(byte) || (0x61...0x7A).contains(byte) || byte == 0x2B || byte == 0x2F
      || byte == 0x3D
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    isBase64(byte) || byte == 0x2D || byte == 0x5F || byte == 0x2E
  }
}

extension String {
  /// Without the credentials that somebody put where they do not belong.
  var masked: String { SecretMask.apply(self) }
}
