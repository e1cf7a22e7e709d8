import Testing
import WatchCore
import WatchProbes

/// What the probes see of a real API, and what they say when they cannot look.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct ProbeTests {
  static let regions = ["ap-southeast-2", "eu-west-1", "us-east-1"]

  @Test(.timeLimit(.minutes(12)))
  func aHealthyEstateIsSeenWhole() async throws {
    try await onEstate { estate in
      let seen = await (try ProbeRound(estate)).look()
      #expect(seen.blind == [])
      for kind in [PathKind.trail, .s3, .history, .region] {
        #expect(seen.regions(kind) == Self.regions, "\(kind)")
      }
      for region in Self.regions {
        let trail = try #require(seen.trail(region))
        #expect(trail.status?.isLogging == true && trail.settings?.management == "all")
        #expect(trail.status?.deliveryError == nil && trail.status?.digestDelivered != nil)
        let newest = try #require(seen.arrival(region)?.newest)
        #expect((.seconds(120)...(.seconds(450))).contains(Timestamp.now - newest))
        #expect(seen.history(region)?.changes.isEmpty == true)
        #expect(seen.history(region)?.activity.isEmpty == true, "our own reads are no activity")
        #expect(seen.region(region)?.covering == [estate.trail])
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aStopAndItsActorAreSeen() async throws {
    try await onEstate { estate in
      let round = try ProbeRound(estate)
      _ = await round.look()
      try await estate.act("stop-logging", as: .dev)
      let seen = await round.look()
      #expect(seen.trail("us-east-1")?.status?.isLogging == false)
      #expect(seen.trail("eu-west-1")?.status?.isLogging == false)
      let change = try #require(seen.history("us-east-1")?.changes.first)
      #expect(change.cause.actor == "dev" && change.cause.action == "StopLogging")
      #expect(change.cause.subject == estate.trail && change.trail == estate.trail)
      #expect(change.cause.error == nil)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aRefusedStopIsSeenWithItsRefusal() async throws {
    try await onEstate { estate in
      try await estate.server.fault(
        "deny", ["service": "cloudtrail", "operation": "StopLogging", "user": "dev"])
      try? await estate.act("stop-logging", as: .dev)
      let seen = await (try ProbeRound(estate)).look()
      #expect(seen.trail("us-east-1")?.status?.isLogging == true)
      #expect(seen.history("us-east-1")?.changes.first?.cause.error == "AccessDenied")
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: ["block-bucket", "delete-policy"])
  func aPolicyThatRefusesTheTrailIsUnderstood(action: String) async throws {
    try await onEstate { estate in
      try await estate.act(action, as: .dev)
      let seen = await (try ProbeRound(estate)).look()
      #expect(seen.trail("us-east-1")?.status?.deliveryError == "AccessDenied")
      let change = try #require(seen.history("us-east-1")?.changes.first)
      #expect(change.bucket == "acme-audit" && change.refusesTrail == true)
      #expect(change.cause.actor == "dev")
      try await estate.act("unblock-bucket", as: .ops)
      let mended = await (try ProbeRound(estate)).look()
      #expect(mended.trail("us-east-1")?.status?.deliveryError == nil)
      #expect(mended.history("us-east-1")?.changes.first?.refusesTrail == false)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aTrailThatIsGoneIsNotBlind() async throws {
    try await onEstate { estate in
      let round = try ProbeRound(estate)
      _ = await round.look()
      try await estate.act("delete-trail", as: .dev)
      let seen = await round.look()
      let gone = try #require(seen.trail("us-east-1"))
      #expect(gone.settings == nil && gone.status == nil)
      #expect(seen.history("us-east-1")?.changes.first?.cause.action == "DeleteTrail")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aForgottenRegionIsSeenWithWhoWorksThere() async throws {
    try await onEstate(["--single-region"]) { estate in
      try await estate.act("use-region", as: .dev, region: "ap-southeast-2")
      let seen = await (try ProbeRound(estate)).look()
      #expect(seen.regions(.trail) == ["us-east-1"])
      #expect(seen.region("us-east-1")?.covering == [estate.trail])
      let used = try #require(seen.region("ap-southeast-2"))
      #expect(used.covering.isEmpty && used.activity == 1)
      #expect(used.first?.actor == "dev" && used.first?.action == "CreateSecurityGroup")
      #expect(seen.region("eu-west-1")?.activity == 0)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func agedObjectsAreOldInTheirRegionAlone() async throws {
    try await onEstate { estate in
      try await estate.age(minutes: 50, regions: ["eu-west-1"])
      let seen = await (try ProbeRound(estate)).look()
      let aged = try #require(seen.arrival("eu-west-1")?.newest)
      #expect((.minutes(49)...(.minutes(53))).contains(Timestamp.now - aged))
      let fresh = try #require(seen.arrival("us-east-1")?.newest)
      #expect(Timestamp.now - fresh < .minutes(7))
      let delivered = try #require(seen.trail("eu-west-1")?.status?.delivered)
      #expect(Timestamp.now - delivered > .minutes(49))
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func anOldRecordIsFoundHoweverOld() async throws {
    try await onEstate(build: ["--minutes", "4000"]) { estate in
      let seen = await (try ProbeRound(estate)).look()
      #expect(seen.blind == [])
      let old = try #require(seen.arrival("us-east-1")?.newest)
      #expect(Timestamp.now - old > .hours(60), "found by climbing down the days")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func everyMemberOfAnOrganizationIsAPath() async throws {
    let options = [
      "--organization", "--prefix", "logs", "--accounts", "123456789012,210987654321",
    ]
    try await onEstate(options) { estate in
      let seen = await (try ProbeRound(estate)).look()
      #expect(seen.blind == [])
      let members = seen.all.filter { $0.path.kind == .s3 }.compactMap(\.path.member)
      #expect(Set(members) == ["123456789012", "210987654321"] && members.count == 6)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aGapIsAccountedForByEventID() async throws {
    try await onEstate { estate in
      for minutes in [12, 10, 8] {
        try await estate.wasActive(minutesAgo: minutes, region: "us-east-1")
      }
      let round = try ProbeRound(estate)
      let now = Timestamp.now
      let question = GapProbe.Question(
        source: SourceID(cloud: .aws, account: "prod", name: "main"), region: "us-east-1",
        from: now - .minutes(15), to: now - .minutes(5))
      guard case .account(let open) = await round.gap.ask(question, now) else {
        Issue.record("blind")
        return
      }
      #expect(open.recovered == 3 && open.deliveredLate == 0)
      try await estate.deliver(minutes: 30, region: "us-east-1")
      guard case .account(let closed) = await round.gap.ask(question, .now) else {
        Issue.record("blind")
        return
      }
      #expect(closed.recovered == 0 && closed.deliveredLate == 3)
    }
  }

  private func onEstate(
    _ options: [String] = [], build: [String] = [],
    _ body: @escaping @Sendable (CloudEstate) async throws -> Void
  ) async throws {
    try await CloudServer.running { server in
      try await body(try await CloudEstate.build(on: server, options: options, how: build))
    }
  }
}
