import Glibc
import Posix
import TerminalTesting
import Testing

/// The harness itself, on programs that every machine has.
@Suite struct TerminalSessionTests {
  private static func shell(_ script: String) -> [String] { ["sh", "-c", script] }

  @Test func keysGoInAndAScreenComesOut() async throws {
    try await TerminalSession.run {
      let session = try TerminalSession(["cat"])
      try session.type("watch é日\r")
      try session.wait(for: "the echo and the answer") { screen in
        screen.lines.prefix(2) == ["watch é日", "watch é日"]
      }
      try session.type("\u{4}")
      #expect(try session.end() == .exited(0))
      #expect(session.raw.starts(with: Array("watch é日\r\n".utf8)))
    }
  }

  @Test func sizeSignalsAndSettings() async throws {
    try await TerminalSession.run {
      let script =
        "trap 'stty size' WINCH; trap 'stty raw; exit 7' TERM; echo on >&2; "
        + "stty size; while :; do sleep 0.02; done"
      let session = try TerminalSession(Self.shell(script), columns: 40, rows: 10)
      try session.wait(forText: "10 40")
      try session.resize(columns: 100, rows: 30)
      try session.wait(forText: "30 100")
      session.signal(SIGTERM)
      #expect(try session.end() == .exited(7))
      #expect(try session.settings() != session.settingsBefore)
      #expect(session.errorText.hasPrefix("on\n"))
    }
  }

  @Test func theEnvironmentIsComplete() async throws {
    try await TerminalSession.run {
      let script = "echo $TERM-$LC_ALL-$EXTRA; tput cup 4 2; echo here; tput smcup"
      for kind in [TerminalKind.model, .named("xterm-256color")] {
        let session = try TerminalSession(
          Self.shell(script), kind: kind, environment: ["EXTRA": "more"])
        try session.wait(for: "the full screen") { $0.isAlternate }
        #expect(try session.end() == .exited(0))
        let shown = String(decoding: session.raw, as: UTF8.self)
        #expect(shown.contains("-C.UTF-8-more\r\n") && shown.contains("\u{1B}[5;3Hhere"))
      }
    }
  }

  @Test func aFailureShowsTheScreen() async throws {
    try await TerminalSession.run {
      let session = try TerminalSession(Self.shell("echo shown; echo said >&2; exec cat"))
      try session.wait(forText: "shown")
      let failure = #expect(throws: SessionFailure.self) {
        try session.wait(forText: "never", withinMillis: 1)
      }
      #expect(failure?.description.contains("shown") == true)
      #expect(failure?.description.contains("said") == true)
      session.signal(SIGKILL)
      #expect(try session.end() == .signalled(SIGKILL))
      #expect(throws: SessionFailure.self) { try session.wait(forText: "never") }
    }
  }

  @Test func pasteIsMarkedWhenAskedFor() async throws {
    try await TerminalSession.run {
      let script = "stty raw -echo; printf '\\033[?2004h on'; dd bs=1 count=14 2>/dev/null"
      let session = try TerminalSession(Self.shell(script))
      try session.wait(for: "bracketed paste") { $0.isPasteBracketed && $0.contains("on") }
      try session.paste("ab")
      #expect(try session.end() == .exited(0))
      #expect(session.raw.suffix(14) == Array("\u{1B}[200~ab\u{1B}[201~".utf8)[...])
    }
  }
}
