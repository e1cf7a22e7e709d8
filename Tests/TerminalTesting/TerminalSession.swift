import Glibc
import Posix

/// A program in a terminal made of software: keys go in, a modelled screen comes out.
///
/// It waits for conditions on the screen, never for a fixed time. Its calls block: use it on a
/// thread of its own (`TerminalSession.run`), not in a task.
public final class TerminalSession {
  /// The screen as of the last call.
  public private(set) var screen: ScreenModel
  /// Every byte that the program wrote to the terminal.
  public private(set) var raw: [UInt8] = []
  /// The terminal's settings before the program started.
  public let settingsBefore: TerminalMode

  private let terminal: PseudoTerminal
  private let errors: String
  private var ended: ProcessEnding?
  /// The pipe's other end after `hangUp`.
  private var hungUp: Int32?

  /// Starts a program.
  /// - Parameters:
  ///   - arguments: the program first, a path or a name on PATH.
  ///   - environment: added to a small complete one (PATH, HOME, LC_ALL=C.UTF-8, TERM).
  public init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24,
    kind: TerminalKind = .named("xterm-256color"), environment: [String: String] = [:]
  ) throws {
    screen = ScreenModel(columns: columns, rows: rows)
    terminal = try PseudoTerminal(size: TerminalSize(rows: rows, columns: columns))
    settingsBefore = try terminal.mode()
    errors = try Self.temporaryFile()
    let base = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
      "TZ": "UTC", "SWIFT_BACKTRACE": "enable=no",
    ]
    let all = base.merging(kind.environment) { $1 }.merging(environment) { $1 }
    try terminal.spawn(arguments: arguments, environment: all, errorPath: errors)
  }

  deinit {
    unlink(errors)
    if let hungUp { close(hungUp) }
  }

  /// The program under test: WATCHKEEPER_BINARY, or what the debug build made.
  public static var watchkeeper: String {
    if let path = getenv("WATCHKEEPER_BINARY") { return String(cString: path) }
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/") + "/.build/debug/watchkeeper"
  }

  /// Runs blocking work on a thread of its own and gives back what it made.
  public static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await PosixThread.run(named: "session", body)
  }

  /// Types text, as UTF-8.
  public func type(_ text: String) throws {
    try terminal.write(Array(text.utf8))
  }

  /// Sends bytes as they are.
  public func send(_ bytes: [UInt8]) throws {
    try terminal.write(bytes)
  }

  /// Presses keys one after the other in one write. An `escape` counts as a key of its own only as
  /// the last one, as on a real keyboard.
  public func press(_ keys: SessionKey...) throws {
    try terminal.write(keys.flatMap { Array($0.rawValue.utf8) })
  }

  /// Pastes text, marked as a paste if the program asked for that.
  public func paste(_ text: String) throws {
    let marks = screen.isPasteBracketed ? ("\u{1B}[200~", "\u{1B}[201~") : ("", "")
    try type(marks.0 + text + marks.1)
  }

  /// Reads on until the condition holds.
  /// - Parameter what: says in the failure what was waited for.
  @discardableResult
  public func wait(
    for what: String, withinMillis limit: Int = 180_000, until holds: (ScreenModel) -> Bool
  ) throws -> ScreenModel {
    let deadline = MonotonicClock.millis() + Int64(limit)
    while !holds(screen) {
      let left = deadline - MonotonicClock.millis()
      guard left > 0, let bytes = terminal.read(withinMillis: Int(left)) else {
        throw failure("waited for \(what)")
      }
      take(bytes)
    }
    // A read may end in the middle of a frame: whoever looks at more than the condition wants it whole.
    return settle(quietMillis: 2)
  }

  /// Reads on until the text stands on one row.
  @discardableResult
  public func wait(forText text: String, withinMillis limit: Int = 180_000) throws -> ScreenModel {
    try wait(for: "“\(text)”", withinMillis: limit) { $0.contains(text) }
  }

  /// Takes what is there, and whatever follows until nothing comes for so long; for screens that
  /// are expected not to change.
  @discardableResult
  public func settle(quietMillis: Int = 100) -> ScreenModel {
    while let bytes = terminal.read(withinMillis: quietMillis), !bytes.isEmpty { take(bytes) }
    return screen
  }

  /// Gives the window another size; the program gets SIGWINCH.
  public func resize(columns: Int, rows: Int) throws {
    settle(quietMillis: 0)
    screen.resize(columns: columns, rows: rows)
    try terminal.resize(to: TerminalSize(rows: rows, columns: columns))
  }

  /// The program's process id.
  public var pid: Int32 { terminal.childID }

  /// Sends a signal to the program and its group.
  public func signal(_ number: Int32) {
    terminal.signal(number)
  }

  /// Closes our side of the terminal, as a cut connection does. Afterwards nothing can be read from
  /// it or typed, and `end` still waits for the program.
  public func hangUp() throws {
    // A pipe without bytes takes the descriptor's place: the last reference to our side is gone.
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw PosixError(code: errno, call: "pipe") }
    defer { close(ends[0]) }
    hungUp = ends[1]
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    guard dup2(ends[0], terminal.descriptor) >= 0,
      fcntl(terminal.descriptor, F_SETFD, FD_CLOEXEC) == 0
    else { throw PosixError(code: errno, call: "dup2") }
  }

  /// Reads on until the program has ended.
  @discardableResult
  public func end(withinMillis limit: Int = 180_000) throws -> ProcessEnding {
    if let ended { return ended }
    guard let ending = terminal.drain(withinMillis: limit, { self.take($0) }) else {
      throw failure("waited for the end")
    }
    ended = ending
    return ending
  }

  /// The terminal's settings now.
  public func settings() throws -> TerminalMode {
    try terminal.mode()
  }

  /// What the program wrote to standard error.
  public var errorText: String {
    let bytes = (try? File.readAll(errors, limit: 1 << 20)) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A failure with the screen attached.
  public func failure(_ message: String) -> SessionFailure {
    SessionFailure(message: message, screen: screen.text, errors: errorText)
  }

  private func take(_ bytes: [UInt8]) {
    raw += bytes
    screen.feed(bytes)
  }

  private static func temporaryFile() throws -> String {
    var name = Array("/tmp/session-errors-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else { throw PosixError(code: errno, call: "mkstemp") }
    close(descriptor)
    return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// Something that a session waited for in vain.
public struct SessionFailure: Error, Sendable, CustomStringConvertible {
  public let message: String
  public let screen: String
  public let errors: String

  public var description: String {
    "\(message); the screen:\n\(screen)\nstandard error:\n\(errors)"
  }
}
