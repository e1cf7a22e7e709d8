import Glibc
import Posix

/// A service manager's socket: what a service says to it.
final class NotifyListener: @unchecked Sendable {
  // Used by one thread: the test's own.
  private let descriptor: Int32
  private(set) var heard: [String] = []

  init(_ path: String) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + path.utf8.count + 1)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
    }
    guard code == 0 else { throw PosixError(code: errno, call: "bind", path: path) }
  }

  deinit {
    close(descriptor)
  }

  /// Takes what has come; whether a line was said by now.
  func hasHeard(_ line: String) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let got = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      guard got > 0 else { break }
      heard += String(decoding: bytes.prefix(got), as: UTF8.self).split(separator: "\n")
        .map(String.init)
    }
    return heard.contains { $0.hasPrefix(line) }
  }
}
