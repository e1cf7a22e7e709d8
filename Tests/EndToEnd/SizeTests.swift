import Glibc
import Posix
import TerminalTesting
import Testing

/// Windows of any size, and a screen that stands still.
@Suite(Need.program.trait) struct SizeTests {
  /// A size, and what it must still show while a trail is stopped.
  struct Small: Sendable {
    var columns: Int
    var rows: Int
    var facts: [String]
  }

  static let sizes = [
    Small(
      columns: 60, rows: 16,
      facts: ["NEW 1", "FAILING", "STOPPED by dev", "trail use1", "step 1/6"]),
    Small(columns: 40, rows: 10, facts: ["NEW 1", "FAILING", "trail use1", "step 1/6"]),
    Small(columns: 20, rows: 3, facts: ["NEW 1", "AWS", "FAILING"]),
    Small(columns: 10, rows: 2, facts: ["NEW 1"]),
    Small(columns: 1, rows: 1, facts: []),
  ]

  @Test("S4: 60x16 to 1x1: alive, with what each must still show", arguments: sizes)
  func small(size: Small) async throws {
    try await Seats.shared.run {
      let run = try DemoRun(columns: size.columns, rows: size.rows)
      try run.session.wait(for: "\(size.facts)") { screen in
        screen.isAlternate && size.facts.allSatisfy { screen.contains($0) }
      }
      #expect(run.screen.unknown.isEmpty)
      // Alive: it grows, and the whole screen is there.
      try run.session.resize(columns: 80, rows: 24)
      try run.waitForAlert()
      try run.acknowledge()
      #expect(try run.quit() == .exited(0))
    }
  }

  @Test("S5: sixty random resizes, then 80x24 shows what it showed before")
  func resizes() async throws {
    try await Seats.shared.run {
      let run = try DemoRun()
      try run.waitForAlert(saying: "by dev")
      try run.session.type("n")
      try run.waitForStory("delivering 4 of 7", "A-0001 selected", " E-2 ")
      let before = Self.still(run.screen)
      var state: UInt32 = 7
      func random(_ limit: UInt32) -> Int {
        state = state &* 1_664_525 &+ 1_013_904_223
        return Int((state >> 8) % limit) + 1
      }
      for number in 0..<60 {
        let seen = run.session.raw.count
        try run.session.resize(columns: random(200), rows: random(60))
        try run.session.wait(for: "frame \(number)") { _ in run.session.raw.count > seen }
      }
      try run.session.resize(columns: 80, rows: 24)
      try run.session.wait(for: "the screen as before:\n\(before.joined(separator: "\n"))") {
        screen in
        Self.still(screen) == before
      }
      #expect(run.screen.unknown.isEmpty)
      #expect(try run.session.wait(forText: "? help").isAlternate)
    }
  }

  /// What does not change by itself while a trail is stopped: all but messages and the journal.
  private static func still(_ screen: ScreenModel) -> [String] {
    Array(Masked.lines(screen).prefix(20))
  }

  @Test("S7, P2: a second apart only clock, ages and countdowns differ; few bytes a second")
  func standsStill() async throws {
    try await Seats.shared.run {
      let run = try DemoRun()
      try run.waitForAlert(saying: "by dev")
      try run.session.type("n")
      try run.waitForStory("delivering 4 of 7", "A-0001 selected", " E-2 ")
      // From here on a second of the story is one of ours.
      try run.session.wait(for: "the end of the haste") { Self.seconds($0) >= 301 }
      // Between two looks of the probes; one that falls in between is another try.
      var differing = true
      for _ in 0..<5 where differing {
        let (first, second) = (run.screen, try run.nextSecond())
        differing = Masked.lines(first) != Masked.lines(second)
        #expect(first.lines != second.lines)
      }
      #expect(!differing)

      // By the clock on screen: who waits in vain for the processor reads several seconds at once.
      let (bytes, began) = (run.session.raw.count, Self.seconds(run.screen))
      for _ in 0..<10 { _ = try run.nextSecond() }
      let perTick = (run.session.raw.count - bytes) / max(1, Self.seconds(run.screen) - began)
      #expect(perTick < 200, "\(perTick) bytes a tick")
    }
  }

  /// What the header's clock shows, in seconds since the demo's start at 03:00:00Z.
  private static func seconds(_ screen: ScreenModel) -> Int {
    let parts = DemoRun.clock(screen)?.prefix(8).split(separator: ":").compactMap { Int($0) } ?? []
    return parts.reduce(0) { $0 * 60 + $1 } - 3 * 3600
  }
}
