import WatchCore

extension Engine {
  /// Compares what holds with what the journal says, and gives the entries that are missing.
  mutating func reconcile() -> [EngineEffect] {
    guard picture.notUnderstood == nil else { return [] }
    var numbering = picture.nextAlert
    var events = outcomes
    events += gapMarks(numbering: &numbering)
    events += unsavedEvents(numbering: &numbering)
    events += settingsEvents(numbering: &numbering)
    events += exportEvents(numbering: &numbering)
    events += postureEvents()
    let found = findings()
    events += raiseEvents(found, numbering: &numbering)
    tellUnread()
    events += changeEvents(found, after: events, numbering: &numbering)
    events += lifeEvents(found)
    events += timeEvents()
    events += muteEvents()
    events += proposalEvents()
    events += proofEvents()
    events += escalationEvents()
    events += tellEvents()
    let effects: [EngineEffect] = events.isEmpty ? [] : [.append(events)]
    let remarks = knowledge.remarks.map(EngineEffect.say)
    knowledge.remarks = []
    return effects + secondLooks(after: events) + gapQuestions(after: events) + releases()
      + deliveries() + lookThere()
      + remarks
  }

  /// What an audit event told is looked at on its own path at once, and not at the next turn.
  private func secondLooks(after events: [Event]) -> [EngineEffect] {
    var sources: Set<SourceID> = []
    for event in events {
      switch event {
      case .raise(let raise) where raise.cause != nil:
        guard let path = homePath(raise.source) else {
          if raise.source.cloud != .aws { sources.insert(raise.source) }
          continue
        }
        if knowledge.heartbeats[path]?.state != .failing { sources.insert(raise.source) }
      case .change(let source, let cause, _)
      where cause.error == nil && now - cause.at < .minutes(5): sources.insert(source)
      default: continue
      }
    }
    return sources.sorted().map { .probe($0) }
  }

  func raise(_ finding: Finding, _ id: AlertID, under: AlertID?) -> Raise {
    Raise(
      alert: id, code: finding.code, source: finding.source, subject: finding.subject,
      place: finding.place, kind: FailureCatalogue.failure(finding.code)?.kind ?? .condition,
      priority: finding.priority, failed: finding.failed, what: finding.what,
      evidence: finding.evidence, cause: finding.cause, under: under, values: finding.values,
      chatter: chatter(of: finding))
  }

  /// New alerts, folds of symptoms found late, causes found late.
  private func raiseEvents(_ found: [Finding], numbering: inout Int) -> [Event] {
    var ids: [Finding.Identity: AlertID] = [:]
    for alert in picture.open { ids[alert.identity] = alert.id }
    var events: [Event] = []
    for finding in found where ids[finding.identity] == nil {
      let id = AlertID(numbering)
      numbering += 1
      ids[finding.identity] = id
      let under =
        openBlindness(of: finding, among: found)
        ?? parent(of: finding, among: found).flatMap { ids[$0.identity] }
        ?? openParent(of: finding) ?? tamperParent(of: finding)
      events.append(.raise(raise(finding, id, under: under)))
    }
    for finding in found {
      guard let alert = picture.open(finding.code, finding.source, finding.subject) else {
        continue
      }
      if alert.under == nil || !picture.isFolded(alert),
        let under = openBlindness(of: finding, among: found)
          ?? parent(of: finding, among: found).flatMap({ ids[$0.identity] })
          ?? tamperParent(of: finding),
        under != alert.under, isCause(under, of: alert, isWide: finding.accountWide)
      {
        events.append(.fold(alert.id, under: under))
      }
      if alert.cause == nil, let cause = finding.cause {
        let evidence = evidence(of: cause)
        events.append(.cause(alert.id, cause, what: finding.what, evidence: evidence))
      }
    }
    return events + lateFolds(found, ids)
  }

