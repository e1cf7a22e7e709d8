import Testing
import WatchCore

@testable import WatchConsole

/// What chatters says so on its row at every size, and is counted on the journal screen.
@Suite struct ChatterRowTests {
  private static func desk(_ width: Int, _ height: Int) -> Desk {
    var line = Timeline()
    line.raise(
      1, .medium, at: SampleBoard.now - .minutes(50),
      what: "BLIND: DescribeTrails us-east-1, AccessDenied, as it was an hour ago and before that")
    for count in 1...4 {
      let at = SampleBoard.now - .minutes(40 - count * 8)
      line.act(.clear, 1, by: nil, at: at)
      line.add(
        .act(
          Act(
            .reopen, alert: AlertID(1), text: "it came back", returned: true,
            chatter: count >= 3 ? count : nil, isQuiet: count > 3)), at: at + .minutes(4))
    }
    return Desk(line, width: width, height: height)
  }

  @Test(
    "the mark is never cut off",
    arguments: [(40, 10), (60, 16), (80, 24), (120, 40), (200, 60)] as [(Int, Int)])
  func mark(_ width: Int, _ height: Int) {
    let rows = Self.desk(width, height).text.filter { $0.contains("A-0001") }
    #expect(rows.contains { $0.contains(" chattering x4") }, "\(rows)")
  }

  @Test("the journal screen counts it, where there is room for figures", arguments: [80, 120, 200])
  func counted(_ width: Int) {
    var desk = Self.desk(width, width == 80 ? 24 : width == 120 ? 40 : 60)
    desk.press("2")
    let text = desk.text.joined(separator: "\n")
    #expect(text.contains(width == 200 ? "1 chattering" : "chattering 1"), "\(text)")
  }

  @Test("it can be taken and not closed, and a return says nothing on the message line")
  func acts() {
    var desk = Self.desk(80, 24)
    desk.happen { line in
      line.act(.clear, 1, by: nil, at: SampleBoard.now)
    }
    desk.wait(3)
    desk.press("R")
    #expect(desk.message.contains("chatters (x4)"), "\(desk.message)")
    desk.happen { line in
      line.add(
        .act(
          Act(.reopen, alert: AlertID(1), text: "back", returned: true, chatter: 5, isQuiet: true)),
        at: SampleBoard.now)
    }
    #expect(!desk.message.contains("NEW again"), "\(desk.message)")
  }
}
