import Posix
import Testing

/// The overlay is proven with boto3 before anything is proven with it.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct OverlayTests {
  @Test(.timeLimit(.minutes(30)))
  func boto3SeesWhatAWSWouldSay() async throws {
    let outcome = try await CloudsPython().run("overlay_selftest.py", [], deadlineMillis: 1_500_000)
    #expect(outcome.succeeded, "\(String(decoding: outcome.errorOutput, as: UTF8.self))")
  }

  @Test(.timeLimit(.minutes(12)))
  func serverIsSteeredAndGone() async throws {
    let port = try await CloudServer.running { server in
      #expect(server.users["dev"]?.key.count == 20)
      try await server.fault("deny", ["service": "cloudtrail"])
      try await server.heal()
      #expect(try await server.calls().isEmpty)
      await #expect(throws: CloudsError.self) { try await server.control("POST", "faults", "{}") }
      return server.port
    }
    await #expect(throws: LoopbackError.self) {
      try await LoopbackHTTP(port: port).send("GET", "/_overlay/ready")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func estateIsBuiltAndActedIn() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      try await estate.act("stop-logging", as: .dev)
      let calls = try await server.calls().filter { $0.operation == "StopLogging" }
      #expect(calls.map(\.user) == ["dev"])
      #expect(calls.map(\.status) == [200])
      await #expect(throws: CloudsError.self) { try await estate.act("nonsense", as: .dev) }
      try await server.stop()
    }
  }
}