  /// Open symptoms whose own finding is gone for the moment still fold under their cause.
  private func lateFolds(
    _ found: [Finding], _ ids: [Finding.Identity: AlertID]
  ) -> [Event] {
    let seen = Set(found.map(\.identity))
    return picture.open.filter { $0.under == nil && !seen.contains($0.identity) }
      .compactMap { alert in
        guard alert.kind == .condition,
          let cause = found.first(where: {
            explains($0, alert.identity, at: alert.place) && ids[$0.identity] != alert.id
          }), let under = ids[cause.identity], isCause(under, of: alert, isWide: true)
        else { return nil }
        return .fold(alert.id, under: under)
      }
  }

  /// Nothing is the cause of its cause; of an account's blindnesses it is whichever was told first.
  private func isCause(_ under: AlertID, of alert: Alert, isWide: Bool) -> Bool {
    guard under != alert.id, picture.alerts[under]?.under != alert.id else { return false }
    return !isWide || alert.code.rest != "probe.blind" || under < alert.id
  }

  /// The open alert of an account's blindness that was raised first, whichever of its sources showed it:
  /// one cause is told once. After a start its own source has perhaps not been looked at yet; that others
  /// stood under it says then that it was the account's.
  private func openBlindness(of finding: Finding, among found: [Finding]) -> AlertID? {
    guard finding.accountWide else { return nil }
    return picture.open.first { alert in
      guard alert.code == finding.code, alert.place.account == finding.place.account,
        alert.source != finding.source, alert.clearedAt == nil, !picture.isFolded(alert)
      else { return false }
      if let own = found.first(where: { $0.identity == alert.identity }) { return own.accountWide }
      return !alert.folded.isEmpty
        && knowledge.heartbeats.allSatisfy {
          $0.key.source != alert.source || $0.value.goodLook == nil
        }
    }?.id
  }

  /// The first finding that explains this one; findings come causes first.
  func parent(of finding: Finding, among found: [Finding]) -> Finding? {
    found.first { cause in
      guard explains(cause, finding.identity, at: finding.place) else { return false }
      return cause.code.rest != "probe.blind" || (cause.accountWide && finding.accountWide)
        || Self.isRefused(finding, with: cause)
    }
  }

  /// Where a whole subscription or project is closed to us, so is its history: one alert, not two.
  private static func isRefused(_ finding: Finding, with cause: Finding) -> Bool {
    finding.source.cloud != .aws && finding.source.name == "event-history"
      && cause.source.name != finding.source.name && !finding.regions.isEmpty
      && finding.regions.isSubset(of: cause.regions)
  }

  /// An open alert that explains it: its condition has ended, and its proof is not in yet.
  private func openParent(of finding: Finding) -> AlertID? {
    picture.open.first { alert in
      alert.kind == .condition && alert.clearedAt == nil && alert.code.rest != "probe.blind"
        && SymptomRules.explains(
          alert.identity, at: alert.place, finding.identity, at: finding.place, parts: parts)
    }?.id
  }

  /// An act that is open as an alert, and after which the finding began.
  private func tamperParent(of finding: Finding) -> AlertID? {
    picture.open.first { alert in
      let since = finding.failed - alert.failed
      return alert.kind == .event && since > .minutes(-30) && since < .hours(2)
        && SymptomRules.explains(
          alert.identity, at: alert.place, finding.identity, at: finding.place, parts: parts)
    }?.id
  }

  private func parts(_ source: SourceID) -> SymptomRules.Parts {
    let settings = knowledge.settings(source)
    let azure = sourcePlan(source)?.azure
    return SymptomRules.Parts(
      bucket: settings?.bucket, key: settings?.key, missing: missingEchoes(source),
      workspace: azure?.workspace, archive: azure?.archive,
      exports: { azure == nil ? [] : baselineUnits(source).values.flatMap { $0 } })
  }

  private func explains(
    _ cause: Finding, _ symptom: Finding.Identity, at place: Place
  ) -> Bool {
    SymptomRules.explains(
      cause.identity, at: cause.place, symptom, at: place, parts: parts)
  }
}
