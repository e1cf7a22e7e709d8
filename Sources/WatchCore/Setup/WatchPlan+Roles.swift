extension WatchPlan {
  public func role(_ name: String) -> Role? { roles.first { $0.name == name } }

  /// The roles that are called to an alert, one after the other: the one that its source or account
  /// names, else the first that is told of its priority; then those named by `then`.
  public func roles(for alert: Alert) -> [Role] {
    if alert.code == .muted { return chain(from: role("security-lead") ?? roles.first) }
    let named =
      source(alert.source)?.role ?? account(alert.source.cloud, alert.source.account)?.role
    let first =
      named.flatMap(role) ?? roles.first { alert.priority >= $0.least } ?? roles.first
    let chain = chain(from: first)
    guard alert.code == .unreachable, let deaf = alert.subject else { return chain }
    // Those who cannot be reached are not told that they cannot be reached.
    let others = self.chain(from: role(deaf)).filter { $0.name != deaf }
    return others.isEmpty ? roles.filter { $0.name != deaf } : others
  }

  private func chain(from first: Role?) -> [Role] {
    var chain: [Role] = []
    var next = first
    while let role = next, !chain.contains(where: { $0.name == role.name }) {
      chain.append(role)
      next = role.then.flatMap(self.role)
    }
    return chain
  }

  /// By what a member of a role is told of an alert of that priority; empty: no channel is set up;
  /// nil: the priority is below what the channels are for.
  public func channels(_ role: Role, _ member: String, _ priority: Priority) -> [String]? {
    let names = person(member)?.channels ?? role.channels
    let fit = names.filter { name in channel(name).map { priority >= $0.least } ?? true }
    return fit.isEmpty && !names.isEmpty ? nil : fit
  }

  /// When a member of a role is at work; nil: always.
  public func hours(_ role: String, _ member: String) -> WatchHours? {
    person(member)?.hours ?? self.role(role)?.hours
  }

  /// By when an alert must be restored: its role's span for the priority, from the moment that we
  /// could know, or knew that it had come back. Nil: nobody promised anything.
  public func restoreBy(_ alert: Alert) -> Timestamp? {
    guard alert.isOpen, alert.clearedAt == nil else { return nil }
    return roles(for: alert).first?.restoreWithin[alert.priority].map { alert.owedSince + $0 }
  }
}

extension FailureCode {
  public static let unreachable: FailureCode = "notify.unreachable"
}
