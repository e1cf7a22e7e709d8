import Testing
import WatchCore
import WatchProbes

/// Every call that the watch makes of a whole pipeline, denied in its service's own envelope: what
/// needs it is blind because of that, and nothing is green that was not.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct DenialTests {
  /// Where a look sees as much as before: whose calls are our own; the pipeline's parts of before.
  private static let spare: Set<String> = ["GetCallerIdentity", "AssumeRole"]

  @Test(.timeLimit(.minutes(30)))
  func eachDeniedCallIsSaidAsSuch() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server, options: CloudEstate.wholeOptions)
      try await estate.echo()
      let round = try ProbeRound(estate, echo: .home)
      let start = Timestamp.now
      try await server.control("DELETE", "calls")
      _ = await round.look(at: start)
      // Everything that was remembered has run out by then.
      let healthy = await round.look(at: start + .minutes(70))
      let calls = try await server.calls().filter { $0.user == "watchkeeper" }
      let asked = Set(calls.map { [$0.service, $0.operation] })
      #expect(asked.count >= 5, "\(asked)")
      var turn = 2
      for words in asked.sorted(by: { $0.joined() < $1.joined() }) {
        try await server.fault("deny", ["service": words[0], "operation": words[1]])
        let denied = await round.look(at: start + .minutes(70 * turn))
        turn += 1
        try await server.heal()
        check(denied, beside: healthy, without: words[1])
      }
    }
  }

  private func check(_ denied: Looks, beside healthy: Looks, without operation: String) {
    let before = Dictionary(
      healthy.all.map { ($0.path, $0.result) }, uniquingKeysWith: { $1 })
    let now = Dictionary(denied.all.map { ($0.path, $0.result) }, uniquingKeysWith: { $1 })
    #expect(Set(before.keys).isSubset(of: now.keys), "without \(operation) a path is forgotten")
    var reasons: [Blindness] = []
    var dimmed = 0
    for (path, result) in now {
      let known = Set(before[path].map(Self.blindness) ?? [])
      let fresh = Self.blindness(result).filter { !known.contains($0) }
      reasons += fresh
      if Self.isDimmed(result), before[path].map(Self.isDimmed) != true { dimmed += 1 }
    }
    let others = reasons.filter { $0.kind != .denied && $0.kind != .other && $0.kind != .missing }
    #expect(others == [], "without \(operation)")
    if !Self.spare.contains(operation) {
      #expect(!reasons.isEmpty || dimmed > 0, "nothing shows that \(operation) is denied")
    }
  }

  private static func blindness(_ result: Look.Result) -> [Blindness] {
    switch result {
    case .blind(let why): return [why]
    case .saw(.posture(let seen)):
      return seen.checks.compactMap { check in
        if case .unknown(let why) = check.verdict { why } else { nil }
      }
    case .saw(.echo(let seen)): return seen.legs.compactMap(\.blind)
    default: return []
    }
  }

  /// What is left out where it could not be read.
  private static func isDimmed(_ result: Look.Result) -> Bool {
    if case .saw(.trail(let seen)) = result { return seen.settings?.management == nil }
    return !blindness(result).isEmpty
  }
}
