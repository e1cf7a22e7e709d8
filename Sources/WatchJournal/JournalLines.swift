import Crypto
import Posix

/// One line of the file, as it stands there.
struct JournalLine: Sendable, Equatable {
  /// Counts from 1.
  var number: Int
  /// Without LF; empty for a line longer than ``JournalLines/limit``.
  var bytes: [UInt8]
  /// Length in bytes without LF.
  var count: Int
  /// SHA-256 of the bytes without LF, hexadecimal.
  var hash: String
  /// Whether an LF follows: without one it is torn, or being written.
  var isEnded: Bool
}

extension JournalLine {
  /// A line that is about to be written behind `lines` others.
  init(next bytes: [UInt8], after lines: Int) {
    self.init(
      number: lines + 1, bytes: bytes, count: bytes.count, hash: Hex.encode(SHA256.digest(bytes)),
      isEnded: true)
  }
}

/// Reads a file line by line in pieces: memory stays bounded whatever the file holds.
struct JournalLines {
  /// Longest line that is kept and read; longer ones are hashed only.
  static let limit = 16 << 20
  private static let piece = 1 << 18

  private let file: File
  /// Where in the file the next piece begins.
  private var offset: Int
  private var number: Int
  private var buffer: [UInt8] = []
  private var at = 0

  init(file: File, from offset: Int = 0, lines: Int = 0) {
    self.file = file
    self.offset = offset
    self.number = lines
  }

  mutating func next() throws(PosixError) -> JournalLine? {
    var searched = at
    while true {
      if let end = lineEnd(from: searched) { return take(to: end, isEnded: true) }
      let rest = buffer.count - at
      if rest > Self.limit { return try takeLong() }
      guard try fill() else { return rest > 0 ? take(to: buffer.count, isEnded: false) : nil }
      searched = rest
    }
  }

  private func lineEnd(from start: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      var index = start
      while index < bytes.count {
        if bytes[index] == 0x0A { return index }
        index += 1
      }
      return nil
    }
  }

  /// Drops what was taken and reads on; false at the end of the file.
  private mutating func fill() throws(PosixError) -> Bool {
    let more = try file.read(at: offset, count: Self.piece)
    guard !more.isEmpty else { return false }
    if at > 0 {
      buffer.removeFirst(at)
      at = 0
    }
    buffer += more
    offset += more.count
    return true
  }

  private mutating func take(to end: Int, isEnded: Bool) -> JournalLine {
    let bytes = Array(buffer[at..<end])
    at = isEnded ? end + 1 : end
    number += 1
    return JournalLine(
      number: number, bytes: bytes, count: bytes.count, hash: Hex.encode(SHA256.digest(bytes)),
      isEnded: isEnded)
  }

  /// A line past the limit: hashed piece by piece, not kept.
  private mutating func takeLong() throws(PosixError) -> JournalLine {
    var hash = SHA256()
    var count = 0
    var isEnded = false
    while true {
      let end = lineEnd(from: at)
      let part = buffer[at..<(end ?? buffer.count)]
      hash.update(part)
      count += part.count
      at = end.map { $0 + 1 } ?? buffer.count
      isEnded = end != nil
      if isEnded { break }
      guard try fill() else { break }
    }
    number += 1
    return JournalLine(
      number: number, bytes: [], count: count, hash: Hex.encode(hash.finish()), isEnded: isEnded)
  }
}
