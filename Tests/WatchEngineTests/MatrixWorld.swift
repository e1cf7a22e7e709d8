import WatchCore
import WatchEngine

/// One audited pipeline as the probes would see it at any time: a trail with validation, log group,
/// digest and, if wanted, the echo. Parts of it can be cut, with or without an error that tells.
struct MatrixWorld {
  static let trail = Rig.trail
  static let region = "us-east-1"
  static let group = "arn:aws:logs:us-east-1:111122223333:log-group:audit:*"
  static let other = "eu-west-1"

  let hasEcho: Bool
  /// Whether people work in the account; else nothing happens there but what the watch does.
  var isBusy: Bool
  var settings: TrailSettings
  var isGone = false
  var stopped: Timestamp?
  /// From then on nothing comes out of that end any more.
  var cut: [PathKind: Timestamp] = [:]
  var deliveryError: String?
  var digestError: String?
  var groupError: String?
  var notifyError: String?
  /// What Event history, and what the queue, tells besides.
  var changes: [PipelineChange] = []
  var pushed: [PipelineChange] = []
  var blind: Set<PathKind> = []
  /// Posture checks that fail; all others hold.
  var failing: Set<String> = []
  /// Who works where no trail looks.
  var stranger: Cause?
  var hasNoTrail = false
  /// Ends at which no record was ever seen.
  var empty: Set<PathKind> = []

  init(isBusy: Bool, hasEcho: Bool) {
    self.hasEcho = hasEcho
    self.isBusy = isBusy
    settings = TrailSettings(
      name: "use1", arn: Self.trail, homeRegion: Self.region, bucket: "acme-audit-logs",
      multiRegion: true, validation: true, logGroup: Self.group,
      key: "arn:aws:kms:us-east-1:111122223333:key/k1",
      topic: "arn:aws:sns:us-east-1:111122223333:audit", management: "all")
  }

  var plan: SourcePlan {
    SourcePlan(id: Rig.use1, trail: Self.trail, echo: hasEcho ? .home : .off)
  }

  var rig: Rig { Rig(sources: [plan]) }

  // MARK: What comes out, and when

  /// Seconds between two arrivals of a kind, and how old a record is when it arrives.
  private func cadence(_ kind: PathKind) -> (period: Int64, delay: Int64) {
    switch kind {
    case .group: (60, 60)
    case .digest: (3600, 1200)
    default: (300, 240)
    }
  }

  /// When the newest record arrived. A digest comes each hour whatever happens; the others come
  /// because somebody works, or because of our own calls.
  func newest(_ kind: PathKind, at now: Timestamp) -> Timestamp? {
    guard !empty.contains(kind) else { return nil }
    let end = min(now, cut[kind] ?? now, stopped ?? now)
    guard isBusy || hasEcho || kind == .digest else { return Rig.start - .minutes(3) }
    let (period, delay) = cadence(kind)
    let phase = kind == .digest ? delay : 0
    let seconds = (end.millis / 1000 - phase) / period * period + phase
    return Timestamp(seconds: seconds)
  }

  /// An echo end: a call every five minutes, each back after the end's own delay.
  func leg(_ kind: PathKind, at now: Timestamp) -> EchoLeg {
    let delay = Duration.seconds(Int(cadence(kind).delay))
    let limit = (Expectation.standard(kind) ?? .minutes(15, 15)).limit
    let end = min(now, cut[kind] ?? now, stopped ?? now, cut[.echo] ?? now)
    let sent = floor(now)
    // The last call that came back before the cut, and the first that did not.
    let back = floor(end - delay)
    let first = back + .minutes(5)
    let isReturned = back >= Rig.start
    var leg = EchoLeg(kind: kind, sent: sent)
    if isReturned {
      leg.returned = back
      leg.arrived = back + delay
      leg.record = "key"
      (leg.p50, leg.p95) = (delay, delay)
    }
    let waiting = isReturned ? first : max(first, Rig.start)
    if waiting <= sent, now - waiting > limit { leg.owed = waiting }
    return leg
  }

  private func floor(_ time: Timestamp) -> Timestamp {
    Timestamp(seconds: time.millis / 300_000 * 300)
  }

  // MARK: The looks of a round

