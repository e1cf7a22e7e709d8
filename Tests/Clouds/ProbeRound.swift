import CloudAPI
import Foundation
import WatchCore
import WatchProbes

/// The probes of one account over real HTTP, each looked through once in a round, as the watch does.
struct ProbeRound: Sendable {
  let probes: [Probe]
  let gap: GapProbe

  init(
    _ estate: CloudEstate, regions: [String]? = nil, user: String = "watchkeeper",
    backoff: Backoff = CloudClient.hasty, echo: SourcePlan.Echo = .off
  ) throws {
    let cloud = try CloudClient(estate.server)
    let client = cloud.client(variables: cloud.keys(user), backoff: backoff)
    let account = CloudAccount(cloud: .aws, name: "prod", regions: regions)
    let source = SourceID(cloud: .aws, account: "prod", name: "main")
    let plans = [SourcePlan(id: source, trail: estate.trail, echo: echo)]
    probes = AWSProbes.make(account: account, sources: plans, client: client)
    gap = AWSProbes.gap(account: account, sources: plans, client: client)
  }

  /// All looks of a round: the probes run side by side.
  func look(at now: Timestamp = .now) async -> Looks {
    await withTaskGroup(of: [Look].self) { group in
      for probe in probes {
        group.addTask { await probe.look(now).looks }
      }
      var all: [Look] = []
      for await looks in group { all += looks }
      return Looks(all: all)
    }
  }
}

/// What a round saw, by path.
struct Looks: Sendable {
  var all: [Look]

  func regions(_ kind: PathKind) -> [String] {
    all.filter { $0.path.kind == kind }.map(\.path.region).sorted()
  }

  /// `KIND REGION REASON` of every path that could not be seen.
  var blind: [String] {
    all.compactMap { look in
      guard case .blind(let why) = look.result else { return nil }
      return "\(look.path.kind.rawValue) \(look.path.region) \(why.kind.rawValue)"
    }.sorted()
  }

  func trail(_ region: String) -> TrailSighting? {
    if case .trail(let seen) = sighting(.trail, region) { seen } else { nil }
  }

  func arrival(_ region: String) -> Arrival? {
    if case .arrival(let seen) = sighting(.s3, region) { seen } else { nil }
  }

  func history(_ region: String) -> HistorySighting? {
    if case .history(let seen) = sighting(.history, region) { seen } else { nil }
  }

  func region(_ region: String) -> RegionSighting? {
    if case .region(let seen) = sighting(.region, region) { seen } else { nil }
  }

  private func sighting(_ kind: PathKind, _ region: String) -> Sighting? {
    let look = all.first { $0.path.kind == kind && $0.path.region == region }
    if case .saw(let sighting) = look?.result { return sighting }
    return nil
  }
}

extension Timestamp {
  static var now: Timestamp {
    Timestamp(millis: Int64(Date().timeIntervalSince1970 * 1000))
  }
}
