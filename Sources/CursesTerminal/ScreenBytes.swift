import CTerminal
import Glibc

/// The file in memory that ncurses writes to. So a frame leaves for the terminal in one write, and
/// a terminal that reads slowly never makes ncurses wait.
final class ScreenBytes {
  let stream: UnsafeMutablePointer<FILE>
  private let descriptor: Int32
  /// What ncurses writes and no terminal is to get: the palette's reset. This program never changes
  /// the palette, and xterm's ends in BEL, which is a noise elsewhere.
  var leftOut: [UInt8] = []

  init() throws(TerminalError) {
    descriptor = terminal_memory_file()
    guard descriptor >= 0, let stream = fdopen(descriptor, "r+") else {
      throw .system(call: "memfd_create", code: errno)
    }
    self.stream = stream
  }

  deinit {
    fclose(stream)
  }

  /// What was written since the last time.
  func take() -> [UInt8] {
    let size = lseek(descriptor, 0, SEEK_CUR)
    guard size > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    let got = pread(descriptor, &bytes, bytes.count, 0)
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
    bytes.removeLast(bytes.count - max(0, got))
    return leftOut.isEmpty ? bytes : without(leftOut, in: bytes)
  }

  private func without(_ sequence: [UInt8], in bytes: [UInt8]) -> [UInt8] {
    var kept: [UInt8] = []
    kept.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let first = rest.first {
      if first == 0x1B, rest.starts(with: sequence) {
        rest = rest.dropFirst(sequence.count)
      } else {
        kept.append(first)
        rest = rest.dropFirst()
      }
    }
    return kept
  }
}
