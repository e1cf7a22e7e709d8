import CloudAPI
import WatchCore

/// How a source's trail, bucket and key are set up: every check of the catalogue, with what was
/// seen. A call that is denied makes its own checks unknown and no other.
struct StorePostureProbe: Sendable {
  let store: StoreFacts
  let plan: SourcePlan
  private let last = LastTrail()

  init(store: StoreFacts, plan: SourcePlan) {
    self.store = store
    self.plan = plan
  }

  static let permissions =
    [
      "cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors",
      "cloudtrail:GetInsightSelectors", "cloudtrail:ListTags",
      "organizations:DescribeOrganization", "s3:GetAccountPublicAccessBlock",
    ] + BucketReading.permissions + KeyReading.permissions

  func probe(_ clock: ProbeClock) -> Probe {
    let id = "aws.posture.store \(plan.id.text)"
    let client = store.facts.client
    return Probe(
      id: id, interval: .minutes(10), permissions: Self.permissions, paths: [path]
    ) { now in
      let start = clock.uptime()
      let look = Look(path: path, result: await look(at: now))
      let skew = client.lastClockSkewSeconds.map { Duration.milliseconds(-$0 * 1000) }
      return ProbeReport(
        probe: id, began: now, ended: now + (clock.uptime() - start), looks: [look],
        clockSkew: skew)
    }
  }

  private var path: PathID {
    PathID(source: plan.id, kind: .posture, region: store.facts.homeRegion(of: plan))
  }

  private func look(at now: Timestamp) async -> Look.Result {
    do throws(Blindness) {
      let present = try await store.facts.trail(plan, at: now, maxAge: .minutes(2))
      guard let trail = await last.trail(present) else { return .saw(.posture(gone)) }
      guard let arn = TrailARN(trail.arn) else {
        throw Blindness(kind: .unreadable, detail: "DescribeTrails: not a trail's ARN")
      }
      let view = await view(trail, arn, now)
      // What a trail that is gone was set up to do counts no more; its bucket and key do.
      let checks = view.checks.filter { present != nil || !$0.rule.hasPrefix("trail.") }
      return .saw(.posture(PostureSighting(checks: checks, pipeline: view.pipeline(checks))))
    } catch {
      return .blind(error)
    }
  }

  /// There is no such trail, and there never was as long as we have looked: that is the trail
  /// probe's to tell.
  private var gone: PostureSighting {
    let arn = TrailARN(plan.trail)
    let node = PipelineNode(
      id: PipelineNode.ID(.trail, plan.trail), label: arn?.name ?? plan.trail,
      state: .broken("no such trail"))
    return PostureSighting(checks: [], pipeline: Pipeline(nodes: [node]))
  }

  private func view(
    _ trail: Trail, _ arn: TrailARN, _ now: Timestamp
  ) async -> StoreView {
    let (facts, client) = (store.facts, store.facts.client)
    let home = arn.homeRegion
    let place = AccountFacts.Place(arn: trail.arn, region: home)
    let own = await store.ownAccount(at: now)
    async let status = kept { () async throws(Blindness) in
      try await facts.status(place, at: now, maxAge: .minutes(2))
    }
    async let selectors = kept { () async throws(Blindness) in
      try await facts.selectors(place, at: now, maxAge: .minutes(2))
    }
    async let insights = reading { () async throws(AWSError) in
      try await client.insightSelectors(arnOrName: trail.arn, region: home)
    }
    async let tags = reading { () async throws(AWSError) in
      try await client.trailTags(arn: trail.arn, region: home)
    }
    async let organization = store.organization(at: now)
    async let block = accountBlock(own, home, now)
    let bucket = await bucket(trail, arn, now)
    let (key, use) = await key(trail, bucket, home, now)
    return StoreView(
      plan: plan, trail: trail, arn: arn, now: now, ownAccount: own, status: await status,
      selectors: await selectors, insights: await insights, tags: await tags,
      organization: await organization, accountBlock: await block, bucket: bucket, key: key,
      keyUse: use)
  }

  private func accountBlock(
    _ own: String?, _ region: String, _ now: Timestamp
  ) async -> Reading<PublicAccessBlock?> {
    guard let own else {
      return .failure(Blindness(kind: .other, detail: "GetCallerIdentity: whose keys these are"))
    }
    return await store.accountBlock(own, region: region, at: now)
  }

  private func bucket(
    _ trail: Trail, _ arn: TrailARN, _ now: Timestamp
  ) async -> BucketReading? {
    guard let name = trail.s3BucketName else { return nil }
    return await store.bucket(name, region: arn.homeRegion, account: arn.account, at: now)
  }

  /// The trail's own key, or the one that its bucket gives to what names none.
  private func key(
    _ trail: Trail, _ bucket: BucketReading?, _ home: String, _ now: Timestamp
  ) async -> (KeyReading?, PolicyDocument.KeyUse) {
    if let name = trail.kmsKeyID {
      return (await store.key(name, region: Self.region(of: name) ?? home, at: now), .trail)
    }
    guard case .success(let encryption?) = bucket?.encryption, let name = encryption.keyID else {
      return (nil, .bucket)
    }
    return (await store.key(name, region: Self.region(of: name) ?? home, at: now), .bucket)
  }

  private static func region(of arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 6, AWSPartition.isRegionName(String(parts[3])) else { return nil }
    return String(parts[3])
  }
}

/// A shared answer, or why there is none.
private func kept<Value: Sendable>(
  _ call: () async throws(Blindness) -> Value
) async -> Reading<Value> {
  do throws(Blindness) {
    return .success(try await call())
  } catch {
    return .failure(error)
  }
}

/// A trail as it is, or as it was last.
actor LastTrail {
  private var known: Trail?

  func trail(_ present: Trail?) -> Trail? {
    if let present { known = present }
    return known
  }
}
