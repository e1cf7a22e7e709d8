import Testing
import WatchCore

/// Time lines: one character a minute. Input: `r` a record arrives, `.` a look that finds nothing
/// new, `w` a look, with a witness that holds nothing newer, `a` activity that only the witness saw,
/// `?` could not look, `!` the cloud says it fails, `+` it says it works again, ` ` no look at all.
/// Expected: k ok, q ok quiet, l late, s silent, f failing, b blind, n never.
struct HeartbeatTests {
  @Test(arguments: [
    ("a record keeps it ok for its period, then late, then silent", "r..........", "kkkkllsssss"),
    ("a record brings it back", "r.......r..", "kkkkllsskkk"),
    ("blind at the first failed look; ok by a look that finds it fresh", "r.?.r", "kkbkk"),
    ("blind is not silent", "r....??????.", "kkkklbbbbbbs"),
    ("no look is no proof: stale after three minutes", "r    .", "kkkkbl"),
    ("never, until the first record", "..r.", "nnkk"),
    ("a witness that is owed nothing: quiet", "rwwwwwwww", "kkkkqqqqq"),
    (
      "a witness that is owed something: late and silent from what is owed", "rwwwwawwwwww",
      "kkkkqqqqqlls"
    ),
    ("an idle path never seen, with a witness", "wwwww", "qqqqq"),
    ("what was just done is not due yet on a path never seen", "awwwwww", "qqqqnnn"),
    ("nothing is due by a witness that is old", "a........", "qqqqnnnnn"),
    ("failing, however young the record", "r.!!..", "kkffff"),
    ("works again: no old record proves it", "r.!!+..", "kkfflll"),
    ("works again and a new record proves it", "r.!!+r.", "kkfflkk"),
  ])
  func timeLine(_ name: String, _ input: String, _ expected: String) {
    var heartbeat = Heartbeat(
      expectation: .minutes(3, 2), began: .init(seconds: 1_000_000), staleAfter: .minutes(3))
    var seen = ""
    for (minute, step) in input.enumerated() {
      let now = Timestamp(seconds: 1_000_000 + Int64(minute) * 60)
      switch step {
      case "r": heartbeat.looked(at: now, newest: now)
      case ".": heartbeat.looked(at: now, newest: heartbeat.newest)
      case "w", "a":
        heartbeat.looked(at: now, newest: heartbeat.newest)
        heartbeat.witnessed(at: now, activity: step == "a" ? [now] : [])
      case "?": heartbeat.couldNotLook(at: now, Blindness(kind: .denied, detail: "denied"))
      case "!":
        heartbeat.looked(at: now, newest: heartbeat.newest)
        heartbeat.fails("stopped", since: now)
      case "+":
        heartbeat.looked(at: now, newest: heartbeat.newest)
        heartbeat.works(since: now)
      default: break
      }
      heartbeat.judge(at: now)
      seen.append(Self.letter(heartbeat.state))
    }
    #expect(seen == expected, Comment(rawValue: name))
  }

  /// The same, and: `d` a look, with a digest that vouches for six minutes; `e` a look, with our own
  /// call of four minutes ago owed (to the end, or until `v`, when it is no more); `x` the cloud says
  /// that the next digest cannot be delivered.
  @Test(arguments: [
    ("a digest vouches for a quiet path without another witness", "d......", "qqqqqqq"),
    ("and no longer; never a record is no quiet then", "d.........", "qqqqqqqnnn"),
    ("each digest anew", "d....d......", "qqqqqqqqqqqq"),
    ("after records: late when it runs out, then silent", "rd.........", "kkkkqqqqlls"),
    ("a digest that was refused vouches for nothing", "d.x.", "qqnn"),
    (
      "what is owed stays owed, whatever the digest says", "rwwwwadddddddd",
      "kkkkqqqqqsssss"
    ),
    ("silence and a missing echo is silent", "rwwwwwewww", "kkkkqqssss"),
    ("a missing echo makes no path silent that records come by", "rreererr", "kkkkkkkk"),
    ("an echo that came back ends it", "rwwwwwewvw", "kkkkqqssqq"),
    ("never a record, and a missing echo", "..e.", "nnss"),
    ("a record by which our call should have come settles it", "rwwwwwewrwwwww", "kkkkqqsskkkkqq"),
    ("a record from before it was due does not", "rwwwwwerwwwww", "kkkkqqskkkkss"),
  ])
  func otherProofs(_ name: String, _ input: String, _ expected: String) {
    var heartbeat = Heartbeat(
      expectation: .minutes(3, 2), began: .init(seconds: 1_000_000), staleAfter: .minutes(3))
    var seen = ""
    for (minute, step) in input.enumerated() {
      let now = Timestamp(seconds: 1_000_000 + Int64(minute) * 60)
      heartbeat.looked(at: now, newest: step == "r" ? now : heartbeat.newest)
      switch step {
      case "w", "a": heartbeat.witnessed(at: now, activity: step == "a" ? [now] : [])
      case "d": heartbeat.vouched(by: "digest", at: now, until: now + .minutes(6))
      case "e":
        heartbeat.owes(echo: now - .minutes(4))
        heartbeat.witnessed(at: now, activity: [])
      case "v":
        heartbeat.owes(echo: nil)
        heartbeat.witnessed(at: now, activity: [])
      case "x": heartbeat.vouchFailed()
      default: break
      }
      heartbeat.judge(at: now)
      seen.append(Self.letter(heartbeat.state))
    }
    #expect(seen == expected, Comment(rawValue: name))
  }

