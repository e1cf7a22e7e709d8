import CloudAPI
import WatchCore

/// The newest signed digest that a trail has put into its bucket, per account and region: delivered
/// every hour, also when nothing happened. So a region from which nothing comes is told from one
/// that is cut, without Event history.
///
/// By both ages: when the object arrived, and the end of its hour, which its name tells. Its content is
/// not read. Keys of one trail and region sort by time over all days: a look asks for what comes after
/// the newest that is known, which is one call.
struct DigestProbe: Sendable {
  let facts: AccountFacts
  let plan: SourcePlan
  private let memory = DigestMemory()

  init(facts: AccountFacts, plan: SourcePlan) {
    self.facts = facts
    self.plan = plan
  }

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "aws.digest \(plan.id.text)", every: .minutes(5),
      permissions: ["cloudtrail:DescribeTrails", "s3:ListBucket"], paths: [], clock: clock,
      looks: looks)
  }

  /// One path and where its digests lie.
  private struct Place: Hashable, Sendable {
    var path: PathID
    var layout: DigestLayout
  }

  /// How far back a first look goes, step by step: one digest an hour makes 24 keys a day.
  private static let reaches: [Duration] = [.hours(3), .hours(48), .hours(40 * 24)]

  private func looks(at now: Timestamp) async -> [Look] {
    do throws(Blindness) {
      let present = try await facts.trail(plan, at: now, maxAge: .minutes(2))
      guard let trail = await memory.trail(present) else { return [] }
      guard trail.validatesLogFiles == true else {
        return await memory.paths.map {
          Look(
            path: $0,
            result: .blind(Blindness(kind: .unset, detail: "log file validation is off")))
        }
      }
      guard let bucket = trail.s3BucketName else {
        throw Blindness(kind: .unreadable, detail: "DescribeTrails: no bucket")
      }
      return await looks(at: trail, bucket, now)
    } catch {
      return await blind(error)
    }
  }

  /// Every path that was ever reported, and the home region's where none of it was; before the first
  /// look nobody knows whether there are digests at all.
  private func blind(_ why: Blindness) async -> [Look] {
    guard await memory.hasDigests else { return [] }
    let known = await memory.paths
    let paths = known.isEmpty ? [path(facts.homeRegion(of: plan), nil)] : known
    return paths.map { Look(path: $0, result: .blind(why)) }
  }

  private func path(_ region: String, _ member: String?) -> PathID {
    PathID(source: plan.id, kind: .digest, region: region, member: member)
  }

  private func looks(at trail: Trail, _ bucket: String, _ now: Timestamp) async -> [Look] {
    let home = facts.homeRegion(of: plan)
    let scope = await facts.scope(of: trail, home: home, at: now)
    let owner = TrailARN(trail.arn)?.account ?? ""
    let name = trail.name ?? TrailARN(trail.arn)?.name ?? plan.id.name
    do throws(Blindness) {
      let members = try await members(of: trail, bucket, home, now)
      let owners = members.isEmpty ? [LogMember(organization: nil, account: owner)] : members
      let places = owners.flatMap { member in
        scope.regions.map { region in
          Place(
            path: path(region, members.isEmpty ? nil : member.account),
            layout: DigestLayout(
              prefix: trail.s3KeyPrefix, organization: member.organization,
              account: member.account, region: region, trail: name, homeRegion: home))
        }
      }
      let seen = await inParallel(places) { place in
        await look(place, bucket, trail, name: name, now)
      }
      return seen + scope.unknown.map { Look(path: path($0.region, nil), result: .blind($0.why)) }
    } catch {
      return await blind(await facts.placed(error, of: trail, at: now))
    }
  }

  private func members(
    of trail: Trail, _ bucket: String, _ home: String, _ now: Timestamp
  ) async throws(Blindness) -> [LogMember] {
    guard trail.isOrganization == true else { return [] }
    if let known = await memory.members(at: now) { return known }
    let lister = FolderLister(client: facts.client, bucket: bucket, region: home)
    let members = try await lister.members(prefix: trail.s3KeyPrefix)
    await memory.keep(members, at: now)
    return members
  }

  private func look(
    _ place: Place, _ bucket: String, _ trail: Trail, name: String, _ now: Timestamp
  ) async -> Look {
    do throws(Blindness) {
      let found = try await newest(place, bucket, now)
      let known = await memory.keep(found.newest, place.path, searched: now)
      let arrival = Arrival(
        newest: known?.modified, newestEvent: known?.stamp, record: known?.key,
        count: found.count, name: name, futureDated: found.futureDated)
      return Look(path: place.path, result: .saw(.arrival(arrival)))
    } catch {
      await memory.note(place.path)
      let why = await facts.placed(error, of: trail, at: now)
      return Look(path: place.path, result: .blind(why))
    }
  }

  private func newest(
    _ place: Place, _ bucket: String, _ now: Timestamp
  ) async throws(Blindness) -> FolderLister.Found {
    if let known = await memory.newest(place.path) {
      return try await list(place, bucket, after: known.key, now)
    }
    var reaches = Self.reaches
    if let searched = await memory.searched(place.path) {
      reaches = [now - searched + .hours(3)]
    }
    for reach in reaches {
      let start = place.layout.start(now - reach)
      let found = try await list(place, bucket, after: start, now)
      if found.newest != nil { return found }
    }
    return FolderLister.Found()
  }

  private func list(
    _ place: Place, _ bucket: String, after start: String, _ now: Timestamp
  ) async throws(Blindness) -> FolderLister.Found {
    let home = place.layout.homeRegion
    let listing = try await blindly { () async throws(AWSError) in
      try await facts.client.listObjects(
        bucket: bucket, prefix: place.layout.base, startAfter: start, limitPages: 20, region: home)
    }
    if listing.isCut { throw .bound("ListObjectsV2: more than 20 pages in \(place.layout.base)") }
    let digests = listing.objects.compactMap { object -> LogObject? in
      // A name from the future would hide all that come before it.
      guard let stamp = place.layout.stamp(ofKey: object.key),
        stamp <= now + FolderLister.tolerance, let modified = Timestamp(object.lastModified)
      else { return nil }
      return LogObject(key: object.key, stamp: stamp, modified: modified)
    }
    return FolderLister.judge(digests, at: now)
  }
}

