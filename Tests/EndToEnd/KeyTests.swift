import Glibc
import Posix
import TerminalTesting
import Testing

/// Keys, on the program as it runs.
@Suite(Need.program.trait) struct KeyTests {
  @Test("K1: n selects the highest NEW alert, a acknowledges it: the entry first, then ACK shown")
  func acknowledge() async throws {
    try await Seats.shared.run {
      let run = try DemoRun()
      try run.waitForAlert()
      #expect(run.journal.entries("ack").isEmpty)
      try run.session.type("n")
      try run.session.wait(for: "A-0001") { DemoRun.isSelected("A-0001", on: $0) }
      try run.session.type("na")
      try run.session.wait(for: "ACK") { screen in
        guard screen.contains("ACK !!! A-0001") else { return false }
        // Asked at the moment it is first seen.
        #expect(run.journal.entries("ack", alert: "A-0001").count == 1)
        return true
      }
      try run.waitForEntry("ack A-0001")
      // It is selected: one key is enough for the next act.
      try run.act("u", "undo A-0001")
      try run.act("a", "ack A-0001")
      #expect(run.journal.entries("ack", alert: "A-0001").count == 2)
      #expect(try run.quit() == .exited(0))
    }
  }

  @Test(
    "K2, P1: one frame is one write, the first too; nothing is asked of any network",
    Need.strace.trait)
  func oneWriteAFrame() async throws {
    try await Seats.shared.run {
      let trace = try Trace(calls: "read,write,poll,ppoll,connect")
      let run = try DemoRun("quiet", wrapper: trace.wrapper)
      try run.waitForConsole()
      // No entry comes any more that would move the rows under the cursor.
      try run.waitForStory("ok")
      try run.session.type("2")
      try run.session.wait(for: "two entries") { screen in
        screen.contains("JOURNAL (ACK") && screen.contains("start of watch")
          && screen.contains("taken")
      }
      for key in ["j", "k", "G", "g", "j", "g"] {
        let before = run.screen.cursor.row
        try run.session.type(key)
        try run.session.wait(for: "the cursor to move by \(key)") { $0.cursor.row != before }
      }
      #expect(try run.quit() == .exited(0))

      let turns = try trace.turns()
      let keyed = turns.filter { !$0.keys.isEmpty }
      #expect(keyed.count >= 8, "\(turns.count)")
      for turn in turns.dropLast() { #expect(turn.frames.count <= 1, "\(turn)") }
      for turn in keyed.dropLast() { #expect(turn.frames.count == 1, "\(turn.keys)") }
      let first = try #require(try trace.writes().first { $0.contains("?1049h") })
      #expect(first.contains("AWS") && first.contains("? help") && first.contains("journal saved"))
      #expect(try !trace.lines().contains { $0.contains("connect(") && $0.contains("AF_INET") })
    }
  }

  @Test("K6: Esc then [A in one write is Up; a lone Esc needs no further key")
  func escape() async throws {
    try await Seats.shared.run {
      let run = try DemoRun("quiet")
      try run.waitForConsole()
      try run.waitForStory("ok")
      try run.session.type("2")
      try run.session.wait(for: "two entries") { screen in
        screen.contains("JOURNAL (ACK") && screen.contains("start of watch")
          && screen.contains("taken")
      }
      try run.session.type("j")
      try run.session.wait(for: "the second row") { $0.lines.dropFirst(5).first?.first == "▸" }
      let row = run.screen.cursor.row
      try run.session.send([0x1B, 0x5B, 0x41])
      try run.session.wait(for: "the row above") { $0.cursor.row == row - 1 }
      #expect(run.screen.contains("JOURNAL (ACK"))
      try run.session.press(.escape)
      try run.session.wait(for: "the overview") { screen in
        !screen.contains("JOURNAL (ACK") && screen.contains("ALERTS")
      }
      #expect(try run.quit() == .exited(0))
    }
  }

  @Test("K8: u after each act: a new entry, the old one still there")
  func undo() async throws {
    try await Seats.shared.run {
      let run = try DemoRun()
      try run.waitForAlert()
      try run.acknowledge()
      try Self.undo("ack", in: run)
      try run.session.type("c")
      try run.session.wait(forText: "note on A-0001")
      try run.enter("a note")
      try Self.undo("note", in: run)
      try run.session.type("s")
      try run.session.wait(forText: "for how long?")
      try run.session.type("1")
      try run.session.wait(forText: "why?")
      try run.enter("while it is mended")
      try Self.undo("shelve", in: run)
      try run.session.type("A")
      try run.session.wait(forText: "assign A-0001")
      try run.enter("jon")
      try Self.undo("assign", in: run)
      try run.session.type("r ")
      try Self.undo("step", in: run)
      try run.quit()
      #expect(run.journal.entries("undo").count == 5)
    }
  }

  /// Waits for the act's entry, takes it back, and looks at the file.
  private static func undo(_ kind: String, in run: DemoRun) throws {
    try run.session.wait(for: "the \(kind) in the journal") { _ in
      run.journal.entries.last { !$0.who.isEmpty }?.kind == kind
    }
    let before = run.journal
    let act = try #require(before.entries(kind).last)
    #expect(try run.waitForEntry(kind, after: act.seq - 1) == act.seq, "it says so")
    try run.act("u", "undo A-0001")
    let after = run.journal
    #expect(after.bytes.starts(with: before.bytes))
    #expect(after.entries("undo").last?.number("of") == act.seq)
  }

  @Test("L5: one line per entry, whatever a note holds")
  func oneLineANote() async throws {
    try await Seats.shared.run {
      let run = try DemoRun()
      try run.waitForAlert()
      let acked = try run.acknowledge()
      try run.session.type("c")
      try run.session.wait(forText: "note on A-0001")
      try run.session.type("first")
      try run.session.press(.controlJ)
      try run.session.type("second")
      try run.session.paste(" p\u{2028}\u{85}\u{1B}]0;x\u{7}\u{202E}\u{0}\r\nz")
      try run.session.press(.enter)
      try run.waitForEntry("note A-0001", after: acked)
      #expect(try run.quit() == .exited(0))
      let journal = run.journal
      #expect(journal.entries.count == journal.lines.count)
      #expect(journal.entries.map(\.seq) == Array(1...journal.lines.count))
      #expect(journal.bytes.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
      let note = try #require(journal.entries("note").last?.text("text"))
      #expect(note.hasPrefix("first\nsecond p"), "\(note)")
      #expect(run.screen.unknown.isEmpty && run.screen.title == nil)
    }
  }
}
