import WatchCore

/// What came of telling the dead man's switch outside that the watch lives.
public enum DeadManAnswer: Hashable, Sendable {
  case heard
  /// Why not; never holds the URL.
  case unheard(String)
}

/// How the dead man's switch outside has answered so far.
struct DeadManLife: Hashable, Sendable {
  var failures = 0
  var since: Timestamp?
  var why = ""
  var heard: Timestamp?
}

/// `watch.unheard`: when the switch hears nothing it says that the watch is gone, and if it does not
/// hear for long nobody believes it any more. Two failures running, as for a look.
extension Engine {
  static let unheard: FailureCode = "watch.unheard"

  mutating func take(_ answer: DeadManAnswer) {
    switch answer {
    case .heard:
      if deadMan.failures > 0 { knowledge.remarks.append("the dead man's switch hears us again") }
      deadMan = DeadManLife(heard: now)
    case .unheard(let why):
      deadMan.failures += 1
      deadMan.since = deadMan.since ?? now
      deadMan.why = why
      if deadMan.failures == 1 {
        knowledge.remarks.append("the dead man's switch did not hear us: \(why)")
      }
    }
  }

  func deadManFindings() -> [Finding] {
    guard plan.deadMan != nil, deadMan.failures >= 2, let since = deadMan.since,
      let first = plan.sources.first?.id
    else { return [] }
    let source = SourceID(cloud: first.cloud, account: first.account, name: "watch")
    return [
      finding(
        Engine.unheard, source, region: "global", failed: since,
        what: "UNHEARD: the dead man's switch outside does not hear this watch",
        evidence: [Evidence(at: since, text: deadMan.why, seen: "watch, \(wall.clock)")])
    ]
  }

  /// It was heard after the alert, or nobody wants it to be any more.
  func heardProof(_ alert: Alert) -> String? {
    if plan.deadMan == nil { return "no dead man's switch is configured any more" }
    guard let heard = deadMan.heard, heard > alert.detected else { return nil }
    return "heard \(heard.clock)"
  }
}
