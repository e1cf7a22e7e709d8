import CloudAPI
import WatchCore

/// Arrival in the trail's CloudWatch Logs group, by both ages: when the newest event came, and when
/// it happened. One path for each region that streams are named for.
///
/// It works beside GetTrailStatus's LatestCloudWatchLogsDeliveryTime, which is CloudTrail's own word
/// and not what the group holds. Where this probe looks, its looks alone make the path: a refused
/// FilterLogEvents is blind, whatever the status says. Events of more than 256 KB never come here, so
/// nothing is ever compared one to one with the bucket.
struct GroupProbe: Sendable {
  let facts: AccountFacts
  let plan: SourcePlan
  private let memory = GroupMemory()

  init(facts: AccountFacts, plan: SourcePlan) {
    self.facts = facts
    self.plan = plan
  }

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "aws.group \(plan.id.text)", every: .minutes(2),
      permissions: [
        "cloudtrail:DescribeTrails", "logs:DescribeLogStreams", "logs:FilterLogEvents",
      ], paths: [], needsRegions: false, clock: clock, looks: looks)
  }

  /// Streams that are searched at most for one region: FilterLogEvents takes no more.
  private static let streamLimit = 100
  /// A region whose streams got nothing for longer is none that the trail delivers from.
  private static let regionHolds = Duration.hours(48)
  private static let reach = Duration.hours(6)

  private func looks(at now: Timestamp) async -> [Look] {
    let home = facts.homeRegion(of: plan)
    do throws(Blindness) {
      let present = try await facts.trail(plan, at: now, maxAge: .minutes(2))
      // A trail that is gone leaves its group behind, and that still tells how old its newest is.
      guard let trail = await memory.trail(present) else { return [] }
      guard let arn = trail.logGroupARN else {
        return await memory.paths.map {
          Look(
            path: $0, result: .blind(Blindness(kind: .unset, detail: "trail has no log group")))
        }
      }
      guard let group = TrailGroup(arn) else {
        throw Blindness(kind: .unreadable, detail: "DescribeTrails: not a log group's ARN")
      }
      if let caller = await facts.caller(at: now), caller.account != group.account {
        throw Blindness(kind: .elsewhere, detail: "log group of account \(group.account)")
      }
      return try await looks(at: group, home, isMultiRegion: trail.isMultiRegion == true, now)
    } catch {
      let known = await memory.paths
      // Before the first look nobody knows whether there is a group at all.
      guard await memory.hasGroup else { return [] }
      return (known.isEmpty ? [path(home)] : known).map { Look(path: $0, result: .blind(error)) }
    }
  }

  private func path(_ region: String) -> PathID {
    PathID(source: plan.id, kind: .group, region: region)
  }

  private func looks(
    at group: TrailGroup, _ home: String, isMultiRegion: Bool, _ now: Timestamp
  ) async throws(Blindness) -> [Look] {
    let streams = try await streams(of: group, now)
    var regions: Set<String> = [home]
    if isMultiRegion {
      for stream in streams {
        guard let region = TrailGroup.region(ofStream: stream.name),
          let last = stream.lastEvent.flatMap({ Timestamp($0) }), now - last < Self.regionHolds
        else { continue }
        regions.insert(region)
      }
      regions.formUnion(await memory.paths.map(\.region))
    }
    let reader = GroupReader(client: facts.client, group: group)
    return await inParallel(regions.sorted(), width: 4) { region in
      let own = streams.filter { TrailGroup.region(ofStream: $0.name) == region }
      return await look(region, own, reader, now)
    }
  }

  /// The group's streams; asked for anew where something is late, since new streams begin at will.
  private func streams(
    of group: TrailGroup, _ now: Timestamp
  ) async throws(Blindness) -> [GroupStream] {
    let period = plan.expectation(.group)?.period ?? .minutes(10)
    if let known = await memory.streams(at: now, period: period) { return known }
    let (streams, _) = try await blindly { () async throws(AWSError) in
      try await facts.client.logStreams(group: group.name, region: group.region, pageLimit: 4)
    }
    let own = streams.filter { TrailGroup.region(ofStream: $0.name) != nil }
    await memory.keep(own, at: now)
    return own
  }

  private func look(
    _ region: String, _ streams: [GroupStream], _ reader: GroupReader, _ now: Timestamp
  ) async -> Look {
    let path = path(region)
    let before = await memory.newest(path)
    let name = PlainLine.make(reader.group.name, limit: 512)
    guard !streams.isEmpty else {
      await memory.keep(nil, path)
      let arrival = Arrival(
        newest: before?.arrived, newestEvent: before?.event, record: before?.stream, name: name)
      return Look(path: path, result: .saw(.arrival(arrival)))
    }
    do throws(Blindness) {
      let found = try await newest(streams, before, reader, now)
      let newest = await memory.keep(found.newest, path)
      let arrival = Arrival(
        newest: newest?.arrived, newestEvent: newest?.event ?? newest?.stamp,
        record: newest?.stream, count: found.count, name: name, futureDated: found.futureDated)
      return Look(path: path, result: .saw(.arrival(arrival)))
    } catch {
      await memory.keep(nil, path)
      return Look(path: path, result: .blind(error))
    }
  }

  /// The stretch that counts; further back only where it holds nothing.
  private func newest(
    _ streams: [GroupStream], _ before: GroupRecord?, _ reader: GroupReader, _ now: Timestamp
  ) async throws(Blindness) -> GroupReader.Found {
    let expectation = plan.expectation(.group) ?? .minutes(10, 10)
    let names = streams.prefix(Self.streamLimit).map(\.name)
    let start = now - expectation.limit
    var found = try await reader.newest(
      in: names, from: start, to: now + FolderLister.tolerance, at: now)
    guard found.newest == nil, before.map({ now - $0.arrived > expectation.period }) ?? true else {
      return found
    }
    let told = GroupRecord(newestOf: streams, at: now)
    let floor = max(now - .hours(24), told.map { $0.stamp - .minutes(1) } ?? now - .hours(24))
    let from = before.map { max($0.stamp, now - Self.reach) } ?? floor
    if from < start {
      let older = try await reader.newest(in: names, from: from, to: start, at: now)
      found.newest = older.newest
      found.futureDated += older.futureDated
    }
    if found.newest == nil, before == nil { found.newest = told }
    return found
  }
}

