import WatchCore

extension Escalation {
  /// Nil: somebody has taken it, or there is nobody left to tell.
  public init?(_ alert: Alert, _ board: Board) {
    guard let next = Escalation.next(for: alert, plan: board.plan) else { return nil }
    self = next
  }

  /// `tell jon in 4m29s`: by the operator, for no channel of this version reaches anybody.
  public func countdown(at now: Timestamp) -> String {
    at > now ? "tell \(to) in \((at - now).text)" : "tell \(to) now"
  }
}
