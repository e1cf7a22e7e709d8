import CPosix
import Glibc
import Synchronization

/// A terminal made of software (pty(7)): we are the screen and the keyboard, a child is the program.
/// Its calls block up to the limits given: use it on a thread of your own.
public final class PseudoTerminal: Sendable {
  /// Our side.
  public let descriptor: Int32
  /// The program's side, such as "/dev/pts/3".
  public let path: String

  private let child = Mutex<Child>(Child())

  private struct Child {
    var pid: pid_t = 0
    var ending: ProcessEnding?
  }

  public init(size: TerminalSize) throws(PosixError) {
    descriptor = try check("posix_openpt") { posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC) }
    var name = [CChar](repeating: 0, count: 64)
    let code = ptsname_r(descriptor, &name, name.count)
    path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard code == 0 else { throw PosixError(code: code, call: "ptsname_r") }
    try check("grantpt") { grantpt(descriptor) }
    try check("unlockpt") { unlockpt(descriptor) }
    try check("fcntl") { fcntl(descriptor, F_SETFL, O_NONBLOCK) }
    try resize(to: size)
  }

  /// Ends the child with SIGKILL if it still runs.
  deinit {
    if isRunning {
      signal(SIGKILL)
      _ = ending(withinMillis: 2000)
    }
    close(descriptor)
  }

  /// The child gets SIGWINCH from the system.
  public func resize(to size: TerminalSize) throws(PosixError) {
    try size.apply(to: descriptor)
  }

  /// The settings the program sees on its side; valid after its end, too.
  public func mode() throws(PosixError) -> TerminalMode {
    try TerminalMode(of: descriptor)
  }

  /// Starts the one program of this terminal: a session of its own, the terminal as its controlling
  /// terminal and its 0 and 1, and `errorPath` (made if missing, appended to) as its 2.
  public func spawn(
    arguments: [String], environment: [String: String], errorPath: String = "/dev/null"
  ) throws(PosixError) {
    guard let name = arguments.first else { throw PosixError(code: EINVAL, call: "posix_spawn") }
    let program = try ChildProcess.find(name, path: environment["PATH"])
    // Opening it first in a new session makes it the controlling terminal (tty_open in the kernel).
    let spawn = Spawn(
      path: program, arguments: arguments, environment: environment,
      streams: [
        .file(path: path, flags: O_RDWR), .same(0),
        .file(path: errorPath, flags: O_WRONLY | O_CREAT | O_APPEND),
      ])
    let pid = try spawn.start()
    child.withLock { $0 = Child(pid: pid) }
  }

  /// What the program has written: waits for the first bytes until the time is over. Empty when
  /// none came, nil when nobody has the program's side open any more.
  public func read(withinMillis limit: Int) -> [UInt8]? {
    let deadline = MonotonicClock.millis() + Int64(limit)
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let got = Glibc.read(descriptor, &piece, piece.count)
      if got > 0 { return Array(piece[..<got]) }
      // EIO: the last one on the program's side closed it.
      if got == 0 || (errno != EAGAIN && errno != EINTR) { return nil }
      let left = deadline - MonotonicClock.millis()
      if left <= 0 { return [] }
      _ = Poller.wait([descriptor], timeoutMillis: Int(left))
    }
  }

  /// Types the bytes. ETIMEDOUT when the program does not take them in time.
  public func write(_ bytes: [UInt8], withinMillis limit: Int = 5000) throws(PosixError) {
    let deadline = MonotonicClock.millis() + Int64(limit)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        let left = deadline - MonotonicClock.millis()
        guard left > 0 else { throw PosixError(code: ETIMEDOUT, call: "write", path: path) }
        _ = Poller.wait([], writable: [descriptor], timeoutMillis: Int(left))
      } else if errno != EINTR {
        throw PosixError(code: errno, call: "write", path: path)
      }
    }
  }

  /// The child's process id; 0 before it was started.
  public var childID: Int32 { child.withLock { $0.pid } }

  /// Sends a signal to the program and its group; nothing happens when it has ended.
  public func signal(_ number: Int32) {
    child.withLock { child in
      if child.pid > 0, child.ending == nil { kill(-child.pid, number) }
    }
  }

  /// How the program ended; nil if it still runs when the time is over. Somebody must read
  /// meanwhile if the program writes: a full terminal stops it (`drain` does both).
  public func ending(withinMillis limit: Int) -> ProcessEnding? {
    drain(withinMillis: limit) { _ in }
  }

  /// Reads on, handing out what comes, until the program has ended or the time is over.
  public func drain(withinMillis limit: Int, _ take: ([UInt8]) -> Void) -> ProcessEnding? {
    let deadline = MonotonicClock.millis() + Int64(limit)
    while true {
      let ended = endingNow()
      while let bytes = read(withinMillis: 0), !bytes.isEmpty {
        take(bytes)
        if ended == nil, MonotonicClock.millis() >= deadline { return nil }
      }
      if ended != nil { return ended }
      let left = deadline - MonotonicClock.millis()
      if left <= 0 { return nil }
      let watched = Poller.wait([descriptor], timeoutMillis: Int(min(left, 20)))
      // Hung up but not yet ended: poll would answer at once, again and again.
      if case .ready(let ready) = watched, ready.readable.isEmpty {
        _ = Poller.wait([], timeoutMillis: 2)
      }
    }
  }

  private var isRunning: Bool {
    child.withLock { $0.pid > 0 && $0.ending == nil }
  }

  private func endingNow() -> ProcessEnding? {
    child.withLock { child in
      if child.pid > 0, child.ending == nil {
        child.ending = ProcessEnding.of(child.pid, waiting: false)
      }
      return child.ending
    }
  }
}
