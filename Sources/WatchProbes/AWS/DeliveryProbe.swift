import CloudAPI
import WatchCore

/// The newest log object that a trail has put into its bucket, per account and region.
struct DeliveryProbe: Sendable {
  let facts: AccountFacts
  let plan: SourcePlan
  private let folders = LogFolders()

  init(facts: AccountFacts, plan: SourcePlan) {
    self.facts = facts
    self.plan = plan
  }

  func probe(_ clock: ProbeClock) -> Probe {
    let home = PathID(source: plan.id, kind: .s3, region: facts.homeRegion(of: plan))
    return facts.probe(
      id: "aws.s3 \(plan.id.text)", every: .minutes(5),
      permissions: ["cloudtrail:DescribeTrails", "s3:ListBucket"], paths: [home], clock: clock,
      looks: looks)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    let home = facts.homeRegion(of: plan)
    do throws(Blindness) {
      // A trail that is gone leaves its folders behind, and they still tell how old the last is.
      let present = try await facts.trail(plan, at: now, maxAge: .minutes(2))
      guard let trail = await folders.trail(present) else {
        return await blind(home, Blindness(kind: .missing, detail: "DescribeTrails: no such trail"))
      }
      guard let bucket = trail.s3BucketName else {
        return await blind(home, Blindness(kind: .unreadable, detail: "DescribeTrails: no bucket"))
      }
      return await looks(at: trail, bucket, home, now)
    } catch {
      return await blind(home, error)
    }
  }

  /// Every path that was ever reported, and the home region's where none of it was.
  private func blind(_ home: String, _ why: Blindness) async -> [Look] {
    let known = await folders.paths
    let paths = known.isEmpty ? [PathID(source: plan.id, kind: .s3, region: home)] : known
    return paths.map { Look(path: $0, result: .blind(why)) }
  }

  private func looks(
    at trail: Trail, _ bucket: String, _ home: String, _ now: Timestamp
  ) async -> [Look] {
    let scope = await facts.scope(of: trail, home: home, at: now)
    let lister = FolderLister(client: facts.client, bucket: bucket, region: home)
    let owner = TrailARN(trail.arn)?.account ?? ""
    do throws(Blindness) {
      let members =
        trail.isOrganization == true
        ? try await lister.members(prefix: trail.s3KeyPrefix) : []
      let owners = members.isEmpty ? [LogMember(organization: nil, account: owner)] : members
      let places = owners.flatMap { member in
        scope.regions.map { region in
          LogPlace(
            path: path(region, members.isEmpty ? nil : member.account),
            layout: LogLayout(
              prefix: trail.s3KeyPrefix, organization: member.organization,
              account: member.account, region: region))
        }
      }
      let name = trail.name ?? plan.id.name
      let seen = await inParallel(places) { place in
        await look(place, lister, trail, name: name, now)
      }
      return seen + scope.unknown.map { Look(path: path($0.region, nil), result: .blind($0.why)) }
    } catch {
      return await blind(home, await facts.placed(error, of: trail, at: now))
    }
  }

  private func path(_ region: String, _ member: String?) -> PathID {
    PathID(source: plan.id, kind: .s3, region: region, member: member)
  }

  private func look(
    _ place: LogPlace, _ lister: FolderLister, _ trail: Trail, name: String, _ now: Timestamp
  ) async -> Look {
    let before = await folders.newest(place)
    do throws(Blindness) {
      let found = try await lister.newest(place.layout, after: before, at: now)
      let newest = await folders.keep(found.newest, place)
      let arrival = Arrival(
        newest: newest?.modified, record: newest?.key, count: found.count, name: name,
        futureDated: found.futureDated)
      return Look(path: place.path, result: .saw(.arrival(arrival)))
    } catch {
      await folders.keep(nil, place)
      let why = await facts.placed(error, of: trail, at: now)
      return Look(path: place.path, result: .blind(why))
    }
  }
}

/// Whose logs an organization's trail keeps.
struct LogMember: Hashable, Sendable {
  var organization: String?
  var account: String
}

/// One path and where its objects lie.
struct LogPlace: Hashable, Sendable {
  var path: PathID
  var layout: LogLayout
}

/// A log object as it was found.
struct LogObject: Hashable, Sendable {
  var key: String
  /// The minute in its name.
  var stamp: Timestamp
  /// LastModified, by S3's clock.
  var modified: Timestamp
}

/// The newest object ever seen in each folder, so that later looks read little.
actor LogFolders {
  private var known: [LogPlace: LogObject?] = [:]
  private var lastTrail: Trail?

  /// The trail as it is, or as it was last.
  func trail(_ present: Trail?) -> Trail? {
    if let present { lastTrail = present }
    return lastTrail
  }

  var paths: [PathID] { Set(known.keys.map(\.path)).sorted() }

  func newest(_ place: LogPlace) -> LogObject? { known[place] ?? nil }

  /// Keeps it if it is newer than what is known, and says what is the newest now.
  @discardableResult
  func keep(_ object: LogObject?, _ place: LogPlace) -> LogObject? {
    let before = known[place] ?? nil
    let newest = [before, object].compactMap { $0 }.max { $0.modified < $1.modified }
    known[place] = .some(newest)
    return newest
  }
}
