import Testing

/// What `check` says of a strict Google Cloud: healthy is quiet, each cause has its code and only that.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct GCPCheckTests {
  /// A change after a first quiet round, and the code that leads afterwards.
  struct Case: Sendable {
    var change: String
    var code: String?
  }

  static let cases: [Case] = [
    Case(change: "widen-sink"),
    Case(change: "delete-sink", code: "gcp.sink.deleted"),
    Case(change: "narrow-sink", code: "gcp.sink.narrowed"),
    Case(change: "exclude-in-sink", code: "gcp.sink.narrowed"),
    Case(change: "add-exclusion", code: "gcp.exclusion.added"),
    Case(change: "exempt", code: "gcp.auditconfig.weakened"),
    Case(change: "drop-data-access", code: "gcp.auditconfig.weakened"),
  ]

  /// What arrives and what changes: weak settings have tests of their own.
  private static let source = #"optional: ["posture"]"#

  @Test(.timeLimit(.minutes(12)))
  func healthyProjectsAreOk() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let watchkeeper = try StrictProcess(cloud, source: Self.source)
      let round = try await watchkeeper.check()
      #expect(round.report.state == "ok" && round.exit == 0, "\(round.text)")
      #expect(round.report.alerts.isEmpty)
      for unit in ["analytics", "ingest", "reports"] {
        #expect(round.report.state("entries", unit) == "ok", "\(round.text)")
      }
      #expect(try await watchkeeper.check().report.state == "ok")
      #expect(try await cloud.calls().filter(\.write).isEmpty)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func eachCauseHasItsCodeAndOnlyThat() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      for one in Self.cases {
        try await cloud.reset()
        let watchkeeper = try StrictProcess(cloud, source: Self.source)
        #expect(try await watchkeeper.check().exit == 0)
        try await cloud.control("POST", "delays", "{\"entries\": 0}")
        try await cloud.change(one.change, as: "ops")
        let round = try await watchkeeper.check()
        let wanted = Set([one.code].compactMap { $0 })
        #expect(round.report.codes == wanted, "\(one.change): \(round.text)")
        for alert in round.report.alerts where alert.under == nil {
          #expect(alert.cause?.actor == "ops@example.org", "\(one.change): \(round.text)")
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aSinkThatIsOffOrMayNotWriteIsNotOk() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let watchkeeper = try StrictProcess(cloud, source: Self.source)
      #expect(try await watchkeeper.check().exit == 0)
      try await cloud.change("disable-sink")
      let off = try await watchkeeper.check()
      #expect(off.report.state == "failing" && off.exit == 2, "\(off.text)")
      try await cloud.reset()
      try await cloud.earlier(seconds: 3_600) { try await cloud.change("revoke-writer") }
      let round = try await StrictProcess(cloud, source: Self.source).check()
      #expect(round.exit == 2, "\(round.text)")
      #expect(round.report.codes.isSubset(of: ["gcp.sink.error", "gcp.audit.silent"]))
      #expect(round.report.states("entries") == ["ok"])
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aProjectWithoutEntriesIsSilentAndTheOthersAreNot() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      try await cloud.earlier(seconds: 7_200) {
        try await cloud.control("POST", "streams", #"{"project": "acme-ingest", "every": 0}"#)
      }
      let round = try await StrictProcess(cloud, source: Self.source).check()
      #expect(round.report.state("entries", "ingest") == "silent", "\(round.text)")
      #expect(round.report.state("entries", "analytics") == "ok")
      #expect(round.report.codes == ["gcp.audit.silent"], "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aSlowProjectWithItsExpectationIsOk() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      // The last entry was 49 minutes ago, by right.
      try await cloud.earlier(seconds: 2_340) {
        try await cloud.control(
          "POST", "streams", #"{"project": "acme-ingest", "every": 3000, "rebuild": true}"#)
      }
      let round = try await StrictProcess(
        cloud, source: Self.source + #", expect: { entries: "60m+20m", export: "60m+20m" }"#
      ).check()
      #expect(round.report.codes.isEmpty && round.exit == 0, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func whatIsDeniedOnOneProjectIsBlindThere() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let watchkeeper = try StrictProcess(cloud, source: Self.source)
      #expect(try await watchkeeper.check().exit == 0)
      try await cloud.deny("*", scope: "projects/acme-ingest")
      let round = try await watchkeeper.check()
      // One blind round is a state; only one that lasts is an alert.
      #expect(round.report.codes.isEmpty && round.exit == 3, "\(round.text)")
      #expect(round.report.state("entries", "ingest") == "blind")
      // Who may not see a watched project may not see others either: that list is not whole.
      for path in round.report.paths where path.state == "blind" {
        #expect(["ingest", "ALL-PROJECTS"].contains(path.region), "\(path)")
      }
      #expect(round.report.state("entries", "analytics") == "ok")
    }
  }

  @Test(
    .timeLimit(.minutes(12)),
    arguments: [
      "error", "garbage", "html", "empty", "null", "deep", "cut", "wrong_length", "reset",
    ])
  func brokenAnswersAreBlindNeverOkNeverSilent(kind: String) async throws {
    try await StrictCloud.running(.gcp) { cloud in
      try await cloud.fault(kind, ["service": "logging", "operation": "logging.entries.list"])
      let round = try await StrictProcess(cloud, source: Self.source).check()
      #expect(round.report.states("entries") == ["blind"], "\(round.text)")
      #expect(round.report.codes.isEmpty && round.exit == 3, "\(round.text)")
    }
  }
}
