/// Who hears of an alert next when nobody acknowledges it, and when. A role's members in order,
/// `acknowledgeWithin` between them; then the next role named by `then`.
public struct Escalation: Hashable, Sendable {
  public var to: String
  public var at: Timestamp

  /// Nil: acknowledged, closed, or nobody is left to tell.
  public static func next(
    for alert: Alert, plan: WatchPlan
  ) -> Escalation? {
    guard alert.isNew, let role = plan.roles.first else { return nil }
    var told: [String] = []
    var last = alert.reopenedAt ?? alert.detected
    for entry in alert.toldNow {
      guard case .told(let mark) = entry.event else { continue }
      if !told.contains(mark.to) { told.append(mark.to) }
      last = max(last, entry.at)
    }
    var current: Role? = role
    var seen: Set<String> = []
    while let role = current, seen.insert(role.name).inserted {
      if let member = role.members.first(where: { !told.contains($0) }) {
        return Escalation(to: member, at: last + role.acknowledgeWithin)
      }
      current = role.then.flatMap { name in plan.roles.first { $0.name == name } }
    }
    return nil
  }
}
