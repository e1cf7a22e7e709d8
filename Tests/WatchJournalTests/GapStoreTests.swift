import Testing
import WatchCore

@testable import WatchJournal

/// What learned expectations rest on comes back as it was written, and nothing hostile comes in.
struct GapStoreTests {
  private static let path = PathID(
    source: SourceID(cloud: .gcp, account: "a", name: "audit"), kind: .entries, region: "acme-1")

  private static func history() -> GapHistory {
    let start = Timestamp(seconds: 1_790_000_000)
    var history = GapHistory(looked: start)
    for minute in 0..<600 {
      let now = start + .minutes(minute)
      if minute == 300 { history.distrust() }
      _ = history.saw(
        minute % 7 == 0 ? now : history.last, at: now, staleAfter: .minutes(7), limit: .hours(9))
    }
    return history
  }

  @Test func roundTrip() throws {
    let history = Self.history()
    #expect(history.holes.count == 1 && history.hours.count > 8)
    let read = try #require(GapHistory(json: history.json(Self.path)))
    #expect(read == history)
    #expect(
      try #require(GapHistory(json: JSON(bytes: Array(history.json(Self.path).line.utf8))))
        == history)
  }

  @Test(arguments: [
    #"{}"#, #"{"looked":"yesterday"}"#,
    #"{"looked":"2026-11-20T03:00:00Z","hours":[[2,1,0,0],[1,1,0,0]]}"#,
    #"{"looked":"2026-11-20T03:00:00Z","hours":[[2,1,0,0],[2,1,0,0]]}"#,
    #"{"looked":"2026-11-20T03:00:00Z","began":"0001-01-01T00:00:00Z","last":"2026-11-20T03:00:00Z"}"#,
    #"{"looked":"2026-11-20T03:00:00Z","began":"2026-11-20T03:00:00Z"}"#,
  ])
  func isRefused(_ text: String) throws {
    #expect(GapHistory(json: try JSON(bytes: Array(text.utf8))) == nil)
  }

  @Test(arguments: [
    #"[-1,1,0,0]"#, #"[1,1,0,3600]"#, #"[1,1,99999999999,0]"#, #"[1,"x",0,0]"#, #"[1,1]"#, #"7"#,
    #"[1,9999999999,0,0]"#,
  ])
  func hoursThatCannotBeAreLeftOut(_ hour: String) throws {
    let text = #"{"looked":"2026-11-20T03:00:00Z","hours":[[1,1,0,0],\#(hour)]}"#
    let read = GapHistory(json: try JSON(bytes: Array(text.utf8)))
    #expect(read.map { $0.hours.count <= 1 } ?? true)
  }
}
