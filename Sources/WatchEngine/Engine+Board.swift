import WatchCore

extension Engine {
  /// A region that nobody uses and no trail covers, and a path that is configured as optional, do
  /// not make their source bad.
  func isRequired(_ path: PathID) -> Bool {
    if path.kind == .region, knowledge.heartbeats[path]?.state == .okQuiet { return false }
    return sourcePlan(path.source)?.optional.contains(path.kind) != true
  }

  /// Every path as it stands, by name.
  public func paths() -> [PathStatus] {
    knowledge.order.compactMap { path in
      guard let heartbeat = knowledge.heartbeats[path] else { return nil }
      return PathStatus(
        id: path, state: heartbeat.state, since: heartbeat.since, newest: heartbeat.newest,
        newestEvent: knowledge.events[path], count: knowledge.counts[path],
        looked: heartbeat.lookedAt, proven: heartbeat.goodLook,
        expectation: heartbeat.expectation,
        judgedBy: heartbeat.expectation?.remark(after: heartbeat.newest),
        required: isRequired(path), reason: heartbeat.reason,
        name: knowledge.names[path] ?? "", history: heartbeat.changes)
    }
  }

  public func clouds() -> [CloudStatus] {
    let all = paths()
    return Cloud.allCases.map { cloud in
      CloudStatus(
        cloud: cloud, accounts: plan.accounts.filter { $0.cloud == cloud }.map(\.name),
        paths: all.filter { $0.id.source.cloud == cloud }, open: picture.open(on: cloud)
      ).unlessNothingRecords(picture)
    }
  }
}

extension CloudStatus {
  /// Where an account has nothing at all that records, quiet regions are no good news.
  public func unlessNothingRecords(_ picture: Picture) -> CloudStatus {
    let alerts = picture.open.filter {
      $0.code == "aws.trail.none" && $0.source.cloud == cloud && $0.clearedAt == nil
    }
    guard state.isProven || state == .off, let since = alerts.map(\.failed).min() else {
      return self
    }
    var status = self
    (status.state, status.since) = (.notSetUp, since)
    return status
  }
}
