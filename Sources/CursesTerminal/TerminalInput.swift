import Glibc
import Posix
import TextCanvas

/// Reads what the terminal sends, without ever waiting longer than an Esc takes to explain itself.
final class TerminalInput {
  /// A lone Esc is the Esc key when nothing follows it for so long.
  private static let escapeDelayMillis: Int32 = 25
  /// A paste whose end was lost is given out after so long without a byte.
  private static let pasteDelayMillis: Int64 = 2000
  /// So much is read at once; the rest next time.
  private static let batchLimit = 65_536

  private let descriptor: Int32
  private var decoder = KeyDecoder()
  private var lastByteAt: Int64 = 0
  private var emptyReads = 0
  /// Whether the terminal is gone; nothing is read any more.
  private(set) var isGone = false

  init(terminal: Int32) {
    descriptor = terminal
  }

  /// What has come since the last time; ends with `.hangUp` when the terminal is gone.
  func read() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    var count = 0
    var delay: Int32 = 0
    while count < Self.batchLimit, case .bytes(let bytes) = piece(withinMillis: delay) {
      count += bytes.count
      events += decode(bytes, followsEscape: delay > 0)
      delay = bytes.last == 0x1B ? Self.escapeDelayMillis : 0
    }
    let now = MonotonicClock.millis()
    if count > 0 { lastByteAt = now }
    events += decoder.take(.idle)
    if decoder.isPasting, now - lastByteAt >= Self.pasteDelayMillis { events += decoder.endPaste() }
    if isGone { events.append(.hangUp) }
    return events
  }

  /// A key with Alt comes in one piece. In a piece after an Esc, only the rest of a sequence belongs
  /// to it; anything else is another key, pressed later.
  func decode(_ bytes: [UInt8], followsEscape: Bool) -> [TerminalEvent] {
    let goesOn = bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "O")
    let settled = followsEscape && !goesOn ? decoder.take(.idle) : []
    return settled + bytes.flatMap { decoder.take(.byte($0)) }
  }

  private enum Piece {
    case bytes([UInt8])
    case nothing
  }

  private func piece(withinMillis limit: Int32) -> Piece {
    guard !isGone else { return .nothing }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, limit) > 0 else { return .nothing }
    if Int32(entry.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 {
      isGone = true
      return .nothing
    }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let got = Glibc.read(descriptor, &buffer, buffer.count)
    if got > 0 {
      emptyReads = 0
      return .bytes(Array(buffer[..<got]))
    }
    noteFailure(isEmpty: got == 0)
    return .nothing
  }

  /// Readable and yet empty: somebody else took the bytes, or it is the end. Three times is the end.
  private func noteFailure(isEmpty: Bool) {
    if !isEmpty, errno == EINTR || errno == EAGAIN { return }
    emptyReads += 1
    if emptyReads >= 3 || (!isEmpty && errno != EIO) { isGone = true }
  }
}
