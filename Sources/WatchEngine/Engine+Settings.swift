import WatchCore

extension Engine {
  /// Baselines of what is watched, and what became of them: old versus new survives a lost cache,
  /// since the journal holds it.
  mutating func settingsEvents(numbering: inout Int) -> [Event] {
    var events: [Event] = []
    for source in plan.sources where source.off == nil {
      guard let (region, sighting) = homeSighting(source.id), let settings = sighting.settings
      else { continue }
      guard let known = picture.baselines[source.id].flatMap({ TrailSettings(json: $0.content) })
      else {
        events.append(.snapshot(baseline(source.id, settings, [])))
        continue
      }
      let seen = settings.joined(with: known)
      let learnt = Engine.learnt(known, seen)
      if !learnt.isEmpty { events.append(.snapshot(baseline(source.id, seen, learnt))) }
      guard let change = SettingsChange(from: known, to: seen) else { continue }
      events += changed(source.id, region, seen, change, numbering: &numbering)
      turned(PathID(source: source.id, kind: .trail, region: region))
      events.append(.snapshot(baseline(source.id, seen, change.lines)))
    }
    return events
  }

  /// What an earlier look, or an earlier version, did not know.
  private static func learnt(_ known: TrailSettings, _ seen: TrailSettings) -> [String] {
    [
      ("management", known.management == nil && seen.management != nil),
      ("selectors", known.selectors == nil && seen.selectors != nil),
      ("insights", known.insights == nil && seen.insights != nil),
    ].filter(\.1).map { "\($0.0) now known" }
  }

  private func baseline(
    _ source: SourceID, _ settings: TrailSettings, _ difference: [String]
  ) -> Snapshot {
    Snapshot(
      what: .baseline, source: source, hash: Engine.hash(settings.json), content: settings.json,
      difference: difference)
  }

  /// Only what cuts or moves coverage is an alert; what widens it is an entry.
  private func changed(
    _ source: SourceID, _ region: String, _ settings: TrailSettings, _ change: SettingsChange,
    numbering: inout Int
  ) -> [Event] {
    let code: FailureCode
    if change.narrowed {
      code = "aws.trail.narrowed"
    } else if change.moved {
      code = "aws.trail.changed"
    } else {
      return []
    }
    let path = PathID(source: source, kind: .trail, region: region)
    let (since, seenAt) = (unchanged(path), knowledge.differs[path] ?? now)
    let cause = cause(of: code, trail: settings, bucket: nil, since: since, near: seenAt)
    // The record of the act came first: it is that alert's, and here is what became of it.
    if let event = cause?.event,
      let alert = picture.alerts.values.first(where: {
        $0.cause?.event == event && $0.source == source && Engine.settingsCodes.contains($0.code)
      })
    {
      guard alert.isOpen else { return [] }
      return [.evidence(alert.id, [seen(change)])]
    }
    let word = change.narrowed ? "NARROWED" : "CHANGED"
    var finding = finding(
      code, source, subject: settings.arn, region: region, failed: cause?.at ?? seenAt,
      what: Engine.what(word, cause, otherwise: "\(settings.name), \(region)", at: now),
      evidence: [seen(change)] + evidence(of: cause), cause: cause,
      values: [(Engine.unchangedKey, since?.iso), (Engine.lookedKey, seenAt.iso)])
    finding.subject = "\(settings.arn) \(change.lines.joined(separator: "; "))"
    defer { numbering += 1 }
    return [.raise(raise(planned(finding), AlertID(numbering), under: nil))]
  }

  static let settingsCodes: Set<FailureCode> = ["aws.trail.narrowed", "aws.trail.changed"]

  private func seen(_ change: SettingsChange) -> Evidence {
    Evidence(
      at: now, text: change.lines.joined(separator: "; "), seen: "status probe, \(now.clock)")
  }
}

extension TrailSettings {
  /// What a look could not read is as it is known.
  func joined(with known: TrailSettings) -> TrailSettings {
    var seen = self
    seen.management = management ?? known.management
    seen.selectors = selectors ?? known.selectors
    seen.insights = insights ?? known.insights
    return seen
  }
}
