import Testing
import WatchCore

@testable import WatchConsole

/// Muting by the palette, and what every screen says while it holds.
@Suite struct MuteKeyTests {
  private static func muted(_ width: Int, _ height: Int) -> Desk {
    var line = SampleBoard.story
    line.add(
      .mute(
        MuteMark(
          .begin, until: SampleBoard.now + .minutes(30), text: "drill",
          by: Operator(name: "mira", uid: 1000))), at: SampleBoard.now - .minutes(1))
    return Desk(line, width: width, height: height)
  }

  @Test(":mute with a time and a reason, or asked for; end ends it")
  func typed() {
    var desk = Desk()
    desk.press(":mute 30m drill<Enter>")
    desk.press(":mute<Enter>")
    let question = desk.state.field?.question ?? ""
    #expect(question.hasPrefix("30m REASON (4h at most), or end; MUTED until "))
    #expect(question.count < 80)
    desk.press("5h too long<Enter>")
    #expect(desk.message == "a mute lasts 4 hours at most")
    desk.press(":mute 10m<Enter>")
    #expect(desk.message == "say why nobody is to be told")
    desk.press(":mute soon<Enter>")
    #expect(desk.message.contains("is neither a time and a reason"))
    desk.press(":mute end<Enter>")
    #expect(
      desk.commands == [.mute(until: SampleBoard.now + .minutes(30), reason: "drill"), .unmute])
  }

  @Test("MUTED until when, by whom, at every size")
  func header() {
    for width in 42...220 {
      let desk = Self.muted(width, width >= 200 ? 60 : width >= 120 ? 40 : width >= 80 ? 24 : 10)
      #expect(desk.text[0].contains("MUTED until 03:42Z by mira"), "\(width): \(desk.text[0])")
    }
  }

  @Test("S2, S4 under a mute: NEW at every size, from 80 columns on all that S2 asks for")
  func headerFacts() {
    for (width, height) in [(20, 3), (20, 8), (30, 8), (40, 10)] {
      let text = Self.muted(width, height).text[0]
      #expect(text.contains("NEW 3") && text.contains("MUTED"), "\(width): \(text)")
    }
    for width in 80...220 {
      let text = Self.muted(width, 24).text[0]
      for fact in ["NEW 3", "03:12:44Z", "04:12 +01", "duty mira", "saved", "alive"] {
        #expect(text.contains(fact), "\(width): \(text)")
      }
    }
  }

  @Test("frozen and muted says both at every size, and that the watch is gone")
  func frozen() {
    for width in 20...220 {
      var desk = Self.muted(width, 8)
      desk.press("f")
      let text = desk.text[0]
      for fact in ["NEW 3", "MUTED", "FROZEN"] {
        #expect(text.contains(fact), "\(width): \(text)")
      }
      desk.state.board.watch = .gone(since: desk.state.now, "lock lost")
      #expect(desk.text[0].contains("WATCH GONE"), "\(width): \(desk.text[0])")
    }
  }

  @Test("facts do not run into one another where a shorter layout has room")
  func room() {
    for width in 120...220 {
      var desk = Self.muted(width, width >= 200 ? 60 : 40)
      desk.state.board.demo = "trail-stopped x10"
      let text = desk.text[0]
      #expect(text.hasPrefix(" NEW 3") && text.contains("  MUTED until"), "\(width): \(text)")
    }
  }

  @Test("a mute is shown though the newest entry is ahead of this console's clock")
  func fastDemo() {
    var desk = Self.muted(80, 24)
    desk.happen { line in line.raise(900, .high, at: SampleBoard.now + .minutes(1)) }
    let text = desk.text.joined(separator: "\n")
    #expect(text.contains("MUTED until") && !text.contains("to jon in"), "\(text)")
  }

  /// A-0900 is raised, and nobody is told of it.
  private static func withhold(_ desk: inout Desk) {
    let mute = desk.state.picture.mute?.seq ?? 0
    desk.happen { line in
      line.raise(900, .high, at: SampleBoard.now, what: "SILENCED")
      let tell = Tell(
        alert: AlertID(900), act: .raised, to: "mira", channels: ["pager"],
        of: line.entries.last?.seq ?? 0)
      line.add(.withheld(Withheld(tell, mute: mute)), at: SampleBoard.now)
    }
  }

  @Test("numbers stand on screen when only a human can call")
  func reach() {
    for (id, person) in [(900, "mira +49 30 5550 101"), (141, "jon +49 30 5550 102")] {
      var desk = Self.muted(120, 40)
      Self.withhold(&desk)
      desk.state.board.plan.people = NobodyTold.plan.people
      desk.press("n")
      for _ in 0..<9 where desk.state.subject?.id != AlertID(id) { desk.press("n") }
      desk.press("<Enter>")
      let reach = desk.text.first { $0.contains("reach") } ?? "nothing"
      #expect(reach.contains(person), "\(id): \(reach)")
    }
  }

  @Test("MUTED hides no other trouble")
  func trouble() {
    for width in 62...220 {
      var desk = Self.muted(width, 24)
      desk.state.board.journal = .notSaved("disk full")
      desk.state.board.watch = .gone(since: desk.state.now, "lock lost")
      let text = desk.text[0]
      for fact in ["MUTED", "NOT SAVED", "WATCH GONE"] {
        #expect(text.contains(fact), "\(width): \(text)")
      }
    }
  }

  @Test("an alert of which nobody was told says why, and nobody is said to be next")
  func row() {
    var desk = Self.muted(80, 24)
    Self.withhold(&desk)
    desk.press("nnnnn")
    for _ in 0..<9 where desk.state.subject?.id != AlertID(900) { desk.press("n") }
    let text = desk.text.joined(separator: "\n")
    #expect(text.contains("NOBODY: muted until 03:42Z by mira"), "\(text)")
    #expect(text.contains("muted to 03:42Z"))
    #expect(!text.contains("to jon in"))
  }
}
