import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// What a key hits is the alert that was selected, never a row.
@Suite struct SelectionTests {
  @Test("The highest NEW alert is on top and selected at the start")
  func start() {
    let state = SampleBoard.state()
    #expect(state.subject?.id == AlertID(141))
    #expect(state.rows.first == .alert(AlertID(141)))
    #expect(state.runbooks["aws-trail-stopped"]?.steps.count == 6)
  }

  @Test("K3: a hits what was selected, whatever arrives in the same moment")
  func arrivalAtTheSameMoment() {
    for round in 0..<500 {
      var state = SampleBoard.state()
      _ = state.handle(.event(.key(.down)))
      let chosen = state.subject?.id
      var line = SampleBoard.story
      line.raise(200 + round, round % 2 == 0 ? .high : .low, at: SampleBoard.now)
      _ = state.handle(.board(SampleBoard.board(line)))
      let effects = state.handle(.event(.key(.character("a"))))
      #expect(chosen == AlertID(143))
      #expect(effects == [.command(id: 1, .act(.ack, AlertID(143)))])
    }
  }
}
