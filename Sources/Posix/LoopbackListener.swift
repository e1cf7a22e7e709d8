import Glibc

/// A TCP socket that this machine alone can connect to. Nothing of it blocks.
public final class LoopbackListener: Sendable {
  /// To be watched for reading.
  public let descriptor: Int32
  public let port: Int

  /// - Parameters:
  ///   - host: an address of 127.0.0.0/8, or `::1`; anything else is refused with EADDRNOTAVAIL.
  ///   - port: 0 takes one that is free.
  public init(host: String, port: Int) throws(PosixError) {
    let place = "\(host):\(port)"
    guard let port = UInt16(exactly: port), host == "::1" || host.hasPrefix("127.") else {
      throw PosixError(code: EADDRNOTAVAIL, call: "bind", path: place)
    }
    let family = host == "::1" ? AF_INET6 : AF_INET
    let type =
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
      | Int32(SOCK_NONBLOCK.rawValue)
    let descriptor = try check("socket", place) { socket(family, type, 0) }
    do throws(PosixError) {
      var yes: Int32 = 1
      // The last watch's port is free at once, not after a minute of TIME_WAIT.
      try check("setsockopt", place) {
        setsockopt(
          descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      }
      let bound =
        family == AF_INET6
        ? try Self.bind6(descriptor, port, place) : try Self.bind4(descriptor, host, port, place)
      try check("listen", place) { listen(descriptor, 16) }
      (self.descriptor, self.port) = (descriptor, Int(bound))
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    close(descriptor)
  }

  /// The next connection, which does not block; nil when there is none.
  public func accept() -> Int32? {
    let connection = Glibc.accept(descriptor, nil, nil)
    guard connection >= 0 else { return nil }
    _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
    _ = fcntl(connection, F_SETFL, O_NONBLOCK)
    return connection
  }

  /// Takes no more connections, and gives the port back; the descriptor stays ours until the end.
  public func shut() {
    _ = shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private static func bind4(
    _ descriptor: Int32, _ host: String, _ port: UInt16, _ place: String
  ) throws(PosixError) -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1,
      UInt32(bigEndian: address.sin_addr.s_addr) >> 24 == 127
    else { throw PosixError(code: EADDRNOTAVAIL, call: "bind", path: place) }
    try bind(descriptor, &address, place)
    return UInt16(bigEndian: address.sin_port)
  }

  private static func bind6(
    _ descriptor: Int32, _ port: UInt16, _ place: String
  ) throws(PosixError) -> UInt16 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    address.sin6_addr = in6addr_loopback
    try bind(descriptor, &address, place)
    return UInt16(bigEndian: address.sin6_port)
  }

  /// Binds, and reads back which port it became.
  private static func bind<Address>(
    _ descriptor: Int32, _ address: inout Address, _ place: String
  ) throws(PosixError) {
    var size = socklen_t(MemoryLayout<Address>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        let bound = Glibc.bind(descriptor, generic, size)
        return bound == 0 ? getsockname(descriptor, generic, &size) : bound
      }
    }
    guard code == 0 else { throw PosixError(code: errno, call: "bind", path: place) }
  }
}

/// A connection's bytes, without blocking.
public enum SocketBytes {
  public enum Received: Sendable, Equatable {
    case bytes([UInt8])
    /// Nothing is there yet.
    case none
    /// The other side has ended, or broken off.
    case ended
  }

  public static func receive(_ descriptor: Int32, limit: Int) -> Received {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = recv(descriptor, &bytes, limit, 0)
    if count > 0 { return .bytes(Array(bytes[..<count])) }
    if count < 0, errno == EAGAIN || errno == EINTR { return .none }
    return .ended
  }

  /// How many were taken; nil: the other side is gone.
  public static func send(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Int? {
    let count = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
    if count >= 0 { return count }
    return errno == EAGAIN || errno == EINTR ? 0 : nil
  }

  /// Says that nothing more comes; what is on its way still arrives.
  public static func finish(_ descriptor: Int32) {
    _ = shutdown(descriptor, Int32(SHUT_WR))
  }

  public static func close(_ descriptor: Int32) {
    _ = Glibc.close(descriptor)
  }
}
