import WatchCore

/// Announced changes: what is done within one is shown as planned, low, and counts in full again
/// when the announced time is over and it still holds.
extension Engine {
  static let plannedWord = "PLANNED: "

  /// A silence begins with the last record, which came before the change.
  private static let plannedLead: Duration = .minutes(30)

  /// The finding as the announced changes let it count.
  func planned(_ finding: Finding) -> Finding {
    guard finding.code.cloud != nil, finding.code.rest != "probe.blind" else {
      return finding
    }
    let isEvent = FailureCatalogue.failure(finding.code)?.kind == .event
    let covering: PlannedChange?
    if isEvent || finding.cause != nil {
      covering = picture.planned(at: finding.cause?.at ?? finding.failed, finding.source)
    } else {
      covering = picture.planned(at: now, finding.source).flatMap {
        finding.missingSince >= $0.from - Engine.plannedLead ? $0 : nil
      }
    }
    guard let plan = covering, isEvent || plan.covers(now, finding.source) else { return finding }
    var finding = finding
    finding.priority = .low
    finding.what = Engine.plannedWord + finding.what
    finding.evidence.append(
      Evidence(
        at: plan.from, text: "planned: \(plan.text) (\(plan.by?.name ?? "nobody"))",
        seen: "journal, until \(plan.to.clock(at: now))"))
    return finding
  }

  /// An alert that was planned, of what is planned no more.
  func planEnded(_ alert: Alert, _ finding: Finding) -> Event? {
    guard alert.what.hasPrefix(Engine.plannedWord), !finding.what.hasPrefix(Engine.plannedWord)
    else { return nil }
    return .act(
      Act(
        .reopen, alert: alert.id, text: "the planned change is over, and it still holds",
        priority: max(alert.priority, finding.priority), what: finding.what))
  }
}
