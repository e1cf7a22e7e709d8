import WatchCore

extension Escalation {
  /// Nil: somebody has taken it, or there is nobody left to tell.
  public init?(_ alert: Alert, _ board: Board, at now: Timestamp) {
    // While a mute holds, nobody is called.
    guard alert.code == .muted || board.picture.muteShown(at: now) == nil else { return nil }
    guard let next = Escalation.next(for: alert, plan: board.plan, duty: board.picture.duty?.to)
    else { return nil }
    self = next
  }

  /// `to jon in 4m29s`; `tell jon in 4m29s` where no channel reaches them and the operator must.
  public func countdown(at now: Timestamp) -> String {
    let how = channels.isEmpty ? "tell" : "to"
    // Hours away: work has to begin first.
    if at - now > .hours(2) { return "tell \(to) at \(at.clock(at: now))" }
    return at > now ? "\(how) \(to) in \((at - now).text)" : "\(how) \(to) now"
  }

  /// `jon by sec-slack, pager`
  public var way: String {
    channels.isEmpty
      ? "\(to) by yourself, no channel is set up" : "\(to) by " + channels.joined(separator: ", ")
  }
}
