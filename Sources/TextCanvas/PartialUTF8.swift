/// UTF-8 that arrives byte by byte. Bytes that cannot be part of a character are dropped one by
/// one, so that what follows them is not lost (The Unicode Standard, table 3-7).
struct PartialUTF8: Sendable {
  private var pending: [UInt8] = []

  /// Takes the next byte; gives the characters that are complete now.
  mutating func take(_ byte: UInt8) -> [Unicode.Scalar] {
    pending.append(byte)
    var complete: [Unicode.Scalar] = []
    while let first = pending.first {
      guard let length = Self.length(first), isWellFormed else {
        pending.removeFirst()
        continue
      }
      guard pending.count >= length else { break }
      complete.append(
        contentsOf: String(decoding: pending[..<length], as: UTF8.self).unicodeScalars)
      pending.removeFirst(length)
    }
    return complete
  }

  private static func length(_ first: UInt8) -> Int? {
    switch first {
    case 0x00...0x7F: 1
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: nil
    }
  }

  /// Whether the bytes after the first may follow it, as far as they are there.
  private var isWellFormed: Bool {
    guard let first = pending.first, let length = Self.length(first) else { return false }
    for (index, byte) in pending.prefix(length).enumerated() where index > 0 {
      let allowed = index == 1 ? Self.second(after: first) : 0x80...0xBF
      if !allowed.contains(byte) { return false }
    }
    return true
  }

  private static func second(after first: UInt8) -> ClosedRange<UInt8> {
    switch first {
    case 0xE0: 0xA0...0xBF
    case 0xED: 0x80...0x9F
    case 0xF0: 0x90...0xBF
    case 0xF4: 0x80...0x8F
    default: 0x80...0xBF
    }
  }
}
