import Testing
import WatchCore

/// Exactly what could not be looked at is blind, with the reason; nothing else, and never nothing.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct ProbeBlindTests {
  struct Fault: Sendable {
    var words: [String: String]
    var kind = "deny"
    var blind: [String]
  }

  /// After a first whole round, this fault makes these paths blind.
  static let faults: [Fault] = [
    Fault(
      words: ["operation": "LookupEvents", "region": "eu-west-1"],
      blind: ["history eu-west-1 denied"]),
    Fault(
      words: ["operation": "GetTrailStatus", "region": "eu-west-1"],
      blind: ["region eu-west-1 denied", "trail eu-west-1 denied"]),
    Fault(
      words: ["service": "s3", "prefix": "AWSLogs/123456789012/CloudTrail/eu-west-1/"],
      blind: ["s3 eu-west-1 denied"]),
    Fault(
      words: ["service": "s3", "prefix": "AWSLogs/123456789012/CloudTrail/eu-west-1/"],
      kind: "html", blind: ["s3 eu-west-1 unreadable"]),
    Fault(
      words: ["operation": "LookupEvents", "region": "us-east-1"], kind: "throttle",
      blind: ["history us-east-1 throttled"]),
    Fault(
      words: ["operation": "LookupEvents", "region": "us-east-1"], kind: "wrong_length",
      blind: ["history us-east-1 unreadable"]),
    Fault(
      words: ["operation": "LookupEvents", "region": "us-east-1"], kind: "reset",
      blind: ["history us-east-1 unreachable"]),
    // Without STS the probes see as much as before: only *our own writes* could be mistaken.
    Fault(words: ["operation": "GetCallerIdentity"], blind: []),
    // Coverage is known from the other operations; the classification of events is not lost either.
    Fault(words: ["operation": "GetEventSelectors"], blind: []),
  ]

  @Test(.timeLimit(.minutes(12)), arguments: faults)
  func exactlyThatIsBlind(fault: Fault) async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      let round = try ProbeRound(estate)
      #expect(await round.look().blind == [])
      try await server.fault(fault.kind, fault.words)
      #expect(await round.look(at: .now + .minutes(2)).blind == fault.blind)
      try await server.heal()
      #expect(await round.look(at: .now + .minutes(4)).blind == [])
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func withoutAnEndpointEverythingIsBlind() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      let round = try ProbeRound(estate)
      let before = await round.look()
      try await server.stop()
      let after = await round.look(at: .now + .minutes(20))
      #expect(after.blind.count == after.all.count)
      #expect(Set(after.all.map(\.path)) == Set(before.all.map(\.path)), "no path is forgotten")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aFirstRoundWithoutRightsSaysSoAndNotNothing() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      try await server.fault("deny", ["user": "watchkeeper"])
      let seen = await (try ProbeRound(estate)).look()
      #expect(!seen.all.isEmpty)
      #expect(seen.blind.count == seen.all.count)
      #expect(Set(seen.all.map(\.path.kind)).isSuperset(of: [.trail, .s3, .history, .region]))
    }
  }

  /// A steady round must not cost more than this, or a large estate runs into AWS's limits.
  @Test(.timeLimit(.minutes(12)))
  func aSteadyRoundIsCheap() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      let round = try ProbeRound(estate)
      let first = Timestamp.now
      _ = await round.look(at: first)
      try await server.control("DELETE", "calls")
      let second = first + .minutes(1)
      _ = await round.look(at: second)
      let calls = try await server.calls()
      var counts: [String: Int] = [:]
      for call in calls { counts[call.operation, default: 0] += 1 }
      // Three regions; logs lie in folders by the day, and a look goes back an hour behind the newest.
      let (oldest, day) = (second - .hours(1) - .minutes(10), Int64(86_400_000))
      let folders = oldest.millis / day == second.millis / day ? 1 : 2
      let listings = 3 * folders + 3
      #expect(counts["GetTrailStatus", default: 0] <= 6, "\(counts)")
      #expect(counts["LookupEvents", default: 0] <= 3, "\(counts)")
      #expect(counts["ListObjectsV2", default: 0] <= listings, "\(counts)")
      #expect(calls.count <= 14 + listings, "\(counts)")
    }
  }
}
