import Testing
import WatchCore
import WatchJournal

@testable import WatchEngine

/// Whether the watch lives, for those who only read: a console whose news end, lines without a screen,
/// and a single look at the folder.
@Suite struct LifeTests {
  private static let now = Rig.start + .hours(1)

  private static func board(_ watch: WatchLife) -> Board {
    let path = PathStatus(
      id: PathID(source: Rig.use1, kind: .trail, region: "us-east-1"), state: .ok,
      since: Rig.start, looked: now)
    let cloud = CloudStatus(cloud: .aws, accounts: ["prod"], paths: [path], open: 0)
    return Board(clouds: [cloud], watch: watch, me: Rig.mira)
  }

  @Test("A board that nothing comes after is no proof of life, and grows old")
  func silence() throws {
    var silence = BoardSilence()
    for second in 1..<BoardSilence.limit {
      let early = silence.second(Self.board(.alive(Self.now)), at: Self.now + .seconds(second))
      #expect(early == nil)
    }
    let later = Self.now + .seconds(BoardSilence.limit)
    let agedBoard = silence.second(Self.board(.alive(Self.now)), at: later)
    let aged = try #require(agedBoard)
    guard case .gone(let since, let why) = aged.watch else {
      Issue.record("\(aged.watch)")
      return
    }
    #expect(since == Self.now && why.hasPrefix("nothing has come from the watch for 15 s"))
    #expect(aged.clouds.map(\.state) == [.ok], "that is as old as it says")
    let same = silence.second(aged, at: later)
    #expect(same == nil, "said once")
    let oldBoard = silence.second(aged, at: Self.now + .minutes(5))
    let old = try #require(oldBoard)
    #expect(old.clouds.map(\.state) == [.blind])
    #expect(old.watch == aged.watch)
    silence.end()
    let fresh = silence.second(Self.board(.alive(Self.now)), at: later)
    #expect(fresh == nil)
  }

  @Test("A better reason is kept; a watch that never began is gone as well")
  func reasons() throws {
    let lost = WatchLife.gone(since: Self.now, "its loop has not turned")
    var (silence, later) = (BoardSilence(), Self.now)
    for _ in 0..<100 {
      later = later + .seconds(1)
      let kept = silence.second(Self.board(lost), at: later)
      #expect(kept == nil)
    }
    let begunBoard = silence.second(Self.board(.starting), at: later)
    let begun = try #require(begunBoard)
    if case .gone = begun.watch {} else { Issue.record("\(begun.watch)") }
    // The clock was set back: no time to come.
    let backBoard = silence.second(Self.board(.alive(later + .hours(1))), at: later)
    let back = try #require(backBoard)
    if case .gone(let since, _) = back.watch { #expect(since == later) }
  }

  /// Letters: `s` starting, `a` alive, `g` gone, `h` gone for another reason, `!` stalled.
  @Test(
    "Lines: that the watch is gone, why, and that it is there again; each once",
    arguments: [
      ("saaa", []), ("agga", ["WATCH GONE: g", "alive"]), ("ss", []),
      ("g", ["WATCH GONE: g"]),
      ("aghga", ["WATCH GONE: g", "WATCH GONE: h", "WATCH GONE: g", "alive"]),
      ("a!aa", ["WATCH STALLED: !", "alive"]),
      ("a!ga", ["WATCH STALLED: !", "WATCH GONE: g", "alive"]),
      ("agsga", ["WATCH GONE: g", "alive"]),
    ]) func lines(_ lives: String, _ said: [String])
  {
    var teller = LifeTeller()
    let lines = lives.compactMap { life in
      switch life {
      case "a": teller.line(.alive(Self.now))
      case "s": teller.line(.starting)
      case "!": teller.line(stalled: "!")
      default: teller.line(.gone(since: Self.now, String(life)))
      }
    }
    #expect(lines == said.map { $0 == "alive" ? "the watch is alive again" : $0 })
  }

  /// Ages in seconds at the look; negative: ahead of the clock; nil: there is none.
  struct Signs: Sendable, CustomTestStringConvertible {
    var beat: Int?
    var touched: Int?
    var isAlive: Bool
    /// The age of the sign that is told of.
    var told: Int?
    var isOwn = true
    var role = JournalLock.Role.watch
    var testDescription: String { "beat \(beat ?? .min), touched \(touched ?? .min), \(isOwn)" }
  }

  @Test(
    "One look: the later of beat and touched lock file tells, and what lies in the future does not",
    arguments: [
      Signs(beat: 1, touched: 500, isAlive: true, told: 1),
      Signs(beat: 12, touched: 500, isAlive: true, told: 12),
      Signs(beat: 13, touched: 500, isAlive: false, told: 13),
      // A full disk: it beats on the lock file.
      Signs(beat: 500, touched: 1, isAlive: true, told: 1),
      Signs(beat: 500, touched: 20, isAlive: false, told: 20),
      Signs(beat: 500, touched: 1, isAlive: true, told: nil, isOwn: false),
      Signs(beat: 500, touched: 40, isAlive: false, told: nil, isOwn: false),
      Signs(beat: nil, touched: 40, isAlive: true, told: nil, role: .check),
      Signs(beat: nil, touched: nil, isAlive: true, told: nil),
      // The clock was set back: alive by its next beat, and not by the last one.
      Signs(beat: -9, touched: 500, isAlive: true, told: -9),
      Signs(beat: -3600, touched: -3600, isAlive: false, told: -3600),
      Signs(beat: 1, touched: -3600, isAlive: true, told: 1),
      Signs(beat: -3600, touched: 1, isAlive: true, told: 1),
    ]) func presence(_ signs: Signs)
  {
    func time(_ age: Int) -> Timestamp { Self.now - .seconds(age) }
    let holder = JournalLock.Holder(pid: 7, host: "bridge", role: signs.role)
    let look = LeaseView.Look(
      isHeld: true, holder: holder,
      beat: signs.beat.map {
        WatchBeat(
          pid: signs.isOwn ? 7 : 6, host: "bridge", epoch: 1, at: time($0),
          mark: time($0).millis * 1_000_000)
      },
      touched: signs.touched.map { time($0).millis * 1_000_000 })
    let (beat, isAlive) = WatchPresence.life(look, at: Self.now)
    #expect(isAlive == signs.isAlive)
    #expect(beat == signs.told.map(time))
  }
}
