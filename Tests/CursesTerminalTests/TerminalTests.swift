import Glibc
import Posix
import TerminalTesting
import Testing
import TextCanvas

@testable import CursesTerminal

/// The real thing on a terminal made of software. The child of an exit test plays the program; this
/// process keeps the other side, and sees what is left behind.
@Suite struct TerminalTests {
  /// What a program left behind.
  private struct Remains {
    let bytes: [UInt8]
    let screen: ScreenModel
    let isSettingsSame: Bool
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  /// All that has been written so far: one read may end anywhere in it.
  static func written(to terminal: PseudoTerminal) -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = terminal.read(withinMillis: 0), !more.isEmpty { bytes += more }
    return bytes
  }

  /// What the program has written so far. The kernel keeps it: our frames are small.
  private static func remains(of terminal: PseudoTerminal, before: TerminalMode) throws -> Remains {
    let bytes = written(to: terminal)
    var screen = ScreenModel(columns: 40, rows: 8)
    screen.feed(bytes)
    return Remains(bytes: bytes, screen: screen, isSettingsSame: try terminal.mode() == before)
  }

  /// Makes the terminal the standard input and output of this process, and opens it.
  static func open(_ path: String, errorFile: Int32? = nil) throws -> Terminal {
    let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY)
    dup2(descriptor, 0)
    dup2(descriptor, 1)
    setlocale(LC_CTYPE, "C.UTF-8")
    return try Terminal(
      TerminalOptions(term: "xterm-256color", alphabet: .unicode, errorFile: errorFile))
  }

  static func picture(_ text: SafeText) -> Canvas {
    var canvas = Canvas(width: 40, height: 8)
    canvas.put(text, row: 3, column: 4)
    canvas.placeCursor(row: 3, column: 4)
    return canvas
  }

  private static let size = TerminalSize(rows: 8, columns: 40)

  private func expectCleanEnd(_ remains: Remains, sourceLocation: SourceLocation = #_sourceLocation)
  {
    #expect(remains.text.contains("on screen"), sourceLocation: sourceLocation)
    #expect(remains.isSettingsSame, sourceLocation: sourceLocation)
    #expect(!remains.screen.isAlternate, sourceLocation: sourceLocation)
    #expect(remains.screen.isCursorShown, sourceLocation: sourceLocation)
    #expect(!remains.screen.isPasteBracketed, sourceLocation: sourceLocation)
    #expect(remains.screen.unknown.isEmpty, sourceLocation: sourceLocation)
  }

  @Test func framesAreSingleWritesAndNothingIsLeftBehind() async throws {
    let pseudo = try PseudoTerminal(size: Self.size)
    let before = try pseudo.mode()
    await #expect(processExitsWith: .exitCode(0)) { [path = pseudo.path as String] in
      let terminal = try TerminalTests.open(path)
      precondition(terminal.size == TerminalSize(rows: 8, columns: 40))
      let start = terminal.written.writes
      for text: SafeText in ["on screen", "second", "third 日本", "third 日本"] {
        precondition(terminal.draw(TerminalTests.picture(text)))
      }
      precondition(terminal.written.writes - start == 3)
      precondition(terminal.waitingOutput == nil)
      precondition(terminal.readEvents().isEmpty)
      terminal.close()
      terminal.close()
      precondition(!terminal.draw(TerminalTests.picture("late")))
      exit(0)
    }
    let remains = try Self.remains(of: pseudo, before: before)
    expectCleanEnd(remains)
    #expect(remains.text.contains("third 日本") && !remains.text.contains("late"))
    #expect(remains.text.split(separator: "\u{1B}[?1049h").count == 2)
  }

  @Test(arguments: [
    "fatal", "bounds", "overflow", "thread", "abort", "exit", "term", "quit",
  ])
  func howeverItEnds(way: String) async throws {
    let pseudo = try PseudoTerminal(size: Self.size)
    let before = try pseudo.mode()
    await #expect(processExitsWith: .failure) {
      [way = way as String, path = pseudo.path as String] in
      let terminal = try TerminalTests.open(path)
      terminal.draw(TerminalTests.picture("on screen"))
      TerminalTests.end(way)
      terminal.close()
    }
    expectCleanEnd(try Self.remains(of: pseudo, before: before))
  }

  static func end(_ way: String) {
    let none: [Int] = []
    switch way {
    case "fatal": fatalError("told so")
    case "bounds": print(none[way.utf8.count])
    case "overflow": print(deepen(1))
    case "thread": crashOnAThread()
    case "abort": abort()
    case "term": endBySignal(SIGTERM)
    case "quit": endBySignal(SIGQUIT)
    default: exit(4)
    }
  }

  private static func deepen(_ depth: Int) -> Int { depth == 0 ? 0 : deepen(depth + 1) + depth }

  /// Another thread may be the one that gets it.
  private static func endBySignal(_ number: Int32) {
    kill(getpid(), number)
    while true { pause() }
  }

  private static func crashOnAThread() {
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in fatalError("on a thread") }, nil)
    pthread_join(thread, nil)
  }

  @Test func standardErrorIsDetouredAndTheReportComesAfter() async throws {
    let pseudo = try PseudoTerminal(size: Self.size)
    let before = try pseudo.mode()
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [path = pseudo.path as String] in
      var name = Array("/tmp/terminal-noise-XXXXXX".utf8CString)
      let noise = mkstemp(&name)
      unlink(name)
      let terminal = try TerminalTests.open(path, errorFile: noise)
      terminal.draw(TerminalTests.picture("on screen"))
      let message = Array("library noise \u{1B}[2J".utf8)
      write(2, message, message.count)
      fatalError("told so")
    }
    let remains = try Self.remains(of: pseudo, before: before)
    expectCleanEnd(remains)
    #expect(!remains.text.contains("noise"))
    let report = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(report.contains("Ended by signal ") && report.contains("library noise ?[2J"))
    #expect(report.contains("told so"))
  }

  @Test func keysPasteAndHangUp() async throws {
    let pseudo = try PseudoTerminal(size: Self.size)
    try pseudo.write(Array("a\u{1B}[A\u{1B}[200~x\ry\u{1B}[201~\u{1B}".utf8))
    await #expect(processExitsWith: .exitCode(0)) { [path = pseudo.path as String] in
      // Raw first: what was typed before would otherwise be edited as a line.
      let terminal = try TerminalTests.open(path)
      var events: [TerminalEvent] = []
      while events.last != .key(.escape) { events += terminal.readEvents() }
      precondition(
        events == [.key(.character("a")), .key(.up), .paste("x\ny"), .key(.escape)], "\(events)")
      terminal.close()
      exit(0)
    }
  }

  @Test func aTerminalThatGoesAway() async {
    await #expect(processExitsWith: .exitCode(0)) {
      signal(SIGHUP, SIG_IGN)
      var pseudo: PseudoTerminal? = try PseudoTerminal(size: TerminalTests.size)
      let terminal = try TerminalTests.open(pseudo?.path ?? "")
      terminal.draw(TerminalTests.picture("on screen"))
      if let pseudo { close(pseudo.descriptor) }
      precondition(terminal.readEvents() == [.hangUp])
      terminal.draw(TerminalTests.picture("more"))
      precondition(terminal.readEvents() == [.hangUp])
      terminal.close()
      withExtendedLifetime(pseudo) {}
      pseudo = nil
      exit(0)
    }
  }

  @Test func resizing() async {
    await #expect(processExitsWith: .exitCode(0)) {
      let pseudo = try PseudoTerminal(size: TerminalTests.size)
      let terminal = try TerminalTests.open(pseudo.path)
      terminal.draw(TerminalTests.picture("on screen"))
      try pseudo.resize(to: TerminalSize(rows: 3, columns: 60))
      precondition(terminal.readEvents() == [.resized(columns: 60, rows: 3)])
      precondition(terminal.readEvents().isEmpty && terminal.size.columns == 60)
      _ = TerminalTests.written(to: pseudo)
      terminal.draw(TerminalTests.picture("cut"))
      terminal.redraw()
      var canvas = Canvas(width: 60, height: 3)
      canvas.put("bottom", row: 2, column: 50)
      terminal.draw(canvas)
      var screen = ScreenModel(columns: 60, rows: 3)
      screen.feed(TerminalTests.written(to: pseudo))
      precondition(screen.lines == canvas.text, screen.text)
      terminal.close()
      exit(0)
    }
  }

  @Test func aSlowTerminalDropsFramesAndKeepsTheLast() async {
    await #expect(processExitsWith: .exitCode(0)) {
      let pseudo = try PseudoTerminal(size: TerminalSize(rows: 100, columns: 300))
      let terminal = try TerminalTests.open(pseudo.path)
      var drawn = 0
      var last = Canvas(width: 300, height: 100)
      for round in 0..<50 {
        var canvas = Canvas(width: 300, height: 100)
        for row in 0..<100 {
          canvas.put(
            SafeText(repeating: SafeText(round * 100 + row), count: 99), row: row, column: 0)
        }
        if terminal.draw(canvas) { drawn += 1 }
        last = canvas
      }
      precondition(drawn < 5 && terminal.waitingOutput != nil, "drawn \(drawn)")
      var screen = ScreenModel(columns: 300, rows: 100)
      for isLast in [false, true] {
        if isLast { precondition(terminal.draw(last)) }
        while true {
          let bytes = pseudo.read(withinMillis: 0) ?? []
          screen.feed(bytes)
          _ = terminal.readEvents()
          if bytes.isEmpty, terminal.waitingOutput == nil { break }
        }
      }
      precondition(screen.lines == last.text, screen.text)
      terminal.close()
      exit(0)
    }
  }

  @Test func suspendingWhereNobodyCouldContinue() async throws {
    let pseudo = try PseudoTerminal(size: Self.size)
    let before = try pseudo.mode()
    await #expect(processExitsWith: .exitCode(0)) { [path = pseudo.path as String] in
      // A session of its own: nobody could continue the program, so the system does not stop it.
      setsid()
      let terminal = try TerminalTests.open(path)
      terminal.draw(TerminalTests.picture("on screen"))
      terminal.suspend()
      precondition(terminal.readEvents() == [.resumed])
      terminal.draw(TerminalTests.picture("again"))
      terminal.reclaim()
      precondition(terminal.readEvents() == [.resumed])
      terminal.draw(TerminalTests.picture("again"))
      terminal.close()
      exit(0)
    }
    let remains = try Self.remains(of: pseudo, before: before)
    expectCleanEnd(remains)
    #expect(remains.text.split(separator: "\u{1B}[?1049h").count == 4)
  }

  @Test func restoreAfterAKill() async throws {
    let pseudo = try PseudoTerminal(size: Self.size)
    let before = try pseudo.mode()
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = pseudo.path as String] in
      let terminal = try TerminalTests.open(path)
      terminal.draw(TerminalTests.picture("on screen"))
      kill(getpid(), SIGKILL)
      terminal.close()
    }
    var screen = ScreenModel(columns: 40, rows: 8)
    screen.feed(Self.written(to: pseudo))
    #expect(screen.isAlternate && screen.isPasteBracketed)
    #expect(try pseudo.mode() != before)
    await #expect(processExitsWith: .exitCode(0)) { [path = pseudo.path as String] in
      dup2(Glibc.open(path, O_RDWR | O_NOCTTY), 1)
      try Terminal.restore(term: "xterm-256color")
      exit(0)
    }
    screen.feed(Self.written(to: pseudo))
    #expect(!screen.isAlternate && !screen.isPasteBracketed && screen.isCursorShown)
    let after = try pseudo.mode()
    #expect(after.echoes && after.readsLines)
  }
}
