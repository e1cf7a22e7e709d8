/// Who hears of an alert next when nobody acknowledges it, and when. Whoever is on duty first, then a
/// role's members in order, `acknowledgeWithin` between them; then the role named by `then`. Whoever is
/// not at work is passed over: called to a high alert after all others, to a lower one when work begins.
public struct Escalation: Hashable, Sendable {
  public var to: String
  public var at: Timestamp
  public var role: String
  /// Empty: nothing reaches this person, somebody must.
  public var channels: [String]

  /// Nil: acknowledged, closed, or nobody is left to tell.
  ///
  /// - Parameter notBefore: now, where a time that has passed is to be judged by who is at work now.
  public static func next(
    for alert: Alert, plan: WatchPlan, duty: String? = nil, notBefore: Timestamp? = nil
  ) -> Escalation? {
    guard alert.isNew else { return nil }
    let steps = Self.steps(for: alert, plan: plan, duty: duty)
    guard let last = alert.called.max(by: { $0.at < $1.at }) else {
      let since = alert.reopenedAt ?? alert.detected
      let first = Self.first(for: alert, plan: plan, duty: duty, at: since).first
      if let first, first.at > since { return first }
      return first.map { $0.moved(to: since + patience($0.role, plan)) }
    }
    let role = steps.first { $0.to == last.to }?.role ?? plan.roles(for: alert).first?.name
    let due = last.at + patience(role, plan)
    let uncalled = left(steps, alert)
    // What can wait waits within its role, and wakes nobody above.
    let own = isUrgent(alert) ? [] : uncalled.filter { $0.role == role }
    return chosen(
      own.isEmpty ? uncalled : own, alert, plan, duty, at: notBefore.map { max(due, $0) } ?? due)
  }

  /// Who is called when an alert is raised, or NEW again: one, or of a high alert to which nobody is at
  /// work everybody of the role. A time to come: nobody is called before.
  public static func first(
    for alert: Alert, plan: WatchPlan, duty: String? = nil, at now: Timestamp
  ) -> [Escalation] {
    let steps = Self.steps(for: alert, plan: plan, duty: duty)
    // On screen nobody is called who is still to be called by a channel.
    let uncalled = alert.callsNow.isEmpty ? steps : left(steps, alert)
    guard let role = (uncalled.first ?? steps.first)?.role else { return [] }
    let own = (uncalled.isEmpty ? steps : uncalled).filter { $0.role == role }
    if isUrgent(alert), own.allSatisfy({ !isAtWork($0, plan, duty, at: now) }) {
      return own.map { $0.moved(to: now) }
    }
    return [chosen(own, alert, plan, duty, at: now)].compactMap { $0 }
  }

  /// Who is called by whoever escalates now: the next one who is at work, else the next one; when all
  /// were called, the first again.
  public static func successor(
    for alert: Alert, plan: WatchPlan, duty: String? = nil, at now: Timestamp
  ) -> Escalation? {
    let steps = Self.steps(for: alert, plan: plan, duty: duty)
    let uncalled = left(steps, alert)
    let own = uncalled.isEmpty ? steps : uncalled
    return (own.first { isAtWork($0, plan, duty, at: now) } ?? own.first)?.moved(to: now)
  }

  /// Who is called when an alert was not restored in time, and when: as ``successor(for:plan:duty:at:)``,
  /// but that what can wait waits until work begins.
  public static func overdue(
    for alert: Alert, plan: WatchPlan, duty: String? = nil, at now: Timestamp
  ) -> Escalation? {
    let steps = Self.steps(for: alert, plan: plan, duty: duty)
    let uncalled = left(steps, alert)
    return chosen(uncalled.isEmpty ? steps : uncalled, alert, plan, duty, at: now)
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

extension Escalation {
  private static func left(_ steps: [Escalation], _ alert: Alert) -> [Escalation] {
    steps.filter { step in !alert.called.contains { $0.to == step.to } }
  }

  /// What waits for nobody's hours: what is high, and that others are not told.
  private static func isUrgent(_ alert: Alert) -> Bool {
    alert.priority == .high || alert.code == .muted
  }

  private static func patience(_ role: String?, _ plan: WatchPlan) -> Duration {
    role.flatMap(plan.role)?.acknowledgeWithin ?? .minutes(15)
  }

  /// The first one who is at work at that time; else the first one of a high alert, and of a lower one
  /// whoever begins first.
  private static func chosen(
    _ steps: [Escalation], _ alert: Alert, _ plan: WatchPlan, _ duty: String?, at time: Timestamp
  ) -> Escalation? {
    if let step = steps.first(where: { isAtWork($0, plan, duty, at: time) }) {
      return step.moved(to: time)
    }
    if isUrgent(alert) { return steps.first?.moved(to: time) }
    return steps.map { step in
      step.moved(to: plan.hours(step.role, step.to)?.begin(after: time) ?? time)
    }.min { $0.at < $1.at }
  }

  /// Whoever has taken the duty is at work.
  private static func isAtWork(
    _ step: Escalation, _ plan: WatchPlan, _ duty: String?, at time: Timestamp
  ) -> Bool {
    step.to == duty || plan.hours(step.role, step.to)?.contains(time) ?? true
  }

  private func moved(to time: Timestamp) -> Escalation {
    var step = self
    step.at = time
    return step
  }
}
