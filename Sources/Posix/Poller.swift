import Glibc

/// poll(2) with its outcomes spelled out.
public enum Poller {
  public enum Outcome: Sendable, Equatable {
    case ready(Ready)
    case timedOut
    /// A signal came; its handler has run.
    case interrupted
  }

  /// A descriptor may be in several sets: the last bytes of a closed pipe are readable and hung up.
  public struct Ready: Sendable, Equatable {
    public var readable: Set<Int32>
    public var writable: Set<Int32>
    /// The other side is gone, or the descriptor is broken or not open: stop watching it.
    public var hungUp: Set<Int32>

    public init(
      readable: Set<Int32> = [], writable: Set<Int32> = [], hungUp: Set<Int32> = []
    ) {
      self.readable = readable
      self.writable = writable
      self.hungUp = hungUp
    }
  }

  /// Waits until one is ready or the time is over; nil waits for ever.
  public static func wait(
    _ readable: [Int32], writable: [Int32] = [], timeoutMillis: Int?
  ) -> Outcome {
    var watched = readable.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    watched += writable.map { pollfd(fd: $0, events: Int16(POLLOUT), revents: 0) }
    let timeout = timeoutMillis.map { Int32(clamping: max($0, 0)) } ?? -1
    let count = poll(&watched, nfds_t(watched.count), timeout)
    if count == 0 { return .timedOut }
    // Besides EINTR there are only EINVAL (too many) and ENOMEM: the caller comes back either way.
    if count < 0 { return .interrupted }
    var ready = Ready()
    for entry in watched {
      let found = Int32(entry.revents)
      if found & POLLIN != 0 { ready.readable.insert(entry.fd) }
      if found & POLLOUT != 0 { ready.writable.insert(entry.fd) }
      if found & (POLLHUP | POLLERR | POLLNVAL) != 0 { ready.hungUp.insert(entry.fd) }
    }
    return .ready(ready)
  }
}
