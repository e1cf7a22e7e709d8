import WatchCore

/// The watch's mind: probe results, time, journal entries and commands go in; entries to append,
/// probes to run and gaps to account for come out. It does nothing itself.
///
/// Alerts are reconciled, not remembered: each time, the findings that hold now are compared with
/// the picture that the journal gives. An append that failed is therefore found wanting, and tried
/// again, at the next input; nothing is raised twice.
public struct Engine: Sendable {
  public let plan: WatchPlan
  public internal(set) var picture: Picture
  private let sourcePlans: [SourceID: SourcePlan]
  var knowledge = Knowledge()
  var clock = EngineClock()
  /// The cloud's time of the newest input: ages are measured by it.
  public internal(set) var now: Timestamp
  /// Our own wall clock then: entries, acknowledgements and shelves live by it.
  public internal(set) var wall: Timestamp
  /// Who is told on screen: the console that runs this watch; nil where there is none.
  public let screen: Operator?
  /// Whether there is anything by which people can be told: a single look tells nobody.
  public let tells: Bool
  /// Whose hand a change of the rules shows; nil: that of whoever started this.
  public var origin: RuleOrigin?
  /// Notifications that are being sent, and since when.
  var sending: [Sending: Timestamp] = [:]
  /// When channels are asked what became of messages there.
  var looksThere = LooksThere()
  /// Gaps being accounted for, so as not to ask twice at once.
  var asked: [AlertID: Timestamp] = [:]
  /// Not to be asked again before.
  var retryGap: [AlertID: Timestamp] = [:]
  var proofMarks: [SourceID: ProofMark] = [:]
  let began: Timestamp
  let earlier: [PathID: PathStatus]
  let earlierGaps: [PathID: GapHistory]
  /// When a watch of this state folder last looked before this one.
  let lastSeen: Timestamp?
  /// When the report that is being taken was asked for.
  var lookedAt: Timestamp
  private var boot: Int64
  /// How far somebody set our wall clock, seen and not yet written.
  var steps: [Duration] = []
  /// Stretches in which the watch itself did not run, seen and not yet written.
  var gaps: [WatchGap] = []
  /// When the watch last came back after it did not run.
  var resumed: Timestamp?
  /// One look at everything is due since then.
  var owesLook = false
  /// Since when the journal could not be written, once it can again.
  var unsaved: Timestamp?
  /// What came of commands and questions, until the journal has it: nobody can be asked again.
  var outcomes: [Event] = []
  /// What the journal's baselines hold of each listing, by source.
  var exportUnits: [SourceID: [String: [PipelineSetting]]] = [:]
  let mark: WatchMark
  var deadMan = DeadManLife()
  /// The reports of one whole round are being judged: no more will come.
  var isRound = false