  func looks(at now: Timestamp) -> [Look] {
    var looks = [trailLook(now), look(.history, Rig.history, .history(history(now)))]
    for kind in [PathKind.s3, .group, .digest] {
      let arrival = Arrival(newest: newest(kind, at: now), record: "key", count: 1, name: "use1")
      if settings.logGroup != nil || kind != .group {
        looks.append(look(kind, Rig.use1, .arrival(arrival)))
      }
    }
    if hasEcho {
      let legs = EchoSighting(legs: [leg(.s3, at: now), leg(.group, at: now)])
      looks.append(look(.echo, Rig.use1, .echo(legs)))
    }
    // Settings are looked at less often than the rest.
    if now.millis / 60_000 % 3 == 0 { looks.append(look(.posture, Rig.use1, .posture(posture))) }
    looks.append(look(.queue, Rig.history, .queue(queue(now))))
    return looks + regions
  }

  private func look(
    _ kind: PathKind, _ source: SourceID, region: String = region, _ sighting: Sighting
  ) -> Look {
    let path = PathID(source: source, kind: kind, region: region)
    guard !blind.contains(kind) else {
      let why = Blindness(kind: .denied, detail: "\(kind.rawValue) AccessDenied")
      return Look(path: path, result: .blind(why))
    }
    return Look(path: path, result: .saw(sighting))
  }

  private func trailLook(_ now: Timestamp) -> Look {
    guard !isGone else {
      return look(.trail, Rig.use1, .trail(TrailSighting(settings: nil, status: nil)))
    }
    let status = TrailStatus(
      isLogging: stopped == nil, started: Rig.start - .hours(720), stopped: stopped,
      delivered: newest(.s3, at: now), deliveryError: deliveryError,
      digestDelivered: newest(.digest, at: now), digestError: digestError,
      groupDelivered: settings.logGroup == nil ? nil : newest(.group, at: now),
      groupError: groupError, notified: newest(.s3, at: now), notifyError: notifyError)
    return look(.trail, Rig.use1, .trail(TrailSighting(settings: settings, status: status)))
  }

  private func history(_ now: Timestamp) -> HistorySighting {
    var activity: [Timestamp] = []
    if isBusy { activity = (0..<12).map { floor(now) - .minutes($0 * 5) } }
    return HistorySighting(
      from: now - .hours(1), to: now, changes: changes.filter { $0.cause.at <= now },
      activity: activity)
  }

  private func queue(_ now: Timestamp) -> QueueSighting {
    QueueSighting(
      changes: pushed, receipts: pushed.indices.map { "r\($0)" }, newest: pushed.first?.cause.at)
  }

  private var posture: PostureSighting {
    PostureSighting(
      checks: MatrixCauses.rules.map { rule in
        PostureCheck(
          rule: rule.id, subject: settings.bucket,
          verdict: failing.contains(rule.id) ? .fails : .holds, seen: "as it is")
      })
  }

  private var regions: [Look] {
    let covered = hasNoTrail || isGone ? [] : [Self.trail]
    let names = hasNoTrail || isGone ? [] : ["use1"]
    let home = RegionSighting(covering: stopped == nil ? covered : [], trails: names)
    var far = RegionSighting(
      covering: settings.multiRegion && stopped == nil ? covered : [], trails: names)
    if let stranger, far.covering.isEmpty {
      far.activity = 3
      far.activeSince = stranger.at
      (far.first, far.latest) = (stranger, stranger)
    }
    return [
      look(.region, Rig.regions, .region(home)),
      look(.region, Rig.regions, region: Self.other, .region(far)),
    ]
  }
}

extension Rig {
  /// Lives through that much time: a round of looks each step, and a tick every other minute.
  mutating func live(
    _ world: MatrixWorld, _ span: Duration, every step: Duration = .minutes(1), ticking: Bool = true
  ) {
    var left = span
    while left > .zero {
      var rest = step
      while rest > .minutes(3) {
        sleep(.minutes(2))
        perform(engine.handle(.tick, at: reading))
        rest -= .minutes(2)
      }
      sleep(rest)
      let report = ProbeReport(
        probe: "world", began: max(engine.now, wall), ended: wall, looks: world.looks(at: wall))
      perform(engine.handle(.report(report), at: reading))
      if ticking { perform(engine.handle(.tick, at: reading)) }
      left -= step
    }
  }
}
