import WatchCore

/// `watch.clock`: our clock and the clouds' differ by more than a minute.
extension Engine {
  func clockFindings() -> [Finding] {
    guard clock.isOff, let source = plan.sources.first?.id else { return [] }
    let ahead = clock.offset < .zero
    let span = Duration.milliseconds(abs(clock.offset.millis)).text
    return [
      finding(
        "watch.clock", SourceID(cloud: source.cloud, account: source.account, name: "watch"),
        region: "global", failed: now,
        what: "CLOCK: ours is \(span) \(ahead ? "ahead of" : "behind") the cloud's",
        evidence: [
          Evidence(
            at: now, text: "our clock \(wall.iso), the cloud's \(now.iso)",
            seen: "Date of the cloud's answers")
        ])
    ]
  }
}
