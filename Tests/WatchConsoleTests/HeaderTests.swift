import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// S2: the header's facts are whole, also when something is wrong.
@Suite struct HeaderTests {
  private func header(_ width: Int, _ change: (inout ConsoleState) -> Void = { _ in }) -> String {
    var desk = Desk(width: width, height: width >= 200 ? 60 : width >= 120 ? 40 : 24)
    change(&desk.state)
    return desk.text[0]
  }

  @Test("S2: at every width from 80 on NEW, UTC, local time, duty, journal and watch are whole")
  func facts() {
    for width in 80...220 {
      let text = header(width)
      for fact in [
        "NEW 3", "2026-11-20 03:12:44Z", "+01", "duty mira", "journal saved", "watch alive",
      ] {
        #expect(text.contains(fact), "\(width): \(fact)")
      }
      #expect(text.count <= width)
    }
    #expect(header(120).contains("04:12 +01"))
    #expect(header(200).contains("NEW 3 (1 high)"))
  }

  @Test("Trouble is in capitals and never cut, with all else in the way")
  func trouble() {
    for width in 60...220 {
      let text = header(width) { state in
        state.board.journal = .notSaved("disk full")
        state.board.watch = .gone(since: state.now - .seconds(90), "lock lost")
        state.board.demo = "trail-stopped x10"
        _ = state.handle(.event(.key(.character("f"))))
      }
      #expect(text.contains("NOT SAVED"), "\(width): \(text)")
      #expect(text.contains("WATCH GONE"), "\(width): \(text)")
      if width >= 80 {
        #expect(text.contains("demo") && text.contains("FROZEN 00:00"), "\(width): \(text)")
      }
    }
  }

  @Test("A long name on duty never costs another fact")
  func longName() {
    var line = SampleBoard.story
    let name = String(repeating: "maximilian-", count: 9)
    line.add(.duty(DutyMark(to: name)), at: SampleBoard.now)
    for width in 80...220 {
      var desk = Desk(line, width: width, height: 24)
      desk.state.board.demo = "quiet x1"
      let text = desk.text[0]
      for fact in ["NEW 3", "03:12:44Z", "duty maxim", "journal saved", "watch alive", "demo x1"] {
        #expect(text.contains(fact), "\(width): \(text)")
      }
    }
  }
}
