import WatchCore

/// `notify.unreachable`: nobody of a role could be told of an alert.
extension Engine {
  func reachFindings() -> [Finding] {
    guard tells, !isRound, let source = plan.sources.first?.id, !picture.channels.isEmpty || hasMute
    else { return [] }
    var found: [String: Finding] = [:]
    for alert in picture.open where alert.code != .unreachable && !isToldWithCause(alert) {
      guard let unheard = picture.unheard(alert), unheard.isSure, let role = unheard.role,
        found[role] == nil
      else { continue }
      found[role] = finding(
        .unreachable, SourceID(cloud: source.cloud, account: source.account, name: "watch"),
        subject: role, region: "global", failed: unheard.since,
        what: "NOBODY WAS TOLD of \(alert.id.text), role \(role)",
        evidence: unheard.why.map { Evidence(at: wall, text: $0, seen: "watch, \(wall.clock)") },
        values: [("role", role)])
    }
    return found.values.sorted { $0.subject ?? "" < $1.subject ?? "" }
  }

  /// Somebody may have no channel at all, and then no channel was ever used.
  private var hasMute: Bool {
    plan.roles.contains { role in
      role.members.contains { (plan.person($0)?.channels ?? role.channels).isEmpty }
    }
  }

  /// A delivery that a channel of the role, or of one of its people, has accepted since.
  func reachProof(_ alert: Alert) -> String? {
    guard let name = alert.subject else { return nil }
    guard let role = plan.role(name) else { return "not proven: there is no role \(name) any more" }
    let own = role.members.flatMap { plan.person($0)?.channels ?? role.channels }
    for channel in Set(own).sorted() {
      guard let at = picture.channels[channel]?.accepted, at > alert.detected else { continue }
      return "\(channel) accepted a notification \(at.clock(at: wall))"
    }
    return nil
  }
}
