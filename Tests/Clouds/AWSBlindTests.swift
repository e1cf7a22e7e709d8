import Testing

/// Could not look is never *nothing there*: faults in the network, in permissions, in the answers.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AWSBlindTests {
  @Test(.timeLimit(.minutes(12)))
  func historyDeniedIsExactlyThatBlind() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.server.fault(
        "deny", ["service": "cloudtrail", "operation": "LookupEvents"])
      let first = try await watchkeeper.check()
      let blind = Set(first.report.paths.filter { $0.state == "blind" }.map(\.kind))
      #expect(blind == ["history"], "\(first.text)")
      #expect(first.report.states("s3") == ["ok"], "\(first.text)")
      #expect(first.report.state == "blind", "nothing is plain ok")
      #expect(first.exit == 3, "\(first.text)")
      #expect(first.report.alert("aws.probe.blind") == nil, "the alert waits for a second look")

      let second = try await watchkeeper.check()
      #expect(second.report.alert("aws.probe.blind") != nil, "\(second.text)")
      #expect(second.exit == 3, "\(second.text)")

      try await estate.server.heal()
      let third = try await watchkeeper.check()
      #expect(third.report.states("history") == ["ok"], "\(third.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func endpointDownIsBlind() async throws {
    try await onEstate { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.server.stop()
      let round = try await watchkeeper.check()
      #expect(round.report.state == "blind", "\(round.text)")
      #expect(round.exit == 3, "\(round.text)")
      #expect(round.report.states("trail") == ["blind"], "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func endpointNeverUpIsBlind() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.server.stop()
      let round = try await watchkeeper.check()
      #expect(round.report.state == "blind", "\(round.text)")
      #expect(round.exit == 3, "\(round.text)")
      #expect(
        !round.report.paths.contains { $0.state == "ok" || $0.state == "ok quiet" }, "\(round.text)"
      )
    }
  }

  /// Answers with status 200 that cannot be read.
  @Test(
    .timeLimit(.minutes(12)),
    arguments: ["html", "garbage", "empty", "null", "deep", "cut", "wrong_length"])
  func anUnreadableAnswerIsNotAnEmptyOne(kind: String) async throws {
    try await onEstate { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.server.fault(kind, ["service": "cloudtrail"])
      let round = try await watchkeeper.check()
      #expect(round.report.states("trail") == ["blind"], "\(round.text)")
      #expect(round.exit == 3, "\(round.text)")
      #expect(round.report.alert("aws.trail.deleted") == nil, "\(round.text)")
      #expect(round.report.alert("aws.trail.none") == nil, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: ["html", "garbage", "cut", "wrong_length", "deny"])
  func anUnreadableListingIsNotAnEmptyBucket(kind: String) async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.server.fault(kind, ["service": "s3", "operation": "ListObjectsV2"])
      let round = try await watchkeeper.check()
      #expect(round.report.states("s3") == ["blind"], "\(round.text)")
      #expect(round.exit == 3, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func throttlingIsWaitedOut() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.server.control(
        "POST", "faults",
        #"{"kind": "throttle", "service": "cloudtrail", "operation": "GetTrailStatus", "times": 2}"#
      )
      try await estate.server.control(
        "POST", "faults", #"{"kind": "error", "service": "s3", "times": 1}"#)
      let round = try await watchkeeper.check()
      #expect(round.report.state == "ok", "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func anotherClockIsSaid() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.server.control("POST", "settings", #"{"skew": 1800}"#)
      let round = try await watchkeeper.check()
      #expect(round.exit != 0, "\(round.text)")
      #expect(round.report.state != "ok")
    }
  }

  @Test(.timeLimit(.minutes(12)), arguments: ["expired_token", "reset"])
  func aWholeCloudThatRefusesIsBlind(kind: String) async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.server.fault(kind, [:])
      let round = try await watchkeeper.check()
      #expect(round.report.state == "blind", "\(round.text)")
      #expect(round.exit == 3, "\(round.text)")
    }
  }
}