extension GroupRecord {
  /// As the streams' descriptions tell it: late, but never too young.
  fileprivate init?(newestOf streams: [GroupStream], at now: Timestamp) {
    let told = streams.compactMap { stream -> GroupRecord? in
      guard let stamp = stream.lastEvent.flatMap({ Timestamp($0) }),
        let arrived = stream.lastIngestion.flatMap({ Timestamp($0) }),
        arrived <= now + FolderLister.tolerance
      else { return nil }
      return GroupRecord(stream: stream.name, arrived: arrived, stamp: stamp)
    }
    guard let newest = told.max(by: { $0.arrived < $1.arrived }) else { return nil }
    self = newest
  }
}

/// What earlier looks at one trail's group found.
private actor GroupMemory {
  private var lastTrail: Trail?
  private var known: [PathID: GroupRecord?] = [:]
  private var told: (streams: [GroupStream], at: Timestamp)?

  func trail(_ present: Trail?) -> Trail? {
    if let present { lastTrail = present }
    return lastTrail
  }

  var hasGroup: Bool { lastTrail?.logGroupARN != nil }
  var paths: [PathID] { known.keys.sorted() }

  func newest(_ path: PathID) -> GroupRecord? { known[path] ?? nil }

  @discardableResult
  func keep(_ record: GroupRecord?, _ path: PathID) -> GroupRecord? {
    let before = known[path] ?? nil
    let newest = [before, record].compactMap { $0 }.max { $0.arrived < $1.arrived }
    known[path] = .some(newest)
    return newest
  }

  func keep(_ streams: [GroupStream], at now: Timestamp) { told = (streams, now) }

  /// The streams as they were told, where that is good enough: not long ago, and every path that has
  /// any has had something since.
  func streams(at now: Timestamp, period: Duration) -> [GroupStream]? {
    guard let told, told.at <= now, now - told.at < .minutes(15), !told.streams.isEmpty,
      known.values.allSatisfy({ $0.map { now - $0.arrived <= period } ?? false })
    else { return nil }
    return told.streams
  }
}
