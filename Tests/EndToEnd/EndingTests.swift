import Glibc
import Posix
import TerminalTesting
import Testing

/// However the program ends, the terminal is as it was.
@Suite(Need.program.trait) struct EndingTests {
  /// A way to end it, and the exit status that the manual promises.
  enum Way: String, CaseIterable, Sendable {
    case quit, controlC, terminate, hangUp, interrupt

    var status: Int32 {
      switch self {
      case .quit, .controlC: 0
      case .terminate: 128 + SIGTERM
      case .hangUp: 128 + SIGHUP
      case .interrupt: 128 + SIGINT
      }
    }
  }

  @Test(
    "T8: q, Ctrl-C twice, SIGTERM, SIGHUP, SIGINT: the terminal is as it was",
    arguments: Way.allCases)
  func restored(way: Way) async throws {
    try await Seats.shared.run {
      let run = try DemoRun("quiet", speed: 1)
      try run.waitForConsole()
      #expect(run.screen.isAlternate && run.screen.isPasteBracketed)
      #expect(try run.session.settings() != run.session.settingsBefore)
      switch way {
      case .quit: try run.session.type("q")
      case .controlC: try Self.pressControlC(run.session)
      case .terminate: run.session.signal(SIGTERM)
      case .hangUp: run.session.signal(SIGHUP)
      case .interrupt: run.session.signal(SIGINT)
      }
      #expect(try run.session.end() == .exited(way.status))
      try Self.expectOwnTerminal(run.session)
      #expect(run.journal.entries.last?.text("what") == "stop")
    }
  }

  /// Twice within two seconds; who was not given the processor in between presses again.
  private static func pressControlC(_ session: TerminalSession) throws {
    for _ in 0..<20 {
      try session.press(.controlC)
      guard (try? session.wait(forText: "Ctrl-C again", withinMillis: 20_000)) != nil
      else { continue }
      try session.press(.controlC)
      if (try? session.end(withinMillis: 5000)) != nil { return }
    }
  }

  @Test("T9: a trap: the terminal is as it was, and standard error has the message")
  func crashed() async throws {
    try await Seats.shared.run {
      let run = try DemoRun(options: ["--crash"])
      let ending = try run.session.end()
      // It crashes by itself, maybe before we looked.
      #expect(String(decoding: run.session.raw, as: UTF8.self).contains("\u{1B}[?1049h"))
      #expect([.signalled(SIGILL), .signalled(SIGTRAP)].contains(ending), "\(ending)")
      try Self.expectOwnTerminal(run.session)
      #expect(run.session.errorText.contains("trapped on purpose"), "\(run.session.errorText)")
    }
  }

  @Test("T10: after kill -9 the journal is whole, and watchkeeper restore gives the terminal back")
  func restore() async throws {
    try await Seats.shared.run {
      let shell = #"PROGRAM=$1; shift; "$PROGRAM" "$@"; "$PROGRAM" restore && echo given back"#
      let run = try DemoRun(wrapper: ["sh", "-c", shell, "sh"])
      try run.session.wait(for: "the first entry") { _ in !run.journal.entries("watch").isEmpty }
      let pid = try #require(run.journal.entries("watch").first?.number("pid"))
      #expect(pid > 1 && kill(pid_t(pid), SIGKILL) == 0)
      #expect(try run.session.end() == .exited(0))
      #expect(run.screen.contains("given back"))
      // As `stty sane` leaves it: how it was before, nobody knows any more.
      let settings = try run.session.settings()
      #expect(settings.echoes && settings.readsLines)
      Self.expectOwnScreen(run.screen)
      let journal = run.journal
      #expect(!journal.entries.isEmpty && journal.entries.count == journal.lines.count)
    }
  }

  @Test(
    "T11: the terminal goes away, SIGHUP as usual or ignored: so does the program",
    arguments: [false, true])
  func hangUp(ignored: Bool) async throws {
    try await Seats.shared.run {
      let shell = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh"]
      let run = try DemoRun(wrapper: ignored ? shell : [])
      try run.waitForConsole()
      try run.session.hangUp()
      #expect(try run.session.end() == .exited(128 + SIGHUP))
    }
  }

  @Test("T11: at most three more reads after the terminal is gone", Need.strace.trait)
  func readsAfterHangUp() async throws {
    try await Seats.shared.run {
      let trace = try Trace(calls: "read")
      let shell = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh"]
      let run = try DemoRun("quiet", speed: 1, wrapper: shell + trace.wrapper)
      try run.waitForConsole()
      try run.session.hangUp()
      let ending = try run.session.end()
      #expect(ending == .exited(128 + SIGHUP))
      let failed = try trace.lines().filter { line in
        line.hasPrefix("read(0<") && (line.hasSuffix("= 0") || line.contains("= -1 EIO"))
      }
      #expect(failed.count <= 4, "\(failed)")
    }
  }

  @Test("T12: noise on standard error: the screen is unharmed, the text is in the debug file")
  func noise() async throws {
    try await Seats.shared.run {
      let run = try DemoRun(options: ["--noise"])
      try run.waitForConsole()
      let log = run.state + "/debug.log"
      try run.session.wait(for: "the noise in debug.log") { screen in
        #expect(!screen.text.contains("noise on standard error"))
        let bytes = (try? File.readAll(log, limit: 1 << 20)) ?? []
        return String(decoding: bytes, as: UTF8.self).contains("noise on standard error")
      }
      #expect(try run.quit() == .exited(0))
      #expect(!String(decoding: run.session.raw, as: UTF8.self).contains("noise on standard error"))
      #expect(!run.session.errorText.contains("noise"))
      var status = stat()
      #expect(stat(log, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
  }

  /// The second screen left, cursor on, no paste marks, no mouse, settings as they were.
  private static func expectOwnTerminal(_ session: TerminalSession) throws {
    #expect(try session.settings() == session.settingsBefore)
    expectOwnScreen(session.screen)
  }

  private static func expectOwnScreen(_ screen: ScreenModel) {
    #expect(!screen.isAlternate && screen.isCursorShown)
    #expect(!screen.isPasteBracketed && !screen.isMouseOn)
    #expect(screen.unknown.isEmpty, "\(screen.unknown)")
  }
}