  /// - Parameters:
  ///   - mark: how this watch signs its own entries (host, pid, version, epoch).
  ///   - reading: the clocks now; the first judgement is made from here on.
  ///   - tells: whether people are told by channels: not by a single look.
  ///   - earlier: what an earlier watch last stored of each path: for the strips, and so that two
  ///     failed looks running are two, whoever looked.
  public init(
    plan: WatchPlan, picture: Picture, mark: WatchMark, screen: Operator?, reading: ClockReading,
    earlier: [PathStatus] = [], gaps: [PathID: GapHistory] = [:], lastSeen: Timestamp? = nil,
    tells: Bool = false
  ) {
    self.tells = tells
    self.plan = plan
    sourcePlans = Dictionary(plan.sources.map { ($0.id, $0) }) { first, _ in first }
    self.picture = picture
    self.mark = mark
    self.screen = screen
    self.lastSeen = lastSeen
    lookedAt = reading.wall
    boot = reading.boot
    earlierGaps = gaps
    self.earlier = Dictionary(earlier.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    clock.read(reading)
    now = reading.wall
    wall = reading.wall
    began = reading.wall
    readBaselines(picture.baselines.keys)
    for source in plan.sources { prepare(source) }
  }

  /// Takes one input at a time that the clocks tell.
  public mutating func handle(_ input: EngineInput, at reading: ClockReading) -> [EngineEffect] {
    if let step = clock.read(reading), abs(step.millis) > EngineClock.limit.millis {
      steps.append(step)
    }
    let before = boot
    boot = max(boot, reading.boot)
    now = clock.cloudTime(reading)
    wall = reading.wall
    // Whatever the first input after a pause is: entries that others wrote show it as well.
    noticePause(.milliseconds(boot - before))
    var more: [EngineEffect] = []
    switch input {
    case .report(let report): take(report)
    case .tick: break
    case .entries(let entries):
      for entry in entries { picture.apply(entry) }
      readBaselines(entries.compactMap(\.event.baselineOf))
      outcomes.removeAll { outcome in entries.contains { $0.event == outcome } }
      for entry in entries { settleSending(entry) }
      return []
    case .remedied(let remedy): more = remedied(remedy)
    case .delivered(let of, let channel, let answer): delivered(of, channel, answer)
    case .there(let of, let channel, let answer): there(of, channel, answer)
    case .deadMan(let answer): take(answer)
    case .gap(let alert, let answer): more = take(answer, of: alert)
    }
    for path in knowledge.order { knowledge.heartbeats[path]?.judge(at: now) }
    let lookAgain: [EngineEffect] = owesLook ? [.probe(nil)] : []
    owesLook = false
    return reconcile() + more + lookAgain
  }

  /// Takes a report and judges nothing yet: the next input does.
  mutating func absorb(_ report: ProbeReport, at reading: ClockReading) {
    if let step = clock.read(reading), abs(step.millis) > EngineClock.limit.millis {
      steps.append(step)
    }
    (now, wall) = (clock.cloudTime(reading), reading.wall)
    take(report)
  }

  /// So many paths that they are judged every few seconds, and not with each answer.
  var isLarge: Bool { knowledge.order.count > 500 }

  /// What is to be watched of a source; as ``WatchPlan/source(_:)``, in no time.
  func sourcePlan(_ id: SourceID) -> SourcePlan? { sourcePlans[id] }

  /// Takes the reports of one round, and judges once.
  mutating func round(_ reports: [ProbeReport], at reading: ClockReading) -> [EngineEffect] {
    clock.read(reading)
    for report in reports {
      (now, wall) = (clock.cloudTime(reading), reading.wall)
      take(report)
    }
    isRound = true
    defer { isRound = false }
    return handle(.tick, at: reading)
  }

  /// The paths that must be there from the start are there from the start, unseen and not ok.
  private mutating func prepare(_ source: SourcePlan) {
    guard source.id.cloud == .aws else {
      for path in unitPaths(source) { touch(path) }
      return
    }
    let region = source.homeRegion ?? "global"
    for kind in [PathKind.trail, .s3] {
      touch(PathID(source: source.id, kind: kind, region: region))
    }
  }

  private func unitPaths(_ source: SourcePlan) -> [PathID] {
    guard let account = plan.account(source.id.cloud, source.id.account) else { return [] }
    var kinds: [PathKind] = [.setting]
    if source.azure?.workspace != nil, source.azure?.resources.isEmpty != false {
      kinds.append(.activity)
    }
    if source.azure?.archive != nil { kinds.append(.archive) }
    if source.gcp != nil { kinds.append(.entries) }
    return source.units(of: account).flatMap { unit in
      kinds.map { PathID(source: source.id, kind: $0, region: unit.label) }
    }
  }

  /// Makes a path known.
  mutating func touch(_ path: PathID) {
    guard knowledge.heartbeats[path] == nil else { return }
    let source = sourcePlan(path.source)
    knowledge.spots[Spot(path), default: []].append(path)
    knowledge.note(path)
    knowledge.heartbeats[path] = Heartbeat(
      expectation: source?.expectation(path.kind) ?? Expectation.standard(path.kind), began: now,
      staleAfter: Engine.staleAfter(path.kind), off: source?.off)
    if let before = earlier[path], let seen = before.looked {
      knowledge.heartbeats[path]?.follow(before.history, until: seen)
    }
    recallGaps(of: path)
    if path.kind == .resource { shut(path) }
    let witness = PathID(
      source: SourceID(
        cloud: path.source.cloud, account: path.source.account, name: "event-history"),
      kind: .history, region: path.region)
    let isWitnessBlind = knowledge.heartbeats[witness]?.blindSince != nil
    if path.kind.isOwedHistory, !isWitnessBlind {
      knowledge.heartbeats[path]?.awaitsWitness(until: now + .minutes(2))
      if let seen = knowledge.histories[path.place] {
        knowledge.heartbeats[path]?.witnessed(at: seen.at, activity: seen.activity)
      }
    }
  }

  /// Three missed looks and a minute: then the input is stale.
  public static func staleAfter(_ kind: PathKind) -> Duration {
    switch kind {
    case .trail, .queue: .minutes(4)
    case .group, .history, .activity, .entries: .minutes(7)
    case .s3, .digest, .echo, .region, .archive, .resource, .export, .setting: .minutes(16)
    case .posture: .minutes(31)
    }
  }
}

extension SourcePlan {
  /// The region in the trail's ARN (`arn:aws:cloudtrail:REGION:ACCOUNT:trail/NAME`).
  var homeRegion: String? {
    let parts = trail.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 6 && parts[0] == "arn" ? String(parts[3]) : nil
  }
}
