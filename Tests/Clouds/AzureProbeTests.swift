import Testing
import WatchCore

/// Azure's probes against a strict tenant: all is seen; what is denied in one subscription is blind
/// there and nowhere else; and every permission that is asked for matters to something.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AzureProbeTests {
  @Test(.timeLimit(.minutes(12)), arguments: [0, 1])
  func aHealthyTenantIsSeenWhole(pageSize: Int) async throws {
    try await StrictCloud.running(.azure) { cloud in
      if pageSize > 0 {
        try await cloud.control("POST", "settings", #"{"page_size": 1, "history": 7200}"#)
        try await cloud.reset()
        try await cloud.control("POST", "settings", #"{"page_size": 1}"#)
      }
      let round = try StrictRound.azure(cloud)
      let looks = await round.look()
      #expect(looks.blind == [])
      #expect(Set(looks.regions(.activity)) == ["dev", "test"])
      #expect(Set(looks.regions(.history)) == ["dev", "test"])
      let calls = try await cloud.calls()
      #expect(calls.allSatisfy { $0.status == 200 || $0.status == 404 }, "\(refused(calls))")
      #expect(calls.filter(\.write).isEmpty)
    }
  }

  /// Asked without being needed for any path: whose the calls are, and what else is there.
  private static let spare: Set<String> = [
    "microsoft.resources/subscriptions/read", "microsoft.resources/subscriptions/resources/read",
  ]

  @Test(.timeLimit(.minutes(30)))
  func whatIsDeniedInOneSubscriptionIsBlindThereAlone() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let round = try StrictRound.azure(cloud)
      let start = Timestamp.now
      let healthy = await round.look(at: start)
      let scope = "/subscriptions/\(cloud.test)"
      let asked = Set(
        try await cloud.calls().filter { $0.scope.lowercased().hasPrefix(scope) }
          .flatMap(\.permissions).map { $0.lowercased() })
      #expect(asked.count >= 5, "\(asked)")
      for (turn, permission) in asked.sorted().enumerated() {
        try await cloud.deny(permission, scope: scope)
        let denied = await round.look(at: start + .minutes(70 * (turn + 1)))
        try await cloud.heal()
        let fresh = Set(denied.blind).subtracting(healthy.blind)
        #expect(
          fresh.allSatisfy { $0.contains(" test ") && $0.hasSuffix(" denied") },
          "without \(permission): \(fresh.sorted())")
        #expect(Set(denied.all.map(\.path)) == Set(healthy.all.map(\.path)), "\(permission)")
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func theWorkspacesTablesAreDeniedEachByItself() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let round = try StrictRound.azure(cloud)
      let query = "Microsoft.OperationalInsights/workspaces/query"
      try await cloud.deny("\(query)/AzureActivity/read")
      let looks = await round.look()
      #expect(looks.blind.contains("activity dev denied"), "\(looks.blind)")
      #expect(looks.blind.contains("activity test denied"))
      #expect(!looks.blind.contains { $0.hasPrefix("resource") || $0.hasPrefix("setting") })
    }
  }

  private func refused(_ calls: [StrictCloud.Call]) -> [String] {
    calls.filter { $0.status != 200 }.map { "\($0.operation) \($0.scope): \($0.status ?? 0)" }
  }
}
