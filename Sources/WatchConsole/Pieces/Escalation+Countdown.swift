import WatchCore

extension Escalation {
  /// Nil: somebody has taken it, or there is nobody left to tell.
  public init?(_ alert: Alert, _ board: Board) {
    guard let next = Escalation.next(for: alert, plan: board.plan) else { return nil }
    self = next
  }

  /// `to jon in 4m29s`
  public func countdown(at now: Timestamp) -> String {
    at > now ? "to \(to) in \((at - now).text)" : "to \(to) now"
  }
}
