import WatchCore

/// What comes and goes again and again is told once, and then as an entry alone, until it was calm. A
/// higher priority, another cause, or a failure that stays breaks through.
extension Engine {
  /// The condition that had cleared is back.
  func returned(_ alert: Alert, _ finding: Finding) -> [Event] {
    var act = Act(
      .reopen, alert: alert.id, text: "it came back, \(now.shortClock)",
      priority: max(alert.priority, finding.priority), returned: true)
    let count = plan.chatter.count(alert.returns, at: wall)
    let cause = otherCause(alert, finding)
    if let chatter = alert.chatter {
      act.chatter = min(chatter, 1_000_000) + 1
      act.isQuiet = act.priority == alert.priority && cause == nil
    } else if count >= plan.chatter.returns {
      act.chatter = count
      act.text = chatters(count)
    }
    if let cause { act.text = "it came back by another cause: \(cause.action) by \(cause.actor)" }
    return causeEvents(alert, finding, cause) + [.act(act)]
  }

  private func chatters(_ count: Int) -> String {
    "it CHATTERS: back \(count) times in \(plan.chatter.within.text); "
      + "no return is told until it was calm for \(plan.chatter.calm.text)"
  }

  /// How often what is raised now came and went, where that is chatter.
  func chatter(of finding: Finding) -> Int? {
    guard FailureCatalogue.failure(finding.code)?.kind == .condition else { return nil }
    let before = picture.returns(finding.code, finding.source, finding.subject)
    let count = plan.chatter.count(before, at: wall)
    return !before.isEmpty && count >= plan.chatter.returns ? count : nil
  }

  /// It holds, and chattered: the chatter is over when it stays.
  func steady(_ alert: Alert) -> Event? {
    guard alert.chatter != nil, let last = alert.returns.last, wall - last >= plan.chatter.steady
    else { return nil }
    return .act(
      Act(
        .reopen, alert: alert.id,
        text: "it has held for \((wall - last).text) now, and chatters no more", chatter: 0))
  }

  /// It is gone, and has not come back for long.
  func calm(_ alert: Alert) -> [Event] {
    let last = max(alert.clearedAt ?? alert.detected, alert.returns.last ?? alert.detected)
    guard alert.chatter != nil, wall - last >= plan.chatter.calm else { return [] }
    return [
      .act(Act(.calm, alert: alert.id, text: "not back for \((wall - last).text)", chatter: 0))
    ]
  }

  /// After it came back: who did it now, where that is somebody or something else than before.
  func otherCause(_ alert: Alert, _ finding: Finding) -> Cause? {
    guard let cause = finding.cause else { return nil }
    // Of what came and went by nobody known, the first name is news.
    guard let known = alert.cause else { return alert.chatter == nil ? nil : cause }
    guard cause.at > known.at,
      cause.actor != known.actor || cause.action != known.action
    else { return nil }
    return cause
  }

  /// It is back and holds, and only now shows by whom.
  func lateOtherCause(_ alert: Alert, _ finding: Finding) -> [Event]? {
    guard !alert.returns.isEmpty, let cause = otherCause(alert, finding) else { return nil }
    let text = "another cause: \(cause.action) by \(cause.actor)"
    return causeEvents(alert, finding, cause)
      + [.act(Act(.reopen, alert: alert.id, text: text))]
  }

  private func causeEvents(_ alert: Alert, _ finding: Finding, _ cause: Cause?) -> [Event] {
    // A first cause is written wherever it is found.
    guard let cause, alert.cause != nil else { return [] }
    return [.cause(alert.id, cause, what: finding.what, evidence: evidence(of: cause))]
  }
}
