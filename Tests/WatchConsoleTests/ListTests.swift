import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// The alert list: order, filter, fold, flood.
@Suite struct ListTests {
  @Test("K4: while the list is read, arrivals wait and no row moves; n lets them in")
  func held() {
    var desk = Desk()
    desk.press("jjj")
    let rows = desk.state.rows
    let index = desk.state.selectedIndex
    for number in 0..<20 {
      desk.happen { $0.raise(200 + number, .high, at: SampleBoard.now) }
    }
    #expect(desk.state.waiting.count == 20)
    #expect(desk.state.rows == rows)
    #expect(desk.state.selectedIndex == index)
    #expect(desk.state.subject?.id == AlertID(138))
    #expect(desk.message.contains("NEW high alert A-0219"))
    desk.press("<Esc>")
    #expect(desk.state.waiting.isEmpty)
    #expect(desk.state.rows.count > rows.count)
    #expect(desk.state.subject?.id == AlertID(138))
  }

  @Test("The order is held only while somebody is there: after a minute it goes on")
  func idle() {
    var desk = Desk()
    desk.press("j")
    desk.happen { $0.raise(200, .high, at: SampleBoard.now) }
    desk.wait(ConsoleState.heldFor - 1)
    #expect(desk.state.waiting == [AlertID(200)])
    desk.wait(1)
    #expect(desk.state.waiting.isEmpty)
    #expect(desk.state.subject?.id == AlertID(143))
  }

  @Test("An alert that selected itself is not acted on unseen")
  func unseen() {
    var desk = Desk(Timeline())
    #expect(desk.state.subject == nil)
    desk.happen { $0.raise(1, .high, at: SampleBoard.now) }
    #expect(desk.state.subject?.id == AlertID(1))
    desk.press("a")
    #expect(desk.commands.isEmpty)
    #expect(desk.message.contains("selected by itself"))
    desk.press("a")
    #expect(desk.commands == [.act(.ack, AlertID(1))])
    var other = Desk(Timeline())
    other.happen { $0.raise(1, .high, at: SampleBoard.now) }
    other.press("na")
    #expect(other.commands == [.act(.ack, AlertID(1))])
  }

  @Test(
    "Filters: words, keys, and without",
    arguments: [
      ("state:new", [141, 143]), ("pri:high", [141]), ("who:jon", [138]), ("digest", [143, 138]),
      ("!state:new pri:low", [140]), ("cloud:azure", []), ("stopped by dev", [141]),
    ])
  func filters(_ text: String, _ numbers: [Int]) {
    var desk = Desk()
    desk.press("/\(text)<Enter>")
    #expect(desk.state.rows.compactMap { $0.alert?.number } == numbers)
    desk.press("<Esc>")
    #expect(desk.state.rows.count == 6)
  }

  @Test("Esc clears the filter, then marks, then lets in what waits; then it says where we are")
  func escapes() {
    var desk = Desk()
    desk.press("m/pri:low<Enter>")
    desk.happen { $0.raise(200, .low, at: SampleBoard.now) }
    #expect(desk.state.backStep == .filter)
    desk.press("<Esc>")
    #expect(desk.state.filter.isEmpty)
    desk.press("<Esc>")
    #expect(desk.state.marks.isEmpty)
    desk.press("<Esc>")
    #expect(desk.state.waiting.isEmpty)
    desk.press("<Esc>")
    #expect(desk.message == "Esc: this is the overview; q quits")
  }

  @Test("F shows symptoms on rows of their own")
  func unfolded() {
    var desk = Desk()
    desk.press("F")
    #expect(desk.state.rows[1] == .symptom(AlertID(142)))
    desk.press("F")
    #expect(!desk.state.rows.contains(.symptom(AlertID(142))))
  }

  @Test("B4: over ten in ten minutes is a flood: lows are one row, and a asks for their count")
  func flood() {
    var line = SampleBoard.story
    for number in 0..<17 { line.raise(200 + number, .low, at: SampleBoard.now - .seconds(60)) }
    var desk = Desk(line)
    #expect(desk.state.isFlood)
    // Those 17, and the two that were open before.
    let lows = desk.state.rows.first { $0.alert == nil }
    #expect(lows?.alerts.count == 19)
    desk.state.cursor = .lows
    desk.press("a7<Enter>")
    #expect(desk.commands.isEmpty)
    #expect(desk.message.contains("is not their count (19)"))
    desk.press("a19<Enter>")
    #expect(desk.commands.count == 19)
    desk.state.cursor = .lows
    desk.press("<Enter>")
    #expect(desk.state.rows.allSatisfy { $0.alert != nil })
  }

  @Test("f freezes what is shown; NEW keeps counting, and acts hit the newest board")
  func frozen() {
    var desk = Desk()
    desk.press("f")
    desk.happen { $0.raise(200, .high, at: SampleBoard.now) }
    desk.wait(12)
    #expect(desk.state.rows.count == 6)
    #expect(desk.text[0].contains("FROZEN 00:12"))
    #expect(desk.text[0].contains("NEW 4"))
    desk.press("f")
    #expect(desk.state.frozen == nil)
  }

  @Test("A new high alert rings once, if that is wanted")
  func bell() {
    var desk = Desk()
    desk.happen { $0.raise(200, .high, at: SampleBoard.now) }
    #expect(desk.effects.isEmpty)
    desk.state.ringsBell = true
    desk.happen { $0.raise(201, .high, at: SampleBoard.now) }
    desk.happen { $0.raise(202, .low, at: SampleBoard.now) }
    #expect(desk.effects == [.bell])
  }

  @Test("That an alert cleared, or is NEW again, is said")
  func news() {
    var desk = Desk()
    desk.happen { $0.act(.clear, 138, by: nil, at: SampleBoard.now, text: "digest 03:12:00Z") }
    #expect(desk.message == "A-0138 cleared: digest 03:12:00Z")
    desk.happen { $0.act(.reopen, 139, by: nil, at: SampleBoard.now, text: "the ack ran out") }
    #expect(desk.message == "A-0139 is NEW again: the ack ran out")
  }
}
