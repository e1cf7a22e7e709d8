import CPosix
import Glibc

/// A pipe to oneself: any thread, or a signal handler, wakes a `poll` with a byte. Never blocks.
public final class WakePipe: Sendable {
  /// To be watched for reading.
  public let readDescriptor: Int32
  public let writeDescriptor: Int32

  public init() throws(PosixError) {
    var ends: [Int32] = [-1, -1]
    try check("pipe2") { pipe2(&ends, O_CLOEXEC | O_NONBLOCK) }
    readDescriptor = ends[0]
    writeDescriptor = ends[1]
  }

  deinit {
    close(readDescriptor)
    close(writeDescriptor)
  }

  /// Leaves a byte. A full pipe loses it, which is fine: the reader is awake already.
  public func wake(_ byte: UInt8 = 0) {
    _ = withUnsafeBytes(of: byte) { write(writeDescriptor, $0.baseAddress, 1) }
  }

  /// Takes all bytes that are there; empty when there are none.
  public func drain() -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 256)
    while true {
      let got = read(readDescriptor, &piece, piece.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { return bytes }
      bytes += piece[..<got]
    }
  }
}
