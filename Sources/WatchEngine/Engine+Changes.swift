import WatchCore

extension Engine {
  /// Deals with each audited change that was seen: it is the cause of what was raised, or an alert
  /// of its own where it cut or shrank something, or an entry.
  ///
  /// - Parameter written: what this round writes already.
  mutating func changeEvents(
    _ found: [Finding], after written: [Event], numbering: inout Int
  ) -> [Event] {
    let pending = knowledge.changes.filter { !isDealtWith($0) }.sorted { $0.cause.at < $1.cause.at }
    // Kept until the journal has them: an append can fail.
    knowledge.changes = pending.filter { $0.cause.event != nil }
    var used: Set<String> = []
    var raised: [Finding.Identity: AlertID] = [:]
    for event in written {
      switch event {
      case .raise(let raise):
        if let act = raise.cause?.event { used.insert(act) }
        let identity = Finding.Identity(
          code: raise.code, source: raise.source, subject: raise.subject)
        raised[identity] = raise.alert
      case .cause(_, let cause, _, _):
        if let act = cause.event { used.insert(act) }
      default: continue
      }
    }
    var events: [Event] = []
    for change in pending {
      if let event = change.cause.event {
        guard used.insert(event).inserted else { continue }
      }
      guard let source = source(of: change) else {
        if let event = change.cause.event { knowledge.dismissed.insert(event) }
        continue
      }
      if let late = lateCause(change, source) {
        events.append(late)
        continue
      }
      guard let finding = harm(of: change, source), !found.contains(where: { $0.isSame(finding) })
      else {
        events.append(entry(change, source))
        continue
      }
      if let alert = picture.open.first(where: {
        $0.code == finding.code && $0.subject == finding.subject
      }) {
        events += again(change, alert, finding)
      } else if raised[finding.identity] != nil {
        events.append(entry(change, source))
      } else {
        let id = AlertID(numbering)
        numbering += 1
        raised[finding.identity] = id
        events.append(.raise(raise(finding, id, under: nil)))
      }
    }
    return events + secondWitnesses()
  }

  private func isDealtWith(_ change: PipelineChange) -> Bool {
    change.cause.event.map { picture.knownEvents.contains($0) || knowledge.dismissed.contains($0) }
      ?? false
  }

  private func entry(_ change: PipelineChange, _ source: SourceID) -> Event {
    .change(source, change.cause, what: Engine.text(change))
  }

  /// Another act on what an open alert is about: an entry, more evidence, and news to whoever has
  /// taken the alert.
  private func again(_ change: PipelineChange, _ alert: Alert, _ finding: Finding) -> [Event] {
    var events = [entry(change, alert.source)]
    guard alert.kind == .event else { return events }
    events.append(.evidence(alert.id, finding.evidence))
    switch alert.state {
    case .acknowledged, .shelved:
      let text = "again: \(change.cause.action) by \(change.cause.actor)"
      events.append(.act(Act(.reopen, alert: alert.id, text: text)))
    case .new, .cleared, .closed: break
    }
    return events
  }

  /// The trail's own settings told of it first: now we know who did it.
  private func lateCause(_ change: PipelineChange, _ source: SourceID) -> Event? {
    guard change.cause.error == nil else { return nil }
    if source.cloud != .aws { return lateExportCause(change, source) }
    guard Engine.trailUpdates.contains(change.cause.action) else { return nil }
    let cause = change.cause
    let alert = picture.open.first { alert in
      Engine.settingsCodes.contains(alert.code) && alert.source == source
        && Engine.isLater(cause, of: alert) && canHaveMade(change, alert)
    }
    return alert.map { alert in
      let word = alert.code == "aws.trail.narrowed" ? "NARROWED" : "CHANGED"
      return .cause(
        alert.id, cause, what: Engine.what(word, cause, otherwise: "", at: cause.at),
        evidence: evidence(of: cause, change.difference))
    }
  }

