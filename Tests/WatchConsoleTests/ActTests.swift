import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// What keys do to alerts.
@Suite struct ActTests {
  @Test("K1: n a acknowledges the highest NEW alert; a alone does when it is selected")
  func newestHigh() {
    var desk = Desk()
    desk.press("G")
    #expect(desk.state.subject?.id == AlertID(137))
    desk.press("na")
    #expect(desk.commands == [.act(.ack, AlertID(141))])
    #expect(desk.alert(141)?.state.owner == "mira")
    var other = Desk()
    other.press("a")
    #expect(other.commands == [.act(.ack, AlertID(141))])
    var third = Desk()
    third.press("n")
    #expect(third.state.subject?.id == AlertID(141))
    third.press("n")
    #expect(third.state.subject?.id == AlertID(143))
    third.press("N")
    #expect(third.state.subject?.id == AlertID(141))
  }

  @Test("Nothing reads ACK before the journal has it")
  func pending() {
    var desk = Desk()
    desk.answers = .never
    desk.press("a")
    #expect(desk.message == "saving: ack A-0141 ...")
    #expect(desk.alert(141)?.state == .new)
    #expect(desk.text.contains { $0.contains("NEW 3") })
    desk.press("a")
    #expect(desk.commands.count == 1)
    #expect(desk.message.contains("still being saved"))
  }

  @Test("L3: an act that could not be saved did not happen, and says so")
  func notSaved() {
    var desk = Desk()
    desk.answers = .notSaved
    desk.press("a")
    #expect(desk.alert(141)?.state == .new)
    #expect(desk.message == "NOT SAVED, ack A-0141 did not happen: no space left on the disk")
    #expect(desk.state.currentMessage?.role == .newHigh)
    #expect(desk.state.pending.isEmpty)
  }

