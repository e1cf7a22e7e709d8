import WatchCore
import WatchEngine
import WatchProbes

/// An engine with a manual clock and a journal in memory.
struct Rig {
  var engine: Engine
  var wall: Timestamp
  /// Of the machine's own clock, which nobody can step.
  var boot: Int64 = 0
  var entries: [Entry] = []
  var asked: [(AlertID, GapProbe.Question)] = []
  /// Messages of the queue that may be deleted.
  var released: [PathID: [String]] = [:]
  var hurried: [SourceID?] = []
  var saves = true
  /// Notifications that are to be sent.
  var notified: [Notified] = []
  /// What channels are to be asked.
  var looks: [(id: String, channel: String, of: Int)] = []
  /// Commands that are to be run.
  var remedies: [Remedy] = []

  struct Notified {
    var notification: AlertNotification
    var channel: String
    var of: Int
  }

  static let start = Timestamp(iso: "2026-11-20T03:00:00Z") ?? Timestamp(millis: 0)
  static let trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1"
  static let use1 = SourceID(cloud: .aws, account: "prod", name: "use1")
  static let history = SourceID(cloud: .aws, account: "prod", name: "event-history")
  static let regions = SourceID(cloud: .aws, account: "prod", name: "regions")
  static let mira = Operator(name: "mira", uid: 1000)
  static let jon = Operator(name: "jon", uid: 1001)

  init(
    screen: Operator? = nil, plan: WatchPlan? = nil, sources: [SourcePlan]? = nil,
    earlier: [PathStatus] = [],
    lastSeen: Timestamp? = nil, tells: Bool = false
  ) {
    wall = Rig.start
    let plan =
      plan
      ?? WatchPlan(
        accounts: [CloudAccount(cloud: .aws, name: "prod", profile: "prod")],
        sources: sources ?? [SourcePlan(id: Rig.use1, trail: Rig.trail)],
        roles: [Role(name: "security-lead", members: ["mira", "jon"])])
    engine = Engine(
      plan: plan, picture: Picture(),
      mark: WatchMark(what: .start, epoch: 1, host: "bridge", pid: 7, version: "test"),
      screen: screen, reading: ClockReading(wall: wall, boot: 0), earlier: earlier,
      lastSeen: lastSeen, tells: tells)
    write(engine.startEvents())
  }

  var reading: ClockReading { ClockReading(wall: wall, boot: boot) }
  var picture: Picture { engine.picture }
  var queue: [Alert] { engine.picture.queue }

  func alert(_ number: Int) -> Alert? { engine.picture.alerts[AlertID(number)] }

  /// Lets time pass, with a tick a minute as the watch has them.
  mutating func pass(_ span: Duration) {
    var left = span
    while left > .minutes(1) {
      sleep(.minutes(1))
      tick()
      left -= .minutes(1)
    }
    sleep(left)
  }

  /// Lets time pass in which the watch does not run.
  mutating func sleep(_ span: Duration) {
    wall = wall + span
    boot += span.millis
  }

  /// Sets the wall clock to another time, as an administrator would.
  mutating func step(_ span: Duration) {
    wall = wall + span
  }

  mutating func tick() {
    perform(engine.handle(.tick, at: reading))
    perform(engine.handle(.tick, at: reading))
  }

  mutating func saw(_ looks: [Look], skew: Duration? = nil, began: Timestamp? = nil) {
    let report = ProbeReport(
      probe: "test", began: began ?? max(engine.now, wall), ended: wall, looks: looks,
      clockSkew: skew)
    perform(engine.handle(.report(report), at: reading))
    tick()
  }

  /// Does a command; gives the refusal, if it was refused.
  @discardableResult
  mutating func command(_ command: Command, by who: Operator = Rig.mira) -> String? {
    switch engine.answer(command, by: who) {
    case .refused(let why): return why
    case .effects(let effects):
      perform(effects)
      tick()
      return nil
    }
  }

  mutating func answerGap(_ alert: AlertID, _ gap: GapAccount) {
    perform(engine.handle(.gap(alert, .account(gap)), at: reading))
  }

  mutating func refuseGap(_ alert: AlertID) {
    let why = Blindness(kind: .denied, detail: "GetObject AccessDenied")
    perform(engine.handle(.gap(alert, .blind(why)), at: reading))
  }

  /// Takes over what an earlier watch wrote.
  mutating func adopt(_ earlier: [Entry]) {
    entries = earlier
    _ = engine.handle(.entries(earlier), at: reading)
  }

  mutating func perform(_ effects: [EngineEffect]) {
    for effect in effects {
      switch effect {
      case .append(let events): write(events)
      case .accountGap(let alert, let question): asked.append((alert, question))
      case .probe(let source): hurried.append(source)
      case .release(let path, let receipts): released[path, default: []] += receipts
      case .remedy(let remedy): remedies.append(remedy)
      case .notify(let notification, let channel, let of):
        notified.append(Notified(notification: notification, channel: channel, of: of))
      case .lookThere(let id, let channel, let of): looks.append((id, channel, of))
      case .verify, .say: break
      }
    }
  }

  private mutating func write(_ events: [Event]) {
    guard saves else { return }
    var fresh: [Entry] = []
    for event in events {
      let seq = entries.count + fresh.count + 1
      fresh.append(
        Entry(
          seq: seq, prev: "\(seq - 1)", at: wall, boot: boot, event: event, hash: "\(seq)"))
    }
    entries += fresh
    _ = engine.handle(.entries(fresh), at: reading)
  }

  /// `raise A-0001`, `cause A-0001`: what was written since an entry, without the watch's own.
  func story(after seq: Int = 0) -> [String] {
    entries.filter { $0.seq > seq }.compactMap { entry in
      switch entry.event {
      case .watch, .snapshot, .proof, .duty: return nil
      default: return entry.event.kind + (entry.event.alert.map { " \($0.text)" } ?? "")
      }
    }
  }

  func state(_ kind: PathKind, _ source: SourceID = Rig.use1) -> HeartbeatState? {
    engine.paths().first { $0.id.kind == kind && $0.id.source == source }?.state
  }
}

extension Rig {
  /// The program was killed and is started again: what the journal holds is all that is left.
  mutating func restart() {
    let (plan, tells, screen) = (engine.plan, engine.tells, engine.screen)
    engine = Engine(
      plan: plan, picture: Picture(entries),
      mark: WatchMark(
        what: .start, epoch: engine.picture.epoch + 1, host: "bridge", pid: 8, version: "test"),
      screen: screen, reading: reading, tells: tells)
    notified = []
    saves = true
    perform([.append(engine.startEvents())])
  }

  mutating func answer(_ sent: Notified, _ answer: ChannelAnswer) {
    perform(
      engine.handle(.delivered(of: sent.of, channel: sent.channel, answer), at: reading))
  }

  /// Sends what is due, again and again, until nothing is; gives what was sent.
  @discardableResult
  mutating func deliver(_ answer: (Notified) -> ChannelAnswer = { _ in .accepted(id: nil) })
    -> [Notified]
  {
    var sent: [Notified] = []
    while !notified.isEmpty {
      let next = notified.removeFirst()
      sent.append(next)
      self.answer(next, answer(next))
      tick()
      if notified.isEmpty { tick() }
    }
    return sent
  }
}
