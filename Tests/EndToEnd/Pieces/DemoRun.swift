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
  ///   - speed: how fast the demo's clock runs up to `haste`, in seconds of its story; then it is as
  ///     fast as ours. What a scenario begins with is over by then, and its end is far.
  ///   - options: more of them, after `demo SCENARIO`.
  ///   - wrapper: put before the program, such as strace with its options.
  init(
    _ scenario: String = "stop-logging", speed: Int = 60, haste: Int = 300, columns: Int = 80,
    rows: Int = 24,
    kind: TerminalKind = .named("xterm-256color"), environment: [String: String] = [:],
    options: [String] = [], wrapper: [String] = [], folder: String = "state"
  ) throws {
    scratch = try Scratch()
    state = scratch.path + "/" + folder
    session = try TerminalSession(
      wrapper + Self.arguments(scenario, speed: speed, haste: haste, state: state) + options,
      columns: columns, rows: rows, kind: kind, environment: environment)
  }

  /// Ends the program before its folder goes: it would make it anew.
  deinit {
    session.signal(SIGKILL)
    _ = try? session.end()
  }

  static func arguments(
    _ scenario: String, speed: Int = 60, haste: Int = 300, state: String
  ) -> [String] {
    [
      TerminalSession.watchkeeper, "demo", scenario, "--speed", String(speed), "--haste",
      String(haste), "--clock", start, "--state", state,
    ]
  }

  var journal: WrittenJournal { WrittenJournal(state: state) }
  var screen: ScreenModel { session.screen }

  /// Waits until the console is up and has said which demo it is: that takes the place of what a key
  /// would be answered. Who has seen three seconds go by has missed it.
  func waitForConsole() throws {
    var clocks: Set<String> = []
    try session.wait(for: "the console") { screen in
      guard screen.isAlternate, screen.contains("journal saved"), screen.contains("? help")
      else { return false }
      if let clock = Self.clock(screen) { clocks.insert(clock) }
      return screen.contains("DEMO ") || clocks.count > 3
    }
  }

  /// Waits until the scenario's first minutes are in the journal and these facts on screen, which then
  /// stands still: nothing follows for long.
  func waitForStory(_ facts: String...) throws {
    try session.wait(for: "three looks at settings") { _ in
      journal.entries("posture").count >= 3
    }
    if !journal.entries("raise").isEmpty {
      try session.wait(for: "the second witness") { _ in !journal.entries("evidence").isEmpty }
    }
    try session.wait(for: "\(facts)") { screen in facts.allSatisfy { screen.contains($0) } }
    var (last, same) = ([String](), 0)
    while same < 2 {
      let lines = Masked.lines(try nextSecond())
      same = lines == last ? same + 1 : 0
      last = lines
    }
  }

  /// Waits until the header's clock shows another second.
  func nextSecond() throws -> ScreenModel {
    let before = Self.clock(screen)
    return try session.wait(for: "another second than \(before ?? "none")") { screen in
      Self.clock(screen) != nil && Self.clock(screen) != before && screen.contains("? help")
    }
  }

  static func clock(_ screen: ScreenModel) -> String? {
    screen.lines.first?.firstMatch(of: /\d\d:\d\d:\d\dZ/).map { String($0.0) }
  }

  /// Waits until the alert stands in the list, and the screen is whole.
  func waitForAlert(_ id: String = "A-0001", saying text: String = "") throws {
    try session.wait(for: "alert \(id) \(text)") { screen in
      screen.lines.contains { line in
        line.contains(" \(id) ") && line.contains("!") && (text.isEmpty || line.contains(text))
      } && screen.contains("? help")
    }
  }

  /// Waits until the message line says that something was written, newer than the entry; gives its
  /// number. The line says so for ten seconds: where news took its place at once, or we were not
  /// given the processor for so long, the journal must have it.
  @discardableResult
  func waitForEntry(_ what: String, after seq: Int = 0) throws -> Int {
    var found = 0
    var looked = MonotonicClock.millis()
    var missed = false
    try session.wait(for: "“\(what)” as an entry after \(seq)") { screen in
      let now = MonotonicClock.millis()
      missed = missed || now - looked > 5000 || Self.isNews(screen)
      looked = now
      found = Self.entrySaid(screen, what) ?? 0
      if found <= seq, missed { found = written(what, after: seq) ?? 0 }
      return found > seq
    }
    return found
  }

  /// The number of the last entry of the kind that the words begin with, by an operator.
  private func written(_ what: String, after seq: Int) -> Int? {
    let kind = String(what.prefix { $0 != " " })
    return journal.entries.last { $0.seq > seq && $0.kind == kind && !$0.who.isEmpty }?.seq
  }

  /// Whether the message line tells what an alert or a cloud did by itself.
  private static func isNews(_ screen: ScreenModel) -> Bool {
    let news = ["NEW high alert", " is NEW again", " cleared", "changed: ", "aws/"]
    let line = screen.lines.suffix(4).last { $0.hasPrefix(" ▸ ") || $0.hasPrefix(" > ") } ?? ""
    return news.contains { line.contains($0) }
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
    return try waitForEntry(what, after: before)
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

  /// Runs the program once more, in a terminal of its own; blocks. What it printed and how it ended.
  static func printed(
    _ arguments: [String]
  ) throws -> (ending: ProcessEnding, output: String) {
    let session = try TerminalSession(
      [TerminalSession.watchkeeper] + arguments, columns: 200, rows: 40)
    let ending = try session.end()
    let text = String(decoding: session.raw, as: UTF8.self)
    return (ending, text.replacing("\r\n", with: "\n"))
  }

  /// Runs the program once more, without a terminal; what it printed and how it ended.
  static func program(
    _ arguments: [String], environment: [String: String] = [:]
  ) async throws -> (ending: ChildProcess.Ending, output: String, errors: String) {
    let base = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TZ": "UTC"]
    let outcome = try await ChildProcess.run(
      arguments: [TerminalSession.watchkeeper] + arguments,
      environment: base.merging(environment) { $1 }, deadlineMillis: 180_000)
    return (
      outcome.ending, String(decoding: outcome.output, as: UTF8.self),
      String(decoding: outcome.errorOutput, as: UTF8.self)
    )
  }
}
