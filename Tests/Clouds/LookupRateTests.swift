import CloudAPI
import Testing
import WatchCore

/// AWS's rate limits, kept.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct LookupRateTests {
  /// AWS allows an account two LookupEvents a second and region; a busy history has many pages.
  @Test(.timeLimit(.minutes(12)))
  func lookUpsKeepToAWSsRate() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      let events = (1...200).map { #"{"eventName": "Change\#($0)", "at": "-\#($0)m"}"# }
      try await server.control("POST", "events", "{\"events\": [\(events.joined(separator: ","))]}")
      try await server.control("POST", "history", #"{"rate": 2}"#)
      let seen = await (try ProbeRound(estate, backoff: Backoff())).look()
      #expect(seen.blind == [])
      #expect(seen.history("us-east-1")?.activity.count == 200)
      let refused = try await server.calls().filter {
        $0.operation == "LookupEvents" && $0.status != 200
      }
      #expect(refused.count <= 6, "the first burst may be refused, the rest is paced")
    }
  }
}
