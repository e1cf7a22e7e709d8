import Testing

/// The strict clouds are proven with plain HTTP before anything is proven with them.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct StrictCloudTests {
  @Test(.timeLimit(.minutes(12)))
  func theyRefuseWhatIsNotPublished() async throws {
    let outcome = try await CloudsPython().run("strict_selftest.py", [], deadlineMillis: 600_000)
    #expect(outcome.succeeded, "\(String(decoding: outcome.errorOutput, as: UTF8.self))")
  }

  @Test(.timeLimit(.minutes(12)), arguments: [StrictCloud.Kind.azure, .gcp])
  func theyAreSteeredAndGone(kind: StrictCloud.Kind) async throws {
    let endpoints = try await StrictCloud.running(kind) { cloud in
      #expect(try await cloud.calls().isEmpty)
      await #expect(throws: CloudsError.self) { try await cloud.fault("nonsense") }
      await #expect(throws: CloudsError.self) { try await cloud.change("nonsense") }
      try await cloud.deny("*")
      try await cloud.heal()
      return cloud.facts.endpoints
    }
    for url in endpoints.values {
      let port = UInt16(url.split(separator: ":").last ?? "") ?? 0
      await #expect(throws: LoopbackError.self) {
        try await LoopbackHTTP(port: port).send("GET", "/_control/ready")
      }
    }
  }
}
