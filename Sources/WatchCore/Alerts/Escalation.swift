/// Who hears of an alert next when nobody acknowledges it, and when. Whoever is on duty first, then a
/// role's members in order, `acknowledgeWithin` between them; then the role named by `then`.
public struct Escalation: Hashable, Sendable {
  public var to: String
  public var at: Timestamp
  public var role: String
  /// Empty: nothing reaches this person, somebody must.
  public var channels: [String]

  /// Nil: acknowledged, closed, or nobody is left to tell.
  public static func next(
    for alert: Alert, plan: WatchPlan, duty: String? = nil
  ) -> Escalation? {
    guard alert.isNew else { return nil }
    let steps = Self.steps(for: alert, plan: plan, duty: duty)
    let last = alert.called.max { $0.at < $1.at }
    let since = last?.at ?? alert.reopenedAt ?? alert.detected
    let role = steps.first { $0.to == last?.to }?.role ?? plan.roles(for: alert).first?.name
    let at = since + (role.flatMap(plan.role)?.acknowledgeWithin ?? .minutes(15))
    return left(steps, alert).map { $0.moved(to: at) }
  }

  /// Who is called by whoever escalates now: the next one, or, when all were called, the first again.
  public static func successor(
    for alert: Alert, plan: WatchPlan, duty: String? = nil, at now: Timestamp
  ) -> Escalation? {
    let steps = Self.steps(for: alert, plan: plan, duty: duty)
    return (left(steps, alert) ?? steps.first)?.moved(to: now)
  }

  /// How a person is called to an alert, whoever chose them.
  public static func to(
    _ name: String, for alert: Alert, plan: WatchPlan, duty: String? = nil, at now: Timestamp
  ) -> Escalation? {
    let steps = Self.steps(for: alert, plan: plan, duty: duty)
    if let step = steps.first(where: { $0.to == name }) { return step.moved(to: now) }
    return plan.roles(for: alert).first.map {
      Escalation(
        to: name, at: now, role: $0.name, channels: plan.channels($0, name, alert.priority) ?? [])
    }
  }

  private static func left(_ steps: [Escalation], _ alert: Alert) -> Escalation? {
    steps.first { step in !alert.called.contains { $0.to == step.to } }
  }

  private func moved(to time: Timestamp) -> Escalation {
    var step = self
    step.at = time
    return step
  }

  /// Everybody who can be called to it, in order, each once.
  static func steps(for alert: Alert, plan: WatchPlan, duty: String?) -> [Escalation] {
    var steps: [Escalation] = []
    // Of a mute every channel of the role hears, whatever priorities it is for.
    let priority = alert.code == .muted ? .high : alert.priority
    for role in plan.roles(for: alert) {
      for member in role.members where !steps.contains(where: { $0.to == member }) {
        guard let channels = plan.channels(role, member, priority) else { continue }
        steps.append(
          Escalation(to: member, at: alert.detected, role: role.name, channels: channels))
      }
    }
    if alert.code == .muted {
      // Somebody else than who muted, where there is anybody.
      let actor = alert.cause?.actor
      return steps.filter { $0.to != actor } + steps.filter { $0.to == actor }
    }
    guard let index = steps.firstIndex(where: { $0.to == duty }) else { return steps }
    steps.insert(steps.remove(at: index), at: 0)
    return steps
  }
}
