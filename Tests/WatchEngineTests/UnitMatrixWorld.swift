import WatchCore
import WatchEngine

/// A tenant of two subscriptions, or three projects, as the probes would see them at any time. Parts
/// of the first of them can be cut; the others go on.
struct UnitMatrixWorld {
  let cloud: Cloud
  /// Whether people work there; else what is expected comes, and nothing more.
  var isBusy: Bool
  var hasEcho: Bool
  /// The first unit's settings, as they are now; the others keep theirs.
  var settings: [PipelineSetting]
  /// From then on nothing comes out of that end of the first unit any more.
  var cut: [PathKind: Timestamp] = [:]
  /// Ends of the first unit at which no record was ever seen.
  var empty: Set<PathKind> = []
  /// What cannot be looked at, of the first unit.
  var blind: Set<PathKind> = []
  /// Posture checks of the first unit that fail; all others hold.
  var failing: Set<String> = []
  /// What the control plane's history, and what the queue, tells besides.
  var changes: [PipelineChange] = []
  var pushed: [PipelineChange] = []
  /// Who works in a unit that the configuration does not have.
  var stranger: Cause?

  init(_ cloud: Cloud, isBusy: Bool = true, hasEcho: Bool = false) {
    self.cloud = cloud
    self.isBusy = isBusy
    self.hasEcho = hasEcho
    settings = Self.settings(cloud)
  }

  static func units(_ cloud: Cloud) -> [String] {
    cloud == .azure ? ["dev", "test"] : ["acme-1", "acme-2", "acme-3"]
  }

  static func settings(_ cloud: Cloud) -> [PipelineSetting] {
    cloud == .azure ? [exporting] : [Units.archiving, Units.excluding, Units.auditing]
  }

  /// To workspace and archive both.
  static let exporting = Units.exporting.with("storageAccountId", .place(archive))

  private static let vaultSetting: PipelineSetting = {
    var setting = Units.exporting
    setting.id = "/subscriptions/x/vaults/vault-dev/diagnosticsettings/export"
    return setting
  }()

  var unit: String { Self.units(cloud)[0] }

  static let resources = SourceID(cloud: .azure, account: "dev", name: "resource-logs")

  var rig: Rig {
    var plan = Units.rig().engine.plan
    plan.accounts.removeAll { $0.cloud != cloud }
    plan.sources.removeAll { $0.id.cloud != cloud }
    for index in plan.sources.indices where cloud == .azure {
      plan.sources[index].azure?.archive = Self.archive
    }
    if cloud == .azure {
      let vault = AzureSource.Resource(id: "/subscriptions/x/vaults/vault-dev")
      plan.sources.append(
        SourcePlan(
          id: Self.resources,
          azure: AzureSource(
            subscriptions: ["dev"], workspace: Self.workspace,
            resources: [vault])))
    } else if !isBusy {
      // One entry in fifty minutes, by right.
      for index in plan.sources.indices { plan.sources[index].expect[.entries] = .minutes(60, 30) }
    }
    return Rig(plan: plan)
  }

  // MARK: What comes out, and when

  private static let last = Rig.start - .minutes(3)

  /// Minutes between two records of a kind; nil where nothing happens.
  private func period(_ kind: PathKind) -> Int64? {
    switch kind {
    case .resource: isBusy ? 10 : 50
    case .archive: isBusy || hasEcho ? 60 : nil
    case .entries, .export: isBusy || hasEcho ? 5 : 50
    default: isBusy || hasEcho ? 5 : nil
    }
  }

  /// When the newest record of a unit arrived.
  func newest(_ kind: PathKind, _ name: String, at now: Timestamp) -> Timestamp? {
    guard name != unit || !empty.contains(kind) else { return nil }
    let end = name == unit ? min(now, cut[kind] ?? now) : now
    guard let period = period(kind) else { return Self.last }
    return Self.floor(end, minutes: period)
  }

  private static func floor(_ time: Timestamp, minutes: Int64) -> Timestamp {
    Timestamp(seconds: time.millis / (60_000 * minutes) * minutes * 60)
  }

  /// What the control plane's own history holds of the last hour. GCP's is the log itself: where
  /// nothing is taken in, it is as old.
  private func activity(_ name: String, _ now: Timestamp) -> [Timestamp] {
    let end = cloud == .gcp && name == unit ? min(now, cut[.entries] ?? now) : now
    guard let period = period(cloud == .gcp ? .entries : .activity) else { return [] }
    let first = Self.floor(end, minutes: period)
    return (0..<12).map { first - .minutes(Int($0 * period)) }.filter { $0 > now - .hours(1) }
  }

  /// Our own call every five minutes, back two minutes later.
  private func leg(_ kind: PathKind, at now: Timestamp) -> EchoLeg {
    let limit = (Expectation.standard(kind) ?? .minutes(15, 15)).limit
    let sent = Self.floor(now, minutes: 5)
    let end = min(now, cut[kind] ?? now, cut[.echo] ?? now)
    let back = Self.floor(end - .minutes(2), minutes: 5)
    var leg = EchoLeg(kind: kind, sent: sent)
    if back >= Rig.start {
      (leg.returned, leg.arrived, leg.record) = (back, back + .minutes(2), "row")
    }
    let waiting = max(back + .minutes(5), Rig.start)
    if waiting <= sent {
      leg.waiting = waiting
      if now - waiting > limit { leg.owed = waiting }
    }
    return leg
  }

