import Crypto
import WatchCore

/// What marks a call of the watch: `wkecho` and 26 random hexadecimal digits, which nobody can guess;
/// no secret either, since it stands in the audit log from then on. One word for every kind of search.
enum EchoNonce {
  static let mark = Array("wkecho".utf8)
  private static let digits = 26
  static var length: Int { mark.count + digits }

  @Sendable static func make() -> String { "wkecho" + Hex.encode(RandomBytes.make(digits / 2)) }

  /// Which of the nonces stand in the bytes. One pass, whatever the bytes are.
  static func find(_ nonces: Set<String>, in bytes: [UInt8]) -> Set<String> {
    guard !nonces.isEmpty else { return [] }
    var found: Set<String> = []
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      let last = bytes.count - length
      while index <= last {
        guard bytes[index] == mark[0], bytes[index + 1] == mark[1] else {
          index += 1
          continue
        }
        let word = UnsafeBufferPointer(rebasing: bytes[index..<index + length])
        if word.starts(with: mark) {
          let nonce = String(decoding: word, as: UTF8.self)
          if nonces.contains(nonce) { found.insert(nonce) }
        }
        index += 1
      }
    }
    return found
  }
}
