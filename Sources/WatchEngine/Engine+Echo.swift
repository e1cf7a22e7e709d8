import WatchCore

extension Engine {
  /// The first echo is still under way: there is nothing to be said of the path, good or bad.
  func isUnderWay(_ look: Look) -> Bool {
    guard case .saw(.echo(let echo)) = look.result, echo.off == nil else { return false }
    return echo.ends.allSatisfy { $0.returned == nil && $0.owed == nil && $0.blind == nil }
  }

  /// What became of the watch's own audited calls. The echo's path lives while any end gives them
  /// back; an end that does not makes *that* path silent, where nothing else has come by it either.
  mutating func take(_ echo: EchoSighting, on path: PathID) {
    knowledge.echoes[path] = echo
    let off = sourcePlan(path.source)?.off
    knowledge.heartbeats[path]?.off = off ?? echo.off
    let ends = echo.off == nil ? echo.ends : []
    for leg in ends { tell(leg, of: path) }
    if echo.off != nil {
      for id in echoed(by: path) { knowledge.heartbeats[id]?.owes(echo: nil) }
    }
    let seen = ends.filter { $0.blind == nil }
    let owed = seen.compactMap(\.owed)
    let why = ends.compactMap(\.blind).first
    if let why, owed.isEmpty {
      couldNotLook(path, why)
      return
    }
    let newest = seen.compactMap(\.arrived).max()
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: newest)
    knowledge.events[path] = seen.compactMap(\.returned).max()
    if let record = seen.max(by: { ($0.arrived?.millis ?? 0) < ($1.arrived?.millis ?? 0) })?.record
    {
      knowledge.records[path] = record
    }
    knowledge.heartbeats[path]?.witnessed(
      at: lookedAt, activity: seen.compactMap(\.waiting).max().map { [$0] } ?? [])
    if let since = owed.min(), owed.count == seen.count {
      knowledge.heartbeats[path]?.fails("no echo has come back", since: since, as: .silent)
    } else {
      knowledge.heartbeats[path]?.works(since: Timestamp(millis: 0))
    }
  }

  /// What an end says of the path that leads there.
  private mutating func tell(_ leg: EchoLeg, of path: PathID) {
    guard leg.blind == nil else { return }
    for id in echoed(by: path) where id.kind == leg.kind {
      knowledge.heartbeats[id]?.owes(echo: leg.owed)
      if let arrived = leg.arrived, let expectation = knowledge.heartbeats[id]?.expectation {
        knowledge.heartbeats[id]?.vouched(
          by: "echo", at: arrived, until: arrived + expectation.limit)
      }
    }
  }

  /// The paths that our own calls of a region come out by; in an organization's bucket those of the
  /// account that we call as.
  private func echoed(by path: PathID) -> [PathID] {
    let ends: [PathID] =
      if path.source.cloud == .aws {
        [
          PathID(source: path.source, kind: .s3, region: path.region, member: path.member),
          PathID(source: path.source, kind: .group, region: path.region),
        ]
      } else {
        paths([.activity, .archive, .entries, .export], of: path)
      }
    return ends.filter { knowledge.heartbeats[$0] != nil }
  }

  /// The ends of a source that a call is missing at, by their newest looks.
  func missingEchoes(_ source: SourceID) -> Set<PathKind> {
    let legs = knowledge.echoes.filter { $0.key.source == source }.values.flatMap(\.ends)
    return Set(legs.filter { $0.owed != nil }.map(\.kind))
  }
}

extension EchoSighting {
  /// The ends that the trail delivers to and that can be looked at: Event history is no end of the
  /// trail's, and what another account keeps is not ours to judge.
  var ends: [EchoLeg] {
    legs.filter { $0.kind != .history && $0.blind?.kind != .elsewhere }
  }
}
