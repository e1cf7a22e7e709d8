import WatchCore

/// A mute withholds notifications and nothing else. That it holds is an alert of its own, of which the
/// security lead is told whatever is withheld: silence is what an attacker would ask for.
extension Engine {
  func mute(until: Timestamp, reason: String, by who: Operator) -> CommandAnswer {
    if let refusal = Mute.refusal(until: until, reason: reason, now: wall) {
      return .refused(refusal)
    }
    return .effects([.append([.mute(MuteMark(.begin, until: until, text: reason, by: who))])])
  }

  func unmute(by who: Operator) -> CommandAnswer {
    guard let mute = picture.mute(at: wall) else { return .refused("nothing is muted") }
    return .effects([.append([.mute(MuteMark(.end, of: mute.seq, by: who))])])
  }

  /// It ends by itself, also where no watch ran at its time.
  func muteEvents() -> [Event] {
    guard let mute = picture.mute, !mute.holds(at: wall) else { return [] }
    let text = mute.until <= wall ? "its time has come" : "the clock was set back under it"
    return [.mute(MuteMark(.end, of: mute.seq, text: text))]
  }

  func muteFindings() -> [Finding] {
    guard let mute = picture.mute(at: wall), let first = plan.sources.first?.id else { return [] }
    let source = SourceID(cloud: first.cloud, account: first.account, name: "watch")
    let text = "\(mute.text(at: mute.began)): \(mute.reason)"
    return [
      finding(
        .muted, source, subject: "entry \(mute.seq)", region: "global", failed: mute.began,
        what: text,
        evidence: [Evidence(at: mute.began, text: mute.reason, seen: "journal, entry \(mute.seq)")],
        cause: Cause(
          actor: mute.by.name, action: "mute", region: "global", at: mute.began,
          from: mute.by.ssh, subject: "until \(mute.until.iso)"))
    ]
  }

  /// The very mute that it is about has ended, or another has taken its place.
  func muteProof(_ alert: Alert) -> String? {
    if let mute = picture.mute, alert.subject == "entry \(mute.seq)" { return nil }
    if let mute = picture.mute { return "entry \(mute.seq) mutes in its place" }
    for entry in picture.recent.reversed() {
      guard case .mute(let mark) = entry.event, mark.what == .end else { continue }
      let who = mark.by.map { "ended by \($0.name)" } ?? "ended by itself"
      return "\(who) \(entry.at.clock(at: wall))"
    }
    return "ended"
  }

  /// Whether its notifications are withheld: not those of the mute itself, and not a call for help.
  func isMuted(_ alert: Alert) -> Bool { isMuted(alert, alert.news.act, of: alert.news.seq) }

  /// The same of a message that waits to be sent.
  func isMuted(_ alert: Alert, _ tell: Tell) -> Bool { isMuted(alert, tell.act, of: tell.of) }

  private func isMuted(_ alert: Alert, _ act: AlertNotification.Act, of seq: Int) -> Bool {
    guard alert.code != .muted, alert.code != .unreachable, picture.mute(at: wall) != nil else {
      return false
    }
    return act != .escalated || alert.entries.last { $0.seq == seq }?.event.by == nil
  }

  /// What would be told, as it stands in the journal while a mute holds.
  func withheld(_ event: Event, _ alert: Alert) -> Event {
    guard isMuted(alert), let mute = picture.mute, case .tell(let tell) = event,
      !tell.channels.isEmpty
    else { return event }
    return .withheld(Withheld(tell, mute: mute.seq))
  }
}
