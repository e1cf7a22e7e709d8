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
    #expect(desk.state.field?.question.contains("4h at most") == true)
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
    #expect(Self.muted(20, 8).text[0].contains("MUTED"))
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
    let mute = desk.state.picture.mute?.seq ?? 0
    desk.happen { line in
      line.raise(900, .high, at: SampleBoard.now, what: "SILENCED")
      line.add(
        .withheld(
          Withheld(
            Tell(
              alert: AlertID(900), act: .raised, to: "mira", channels: ["pager"],
              of: line.entries.last?.seq ?? 0), mute: mute)), at: SampleBoard.now)
    }
    desk.press("nnnnn")
    while desk.state.subject?.id != AlertID(900) { desk.press("n") }
    let text = desk.text.joined(separator: "\n")
    #expect(text.contains("NOBODY: muted until 03:42Z by mira"), "\(text)")
    #expect(text.contains("muted to 03:42Z"))
    #expect(!text.contains("to jon in"))
  }
}
