import Glibc

/// Writes to the terminal without ever waiting: what it does not take at once is kept, at most one
/// frame of it.
final class TerminalOutput {
  private let descriptor: Int32
  private let isOwned: Bool
  private var pending: ArraySlice<UInt8> = []
  /// Whether a write failed for good: the terminal is gone.
  private(set) var isBroken = false
  /// How often it wrote, and how many bytes.
  private(set) var writes = 0
  private(set) var bytesWritten = 0

  /// Opens the terminal behind a descriptor once more: not to block on the descriptor itself would
  /// change it for the shell and for everybody else who holds it.
  init(terminal: Int32) {
    var name = [CChar](repeating: 0, count: 256)
    let isNamed = ttyname_r(terminal, &name, name.count) == 0
    let own = isNamed ? open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1
    isOwned = own >= 0
    descriptor = isOwned ? own : terminal
  }

  deinit {
    if isOwned { close(descriptor) }
  }

  /// Whether bytes wait for the terminal to take them; poll for `descriptor` being writable then.
  var isWaiting: Bool { !pending.isEmpty }

  var pollDescriptor: Int32 { descriptor }

  /// Writes, after what waits already.
  func send(_ bytes: [UInt8]) {
    pending += bytes
    flush()
  }

  /// Writes what waits, as far as the terminal takes it; whether nothing waits any more.
  @discardableResult
  func flush() -> Bool {
    while !pending.isEmpty, !isBroken, isOwned || isWritable(withinMillis: 0) {
      let count = pending.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        writes += 1
        bytesWritten += count
        pending = pending.dropFirst(count)
      } else if errno == EAGAIN {
        return false
      } else if errno != EINTR {
        isBroken = true
      }
    }
    if isBroken { pending = [] }
    return pending.isEmpty
  }

  /// Gives the terminal so long to take what waits, then drops the rest.
  func finish(withinMillis limit: Int32) {
    while !flush(), isWritable(withinMillis: limit) {}
    pending = []
  }

  private func isWritable(withinMillis limit: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, limit) > 0
  }
}
