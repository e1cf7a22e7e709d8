import WatchCore

/// Who is told next about an alert that nobody has taken, and when.
public struct Escalation: Hashable, Sendable {
  public var next: String
  public var at: Timestamp

  /// Nil: somebody has taken it, nobody was told, or there is nobody left to tell.
  public init?(_ alert: Alert, _ board: Board, now: Timestamp) {
    guard alert.isNew else { return nil }
    let told = alert.told.compactMap { entry -> (at: Timestamp, to: String)? in
      if case .told(let told) = entry.event, told.accepted { (entry.at, told.to) } else { nil }
    }
    guard let last = told.last else { return nil }
    let names = Set(told.map(\.to))
    let roles = board.plan.roles
    var role = roles.first { $0.members.contains { names.contains($0) } } ?? roles.first
    var visited: Set<String> = []
    while let current = role, visited.insert(current.name).inserted {
      if let next = current.members.first(where: { !names.contains($0) }) {
        self.next = next
        at = last.at + current.acknowledgeWithin
        return
      }
      role = current.then.flatMap { name in roles.first { $0.name == name } }
    }
    return nil
  }

  /// `to jon in 4m29s`
  public func countdown(at now: Timestamp) -> String {
    at > now ? "to \(next) in \((at - now).text)" : "to \(next) now"
  }
}
