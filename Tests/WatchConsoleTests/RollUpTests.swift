import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// D2: no tier says plain ok where it must not.
@Suite struct RollUpTests {
  static let sizes = [
    (200, 60), (120, 40), (80, 24), (60, 16), (40, 10), (40, 6), (20, 3), (19, 2),
  ]

  @Test("D2: all path states x all alert states, at every tier", arguments: HeartbeatState.allCases)
  func neverPlainOK(_ pathState: HeartbeatState) {
    let lives: [AlertState?] = [
      nil, .new, .cleared,
      .acknowledged(owner: "mira", at: SampleBoard.now, until: SampleBoard.now),
      .shelved(by: "mira", until: SampleBoard.now, reason: "x"),
    ]
    for life in lives {
      let board = self.board(pathState, life)
      let isTroubled = !pathState.isProven || life != nil
      for (width, height) in Self.sizes {
        var state = SampleBoard.state(board, width: width, height: height)
        for screen in [Screen.overview, .cloud(.aws)] {
          if screen != .overview { state.show(screen) }
          let lines = Console.render(state).text
          guard let line = lines.first(where: { $0.contains("AWS") }) else {
            #expect(screen != .overview, "\(width)x\(height): no AWS")
            continue
          }
          #expect(isTroubled != Self.saysPlainOK(line), "\(width)x\(height) \(screen): \(line)")
        }
      }
    }
  }

  /// `ok` without a count of what is open; `ok quiet` is a state of its own and is as good.
  private static func saysPlainOK(_ line: String) -> Bool {
    var words = line.split { " -|│─┬+".contains($0) }.map(String.init)
    if let aws = words.firstIndex(of: "AWS") { words = Array(words[aws...]) }
    if let azure = words.firstIndex(of: "AZURE") { words = Array(words[..<azure]) }
    guard let index = words.firstIndex(where: { $0 == "ok" || $0 == "ok," }) else { return false }
    return words[index] == "ok"
  }

  private func board(_ state: HeartbeatState, _ life: AlertState?) -> Board {
    var line = Timeline()
    if let life {
      line.raise(1, at: SampleBoard.now - .seconds(300))
      switch life {
      case .acknowledged: line.act(.ack, 1, at: SampleBoard.now)
      case .cleared: line.act(.clear, 1, by: nil, at: SampleBoard.now)
      case .shelved:
        line.act(.shelve, 1, at: SampleBoard.now, text: "x", until: SampleBoard.now + .hours(1))
      default: break
      }
    }
    var board = SampleBoard.board(line)
    let paths = [
      SampleBoard.path(.s3, "us-east-1", state, since: "03:00:00", newest: "02:50:00", "use1"),
      SampleBoard.path(.s3, "eu-west-1", .ok, since: "03:00:00", newest: "03:10:00", "euw1"),
    ]
    // Off alone: a cloud whose only path is switched off is not ok either.
    board.clouds[0] = CloudStatus(
      cloud: .aws, accounts: ["prod"], paths: state == .off ? [paths[0]] : paths,
      open: line.picture.open(on: .aws))
    return board
  }
}