  // MARK: The looks of a round

  func looks(at now: Timestamp) -> [Look] {
    Self.units(cloud).flatMap { unitLooks($0, now) } + accountLooks(now)
  }

  private func unitLooks(_ name: String, _ now: Timestamp) -> [Look] {
    let source = Units.source(cloud)
    let own = name == unit ? settings : Self.settings(cloud)
    var looks = [look(.setting, source, name, .settings(SettingsSighting(settings: own)))]
    for kind in cloud == .azure ? [PathKind.activity, .archive] : [.entries] {
      looks.append(look(kind, source, name, arrival(kind, name, now)))
    }
    if cloud == .gcp {
      looks.append(
        look(.export, source, name, member: "audit-archive", arrival(.export, name, now)))
    }
    if cloud == .azure, name == unit {
      looks.append(
        look(.resource, Self.resources, name, member: "vault-dev", arrival(.resource, name, now)))
      let vault = SettingsSighting(settings: [Self.vaultSetting])
      looks.append(look(.setting, Self.resources, name, .settings(vault)))
    }
    if hasEcho, name == unit {
      let legs = EchoSighting(legs: [leg(cloud == .azure ? .activity : .entries, at: now)])
      looks.append(look(.echo, source, name, .echo(legs)))
    }
    // Settings are looked at less often than the rest.
    if now.millis / 60_000 % (isBusy ? 3 : 9) == 0 {
      looks.append(look(.posture, source, name, .posture(posture(name))))
    }
    let history = HistorySighting(
      from: now - .hours(1), to: now,
      changes: name == unit ? changes.filter { $0.cause.at <= now } : [],
      activity: activity(name, now))
    looks.append(look(.history, account("event-history"), name, .history(history)))
    return looks
  }

  private func accountLooks(_ now: Timestamp) -> [Look] {
    let queue = QueueSighting(
      changes: pushed, receipts: pushed.indices.map { "r\($0)" }, newest: pushed.first?.cause.at)
    var region = RegionSighting(covering: stranger == nil ? ["export"] : [], trails: ["export"])
    if let stranger {
      (region.activity, region.activeSince) = (2, stranger.at)
      (region.first, region.latest) = (stranger, stranger)
    }
    return [
      look(.queue, account("event-queue"), "global", .queue(queue)),
      look(.region, account("regions"), "forgotten", .region(region)),
    ]
  }

  private func account(_ name: String) -> SourceID {
    SourceID(cloud: cloud, account: cloud == .azure ? "dev" : "analytics", name: name)
  }

  private func arrival(_ kind: PathKind, _ name: String, _ now: Timestamp) -> Sighting {
    .arrival(Arrival(newest: newest(kind, name, at: now), record: "row", count: 1))
  }

  static let workspace = Units.workspace
  static let archive = "/subscriptions/x/storageaccounts/acmeaudit"

  private func posture(_ name: String) -> PostureSighting {
    PostureSighting(
      checks: UnitMatrixCauses.rules(cloud).compactMap { rule in
        let store = Self.store(rule.id)
        guard name == unit || store == nil else { return nil }
        return PostureCheck(
          rule: rule.id, subject: store ?? "\(name)-\(rule.id)",
          verdict: name == unit && failing.contains(rule.id) ? .fails : .holds, seen: "as it is")
      })
  }

  /// The first unit has the stores that all share.
  private static func store(_ rule: String) -> String? {
    if rule.hasPrefix("azure.workspace.") || rule.hasPrefix("azure.table.") { return workspace }
    return rule.hasPrefix("azure.archive.") ? archive : nil
  }

  /// Paths of the whole account are the first unit's here.
  private func look(
    _ kind: PathKind, _ source: SourceID, _ name: String, member: String? = nil,
    _ sighting: Sighting
  ) -> Look {
    let path = PathID(source: source, kind: kind, region: name, member: member)
    let isFirst = name == unit || kind == .queue || kind == .region
    guard !isFirst || !blind.contains(kind) else {
      let why = Blindness(kind: .denied, detail: "\(kind.rawValue) AuthorizationFailed")
      return Look(path: path, result: .blind(why))
    }
    return Look(path: path, result: .saw(sighting))
  }
}

extension Rig {
  /// Lives through that much time: a round of looks each step, which is judged as it comes, and a tick
  /// after it.
  mutating func live(
    _ world: UnitMatrixWorld, _ span: Duration, every step: Duration = .minutes(1),
    ticking: Bool = true
  ) {
    var left = span
    while left > .zero {
      sleep(min(left, step))
      let report = ProbeReport(
        probe: "world", began: max(engine.now, wall), ended: wall, looks: world.looks(at: wall))
      perform(engine.handle(.report(report), at: reading))
      if ticking { perform(engine.handle(.tick, at: reading)) }
      left -= step
    }
  }
}
