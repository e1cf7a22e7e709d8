import Glibc
import Posix
import TerminalTesting

/// The program's demo in a terminal, on a state folder of its own.
final class DemoRun {
  static let start = "2026-11-20T03:00:00Z"

  let scratch: Scratch
  /// The state folder.
  let state: String
  let session: TerminalSession

  /// - Parameters:
  ///   - speed: how fast the demo's clock runs.
  ///   - options: more of them, after `demo SCENARIO`.
  ///   - wrapper: put before the program, such as strace with its options.
  init(
    _ scenario: String = "stop-logging", speed: Int = 30, columns: Int = 80, rows: Int = 24,
    kind: TerminalKind = .named("xterm-256color"), environment: [String: String] = [:],
    options: [String] = [], wrapper: [String] = [], folder: String = "state"
  ) throws {
    scratch = try Scratch()
    state = scratch.path + "/" + folder
    session = try TerminalSession(
      wrapper + Self.arguments(scenario, speed: speed, state: state) + options, columns: columns,
      rows: rows, kind: kind, environment: environment)
  }

  /// Ends the program before its folder goes: it would make it anew.
  deinit {
    session.signal(SIGKILL)
    _ = try? session.end()
  }

  static func arguments(_ scenario: String, speed: Int, state: String) -> [String] {
    [
      TerminalSession.watchkeeper, "demo", scenario, "--speed", String(speed), "--clock", start,
      "--state", state,
    ]
  }

  var journal: WrittenJournal { WrittenJournal(state: state) }
  var screen: ScreenModel { session.screen }

  /// Waits until the alert stands in the list, and the screen is whole.
  func waitForAlert(_ id: String = "A-0001", saying text: String = "") throws {
    try session.wait(for: "alert \(id) \(text)") { screen in
      screen.lines.contains { line in
        line.contains(" \(id) ") && line.contains("!") && (text.isEmpty || line.contains(text))
      } && screen.contains("? help")
    }
  }

  /// Waits until the message line says that something was written, newer than the entry; gives its
  /// number.
  @discardableResult
  func waitForEntry(after seq: Int = 0, _ what: String = "") throws -> Int {
    var found = 0
    try session.wait(for: "“\(what)” as an entry after \(seq)") { screen in
      found = Self.entrySaid(screen, what) ?? 0
      return found > seq
    }
    return found
  }

  /// N, when the message line says `WHAT: entry N, on disk HH:MM:SSZ`, or of several the last.
  static func entrySaid(_ screen: ScreenModel, _ what: String = "") -> Int? {
    for line in screen.lines.suffix(4) where what.isEmpty || line.contains(what) {
      guard let match = line.firstMatch(of: /entr(?:y|ies \d+ to) (\d+), on disk \d\d:\d\d:\d\dZ/)
      else { continue }
      return Int(match.1)
    }
    return nil
  }

  /// Types a line into the field that is open, and saves it.
  func enter(_ text: String) throws {
    try session.type(text + "\r")
  }

  /// Selects the highest NEW alert and acknowledges it; the entry's number.
  @discardableResult
  func acknowledge(_ id: String = "A-0001") throws -> Int {
    try session.type("n")
    try session.wait(for: "\(id) selected") { Self.isSelected(id, on: $0) }
    return try act("a", "ack \(id)")
  }

  /// Presses a key that writes something; once more if the console wants it read first.
  @discardableResult
  func act(_ key: String, _ what: String) throws -> Int {
    let before = journal.entries.last?.seq ?? 0
    try session.type(key)
    return try waitForEntry(after: before, what)
  }

  static func isSelected(_ id: String, on screen: ScreenModel) -> Bool {
    screen.lines.contains { $0.contains(" \(id) ") && ($0.hasPrefix("▸") || $0.hasPrefix(">")) }
      && screen.contains("a ack")
  }

  /// Ends it by `q`, answering the question if it asks one.
  @discardableResult
  func quit() throws -> ProcessEnding {
    try session.type("q")
    try session.wait(for: "the question or the end") { screen in
      !screen.isAlternate || screen.contains("Quit all the same?")
    }
    if session.screen.isAlternate { try session.type("y") }
    return try session.end()
  }

  /// Runs the program once more, without a terminal; what it printed and how it ended.
  static func program(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> (ending: ChildProcess.Ending, output: String, errors: String) {
    let base = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TZ": "UTC"]
    let outcome = try await ChildProcess.run(
      arguments: [TerminalSession.watchkeeper] + arguments,
      environment: base.merging(environment) { $1 }, deadlineMillis: 60_000)
    return (
      outcome.ending, String(decoding: outcome.output, as: UTF8.self),
      String(decoding: outcome.errorOutput, as: UTF8.self)
    )
  }
}
