import CloudAPI
import WatchCore

/// What CloudTrail says of one trail: its settings, and its status in every region of its scope.
///
/// GetTrailStatus speaks of one region a call, so each region is asked, by the trail's ARN. Errors
/// are absent where a request timed out: absence is passed on and proves nothing.
struct TrailProbe: Sendable {
  let facts: AccountFacts
  let plan: SourcePlan

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "aws.trail \(plan.id.text)", every: .seconds(60),
      permissions: [
        "cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus",
      ],
      paths: [path(facts.homeRegion(of: plan))], clock: clock, looks: looks)
  }

  private func path(_ region: String) -> PathID {
    PathID(source: plan.id, kind: .trail, region: region)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    let home = facts.homeRegion(of: plan)
    let last = await facts.lastTrail(plan)
    do throws(Blindness) {
      guard let trail = try await facts.trail(plan, at: now) else {
        let gone = Sighting.trail(TrailSighting(settings: nil, status: nil))
        return await lastScope(last, home).map { Look(path: path($0), result: .saw(gone)) }
      }
      return await looks(at: trail, home, now)
    } catch {
      return await lastScope(last, home).map { Look(path: path($0), result: .blind(error)) }
    }
  }

  private func looks(at trail: Trail, _ home: String, _ now: Timestamp) async -> [Look] {
    let place = AccountFacts.Place(arn: trail.arn, region: home)
    let selectors = try? await facts.selectors(place, at: now, maxAge: .zero)
    let settings = TrailSettings(trail, selectors: selectors)
    let scope = await facts.scope(of: trail, home: home, at: now)
    let looks = await inParallel(scope.regions) { region in
      Look(path: path(region), result: await look(settings, trail, region, now))
    }
    return looks + scope.unknown.map { Look(path: path($0.region), result: .blind($0.why)) }
  }

  private func look(
    _ settings: TrailSettings, _ trail: Trail, _ region: String, _ now: Timestamp
  ) async -> Look.Result {
    do throws(Blindness) {
      let place = AccountFacts.Place(arn: trail.arn, region: region)
      guard let status = try await facts.status(place, at: now) else {
        return .saw(.trail(TrailSighting(settings: nil, status: nil)))
      }
      let raw = RawTrail.text(trail, status)
      return .saw(
        .trail(TrailSighting(settings: settings, status: WatchCore.TrailStatus(status), raw: raw)))
    } catch {
      return .blind(error)
    }
  }

  /// Where the trail was last known to act.
  private func lastScope(_ last: Trail?, _ home: String) async -> [String] {
    guard let last, last.isMultiRegion == true else { return [home] }
    return Set(await facts.lastRegions() + [home]).sorted()
  }
}

extension AccountFacts {
  /// The watched regions that a trail acts in.
  struct Scope: Sendable {
    var regions: [String]
    /// Known from before, and not to be relied on now.
    var unknown: [(region: String, why: Blindness)] = []
  }

  func scope(of trail: Trail, home: String, at now: Timestamp) async -> Scope {
    guard trail.isMultiRegion == true else { return Scope(regions: [home]) }
    do throws(Blindness) {
      return Scope(regions: Set(try await regions(at: now) + [home]).sorted())
    } catch {
      let before = await lastRegions().filter { $0 != home }
      return Scope(regions: [home], unknown: before.map { ($0, error) })
    }
  }
}
