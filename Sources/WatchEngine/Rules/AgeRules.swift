import WatchCore

/// Late, silent and never: what the heartbeats say of paths that records should come by.
extension Engine {
  func ageFindings() -> [Finding] {
    knowledge.order.compactMap { path in
      guard path.kind.delivers, let heartbeat = knowledge.heartbeats[path],
        !heartbeat.state.isProven, isRequired(path), !awaitsCatchUp(heartbeat)
      else { return nil }
      switch heartbeat.state {
      case .late where heartbeat.isRecovering: return nil
      case .late: return aged(path, heartbeat, "late")
      case .silent: return aged(path, heartbeat, "silent")
      case .never where path.kind == .echo: return nil
      case .never: return never(path, heartbeat)
      default: return nil
      }
    }
  }

  /// When the watch itself did not run, nothing is called late before it has been looked at again.
  private func awaitsCatchUp(_ heartbeat: Heartbeat) -> Bool {
    guard let resumed, now - resumed < .minutes(2) else { return false }
    return heartbeat.lookedAt.map { $0 < resumed } ?? true
  }

  /// It failed at the boundary that it passed, and not when we noticed.
  private func aged(_ path: PathID, _ heartbeat: Heartbeat, _ word: String) -> Finding? {
    guard let stage = Engine.stage(path.kind) else { return nil }
    let expectation = heartbeat.expectation
    let learned = expectation?.usual.flatMap { usual in
      heartbeat.newest.map { "; \(usual.text(after: $0))" }
    }
    let expect = learned ?? expectation.map { " (\($0.text))" } ?? ""
    // Where the cloud itself says that it is old, what the path seems to hold counts less.
    let last =
      heartbeat.isFailing
      ? heartbeat.reason : "last \(heartbeat.newest.map { $0.shortClock(at: now) } ?? "never")"
    let label = pathLabel(path)
    let since = heartbeat.since.shortClock(at: now)
    let what =
      word == "silent"
      ? "SILENT since \(since): \(label), \(last)\(expect)"
      : "\(label) late since \(since), \(last)\(expect)"
    let record = heartbeat.isFailing ? heartbeat.since : heartbeat.newest ?? heartbeat.since
    return finding(
      path.source.cloud.code("\(stage).\(word)"), path.source, subject: path.text,
      region: path.region,
      failed: heartbeat.since, what: what,
      evidence: [
        Evidence(
          at: record,
          text: "\(last)\(expect): " + (knowledge.records[path] ?? heartbeat.reason),
          seen: "\(path.kind.label) \(path.region), \(heartbeat.goodLook?.clock ?? "not looked")")
      ] + measure(expectation, after: heartbeat.newest) + otherAge(path) + status(path),
      values: [(Alert.sinceKey, "\(record.date)T\(record.clock)")])
  }

  /// By what the age was judged, where that is more than period and grace.
  private func measure(_ expectation: Expectation?, after record: Timestamp?) -> [Evidence] {
    guard let text = expectation?.remark(after: record) else { return [] }
    return [Evidence(at: record ?? now, text: "judged by: \(text)", seen: "watch, \(now.clock)")]
  }

  /// When the newest record's event happened, where that is known: an event can be old when it comes.
  private func otherAge(_ path: PathID) -> [Evidence] {
    guard let event = knowledge.events[path] else { return [] }
    return [
      Evidence(
        at: event, text: "the newest record's event happened at \(event.clock(at: now))",
        seen: "\(path.kind.label) \(path.region), \(now.clock)")
    ]
  }

  /// The second witness of a path that is looked at itself: CloudTrail's own word.
  private func status(_ path: PathID) -> [Evidence] {
    guard knowledge.direct.contains(path),
      let status = knowledge.trails[path.source]?[path.region]?.status
    else { return [] }
    let told = path.kind == .digest ? status.digestDelivered : status.groupDelivered
    return [
      Evidence(
        at: told ?? now,
        text: "GetTrailStatus says: last delivered \(told?.clock(at: now) ?? "never")",
        seen: "status probe, \(now.clock)")
    ]
  }

  private func never(_ path: PathID, _ heartbeat: Heartbeat) -> Finding? {
    guard heartbeat.goodLook != nil,
      let due = heartbeat.expectation?.silent(after: heartbeat.began), now > due
    else { return nil }
    return finding(
      path.source.cloud.code("source.never"), path.source, subject: path.text, region: path.region,
      failed: due,
      what: "NEVER: \(pathLabel(path)), no record since \(heartbeat.began.shortClock(at: now))",
      evidence: [
        Evidence(
          at: heartbeat.began, text: "no record was ever seen on \(path.text)",
          seen: "\(path.kind.label) \(path.region), \(heartbeat.goodLook?.clock ?? "not looked")")
      ] + measure(heartbeat.expectation, after: nil),
      values: [(Alert.sinceKey, "\(heartbeat.began.date)T\(heartbeat.began.clock)")])
  }

  static func stage(_ kind: PathKind) -> String? {
    switch kind {
    case .s3: "delivery"
    case .digest: "digest"
    case .group: "group"
    case .activity, .archive: "activity"
    case .resource: "resource"
    case .entries, .export: "audit"
    case .trail, .echo, .history, .region, .posture, .queue, .setting: nil
    }
  }

  /// `S3 use1 us-east-1`
  func pathLabel(_ path: PathID) -> String {
    let name = knowledge.names[path] ?? path.source.name
    return "\(path.kind.label) \(name) \(path.region)" + (path.member.map { " \($0)" } ?? "")
  }
}
