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

  mutating func take(_ seen: SettingsSighting, on path: PathID) {
    knowledge.exports[path] = seen
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: nil)
    knowledge.names[path] = seen.settings.filter(\.carriesOut).map(\.name).joined(separator: ", ")
    guard let trouble = trouble(seen, on: path) else {
      knowledge.forget("\(path.text) settings")
      knowledge.heartbeats[path]?.works(since: now)
      return
    }
    let since = knowledge.firstNotice("\(path.text) settings", at: now)
    knowledge.heartbeats[path]?.fails(trouble.reason, since: since, as: trouble.state)
  }

  /// That a setting is gone or off, or that there is none, is what the path itself says.
  private func trouble(
    _ seen: SettingsSighting, on path: PathID
  ) -> (reason: String, state: HeartbeatState)? {
    let known = baselineUnits(path.source)[path.listing] ?? []
    let gone = known.first { old in
      old.goneCode != nil && !seen.settings.contains { $0.id == old.id }
        && picture.accepted(old.goneCode?.text ?? "", old.id, at: wall) == nil
    }
    if let gone { return ("\(gone.name) deleted", .failing) }
    let names = plan.source(path.source)?.gcp?.sinks.map(Engine.shortSink) ?? []
    let off = seen.settings.first { $0.isOff && (names.isEmpty || names.contains($0.name)) }
    if let off { return ("\(off.name) disabled", .failing) }
    if path.source.cloud == .azure, !seen.settings.contains(where: \.carriesOut) {
      return ("no diagnostic setting", .notSetUp)
    }
    return nil
  }

  private static func shortSink(_ name: String) -> String {
    name.split(separator: "/").last.map(String.init) ?? name
  }

  public var settings: [PathID: SettingsSighting] { knowledge.exports }

  /// Baselines of what was seen, and what became of them.
  func exportEvents(numbering: inout Int) -> [Event] {
    var events: [Event] = []
    for source in plan.sources where source.off == nil {
      let seen = knowledge.exports.filter { $0.key.source == source.id }
      guard !seen.isEmpty else { continue }
      var units = baselineUnits(source.id)
      var lines: [String] = []
      for (path, sighting) in seen.sorted(by: { $0.key < $1.key }) {
        guard let known = units[path.listing] else {
          units[path.listing] = sighting.settings
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

  private func compared(
    _ known: [PipelineSetting], _ sighting: SettingsSighting, _ path: PathID,
    numbering: inout Int
  ) -> (raised: [Event], lines: [String], kept: [PipelineSetting]) {
    var raised: [Event] = []
    var lines: [String] = []
    for setting in sighting.settings {
      guard let old = known.first(where: { $0.id == setting.id }) else {
        lines.append("\(setting.kind.rawValue) \(setting.name) new")
        continue
      }
      guard let change = setting.change(from: old, implies: FilterForm.implies) else { continue }
      lines += change.lines.map { "\(setting.name) \($0)" }
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
    // config: a folder's that cannot be read for a while is compared with what it was.
    let kept = gone.filter { $0.goneCode != nil || $0.kind == .auditConfig }
    lines += gone.filter { !kept.contains($0) }.map { "\($0.kind.rawValue) \($0.name) gone" }
    return (raised, lines, sighting.settings + kept)
  }

  private func changed(
    _ setting: PipelineSetting, _ change: PipelineSetting.Change, _ code: FailureCode,
    _ path: PathID, _ sighting: SettingsSighting
  ) -> Finding {
    let cause = cause(on: setting.id, near: now)
    let lines = change.lines.joined(separator: "; ")
    return planned(
      finding(
        code, path.source, subject: "\(setting.id) \(lines)", region: path.region,
        failed: cause?.at ?? now, what: Engine.exportWhat(code, cause, setting.name, lines),
        evidence: [
          Evidence(
            at: now, text: "\(setting.kind.rawValue) \(setting.name): \(lines)",
            seen: "setting probe, \(now.clock)", raw: sighting.raw)
        ] + evidence(of: cause), cause: cause, values: [("setting", setting.name)]))
  }

  /// `azure.setting.deleted`, `gcp.sink.deleted`: what the baseline holds and the cloud does not.
  func exportFindings() -> [Finding] {
    plan.sources.filter { $0.off == nil }.flatMap { source -> [Finding] in
      let units = baselineUnits(source.id)
      return knowledge.exports.filter { $0.key.source == source.id }.sorted { $0.key < $1.key }
        .flatMap { path, sighting in
          (units[path.listing] ?? []).compactMap { old -> Finding? in
            guard let code = old.goneCode,
              !sighting.settings.contains(where: { $0.id == old.id })
            else { return nil }
            return deleted(old, code, path)
          }
        }
    }
  }

  private func deleted(_ old: PipelineSetting, _ code: FailureCode, _ path: PathID) -> Finding {
    let known = picture.open(code, path.source, old.id)
    let cause = cause(on: old.id, near: known?.failed ?? now)
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
      ] + evidence(of: cause), cause: cause, values: [("setting", old.name)])
  }

  func baselineUnits(_ source: SourceID) -> [String: [PipelineSetting]] {
    Engine.units(in: picture.baselines[source])
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
