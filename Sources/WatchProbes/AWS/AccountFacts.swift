import CloudAPI
import WatchCore

/// What all probes of one account share: discovered facts, asked for once and then remembered for
/// a while. What cannot be read is blind with its reason, never empty.
final class AccountFacts: Sendable {
  /// A trail as seen from one region.
  struct Place: Hashable, Sendable {
    var arn: String
    var region: String
  }

  let account: CloudAccount
  let client: AWSClient
  let pace: CallPace
  let history: Memo<String, HistoryWindow>
  /// Home regions of the configured trails: always looked at, whatever the list of regions says.
  let anchors: [String]

  /// The parts of the pipelines, as they were last seen.
  let known: KnownParts
  private let regionMemo: Memo<String, [String]>
  private let identityMemo: Memo<String, CallerIdentity>
  private let trailMemo: Memo<String, [Trail]>
  private let selectorMemo: Memo<Place, EventSelectors>
  private let statusMemo: Memo<Place, CloudAPI.TrailStatus?>

  init(
    account: CloudAccount, sources: [SourcePlan], client: AWSClient, clock: ProbeClock,
    parts: PartMemory = PartMemory()
  ) {
    known = parts.known
    self.account = account
    self.client = client
    pace = CallPace(clock: clock)
    history = .history(client: client, pace: pace)
    anchors = Self.anchors(account, sources, client)
    regionMemo = Memo { (region, _, _) async throws(Blindness) in
      try await blindly { () async throws(AWSError) in
        try await client.enabledRegions(region: region)
      }
    }
    identityMemo = Memo { (_, _, _) async throws(Blindness) in
      try await blindly { () async throws(AWSError) in try await client.callerIdentity() }
    }
    trailMemo = Memo { (region, _, _) async throws(Blindness) in
      try await blindly { () async throws(AWSError) in
        try await client.describeTrails(region: region)
      }
    }
    selectorMemo = Memo { (place, _, _) async throws(Blindness) in
      try await blindly { () async throws(AWSError) in
        try await client.eventSelectors(arnOrName: place.arn, region: place.region)
      }
    }
    statusMemo = Memo { (place, _, _) async throws(Blindness) in
      try await Self.status(of: place, client)
    }
  }

  /// The regions to watch: the configured ones, or all that the account has enabled.
  func regions(at now: Timestamp) async throws(Blindness) -> [String] {
    if let configured = account.regions { return configured.sorted() }
    return try await regionMemo.value(anchors[0], at: now, maxAge: .minutes(15))
  }

  /// As far as it was ever known.
  func lastRegions() async -> [String] {
    if let configured = account.regions { return configured.sorted() }
    return await regionMemo.last(anchors[0]) ?? []
  }

  /// The ARN that our own calls are made by; nil where STS does not say. Without it our own writes,
  /// if there were any, would count as activity, which errs towards an alarm.
  func principal(at now: Timestamp) async -> String? {
    await caller(at: now)?.arn
  }

  /// Whose calls ours are; nil where STS does not say.
  func caller(at now: Timestamp) async -> CallerIdentity? {
    try? await identityMemo.value("", at: now, maxAge: .hours(1))
  }

  /// A refusal by what another account keeps of an organization's trail is *managed elsewhere*: it is
  /// no trouble of ours. Everything else stays what it is.
  func placed(
    _ why: Blindness, of trail: Trail, at now: Timestamp
  ) async -> Blindness {
    guard why.kind == .denied, trail.isOrganization == true,
      let owner = TrailARN(trail.arn)?.account, let own = await caller(at: now)?.account,
      owner != own
    else { return why }
    return Blindness(kind: .elsewhere, detail: why.detail)
  }

  /// All trails that can be seen from a region, shadow trails too.
  func trails(
    in region: String, at now: Timestamp, maxAge: Duration = .zero
  ) async throws(Blindness) -> [Trail] {
    try await trailMemo.value(region, at: now, maxAge: maxAge)
  }

  /// The configured trail; nil: the cloud says that there is none.
  func trail(
    _ plan: SourcePlan, at now: Timestamp, maxAge: Duration = .zero
  ) async throws(Blindness) -> Trail? {
    let home = homeRegion(of: plan)
    return Self.find(plan, home, in: try await trails(in: home, at: now, maxAge: maxAge))
  }

  /// As it was when it was last seen there.
  func lastTrail(_ plan: SourcePlan) async -> Trail? {
    let home = homeRegion(of: plan)
    return Self.find(plan, home, in: await trailMemo.last(home) ?? [])
  }

  func selectors(_ place: Place, at now: Timestamp, maxAge: Duration) async throws(Blindness)
    -> EventSelectors
  {
    try await selectorMemo.value(place, at: now, maxAge: maxAge)
  }

  /// Nil: no such trail can be seen from there.
  func status(
    _ place: Place, at now: Timestamp, maxAge: Duration = .zero
  ) async throws(Blindness) -> CloudAPI.TrailStatus? {
    try await statusMemo.value(place, at: now, maxAge: maxAge)
  }

  func homeRegion(of plan: SourcePlan) -> String {
    TrailARN(plan.trail)?.homeRegion ?? anchors[0]
  }

  private static func find(_ plan: SourcePlan, _ home: String, in trails: [Trail]) -> Trail? {
    trails.first { $0.arn == plan.trail }
      ?? trails.first { $0.name == plan.trail && TrailARN($0.arn)?.homeRegion == home }
  }

  private static func status(
    of place: Place, _ client: AWSClient
  ) async throws(Blindness) -> CloudAPI.TrailStatus? {
    do {
      return try await client.trailStatus(arnOrName: place.arn, region: place.region)
    } catch .service(let error) where error.code == "TrailNotFoundException" {
      return nil
    } catch {
      throw Blindness(error)
    }
  }

  private static func anchors(
    _ account: CloudAccount, _ sources: [SourcePlan], _ client: AWSClient
  ) -> [String] {
    var homes = Set(sources.compactMap { TrailARN($0.trail)?.homeRegion })
    let own = (try? client.homeRegion()) ?? "us-east-1"
    let hasNames = sources.contains { TrailARN($0.trail) == nil }
    if homes.isEmpty || hasNames { homes.insert(own) }
    return homes.sorted { ($0 != own ? 1 : 0, $0) < ($1 != own ? 1 : 0, $1) }
  }
}

/// Runs a call to AWS; its failure becomes the reason why nothing was seen.
func blindly<Value: Sendable>(
  _ call: () async throws(AWSError) -> Value
) async throws(Blindness) -> Value {
  do {
    return try await call()
  } catch {
    throw Blindness(error)
  }
}
