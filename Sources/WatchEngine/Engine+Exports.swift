import WatchCore
import WatchProbes

/// The settings by which records leave a subscription or project: compared with the journal's
/// baseline, so that what was narrowed while nobody looked is seen all the same.
extension Engine {
  /// Raised once, when the settings are seen to differ; what was done before has its line in the
  /// journal, and the baseline is then as the settings are now.
  static let exportCodes: Set<FailureCode> = [
    "azure.setting.narrowed", "azure.setting.remapped", "gcp.sink.narrowed", "gcp.exclusion.added",
    "gcp.auditconfig.weakened",
  ]

  mutating func take(_ sighting: SettingsSighting, on path: PathID) {
    let known = baselineUnits(path.source)[path.listing] ?? []
    let seen = sighting.joined(with: known)
    knowledge.exports[path] = seen
    knowledge.exportsAt[path] = lookedAt
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: nil)
    knowledge.names[path] = seen.settings.filter(\.carriesOut).map(\.name).joined(separator: ", ")
    let at = lookedAt
    knowledge.differs[path] =
      known.contains { old in
        seen.settings.first { $0.id == old.id }.map { $0.change(from: old) != nil } ?? false
      } ? knowledge.differs[path] ?? now : nil
    for setting in seen.settings {
      let old = known.first { $0.id == setting.id }
      guard let old, setting.change(from: old) == nil else { continue }
      var shown = knowledge.shown[path]?[setting.id] ?? ShownSetting(held: at)
      shown.held = at
      knowledge.shown[path, default: [:]][setting.id] = shown
    }
    guard let trouble = trouble(seen, known, on: path) else {
      knowledge.forget("\(path.text) settings")
      knowledge.heartbeats[path]?.works(since: now)
      return
    }
    // What an alert of it, or an earlier watch, knows goes further back than our own first look.
    let told = trouble.subject.flatMap { picture.open($0.code, path.source, $0.id)?.failed }
    let first = knowledge.firstNotice(
      "\(path.text) settings", at: sameTrouble(path, trouble.reason, trouble.state) ?? now)
    knowledge.heartbeats[path]?.fails(
      trouble.reason, since: min(told ?? first, first), as: trouble.state)
    agreeOnBeginning(path)
  }

  static let uncarried = "watched, and nothing carries it out"

  /// One thing has one beginning: that nothing carries a subscription's or project's records out began
  /// with its settings.
  private mutating func agreeOnBeginning(_ setting: PathID) {
    let region = knowledge.heartbeats.first { path, heartbeat in
      path.kind == .region && isSameUnit(path, setting) && heartbeat.state == .failing
        && heartbeat.reason == Self.uncarried
    }
    guard let region, let since = settingsFail(region.key, by: region.value.since) else { return }
    knowledge.heartbeats[region.key]?.fails(Self.uncarried, since: since)
  }

  /// When the settings of a subscription or project failed that fail since before a time, the last of
  /// them; nil: none did.
  func settingsFail(_ region: PathID, by noticed: Timestamp) -> Timestamp? {
    knowledge.heartbeats.filter { path, heartbeat in
      path.kind == .setting && isSameUnit(path, region) && heartbeat.state == .failing
        && heartbeat.since <= noticed
    }.map(\.value.since).max()
  }

  private func isSameUnit(_ left: PathID, _ right: PathID) -> Bool {
    left.region == right.region && left.source.cloud == right.source.cloud
      && left.source.account == right.source.account
  }

  /// Since when the watch before this one saw the same.
  private func sameTrouble(
    _ path: PathID, _ reason: String, _ state: HeartbeatState
  ) -> Timestamp? {
    earlier[path].flatMap { $0.state == state && $0.reason == reason ? $0.since : nil }
  }

  private typealias Trouble = (
    reason: String, state: HeartbeatState, subject: (code: FailureCode, id: String)?
  )

  /// That a setting is gone or off, or that there is none, is what the path itself says.
  private func trouble(
    _ seen: SettingsSighting, _ known: [PipelineSetting], on path: PathID
  ) -> Trouble? {
    let gone = known.first { old in
      old.goneCode != nil && seen.lacks(old.id)
        && picture.accepted(old.goneCode?.text ?? "", old.id, at: wall) == nil
    }
    if let gone {
      return ("\(gone.name) deleted", .failing, gone.goneCode.map { ($0, gone.id) })
    }
    let names = sourcePlan(path.source)?.gcp?.sinks.map(Engine.shortSink) ?? []
    let off = seen.settings.first { $0.isOff && (names.isEmpty || names.contains($0.name)) }
    if let off { return ("\(off.name) disabled", .failing, ("gcp.sink.disabled", off.id)) }
    guard path.source.cloud == .azure else { return nil }
    guard let why = Engine.idle(seen) else { return nil }
    return (why, .notSetUp, nil)
  }

  private static func shortSink(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  public var settings: [PathID: SettingsSighting] { knowledge.exports }

  /// Baselines of what was seen, and what became of them.
  mutating func exportEvents(numbering: inout Int) -> [Event] {
    var events: [Event] = []
    let all = Dictionary(grouping: knowledge.exports, by: \.key.source)
    for source in plan.sources where source.off == nil {
      guard let seen = all[source.id] else { continue }
      var units = baselineUnits(source.id)
      var lines: [String] = []
      for (path, sighting) in seen.sorted(by: { $0.key < $1.key }) {
        guard let known = units[path.listing] else {
          units[path.listing] = sighting.settings
          for setting in sighting.settings { turned(setting, path) }
          lines.append("\(path.listing): \(sighting.settings.count) settings at first look")
          continue
        }
        let step = compared(known, sighting, path, numbering: &numbering)
        events += step.raised
        lines += step.lines
        units[path.listing] = step.kept
      }
      if !lines.isEmpty { events.append(.snapshot(exportBaseline(source.id, units, lines))) }
    }
    return events
  }

  private mutating func compared(
    _ known: [PipelineSetting], _ sighting: SettingsSighting, _ path: PathID,
    numbering: inout Int
  ) -> (raised: [Event], lines: [String], kept: [PipelineSetting]) {
    var raised: [Event] = []
    var lines: [String] = []
    for setting in sighting.settings {
      guard let old = known.first(where: { $0.id == setting.id }) else {
        turned(setting, path)
        lines.append("\(setting.kind.rawValue) \(setting.name) new")
        continue
      }
      guard let change = setting.change(from: old, implies: FilterForm.implies) else { continue }
      lines += change.lines.map { "\(setting.name) \($0)" }
      defer { turned(setting, path) }
      guard let code = change.code else { continue }
      let finding = changed(setting, change, code, path, sighting)
      // The record of the act came first: it is that alert's, and here is what became of it.
      if let event = finding.cause?.event,
        let alert = picture.open.first(where: { $0.cause?.event == event && $0.code == code })
      {
        raised.append(.evidence(alert.id, finding.evidence))
        continue
      }
      raised.append(.raise(raise(finding, AlertID(numbering), under: nil)))
      numbering += 1
    }
    let gone = known.filter { old in !sighting.settings.contains { $0.id == old.id } }
    // One whose going is a failure stays, so that the failure holds until it is back. So does an audit
    // config: a folder's that cannot be read for a while is compared with what it was. And so does what
    // was not asked for this time: the configuration may ask for it again.
    let kept = gone.filter {
      $0.goneCode != nil || $0.kind == .auditConfig || !sighting.asked($0.id)
    }
    lines += gone.filter { !kept.contains($0) }.map { "\($0.kind.rawValue) \($0.name) gone" }
    return (raised, lines, sighting.settings + kept)
  }

  private func changed(
    _ setting: PipelineSetting, _ change: PipelineSetting.Change, _ code: FailureCode,
    _ path: PathID, _ sighting: SettingsSighting
  ) -> Finding {
    let (since, seenAt) = (unchanged(setting.id, path), knowledge.differs[path] ?? now)
    let cause = cause(on: setting.id, of: code, since: since, near: seenAt)
    let lines = change.lines.joined(separator: "; ")
    return planned(
      finding(
        code, path.source, subject: "\(setting.id) \(lines)", region: path.region,
        failed: cause?.at ?? seenAt, what: Engine.exportWhat(code, cause, setting.name, lines),
        evidence: [
          Evidence(
            at: now,
            // A list of exclusions has no name but what it is.
            text: setting.kind.rawValue == setting.name
              ? lines : "\(setting.kind.rawValue) \(setting.name): \(lines)",
            seen: "setting probe, \(now.clock)", raw: sighting.raw)
        ] + evidence(of: cause), cause: cause,
        values: settingValues(path.source, setting.id)
          + [("exclusion", Engine.addedExclusion(code, change.lines))]
          + [(Engine.unchangedKey, since?.iso), (Engine.lookedKey, seenAt.iso)]))
  }

  /// `azure.setting.deleted`, `gcp.sink.deleted`: what the baseline holds and the cloud does not.
  func exportFindings() -> [Finding] {
    let all = Dictionary(grouping: knowledge.exports, by: \.key.source)
    return plan.sources.filter { $0.off == nil }.flatMap { source -> [Finding] in
      guard let seen = all[source.id] else { return [] }
      let units = baselineUnits(source.id)
      return seen.sorted { $0.key < $1.key }
        .flatMap { path, sighting in
          (units[path.listing] ?? []).compactMap { old -> Finding? in
            guard let code = old.goneCode, sighting.lacks(old.id) else { return nil }
            return deleted(old, code, path)
          }
        }
    }
  }

  private func deleted(_ old: PipelineSetting, _ code: FailureCode, _ path: PathID) -> Finding {
    let known = picture.open(code, path.source, old.id)
    let since = known.flatMap { Engine.unchanged($0) } ?? unchanged(old.id, path)
    let cause = cause(on: old.id, of: code, since: since, near: known?.failed ?? now)
    let what = Engine.exportWhat(code, cause, old.name, path.region)
    return finding(
      code, path.source, subject: old.id, region: path.region,
      failed: cause?.at ?? known?.failed ?? now, what: what,
      evidence: [
        Evidence(
          at: now,
          text: "no \(old.kind.rawValue) \(old.name) in \(path.region); it had "
            + old.facts.map(\.line).joined(separator: ", "),
          seen: "setting probe, \(now.clock)", raw: knowledge.exports[path]?.raw)
      ] + evidence(of: cause), cause: cause,
      values: Engine.values(of: old, named: old.name) + [(Engine.unchangedKey, since?.iso)])
  }

  func baselineUnits(_ source: SourceID) -> [String: [PipelineSetting]] {
    exportUnits[source] ?? [:]
  }

  /// The journal has a new baseline: read once, and not at each look.
  mutating func readBaselines(_ sources: some Sequence<SourceID>) {
    for source in sources {
      exportUnits[source] = Engine.units(in: picture.baselines[source])
      knowledge.differs = knowledge.differs.filter { $0.key.source != source }
    }
  }

  /// What a baseline holds of each listing.
  static func units(in baseline: Snapshot?) -> [String: [PipelineSetting]] {
    guard let units = baseline?.content["units"]?.members else { return [:] }
    return Dictionary(
      units.map { ($0.key, ($0.value.array ?? []).compactMap(PipelineSetting.init(json:))) },
      uniquingKeysWith: { first, _ in first })
  }

  private func exportBaseline(
    _ source: SourceID, _ units: [String: [PipelineSetting]], _ lines: [String]
  ) -> Snapshot {
    let members = units.sorted { $0.key < $1.key }.map { label, settings in
      JSON.Member(label, .array(settings.sorted { $0.id < $1.id }.map(\.json)))
    }
    let content = JSON.object([JSON.Member("units", .object(members))])
    return Snapshot(
      what: .baseline, source: source, hash: Engine.hash(content), content: content,
      difference: Array(lines.prefix(40)))
  }
}

extension PathID {
  /// Names what was listed: a unit's settings, or one kind of them that is read by itself.
  var listing: String { member.map { "\(region) \($0)" } ?? region }
}

extension Event {
  /// The source whose baseline it is; nil for anything else.
  var baselineOf: SourceID? {
    guard case .snapshot(let snapshot) = self, snapshot.what == .baseline else { return nil }
    return snapshot.source
  }
}
