import Crypto
import WatchCore

/// Keys in the shapes that receivers take. They come from the journal and hold plain text; whatever
/// else arrives here becomes a hash, the same each time.
enum MessageKey {
  /// Letters, digits and `. _ : -`, at most `limit` of them: fit for a header, a label, a JSON text.
  static func text(_ key: String, limit: Int = 120) -> String {
    let isPlain = key.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "._:-".utf8.contains(byte)
      }
    }
    return isPlain && (1...limit).contains(key.utf8.count) ? key : hash(key)
  }

  /// 32 hexadecimal digits of the SHA-256.
  static func hash(_ key: String) -> String {
    String(Hex.encode(SHA256.digest(Array(key.utf8))).prefix(32))
  }
}
