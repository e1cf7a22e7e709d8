import Testing

/// What `check` says of a real API: the program, moto behind the overlay, and people who act.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AWSCheckTests {
  @Test(.timeLimit(.minutes(12)))
  func aHealthyTrailIsOk() async throws {
    try await onEstate { _, watchkeeper in
      let round = try await watchkeeper.check()
      #expect(round.report.schema == 1, "\(round.text)")
      #expect(round.report.state == "ok", "\(round.text)")
      #expect(round.exit == 0 && round.report.exit == 0, "\(round.text)")
      #expect(round.report.alerts.isEmpty, "\(round.text)")
      for region in ["us-east-1", "eu-west-1", "ap-southeast-2"] {
        #expect(round.report.state("s3", region) == "ok")
        #expect(round.report.state("trail", region) == "ok")
      }
      #expect(try await watchkeeper.check().report.state == "ok")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aStoppedTrailNamesTheActor() async throws {
    try await onEstate { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.act("stop-logging", as: .dev)
      let round = try await watchkeeper.check()
      let alert = try #require(round.report.alert("aws.trail.stopped"), "\(round.text)")
      #expect(alert.priority == "high")
      #expect(alert.cause?.actor == "dev")
      #expect(alert.cause?.action == "StopLogging")
      #expect(round.report.codes == ["aws.trail.stopped"], "one cause is one alert")
      #expect(round.report.state == "failing")
      #expect(round.exit == 2, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aStopBeforeTheFirstLookIsSeenToo() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.act("stop-logging", as: .dev)
      let round = try await watchkeeper.check()
      #expect(round.report.alert("aws.trail.stopped")?.cause?.actor == "dev", "\(round.text)")
      #expect(round.exit == 2, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aStartClearsTheStop() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.act("stop-logging", as: .dev)
      try await watchkeeper.expectExit(2)
      try await estate.act("start-logging", as: .ops)
      let round = try await watchkeeper.check()
      #expect(round.report.states("trail") == ["ok"], "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func agedObjectsAreSilent() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.age(minutes: 50)
      try await estate.wasActive(minutesAgo: 40, region: "us-east-1")
      let round = try await watchkeeper.check()
      #expect(round.report.state == "silent", "\(round.text)")
      #expect(round.report.state("s3", "us-east-1") == "silent")
      #expect(round.report.alert("aws.delivery.silent")?.priority == "high")
      #expect(round.exit == 2, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func oneRegionsSilenceIsNotHiddenByTheOthers() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.age(minutes: 50, regions: ["eu-west-1"])
      try await estate.wasActive(minutesAgo: 40, region: "eu-west-1")
      let round = try await watchkeeper.check()
      #expect(round.report.state("s3", "eu-west-1") == "silent", "\(round.text)")
      #expect(round.report.state("s3", "us-east-1") == "ok")
      #expect(round.report.state == "silent")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func quietWithAWitnessIsNotSilent() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.age(minutes: 50)
      // Digests come every hour, also when nothing happens.
      try await estate.digests(hoursAgo: [1])
      let round = try await watchkeeper.check()
      #expect(round.report.states("s3").isDisjoint(with: ["silent", "late"]), "\(round.text)")
      #expect(round.exit == 0, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aDeliveryErrorIsFailing() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.status(#"{"LatestDeliveryError": "NoSuchBucket"}"#, region: "eu-west-1")
      let round = try await watchkeeper.check()
      #expect(round.report.state == "failing", "\(round.text)")
      #expect(round.report.alert("aws.delivery.error")?.priority == "high")
      #expect(round.exit == 2, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aBlockingBucketPolicyNamesTheActor() async throws {
    try await onEstate { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.act("block-bucket", as: .dev)
      let round = try await watchkeeper.check()
      #expect(round.report.state == "failing", "\(round.text)")
      #expect(round.exit == 2, "\(round.text)")
      let led = round.report.alerts.filter { $0.cause?.action == "PutBucketPolicy" }
      #expect(led.map { $0.cause?.actor } == ["dev"], "one cause is one alert")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aForgottenRegionIsFound() async throws {
    try await onEstate(["--single-region"]) { estate, watchkeeper in
      #expect(try await watchkeeper.check().report.codes.isEmpty)
      try await estate.act("use-region", as: .dev, region: "ap-southeast-2")
      let round = try await watchkeeper.check()
      let alert = try #require(round.report.alert("aws.region.uncovered"), "\(round.text)")
      #expect(alert.priority == "high")
      #expect(alert.cause?.actor == "dev")
      #expect(round.report.state("region", "ap-southeast-2") == "not set up")
      #expect(round.report.state("region", "eu-west-1") != "not set up")
      #expect(round.exit == 2, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aDeletedTrailIsNotNoTrail() async throws {
    try await onEstate { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.act("delete-trail", as: .dev)
      let round = try await watchkeeper.check()
      #expect(round.report.alert("aws.trail.deleted")?.cause?.actor == "dev", "\(round.text)")
      #expect(round.exit == 2, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aNarrowedTrailIsAnEvent() async throws {
    try await onEstate { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.act("reads-only", as: .dev)
      let round = try await watchkeeper.check()
      #expect(round.report.alert("aws.trail.narrowed")?.cause?.actor == "dev", "\(round.text)")
      #expect(round.exit == 2, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func anOrganizationsLayoutIsRead() async throws {
    let accounts = [
      "--organization", "--prefix", "logs", "--accounts", "123456789012,210987654321",
    ]
    try await onEstate(accounts) { _, watchkeeper in
      let round = try await watchkeeper.check()
      #expect(round.report.states("s3") == ["ok"], "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aBucketInAnotherRegionIsFollowed() async throws {
    try await onEstate(home: "eu-west-1") { estate, watchkeeper in
      let round = try await watchkeeper.check()
      #expect(round.report.states("s3") == ["ok"], "\(round.text)")
      let codes = try await estate.server.calls().filter { $0.operation == "ListObjectsV2" }
        .compactMap(\.status)
      #expect(codes.contains(200))
    }
  }
}

/// Runs the body on a fresh estate and a fresh state folder.
func onEstate(
  _ options: [String] = [], home: String = "us-east-1",
  _ body: @escaping @Sendable (CloudEstate, WatchkeeperProcess) async throws -> Void
) async throws {
  try await CloudServer.running { server in
    let estate = try await CloudEstate.build(on: server, home: home, options: options)
    let isWhole = options.starts(with: CloudEstate.wholeOptions)
    try await body(
      estate, WatchkeeperProcess(server: server, trail: estate.trail, posture: isWhole))
  }
}
