import WatchCore
import WatchJournal

@testable import WatchEngine

/// A reading with all that there can be to say, made of entries as a journal has them.
enum StatusSample {
  static let now = Rig.start + .hours(1)
  /// What an attacker may call things.
  static let hostile = "x\u{1B}]0;y\u{07}\n|'a=b' \"q\" \\ \u{202E}gpj {le=\"1\"} \u{0}é"

  static func entries() -> [Entry] {
    let first = raise(1, under: nil)
    let second = raise(2, under: AlertID(1))
    let cause = Cause(
      actor: "dev", action: "StopLogging", region: "us-east-1", at: Rig.start,
      from: "198.51.100.7", agent: "aws-cli", identity: "arn:aws:iam::111122223333:user/dev",
      event: "e-1", subject: Rig.trail, error: "AccessDenied")
    let events: [Event] = [
      .watch(WatchMark(what: .start, epoch: 1, host: "bridge", pid: 7, version: "test")),
      .duty(DutyMark(to: "mira", by: Rig.mira)),
      .raise(first), .cause(AlertID(1), cause, what: "STOPPED by dev", evidence: []),
      .raise(second),
      .gap(AlertID(1), GapAccount(from: Rig.start, to: now, lost: 2, witness: "Event history")),
      .tell(
        Tell(
          alert: AlertID(1), act: .raised, to: "mira", role: "security-lead",
          channels: ["sec-slack", "pager"], of: 3)),
      .told(
        Told(
          alert: AlertID(1), channel: "sec-slack", to: "mira", accepted: false, detail: "HTTP 503",
          of: 7, attempt: 1, next: now + .minutes(1))),
      .told(
        Told(
          alert: AlertID(1), channel: "pager", to: "mira", accepted: false, detail: "unknown key",
          of: 7, attempt: 1)),
      .raise(raise(3, under: nil)),
      .act(Act(.ack, alert: AlertID(3), by: Rig.mira)),
      .act(Act(.clear, alert: AlertID(3), text: "back")),
      .tell(
        Tell(
          alert: AlertID(3), act: .raised, to: "mira", role: "security-lead", channels: ["mail"],
          of: 10)),
      .told(
        Told(alert: AlertID(3), channel: "mail", to: "mira", accepted: true, of: 13, attempt: 1)),
      .raise(raise(4, under: nil)),
      .act(Act(.escalate, alert: AlertID(4), text: "late", until: now)),
      .act(Act(.reopen, alert: AlertID(4), text: "it came back")),
      .planned(
        PlannedChange(
          from: Rig.start, to: now + .hours(1), source: Rig.use1, text: "a move", by: Rig.mira)),
      .snapshot(rule(.roster, TellTests.plan(restore: [.high: .hours(4)]).rosterJSON)),
      .snapshot(rule(.configuration, TellTests.plan().configurationJSON)),
      .mute(MuteMark(.begin, until: now + .hours(1), text: "a drill", by: Rig.mira)),
      .raise(chattering),
    ]
    return events.enumerated().map { index, event in
      Entry(
        seq: index + 1, prev: "\(index)", at: Rig.start + .seconds(index), boot: 0, event: event,
        hash: "\(index + 1)")
    }
  }

  private static var chattering: Raise {
    var chattering = raise(5, under: nil)
    (chattering.priority, chattering.chatter) = (.low, 4)
    return chattering
  }

  private static func rule(_ what: Snapshot.What, _ content: JSON) -> Snapshot {
    Snapshot(what: what, hash: "00", content: content)
  }

  static func raise(_ number: Int, under: AlertID?, what: String = hostile) -> Raise {
    Raise(
      alert: AlertID(number), code: "aws.trail.stopped", source: Rig.use1, subject: Rig.trail,
      place: Place(account: "prod", region: "us-east-1"), kind: .condition,
      priority: number == 2 ? .medium : .high, failed: Rig.start, what: what, under: under)
  }

  static func path(
    _ name: String, _ state: HeartbeatState, kind: PathKind = .s3, age: Duration? = .minutes(7)
  ) -> PathStatus {
    PathStatus(
      id: PathID(source: Rig.use1, kind: kind, region: name), state: state, since: Rig.start,
      newest: age.map { now - $0 }, looked: now, proven: now,
      expectation: .minutes(15, 15), judgedBy: "mon-fri", reason: hostile)
  }

  static func reading(
    paths: [PathStatus]? = nil, entries: [Entry] = entries(), journal: JournalLife = .saved(now),
    demo: String? = nil, isAlive: Bool = true
  ) -> StatusReading {
    let picture = Picture(entries)
    let paths =
      paths ?? [
        path("us-east-1", .silent), path(hostile, .blind), path("eu-west-1", .never, age: nil),
      ]
    let clouds = Cloud.allCases.map { cloud in
      CloudStatus(
        cloud: cloud, accounts: cloud == .aws ? ["prod"] : [],
        paths: cloud == .aws ? paths : [], open: picture.open(on: cloud))
    }
    return StatusReading(
      board: Board(
        picture: picture, clouds: clouds, journal: journal, me: Rig.mira, demo: demo,
        plan: WatchPlan(rulesOf: picture) { _ in .utc }),
      watch: WatchPresence(
        isAlive: isAlive,
        holder: isAlive ? JournalLock.Holder(pid: 7, host: "bridge", role: .watch) : nil,
        beat: now, since: Rig.start, lastLook: now), now: now)
  }
}
