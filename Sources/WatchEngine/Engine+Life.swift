import WatchCore

extension Engine {
  /// What proof and time do to open alerts: clear, come back, get worse, close.
  func lifeEvents(_ found: [Finding]) -> [Event] {
    var byIdentity: [Finding.Identity: Finding] = [:]
    for finding in found { byIdentity[finding.identity] = finding }
    return picture.open.flatMap { alert in
      life(of: alert, byIdentity[alert.identity])
    }
  }

  private func life(of alert: Alert, _ finding: Finding?) -> [Event] {
    if let finding { return holding(alert, finding) }
    guard alert.kind == .condition else { return [] }
    if alert.clearedAt == nil {
      guard let proof = clearProof(alert) else { return [] }
      let clear = Event.act(Act(.clear, alert: alert.id, text: proof))
      return closesItself(alert) ? [clear, close(alert)] : [clear]
    }
    if alert.chatter != nil { return calm(alert) }
    return closesItself(alert) ? [close(alert)] : []
  }

  private func holding(_ alert: Alert, _ finding: Finding) -> [Event] {
    if alert.clearedAt != nil {
      return returned(alert, finding)
    }
    if let other = lateOtherCause(alert, finding) { return other }
    if let steady = steady(alert) { return [steady] }
    if let ended = planEnded(alert, finding) { return [ended] }
    guard finding.priority > alert.priority else { return [] }
    return [
      .act(
        Act(
          .reopen, alert: alert.id,
          text:
            "now \(finding.priority.rawValue): it has lasted \(finding.failed.age(at: now).text)",
          priority: finding.priority))
    ]
  }

  /// Acknowledged and cleared is closed, but a high one waits for a line on the cause, and what the
  /// one who acknowledged it did himself for somebody else; a symptom under an open cause waits with
  /// it.
  private func closesItself(_ alert: Alert) -> Bool {
    guard case .acknowledged = alert.state, alert.priority != .high, alert.isTakenByAnother,
      alert.chatter == nil
    else { return false }
    return !picture.isFolded(alert)
  }

  private func close(_ alert: Alert) -> Event {
    .act(Act(.close, alert: alert.id, text: "acknowledged and cleared"))
  }

  /// Fresh proof on that very path, in words; nil while there is none.
  private func clearProof(_ alert: Alert) -> String? {
    if alert.code == "watch.clock" {
      guard !clock.isOff, let measured = clock.measuredAt, measured > alert.detected else {
        return nil
      }
      return "clocks agree again, measured \(measured.clock)"
    }
    if alert.code == .unreachable { return reachProof(alert) }
    if alert.code == .muted { return muteProof(alert) }
    if alert.code == Engine.unheard { return heardProof(alert) }
    if let accepted = acceptedText(alert) { return accepted }
    if isUnwatched(alert.source) { return "not proven: \(alert.source.text) is no longer watched" }
    if Engine.postureCodes.contains(alert.code), !isOfUnwatched(alert) {
      return posturePassed(alert)
    }
    if alert.code.rest == "echo.missing" { return echoProof(alert) }
    if let gone = nothingToProve(alert) { return gone }
    let paths = proofPaths(alert)
    guard !paths.isEmpty, isBack(alert) else { return nil }
    var newest: [String] = []
    for path in paths {
      guard let heartbeat = knowledge.heartbeats[path], let look = heartbeat.goodLook,
        look > alert.detected, isProof(heartbeat, path, alert)
      else { return nil }
      let time = heartbeat.newest.map { $0.clock(at: now) } ?? "quiet"
      newest.append("\(path.kind.label) \(path.region) \(time)")
    }
    return newest.prefix(4).joined(separator: ", ") + (newest.count > 4 ? " …" : "")
  }

  /// Proven by what came after the failure: a record that is older proves nothing, however young.
  private func isProof(_ heartbeat: Heartbeat, _ path: PathID, _ alert: Alert) -> Bool {
    if alert.code.rest == "probe.blind" { return heartbeat.state != .blind }
    guard heartbeat.state.isProven else { return false }
    // That a setting was made again is a record itself: it has to come out.
    let isOwed = alert.code == "azure.setting.deleted"
    guard path.kind.delivers, heartbeat.state == .ok || isOwed else { return true }
    let started = knowledge.trails[path.source]?[path.region]?.status?.started
    // A record that came before the boundary and was seen after it ends a silence too.
    let failed = alert.missingSince
    let since = [started, backSince(alert)].map { time in time.flatMap { $0 > failed ? $0 : nil } }
    let after = [failed, alert.cause?.at] + since
    return heartbeat.newest.map { $0 > after.compactMap { $0 }.max() ?? failed } ?? false
  }

  /// Taken out of the configuration, or switched off there: no proof can come any more.
  private func isUnwatched(_ source: SourceID) -> Bool {
    let own = ["event-history", "event-queue", "regions", "watch"]
    if own.contains(source.name) { return plan.account(source.cloud, source.account) == nil }
    return sourcePlan(source).map { $0.off != nil } ?? true
  }

  /// Of a subscription or project that nobody configured: its own look ends it, and no check.
  private func isOfUnwatched(_ alert: Alert) -> Bool { alert.source.name == "regions" }

  /// The paths whose proof ends an alert.
  func proofPaths(_ alert: Alert) -> [PathID] {
    let all = knowledge.heartbeats.filter { path, heartbeat in
      path.source == alert.source && isRequired(path) && heartbeat.off == nil
    }.keys
    let kinds: Set<PathKind>
    switch alert.code.text {
    case "aws.trail.stopped", "aws.trail.deleted": kinds = [.trail, .s3, .group]
    case "aws.delivery.error": kinds = [.trail, .s3]
    case "aws.digest.error": kinds = [.digest]
    case "aws.group.error": kinds = [.group]
    case "aws.notify.error": kinds = [.trail]
    case "aws.bucket.blocked":
      return knowledge.heartbeats.keys.filter {
        ($0.kind == .s3 || $0.kind == .trail)
          && knowledge.settings($0.source)?.bucket == alert.subject
      }.sorted()
    case "aws.region.uncovered":
      return all.filter { $0.region == alert.place.region }
    case "azure.setting.deleted", "gcp.sink.deleted":
      return all.filter { $0.region == alert.place.region && Engine.isFed($0, by: alert) }.sorted()
    case "azure.setting.none", "gcp.sink.none":
      return all.filter { $0.kind == .region && $0.region == alert.place.region }
    case "aws.trail.none": return all.sorted()
    case _ where alert.code.rest == "probe.blind": return all.sorted()
    default: return alert.subject.flatMap(PathID.init(text:)).map { [$0] } ?? []
    }
    return all.filter { kinds.contains($0.kind) }.sorted()
  }
}