  /// Whether what it asked for, of the trail as it was before, is what the alert tells: somebody may have
  /// widened it in the same minute. Where that cannot be told it may have.
  private func canHaveMade(_ change: PipelineChange, _ alert: Alert) -> Bool {
    guard let made = settingsChange(change, since: baseline(before: alert)) else {
      return change.harm != .widens
    }
    return made.narrowed || made.moved && alert.code != "aws.trail.narrowed"
  }

  /// What a source's settings were until an alert of them was raised, where the newest entries have it.
  private func baseline(before alert: Alert) -> Snapshot? {
    for entry in picture.recent.reversed() where entry.seq < alert.raiseSeq {
      if case .snapshot(let snapshot) = entry.event, snapshot.what == .baseline,
        snapshot.source == alert.source
      {
        return snapshot
      }
    }
    return nil
  }

  /// The comparison with the baseline told of it first.
  private func lateExportCause(_ change: PipelineChange, _ source: SourceID) -> Event? {
    guard let part = change.part?.name else { return nil }
    let cause = change.cause
    let alert = picture.open.first { alert in
      Engine.exportCodes.contains(alert.code) && alert.source == source
        && alert.subject?.hasPrefix(part + " ") == true && change.harm != .widens
        && Engine.isLate(cause, of: alert)
    }
    return alert.map { alert in
      let rest = alert.subject?.dropFirst(part.count + 1) ?? ""
      let what = Engine.exportWhat(alert.code, cause, Engine.shortName(part), String(rest))
      return .cause(
        alert.id, cause, what: what, evidence: evidence(of: cause, change.difference))
    }
  }

  /// The act after which it was seen as it is; the newest one, where several fit.
  private static func isLate(_ cause: Cause, of alert: Alert) -> Bool {
    canCause(cause, alert.code) && isLater(cause, of: alert)
  }

  private static func isLater(_ cause: Cause, of alert: Alert) -> Bool {
    let since = unchanged(alert)
    guard cause.isSince(since ?? alert.detected - .minutes(60)) else { return false }
    let looked = looked(alert)
    if let known = alert.cause {
      return since != nil && cause.at > known.at
        && cause.at <= looked.map { $0 + EngineClock.tolerance } ?? alert.detected
    }
    return cause.at <= (looked ?? alert.detected) + .minutes(2)
  }

  /// From here on nobody has judged what happened: a watch's last look, less the time that Event
  /// history needs.
  var unseenSince: Timestamp {
    min(began - .minutes(30), (lastSeen ?? began) - .minutes(20))
  }

  /// The watched source that a change is about: the first of those that share the part.
  func source(of change: PipelineChange) -> SourceID? {
    plan.sources.first { source in
      guard source.off == nil else { return false }
      if !change.sources.isEmpty { return change.sources.contains(source.id) }
      let settings = knowledge.settings(source.id)
      if let trail = change.trail {
        return [source.trail, settings?.arn, settings?.name, Engine.trailName(source.trail)]
          .contains(trail)
      }
      return change.bucket != nil && settings?.bucket == change.bucket
    }?.id
  }

  /// `StartLogging by mira, us-east-1, 03:06Z`; a refused one: `dev tried to DeleteTrail, …`.
  static func text(_ change: PipelineChange) -> String {
    let cause = change.cause
    let place = "\(cause.region), \(cause.at.shortClock)"
    if let error = cause.error {
      return "\(cause.actor) tried to \(cause.action), \(place), refused: \(error)"
    }
    let what = change.difference.isEmpty ? "" : ": \(change.difference.joined(separator: "; "))"
    return "\(cause.action) by \(cause.actor), \(place)\(what)"
  }
}

extension Finding {
  /// The same failure, whichever of several sources tells of it.
  fileprivate func isSame(_ other: Finding) -> Bool {
    identity == other.identity || code == other.code && subject == other.subject
  }
}