  @Test("K10: a renews one's own, and names another's owner without writing")
  func acknowledged() {
    var desk = Desk()
    desk.press("GkkG")
    desk.state.cursor = .alert(AlertID(139))
    desk.press("a")
    #expect(desk.commands == [.act(.ack, AlertID(139))])
    desk.state.cursor = .alert(AlertID(138))
    desk.press("a")
    #expect(desk.commands.count == 1)
    #expect(
      desk.message == "a: A-0138 is acknowledged by jon since 00:13Z; A takes it over")
  }

  @Test("K10: A assigns to me on Enter, or to a name")
  func assign() {
    var desk = Desk()
    desk.state.cursor = .alert(AlertID(138))
    desk.press("A<Enter>")
    desk.press("Ajon<Enter>")
    #expect(
      desk.commands == [
        .act(.assign, AlertID(138), to: "mira"), .act(.assign, AlertID(138), to: "jon"),
      ])
  }

  @Test("K10: R and H ask before they write, and an empty line writes nothing")
  func asking() {
    var desk = Desk()
    desk.happen { $0.act(.clear, 141, by: nil, at: SampleBoard.now, text: "logging again") }
    desk.press("R<Enter>")
    #expect(desk.commands.isEmpty)
    #expect(desk.message.contains("a line is needed"))
    desk.press("script with the wrong account<Enter>")
    #expect(desk.commands == [.act(.resolve, AlertID(141), text: "script with the wrong account")])
    desk.press("Hjon<Enter>")
    #expect(desk.commands.count == 1)
    desk.press("all quiet<Enter>")
    #expect(desk.commands.last == .duty(to: "jon", text: "all quiet"))
    #expect(desk.state.board.picture.duty?.to == "jon")
  }

  @Test("D6: who raised it may acknowledge, and not close it alone")
  func alone() {
    var line = SampleBoard.story
    line.act(.clear, 141, by: nil, at: SampleBoard.now)
    var desk = Desk(line)
    desk.state.board.me = Operator(name: "dev")
    desk.state.cursor = .alert(AlertID(141))
    desk.press("R")
    #expect(desk.state.prompt == nil)
    #expect(desk.message.contains("a second operator must close it"))
  }

  @Test("a on a cleared one closes it; a high one asks for the cause")
  func cleared() {
    var desk = Desk()
    desk.state.cursor = .alert(AlertID(140))
    desk.press("a")
    #expect(desk.commands == [.act(.ack, AlertID(140))])
    desk.happen { $0.act(.clear, 141, by: nil, at: SampleBoard.now) }
    desk.state.cursor = .alert(AlertID(141))
    desk.press("a")
    #expect(desk.state.field?.question.contains("what was the cause?") == true)
    desk.press("wrong script<Enter>")
    #expect(desk.commands.last == .act(.ack, AlertID(141), text: "wrong script"))
  }

  @Test("K8: u after each act is a new entry, and the old one is still there")
  func undo() {
    for keys in ["a", "cseen<Enter>", "Ajon<Enter>", "s1known<Enter>", "r<Space>"] {
      var desk = Desk()
      let before = desk.entries.count
      desk.press(keys)
      #expect(desk.entries.count == before + 1, "\(keys)")
      let act = desk.entries.last
      desk.press("u")
      #expect(desk.entries.count == before + 2, "\(keys)")
      #expect(desk.entries.contains { $0 == act })
      guard case .act(let undo)? = desk.entries.last?.event else {
        Issue.record("\(keys): no undo")
        continue
      }
      #expect(undo.verb == .undo)
      #expect(undo.of == act?.seq, "\(keys)")
    }
  }

  @Test(
    "s: 1 to 4 choose the time, then a reason is needed",
    arguments: [
      ("1", "04:12:44"), ("2", "07:12:44"), ("3", "06:00:00"), ("4", "next"),
    ])
  func shelve(_ key: String, _ clock: String) {
    var desk = Desk()
    desk.press("s\(key)<Enter>")
    #expect(desk.commands.isEmpty)
    desk.press("known<Enter>")
    let until =
      clock == "next" ? Timeline.at("03:12:44", day: 21) : Timeline.at(clock)
    #expect(desk.commands == [.act(.shelve, AlertID(141), text: "known", until: until)])
  }

  @Test("m marks, acts ask with the count and go one by one")
  func marks() {
    var desk = Desk()
    desk.press("gmm")
    #expect(desk.state.markedAlerts == [AlertID(141), AlertID(143)])
    desk.press("a")
    #expect(desk.state.question?.text == "ack all 2 marked alerts, one entry each?")
    #expect(desk.commands.isEmpty)
    desk.press("y")
    #expect(desk.commands == [.act(.ack, AlertID(141)), .act(.ack, AlertID(143))])
    #expect(desk.state.marks.isEmpty)
  }

  @Test("Of several acts the next waits for the one before, and none follows one that failed")
  func oneByOne() {
    var desk = Desk()
    desk.answers = .never
    desk.press("gmmay")
    #expect(desk.commands == [.act(.ack, AlertID(141))])
    desk.take(.outcome(1, .notSaved("disk full")))
    #expect(desk.commands.count == 1)
    #expect(desk.message.contains("1 more were not tried"))
  }

  @Test("q asks once while a high alert is NEW")
  func quit() {
    var desk = Desk()
    desk.press("q")
    #expect(desk.effects.isEmpty)
    desk.press("x")
    #expect(desk.message.contains("is no answer"))
    desk.press("q")
    #expect(desk.effects == [.quit])
    var calm = Desk()
    calm.press("a")
    calm.press("q")
    #expect(calm.effects.last == .quit)
  }

  @Test("Ctrl-C leaves a field; twice in 2 s it quits, later it does not")
  func interrupt() {
    var desk = Desk()
    desk.press("cabc<Ctrl-C>")
    #expect(desk.state.prompt == nil)
    #expect(desk.effects.isEmpty)
    desk.press("<Ctrl-C>")
    desk.wait(3)
    desk.press("<Ctrl-C>")
    #expect(desk.effects.isEmpty)
    desk.press("<Ctrl-C>")
    #expect(desk.effects == [.quit])
  }
}
