import CloudAPI
import WatchCore

/// Whether what happens in a region would be recorded: every watched region with the trails that
/// cover it, and where none does, whether anybody works there.
struct RegionProbe: Sendable {
  let facts: AccountFacts

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "aws.regions aws/\(facts.account.name)", every: .seconds(60),
      permissions: [
        "cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus",
        "cloudtrail:LookupEvents",
      ],
      paths: Set(facts.account.regions ?? facts.anchors).sorted().map(path), clock: clock,
      looks: looks)
  }

  private func path(_ region: String) -> PathID {
    PathID(
      source: AWSProbes.regionsSource(facts.account.name), kind: .region, region: region)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    async let principal = facts.principal(at: now)
    let regions: [String]
    do throws(Blindness) {
      regions = try await facts.regions(at: now)
    } catch {
      let known = await facts.lastRegions()
      return Set(known + facts.anchors).sorted().map { Look(path: path($0), result: .blind(error)) }
    }
    let own = await principal
    return await inParallel(regions) { region in
      Look(path: path(region), result: await look(region, own, now))
    }
  }

  private func look(_ region: String, _ own: String?, _ now: Timestamp) async -> Look.Result {
    do throws(Blindness) {
      let trails = try await facts.trails(in: region, at: now, maxAge: .minutes(5))
      var sighting = RegionSighting(
        covering: try await covering(region, trails, now),
        trails: trails.map { $0.name ?? $0.arn }.sorted())
      guard sighting.covering.isEmpty else { return .saw(.region(sighting)) }
      let window = try await facts.history.value(region, at: now, maxAge: .seconds(50))
      let active = window.records.filter { $0.isActivity(own: own) }
      sighting.activity = active.count
      sighting.activeSince = active.last?.cause.at
      sighting.latest = active.first?.cause
      sighting.first = active.last?.cause
      sighting.readFrom = window.from
      return .saw(.region(sighting))
    } catch {
      return .blind(error)
    }
  }

  /// The trails that have the region in scope and are switched on there. One that cannot be asked
  /// does not matter where another one covers.
  private func covering(
    _ region: String, _ trails: [Trail], _ now: Timestamp
  ) async throws(Blindness) -> [String] {
    var covering: [String] = []
    var unknown: Blindness?
    for trail in trails {
      let home = TrailARN(trail.arn)?.homeRegion ?? trail.homeRegion
      guard trail.isMultiRegion == true || home == region else { continue }
      do throws(Blindness) {
        let place = AccountFacts.Place(arn: trail.arn, region: region)
        let status = try await facts.status(place, at: now, maxAge: .seconds(50))
        if status?.isLogging == true, try await keepsManagement(trail, home ?? region, now) {
          covering.append(trail.arn)
        }
      } catch {
        let why = await facts.placed(error, of: trail, at: now)
        if unknown == nil || unknown?.kind == .elsewhere { unknown = why }
      }
    }
    if covering.isEmpty, let unknown { throw unknown }
    return covering.sorted()
  }

  /// A trail for data events alone covers nothing that is done to the account. One whose selectors
  /// cannot be read may be such a one.
  private func keepsManagement(
    _ trail: Trail, _ home: String, _ now: Timestamp
  ) async throws(Blindness) -> Bool {
    let place = AccountFacts.Place(arn: trail.arn, region: home)
    do throws(Blindness) {
      return try await facts.selectors(place, at: now, maxAge: .minutes(15)).management != "none"
    } catch {
      var why = error
      // To a member account its organization's trail has none that it could read.
      if why.kind == .missing, trail.isOrganization == true { why.kind = .denied }
      throw why
    }
  }
}