/// What earlier looks at one trail's digests found.
private actor DigestMemory {
  private var lastTrail: Trail?
  private var known: [PathID: LogObject?] = [:]
  private var searches: [PathID: Timestamp] = [:]
  private var told: (members: [LogMember], at: Timestamp)?

  func trail(_ present: Trail?) -> Trail? {
    if let present { lastTrail = present }
    return lastTrail
  }

  var hasDigests: Bool { lastTrail?.validatesLogFiles == true }
  var paths: [PathID] { known.keys.sorted() }

  func newest(_ path: PathID) -> LogObject? { known[path] ?? nil }
  func note(_ path: PathID) { known[path] = .some(known[path] ?? nil) }

  /// Up to when a look found that there is none at all.
  func searched(_ path: PathID) -> Timestamp? { searches[path] }

  /// The later one by arrival stays, and looks go on after it.
  func keep(_ digest: LogObject?, _ path: PathID, searched now: Timestamp) -> LogObject? {
    let before = known[path] ?? nil
    let newest = [before, digest].compactMap { $0 }.max { $0.modified < $1.modified }
    known[path] = .some(newest)
    searches[path] = now
    return newest
  }

  func members(at now: Timestamp) -> [LogMember]? {
    guard let told, told.at <= now, now - told.at < .minutes(30) else { return nil }
    return told.members
  }

  func keep(_ members: [LogMember], at now: Timestamp) { told = (members, now) }
}
