import Glibc

/// What a service tells its manager (sd_notify(3)): one datagram to the unix socket that
/// NOTIFY_SOCKET names. Written by hand: the protocol is those few bytes. Never blocks, and failing
/// costs nothing: a manager that does not listen misses a line.
public final class NotifySocket: Sendable {
  private let descriptor: Int32
  private let address: [UInt8]
  /// The manager ends the service when it hears nothing for so long; nil where it does not wait.
  public let watchdogMillis: Int?

  /// Nil where no manager listens.
  ///
  /// - Parameters:
  ///   - environment: NOTIFY_SOCKET (a path, or `@name` for the abstract name space), WATCHDOG_USEC
  ///     and WATCHDOG_PID (sd_watchdog_enabled(3)).
  ///   - pid: this process.
  public init?(environment: [String: String], pid: Int = Int(getpid())) {
    guard let name = environment["NOTIFY_SOCKET"], name.hasPrefix("/") || name.hasPrefix("@"),
      name.utf8.count > 1, name.utf8.count < Self.pathLimit
    else { return nil }
    let type =
      Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
      | Int32(SOCK_NONBLOCK.rawValue)
    descriptor = socket(AF_UNIX, type, 0)
    guard descriptor >= 0 else { return nil }
    address = Array(name.utf8)
    watchdogMillis = Self.watchdog(environment, pid)
  }

  deinit {
    close(descriptor)
  }

  /// Sends variables, a line each: `READY=1`. Whether the manager's socket took them.
  @discardableResult
  public func send(_ lines: String...) -> Bool {
    let text = Array(lines.joined(separator: "\n").utf8)
    var target = sockaddr_un()
    target.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: address) }
    // In the abstract name space the first byte is zero, and the length ends the name.
    if address[0] == UInt8(ascii: "@") { target.sun_path.0 = 0 }
    let length = MemoryLayout<sa_family_t>.size + address.count
    let sent = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        sendto(
          descriptor, text, text.count, Int32(MSG_NOSIGNAL), address, socklen_t(length))
      }
    }
    return sent == text.count
  }

  /// `sun_path` of unix(7).
  private static let pathLimit = 108

  private static func watchdog(_ environment: [String: String], _ pid: Int) -> Int? {
    guard let micros = environment["WATCHDOG_USEC"].flatMap({ Int($0) }), micros >= 1000 else {
      return nil
    }
    if let owner = environment["WATCHDOG_PID"], Int(owner) != pid { return nil }
    return micros / 1000
  }
}
