import CPosix
import Glibc

/// One end of a pipe to a child; closed when it goes.
struct PipeEnd: ~Copyable {
  /// -1 when closed.
  private(set) var descriptor: Int32

  fileprivate init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  borrowing func stopBlocking() {
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }

  mutating func close() {
    if descriptor >= 0 { Glibc.close(descriptor) }
    descriptor = -1
  }

  /// Takes what is there, closing at the end; false when there is more than the limit allows.
  mutating func drain(into bytes: inout [UInt8], limit: Int) -> Bool {
    var piece = [UInt8](repeating: 0, count: 16_384)
    while descriptor >= 0 {
      let got = read(descriptor, &piece, piece.count)
      if got > 0 {
        let room = limit - bytes.count
        bytes += piece[..<min(got, room)]
        if got > room { return false }
      } else if got == 0 {
        close()
      } else if errno == EAGAIN {
        return true
      } else if errno != EINTR {
        close()
      }
    }
    return true
  }
}

/// A pipe between a child and us.
struct Pipe: ~Copyable {
  var reading: PipeEnd
  var writing: PipeEnd

  init() throws(PosixError) {
    var ends: [Int32] = [-1, -1]
    try check("pipe2") { pipe2(&ends, O_CLOEXEC) }
    reading = PipeEnd(ends[0])
    writing = PipeEnd(ends[1])
  }
}
