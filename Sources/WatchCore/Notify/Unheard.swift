/// An alert of which nobody could be told so far.
public struct Unheard: Hashable, Sendable {
  public var role: String?
  /// When the first call was to go out.
  public var since: Timestamp
  /// What each channel said: `pager: HTTP 503`.
  public var why: [String]
  /// When the next attempt is made; nil: never again by itself.
  public var next: Timestamp?
  /// Beyond a passing failure: refused, no channel, a channel that failed twice running or
  /// that is left alone for more than five minutes.
  public var isSure: Bool
}

extension Picture {
  /// Nil: somebody was told, nobody was to be, or the first attempt is still under way.
  public func unheard(_ alert: Alert) -> Unheard? {
    let calls = alert.callsNow
    guard let first = calls.first, let last = calls.last, alert.isNew,
      !calls.contains(where: \.isAccepted)
    else { return nil }
    var unheard = Unheard(role: last.tell.role, since: first.at, why: [], isSure: true)
    for call in calls {
      if call.tell.channels.isEmpty { unheard.why.append("no channel for \(call.tell.to)") }
      for channel in call.tell.channels {
        guard let down = down(channel, call) else { return nil }
        unheard.isSure = unheard.isSure && down.isSure
        if !unheard.why.contains(down.why) { unheard.why.append(down.why) }
        if let next = down.next { unheard.next = min(next, unheard.next ?? next) }
      }
    }
    return unheard
  }

  private func down(
    _ channel: String, _ call: Telling
  ) -> (why: String, next: Timestamp?, isSure: Bool)? {
    let life = channels[channel] ?? ChannelLife()
    let isSure = life.failures > 1 || life.isShut
    let attempt = call.attempts[channel]
    switch attempt?.outcome {
    case .accepted: return nil
    case .ended: return ("\(channel): \(attempt?.detail ?? "refused")", nil, true)
    case .failed(let next):
      let isPutOff = attempt.map { next - $0.at > ChannelLife.passing } ?? false
      return ("\(channel): \(attempt?.detail ?? "failed")", next, isSure || isPutOff)
    case nil:
      guard life.failures > 0 else { return nil }
      return ("\(channel) does not answer", life.next, isSure)
    }
  }
}
