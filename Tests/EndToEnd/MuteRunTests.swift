import Glibc
import Posix
import TerminalTesting
import Testing

/// A mute by the command and by keys, beside a service that watches.
@Suite(Need.program.trait) struct MuteRunTests {
  @Test("B5: muted by the command: console and service say so; ended and begun by keys")
  func besideAService() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let watch = try estate.watch()
      try watch.wait(forText: "start of watch 1")
      let console = try estate.console()
      try console.wait(forText: "watch alive")
      let begun = try Self.mute(estate, "--for", "30m", "--reason", "a drill")
      #expect(begun.contains("notifications withheld until"), "\(begun)")
      try console.wait(for: "the mute") { Self.isMuted($0) }
      try estate.wait(watch, for: "the alert of it") { entries in
        entries.contains { $0.kind == "raise" && $0.text("code") == "notify.muted" }
      }
      let shown = try Self.mute(estate)
      #expect(shown.hasPrefix("MUTED until ") && shown.contains(": a drill;"), "\(shown)")
      try console.type(":mute end\r")
      try console.wait(for: "no mute") { !Self.isMuted($0) }
      try console.type(":mute 5m by keys\r")
      try console.wait(for: "the mute") { Self.isMuted($0) }
      let marks = estate.journal.entries.filter { $0.kind == "mute" }
      #expect(marks.map { $0.text("what") } == ["begin", "end", "begin"])
      #expect(marks.allSatisfy { !$0.who.isEmpty })
      let ended = try Self.mute(estate, "end")
      #expect(ended.contains("ended early"), "\(ended)")
      console.signal(SIGTERM)
      _ = try console.end()
      watch.signal(SIGTERM)
      #expect(try watch.end() == .exited(0))
    }
  }

  /// Whether the header says so; the alert of it goes on saying what it was about.
  private static func isMuted(_ screen: ScreenModel) -> Bool {
    screen.lines.first?.contains("MUTED until") ?? false
  }

  /// What the command says.
  private static func mute(_ estate: LoneEstate, _ words: String...) throws -> String {
    let session = try TerminalSession(
      [TerminalSession.watchkeeper, "mute"] + words + ["--state", estate.state], columns: 160,
      rows: 10)
    #expect(try session.end() == .exited(0))
    return session.screen.lines.joined(separator: " ")
  }

  @Test(
    "a mute that cannot be is refused in one line, and nothing is written",
    arguments: [
      (["--for", "5h", "--reason", "x"], 64, "4 hours at most"),
      (["--for", "soon", "--reason", "x"], 64, "needs a span"),
      (["--for", "5m"], 64, "needs --for 30m and --reason TEXT"),
      (["--for", "5m", "--reason", " "], 64, "--reason: say why"),
      (
        ["--for", "5m", "--reason", String(repeating: "x", count: 501)], 64,
        "--reason: a reason has"
      ), (["end"], 66, "there is no journal at"), ([], 66, "there is no journal at"),
      (["--for", "5m", "--reason", "x"], 66, "there is no journal at"),
    ] as [([String], Int32, String)])
  func refused(_ words: [String], _ status: Int32, _ said: String) async throws {
    let scratch = try Scratch()
    let state = scratch.path + "/state"
    let outcome = try await DemoRun.program(["mute"] + words + ["--state", state])
    #expect(outcome.ending == .exited(status) && outcome.errors.contains(said), "\(outcome)")
    #expect(outcome.errors.split(separator: "\n").count == 1)
    #expect(WrittenJournal(state: state).entries.isEmpty)
  }
}
