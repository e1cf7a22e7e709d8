import Posix
import TerminalTesting
import Testing

/// The program under a shell in a real terminal.
@Suite(Need.tmux.trait) struct TmuxTests {
  @Test("T7, K1 in tmux: n a; Ctrl-Z gives the shell back; fg shows the screen as it was")
  func suspendAndResume() async throws {
    try await Seats.shared.hold {
      let tmux = try await TmuxSession()
      do {
        try await Self.play(tmux)
      } catch {
        await tmux.end()
        throw error
      }
      await tmux.end()
    }
  }

  private static func play(_ tmux: TmuxSession) async throws {
    let state = tmux.scratch.path + "/state"
    let settings = try await Self.settings(tmux)
    let program = DemoRun.arguments("stop-logging", state: state)
    try await tmux.type(program.joined(separator: " "))
    try await tmux.press("Enter")
    try await tmux.wait(forText: "STOPPED by dev")
    #expect(try await tmux.facts("#{alternate_on} #{mouse_any_flag}") == "1 0")
    try await tmux.press("n")
    try await tmux.wait(for: "A-0001, selected") { lines in
      lines.contains { $0.hasPrefix("▸ ") && $0.contains(" A-0001 ") }
    }
    try await tmux.press("a")
    try await tmux.wait(forText: "ACK !!! A-0001")
    #expect(WrittenJournal(state: state).entries("ack", alert: "A-0001").count == 1)
    // Esc leaves the journal without another key, and is no arrow.
    try await tmux.press("2")
    try await tmux.wait(forText: "JOURNAL (ACK")
    try await tmux.press("Escape")
    try await tmux.wait(forText: "RUNBOOK aws-trail-stopped")
    let before = try await Self.stillOverview(tmux)

    try await tmux.press("C-z")
    try await tmux.wait(forText: "Stopped")
    #expect(try await tmux.facts("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0")
    #expect(try await Self.settings(tmux) == settings)

    try await tmux.type("fg")
    try await tmux.press("Enter")
    try await tmux.wait(for: "the screen as before:\n\(before.joined(separator: "\n"))") { lines in
      lines.prefix(18).map(Masked.line) == before
    }
    #expect(try await tmux.facts("#{alternate_on}") == "1")
    // No gap is made up, and nothing piled up.
    #expect(WrittenJournal(state: state).entries("raise").map { $0.text("alert") } == ["A-0001"])
    try await tmux.press("c")
    try await tmux.wait(forText: "note on A-0001")
    try await tmux.type("after fg")
    try await tmux.press("Enter")
    try await tmux.wait(for: "the note in the journal") { _ in
      WrittenJournal(state: state).entries("note", alert: "A-0001").count == 1
    }
    try await tmux.press("q")
    try await tmux.wait(forText: "demo over. Its journal:")
    #expect(try await tmux.facts("#{alternate_on} #{cursor_flag}") == "0 1")
    #expect(try await Self.settings(tmux) == settings)
  }

  /// The overview once the story's first minutes are over: it has stood still for some seconds.
  private static func stillOverview(_ tmux: TmuxSession) async throws -> [String] {
    let state = tmux.scratch.path + "/state"
    try await tmux.wait(for: "three looks at settings") { _ in
      WrittenJournal(state: state).entries("posture").count >= 3
    }
    var (last, clocks) = ([String](), Set<String>())
    try await tmux.wait(for: "the story's overview, standing still") { lines in
      let now = lines.prefix(18).map(Masked.line)
      if now != last { clocks = [] }
      last = now
      clocks.insert(lines.first ?? "")
      let isWhole = [" E-2 ", "delivering 4 of 7"].allSatisfy { fact in
        lines.contains { $0.contains(fact) }
      }
      return isWhole && clocks.count > 3
    }
    return last
  }

  /// What `stty` says in the shell; each time under a mark of its own.
  private static func settings(_ tmux: TmuxSession) async throws -> String {
    try await tmux.press("C-l")
    try await tmux.wait(for: "a clean screen") { $0.first == "ready>" || $0.first == "ready> " }
    try await tmux.type("clear; stty -g | cksum; echo end-of-settings")
    try await tmux.press("Enter")
    let lines = try await tmux.wait(for: "stty") { lines in
      lines.contains("end-of-settings")
    }
    return lines.first { $0.contains(/^\d+ \d+$/) } ?? "none"
  }
}