  @Test func aFailureVoidsWhatVouchedBefore() {
    let start = Timestamp(seconds: 1_000_000)
    var heartbeat = Heartbeat(expectation: .minutes(15, 15), began: start, staleAfter: .hours(2))
    heartbeat.looked(at: start, newest: start - .hours(1))
    heartbeat.vouched(by: "digest", at: start, until: start + .minutes(75))
    heartbeat.judge(at: start)
    #expect(heartbeat.state == .okQuiet)
    heartbeat.fails("AccessDenied", since: start + .minutes(1))
    heartbeat.vouched(by: "digest", at: start + .seconds(30), until: start + .minutes(75))
    heartbeat.works(since: start)
    heartbeat.judge(at: start + .minutes(2))
    #expect(heartbeat.state == .late)
    heartbeat.vouched(by: "digest", at: start + .minutes(3), until: start + .minutes(78))
    heartbeat.judge(at: start + .minutes(4))
    #expect(heartbeat.state == .okQuiet)
  }

  /// Event history may be read before the bucket is: what is owed is settled when both are known.
  @Test(arguments: [true, false])
  func theWitnessMayComeBeforeTheRecord(witnessFirst: Bool) {
    let now = Timestamp(seconds: 1_000_000)
    let activity = [now - .minutes(40), now - .minutes(60)]
    var heartbeat = Heartbeat(expectation: .minutes(15, 15), began: now)
    if witnessFirst { heartbeat.witnessed(at: now, activity: activity) }
    heartbeat.looked(at: now, newest: now - .minutes(50))
    if !witnessFirst { heartbeat.witnessed(at: now, activity: activity) }
    heartbeat.judge(at: now)
    #expect(heartbeat.state == .silent)
    heartbeat.looked(at: now, newest: now - .minutes(39))
    heartbeat.judge(at: now)
    #expect(heartbeat.state == .okQuiet)
  }

  @Test func sinceIsTheBoundaryAndNotTheLook() {
    let start = Timestamp(seconds: 1_000_000)
    var heartbeat = Heartbeat(
      expectation: .minutes(15, 15), began: start, staleAfter: .hours(2))
    heartbeat.looked(at: start, newest: start)
    heartbeat.judge(at: start)
    heartbeat.judge(at: start + .minutes(40))
    #expect(heartbeat.state == .silent)
    #expect(heartbeat.since == start + .minutes(30))
    #expect(heartbeat.changes.map(\.state) == [.never, .ok, .silent])
  }

  @Test func exactlyThePeriodIsNotLate() {
    let start = Timestamp(seconds: 1_000_000)
    var heartbeat = Heartbeat(expectation: .minutes(15, 15), began: start, staleAfter: .hours(2))
    heartbeat.looked(at: start, newest: start)
    for (span, state) in [
      (Duration.minutes(15), HeartbeatState.ok), (.minutes(15) + .milliseconds(1), .late),
      (.minutes(30), .late), (.minutes(30) + .milliseconds(1), .silent),
    ] {
      heartbeat.judge(at: start + span)
      #expect(heartbeat.state == state, "\(span)")
    }
  }

  @Test func aClockThatStepsBackMakesNothingSilent() {
    let start = Timestamp(seconds: 1_000_000)
    var heartbeat = Heartbeat(expectation: .minutes(15, 15), began: start)
    heartbeat.looked(at: start, newest: start)
    heartbeat.judge(at: start - .hours(1))
    #expect(heartbeat.state == .ok)
    #expect(heartbeat.since <= start)
  }

  @Test func anEarlierWatchsStripIsFollowedByTheTimeNobodyLooked() {
    let start = Timestamp(seconds: 1_000_000)
    var heartbeat = Heartbeat(expectation: .minutes(15, 15), began: start)
    heartbeat.follow(
      [
        StateChange(at: start - .hours(30), state: .silent),
        StateChange(at: start - .hours(5), state: .ok),
      ], until: start - .hours(1))
    heartbeat.looked(at: start, newest: start)
    heartbeat.judge(at: start)
    #expect(heartbeat.changes.map(\.state) == [.ok, .blind, .never, .ok])
    #expect(heartbeat.changes[1].at == start - .hours(1))
  }

  private static func letter(_ state: HeartbeatState) -> Character {
    switch state {
    case .ok: "k"
    case .okQuiet: "q"
    case .late: "l"
    case .silent: "s"
    case .failing: "f"
    case .blind: "b"
    case .never: "n"
    case .off: "-"
    case .notSetUp: "_"
    }
  }
}
