import CloudAPI
import WatchCore

/// The echo: one read call (GetTrailStatus) with a fresh nonce in its User-Agent, per region, that
/// is itself a management event; and the look for those that were sent before, at every end where the
/// trail should bring them out: the log group, the newest log objects, Event history.
///
/// Nothing is written anywhere. What cannot be read, or is more than a look may read, makes its end
/// blind; only an end that was searched whole can miss a call.
struct EchoProbe: Sendable {
  let facts: AccountFacts
  let plan: SourcePlan
  private let nonce: @Sendable () -> String
  private let memory = EchoMemory()

  init(
    facts: AccountFacts, plan: SourcePlan,
    nonce: @escaping @Sendable () -> String = EchoNonce.make
  ) {
    self.facts = facts
    self.plan = plan
    self.nonce = nonce
  }

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "aws.echo \(plan.id.text)", every: .minutes(5),
      permissions: [
        "cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus",
        "cloudtrail:LookupEvents", "logs:FilterLogEvents", "s3:GetObject", "s3:ListBucket",
      ], paths: [path(facts.homeRegion(of: plan), nil)], needsRegions: plan.echo == .all,
      clock: clock,
      looks: looks)
  }

  /// A look that was hurried sends nothing anew.
  private static let pause = Duration.minutes(4)

  private func path(_ region: String, _ member: String?) -> PathID {
    PathID(source: plan.id, kind: .echo, region: region, member: member)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    let home = facts.homeRegion(of: plan)
    do throws(Blindness) {
      guard let trail = try await facts.trail(plan, at: now, maxAge: .minutes(2)) else {
        throw Blindness(kind: .missing, detail: "DescribeTrails: no such trail")
      }
      let place = AccountFacts.Place(arn: trail.arn, region: home)
      let selectors = try? await facts.selectors(place, at: now, maxAge: .minutes(15))
      let scope =
        plan.echo == .all
        ? await facts.scope(of: trail, home: home, at: now) : AccountFacts.Scope(regions: [home])
      let coverage = EchoCoverage(selectors)
      if case .passedOver(let why) = coverage {
        await memory.forget()
        let off = Sighting.echo(EchoSighting(legs: [], off: why))
        return scope.regions.map { Look(path: path($0, nil), result: .saw(off)) }
      }
      let search = await search(trail, home, now)
      let looks = await inParallel(scope.regions, width: 4) { region in
        await look(region, trail, search, coverage, now)
      }
      let unknown = scope.unknown.map {
        Look(path: path($0.region, search.member), result: .blind($0.why))
      }
      let left = Set(await memory.paths).subtracting((looks + unknown).map(\.path))
      let off = Sighting.echo(EchoSighting(legs: [], off: "not in the trail's scope"))
      return looks + unknown + left.sorted().map { Look(path: $0, result: .saw(off)) }
    } catch {
      let known = await memory.paths
      let paths = known.isEmpty ? [path(home, nil)] : known
      return paths.map { Look(path: $0, result: .blind(error)) }
    }
  }

  /// Where the trail's records come out, for calls that were made as ourselves.
  private func search(_ trail: Trail, _ home: String, _ now: Timestamp) async -> EchoSearch {
    var search = EchoSearch(facts: facts, trail: trail, home: home, group: .none)
    guard let caller = await facts.caller(at: now)?.account else {
      search.bucket = .blind(
        Blindness(kind: .other, detail: "GetCallerIdentity: whose calls ours are is not known"))
      return search
    }
    search.account = caller
    if let arn = trail.logGroupARN {
      if let group = TrailGroup(arn) {
        search.group =
          group.account == caller
          ? .at(group)
          : .blind(
            Blindness(kind: .elsewhere, detail: "log group of account \(group.account)"))
      } else {
        search.group = .blind(
          Blindness(kind: .unreadable, detail: "DescribeTrails: not a log group's ARN"))
      }
    }
    guard trail.isOrganization == true, let bucket = trail.s3BucketName else { return search }
    do throws(Blindness) {
      let lister = FolderLister(client: facts.client, bucket: bucket, region: home)
      let known = await memory.organization
      let members =
        known == nil ? try await lister.members(prefix: trail.s3KeyPrefix) : []
      search.organization = known ?? members.first { $0.account == caller }?.organization
      await memory.keep(organization: search.organization)
    } catch {
      search.bucket = .blind(await facts.placed(error, of: trail, at: now))
    }
    return search
  }

  private func look(
    _ region: String, _ trail: Trail, _ search: EchoSearch, _ coverage: EchoCoverage,
    _ now: Timestamp
  ) async -> Look {
    let path = path(region, search.member)
    var state = await memory.state(path)
    let kinds: [PathKind] = search.hasGroup ? [.s3, .group, .history] : [.s3, .history]
    var blind: [PathKind: Blindness] = [:]
    for kind in kinds {
      let waiting = state.track.outstanding(kind)
      if waiting.isEmpty { continue }
      let found = await search.find(waiting, at: kind, in: region, &state.files, now)
      state.track.take(found.backs, at: kind)
      guard let rest = state.track.outstanding(kind).first else { continue }
      blind[kind] = found.blind ?? (kind == .s3 ? state.files.blindness(since: rest.at) : nil)
    }
    let refused = await send(trail, region, kinds, &state, now)
    state.track.trim(at: now)
    await memory.keep(state, path)
    let legs = kinds.map { kind in
      state.track.leg(
        kind, limit: limit(kind), blind: blind[kind] ?? search.standing(kind),
        proves: coverage == .recorded, at: now)
    }
    if let refused, !legs.contains(where: { $0.kind != .history && $0.owed != nil }) {
      return Look(path: path, result: .blind(refused))
    }
    return Look(path: path, result: .saw(.echo(EchoSighting(legs: legs))))
  }

  private func limit(_ kind: PathKind) -> Duration {
    let expectation = plan.expectation(kind) ?? plan.expectation(.echo)
    return expectation?.limit ?? .minutes(30)
  }

  /// Sends the next call; gives why it could not.
  private func send(
    _ trail: Trail, _ region: String, _ kinds: [PathKind], _ state: inout EchoState,
    _ now: Timestamp
  ) async -> Blindness? {
    if let last = state.track.newest, last.at <= now, now - last.at < Self.pause { return nil }
    let nonce = nonce()
    do throws(Blindness) {
      _ = try await blindly { () async throws(AWSError) in
        try await facts.client.noting("echo/\(nonce)").trailStatus(
          arnOrName: trail.arn, region: region)
      }
      state.track.send(nonce, at: now, kinds: kinds)
      return nil
    } catch {
      return error
    }
  }
}

/// What is remembered of one region's echoes.
struct EchoState: Sendable {
  var track = EchoTrack()
  var files = EchoFiles()
}

private actor EchoMemory {
  private var states: [PathID: EchoState] = [:]
  private(set) var organization: String?

  var paths: [PathID] { states.keys.sorted() }

  func state(_ path: PathID) -> EchoState { states[path] ?? EchoState() }
  func keep(_ state: EchoState, _ path: PathID) { states[path] = state }
  func keep(organization: String?) { self.organization = organization }

  /// Calls of a time that the trail did not record are not waited for.
  func forget() { states = [:] }
}
