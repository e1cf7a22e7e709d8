import WatchCore

extension Engine {
  /// Takes what a probe saw into what is known.
  mutating func take(_ report: ProbeReport) {
    let answered = report.looks.contains { if case .saw = $0.result { true } else { false } }
    if let skew = report.clockSkew, answered { clock.measured(skew: skew, at: wall) }
    // What was seen is as old as the asking: an answer may have been under way for long.
    lookedAt = min(report.began, now)
    for look in report.looks {
      forgetWhole(look.path)
      if !isUnderWay(look) { touch(look.path) }
      switch look.result {
      case .blind(let why): blind(look.path, why)
      case .saw(.arrival(let arrival)): take(arrival, on: look.path)
      case .saw(.trail(let trail)): take(trail, on: look.path)
      case .saw(.history(let history)): take(history, on: look.path)
      case .saw(.region(let region)): take(region, on: look.path)
      case .saw(.echo(let echo)): take(echo, on: look.path)
      case .saw(.posture(let posture)): take(posture, on: look.path)
      case .saw(.queue(let queue)): take(queue, on: look.path)
      case .saw(.settings(let settings)): take(settings, on: look.path)
      }
    }
  }

  /// An organization's trail delivers for each member by itself: once that is known, the path that
  /// stood for all of them is none.
  private mutating func forgetWhole(_ path: PathID) {
    guard path.member != nil, path.kind.delivers else { return }
    var whole = path
    whole.member = nil
    guard knowledge.heartbeats.removeValue(forKey: whole) != nil else { return }
    knowledge.drop(whole)
    knowledge.spots[Spot(whole)]?.removeAll { $0 == whole }
  }

  /// The last look of an earlier watch counts, where it failed too.
  mutating func couldNotLook(_ path: PathID, _ why: Blindness) {
    guard let heartbeat = knowledge.heartbeats[path] else { return }
    if heartbeat.lookedAt == nil, let before = earlier[path], before.state == .blind {
      knowledge.heartbeats[path]?.couldNotLook(at: min(before.since, now), why)
    }
    knowledge.heartbeats[path]?.couldNotLook(at: now, why)
  }

  private mutating func blind(_ path: PathID, _ why: Blindness) {
    if why.kind == .elsewhere {
      liesElsewhere(path, why)
      return
    }
    if why.kind == .unset || why.kind == .undecided {
      isNotJudged(path, why)
      return
    }
    looksItself(path)
    couldNotLook(path, why)
    if path.kind == .history {
      for id in witnessed(by: path) { knowledge.heartbeats[id]?.witnessFailed() }
    }
    guard path.kind == .trail else { return }
    for dependent in [PathKind.digest, .group] {
      let id = PathID(source: path.source, kind: dependent, region: path.region)
      if !knowledge.direct.contains(id) { couldNotLook(id, why) }
    }
  }

  private mutating func take(_ arrival: Arrival, on path: PathID) {
    looksItself(path)
    learn(path, newest: arrival.newest)
    // Of these the event is the newest of all that came, and not one record's own.
    let event = [.activity, .export].contains(path.kind) ? arrival.newestEvent : nil
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: arrival.newest, event: event)
    knowledge.counts[path] = arrival.count
    if let event = arrival.newestEvent { knowledge.events[path] = event }
    if path.kind == .digest { vouch(arrival, by: path) }
    if let record = arrival.record { knowledge.records[path] = record }
    if !arrival.name.isEmpty { knowledge.names[path] = arrival.name }
  }

  private mutating func take(_ history: HistorySighting, on path: PathID) {
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: history.latest?.at)
    for change in history.changes { take(change) }
    knowledge.histories[path.place] = (lookedAt, history.activity)
    for id in witnessed(by: path) {
      knowledge.heartbeats[id]?.witnessed(at: lookedAt, activity: history.activity)
    }
  }

  /// The paths that owe records of what Event history holds of a region.
  private func witnessed(by history: PathID) -> [PathID] {
    knowledge.heartbeats.keys.filter {
      $0.source.account == history.source.account && $0.source.cloud == history.source.cloud
        && $0.region == history.region && $0.kind.isOwedHistory
    }
  }

  private mutating func take(_ region: RegionSighting, on path: PathID) {
    if let listed = region.listed { keep(listed, of: path.source) }
    knowledge.regions[path.source, default: [:]][path.region] = region
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: region.latest?.at)
    if !region.covering.isEmpty {
      knowledge.forget("\(path.text) covered")
      knowledge.heartbeats[path]?.works(since: now)
    } else if let stopped = stoppedTrail(over: path.region, of: path.source.account) {
      knowledge.heartbeats[path]?.fails("its trail is off", since: stopped)
    } else if isWatched(path) {
      // Its own source says what is wrong with its settings: nobody forgot it.
      let noticed = knowledge.firstNotice("\(path.text) covered", at: now)
      let since = settingsFail(path, by: noticed) ?? noticed
      knowledge.heartbeats[path]?.fails(Self.uncarried, since: since)
    } else if region.activity > 0 {
      knowledge.heartbeats[path]?.fails(
        path.source.cloud == .aws ? "in use, no trail" : "in use, not watched",
        since: region.activeSince ?? now, as: .notSetUp)
    } else {
      knowledge.heartbeats[path]?.fails("not in use", since: now, as: .okQuiet)
    }
  }

  /// What a list that was read does not have is not there to be looked at any more, or not for us.
  private mutating func keep(_ listed: [String], of source: SourceID) {
    knowledge.listed[source] = lookedAt
    let there = Set(listed.map { PathID(source: source, kind: .region, region: $0) })
    let gone = knowledge.heartbeats.keys.filter {
      $0.source == source && $0.kind == .region && !there.contains($0)
    }
    for path in gone {
      knowledge.heartbeats[path] = nil
      knowledge.drop(path)
      knowledge.spots[Spot(path)]?.removeAll { $0 == path }
      knowledge.regions[source]?[path.region] = nil
    }
  }

  /// Since when a watched trail that has the region in its scope does not log: the region is then
  /// that trail's trouble, and no forgotten one. The first look at the trail may still be under way.
  private func stoppedTrail(over region: String, of account: String) -> Timestamp? {
    for source in plan.sources where source.id.account == account && source.off == nil {
      let settings = knowledge.settings(source.id)
      let home = settings?.homeRegion ?? source.homeRegion
      guard home == region || settings?.multiRegion == true, let home else { continue }
      let path = PathID(source: source.id, kind: .trail, region: home)
      guard settings?.management != "none" else { continue }
      let heartbeat = knowledge.heartbeats[path]
      return heartbeat?.state == .failing ? heartbeat?.since : now
    }
    return nil
  }

  private mutating func take(_ sighting: TrailSighting, on path: PathID) {
    knowledge.trails[path.source, default: [:]][path.region] = sighting
    knowledge.heartbeats[path]?.looked(at: lookedAt, newest: sighting.status?.delivered)
    guard let settings = sighting.settings, let status = sighting.status else {
      let since = knowledge.firstNotice("\(path.text) gone", at: now)
      fail([.trail, .s3, .digest, .group], of: path, "trail deleted", since: since)
      return
    }
    knowledge.names[path] = settings.name
    shows(settings, path)
    take(status, settings, on: path)
  }
}
