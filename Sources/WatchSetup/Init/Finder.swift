import CloudAPI
import Foundation
import WatchCore

/// Asks an account what there is to watch. It reads, and never writes; what is denied is said and
/// left out. Bounded: some five calls a region.
public struct Finder: Sendable {
  let client: AWSClient
  /// So far back Event history is looked into for activity.
  public static let lately = Duration.hours(7 * 24)
  /// Regions that are asked at once.
  private static let width = 6

  public init(client: AWSClient) {
    self.client = client
  }

  /// - Throws: where not even who asks can be found out: there is nothing to begin with.
  public func find(at now: Timestamp) async throws(AWSError) -> Findings {
    var findings = Findings(identity: try await client.callerIdentity())
    let home = try client.homeRegion()
    do {
      findings.alias = try await client.accountAliases().first
    } catch {
      findings.unseen.append("the account's alias: \(error.plain)")
    }
    do {
      findings.regions = try await client.enabledRegions(region: home)
    } catch {
      findings.unseen.append("the list of regions, so \(home) alone was looked at: \(error.plain)")
    }
    let regions = findings.regions ?? [home]
    let seen = await InTurns.run(regions, width: Self.width) { region in
      await self.look(region, now)
    }
    for one in seen { findings.add(one) }
    findings.trails = await InTurns.run(findings.trails, width: Self.width) { trail in
      await self.detailed(trail)
    }
    await findQueues(&findings, home)
    return findings
  }

  /// One region's answers, or why there are none.
  struct Seen: Sendable {
    var region: String
    var trails: [Trail] = []
    /// Nil: Event history could not be read.
    var isBusy: Bool?
    var unseen: [String] = []
  }

  /// Shadow trails too: an organization's trail shows in its members in no other way.
  private func look(_ region: String, _ now: Timestamp) async -> Seen {
    var seen = Seen(region: region)
    do throws(AWSError) {
      seen.trails = try await client.describeTrails(region: region)
    } catch {
      seen.unseen.append("trails in \(region): \(error.plain)")
    }
    do throws(AWSError) {
      let from = Date(timeIntervalSince1970: Double((now - Self.lately).millis) / 1000)
      let history = try await client.lookupEvents(
        region: region, attribute: .writeEvents, start: from, pageLimit: 1)
      seen.isBusy = !history.events.isEmpty
    } catch {
      seen.unseen.append("activity in \(region): \(error.plain)")
    }
    return seen
  }

  private func detailed(_ found: Findings.FoundTrail) async -> Findings.FoundTrail {
    var found = found
    let region = ARN(found.trail.arn)?.region ?? found.seenFrom
    found.isLogging = try? await client.trailStatus(
      arnOrName: found.trail.arn, region: region
    ).isLogging
    if let bucket = found.trail.s3BucketName {
      found.bucketRegion = try? await client.bucketRegion(bucket: bucket)
    }
    return found
  }

  /// EventBridge hands CloudTrail's events on in the region where they happen; those of the trails'
  /// own regions are asked.
  private func findQueues(_ findings: inout Findings, _ home: String) async {
    let homes = Set(findings.trails.compactMap { ARN($0.trail.arn)?.region } + [home])
    for region in homes.sorted() {
      do throws(AWSError) {
        findings.queues += try await client.queueURLs(region: region)
          .filter(Findings.soundsLikeOurs).sorted()
      } catch {
        findings.unseen.append("queues in \(region): \(error.plain)")
      }
    }
  }
}

extension Findings {
  mutating func add(_ seen: Finder.Seen) {
    for trail in seen.trails where !trails.contains(where: { $0.trail.arn == trail.arn }) {
      trails.append(FoundTrail(trail: trail, seenFrom: seen.region))
    }
    switch seen.isBusy {
    case true?: busy.append(seen.region)
    case false?: quiet.append(seen.region)
    case nil: break
    }
    unseen += seen.unseen
  }
}
