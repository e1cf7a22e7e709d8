import Testing

/// What `check` says of a strict Azure: healthy is quiet, each cause has its code and only that.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AzureCheckTests {
  /// A change after a first quiet round: what leads afterwards, and what may stand beside it because it
  /// is true as well.
  struct Case: Sendable {
    var change: String
    var code: String?
    var beside: Set<String> = []
  }

  static let cases: [Case] = [
    Case(change: "widen-setting"),
    Case(change: "delete-setting", code: "azure.setting.deleted"),
    Case(
      change: "narrow-setting", code: "azure.setting.narrowed", beside: ["azure.setting.none"]),
    Case(
      change: "remap-setting", code: "azure.setting.remapped", beside: ["azure.setting.none"]),
    Case(change: "cap", code: "azure.store.capped", beside: ["azure.posture.weak"]),
    Case(change: "workspace-retention", code: "azure.store.erasable"),
    Case(
      change: "remove-policy", code: "azure.store.erasable",
      beside: ["azure.pipeline.tampered"]),
    Case(change: "disable-alert", code: "azure.alertpath.broken"),
    Case(
      change: "suppress", code: "azure.alertpath.broken",
      beside: ["azure.alertpath.silenced", "azure.posture.weak"]),
  ]

  @Test(.timeLimit(.minutes(12)))
  func aHealthyTenantIsOk() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let watchkeeper = try StrictProcess(cloud)
      let round = try await watchkeeper.check()
      #expect(round.report.state == "ok" && round.exit == 0, "\(round.text)")
      #expect(round.report.alerts.isEmpty)
      for unit in ["dev", "test"] {
        #expect(round.report.state("activity", unit) == "ok", "\(round.text)")
      }
      #expect(try await watchkeeper.check().report.state == "ok")
      #expect(try await cloud.calls().filter(\.write).isEmpty)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func eachCauseHasItsCode() async throws {
    try await StrictCloud.running(.azure) { cloud in
      for one in Self.cases {
        try await cloud.reset()
        let watchkeeper = try StrictProcess(cloud)
        #expect(try await watchkeeper.check().exit == 0)
        try await cloud.control("POST", "delays", "{\"activity\": 0}")
        try await cloud.change(one.change, as: "ops")
        let round = try await watchkeeper.check()
        let wanted = Set([one.code].compactMap { $0 })
        #expect(wanted.isSubset(of: round.report.codes), "\(one.change): \(round.text)")
        #expect(
          round.report.codes.subtracting(wanted).isSubset(of: one.beside),
          "\(one.change): \(round.text)")
        let actors = Set(round.report.alerts.compactMap { $0.cause?.actor })
        #expect(actors.subtracting(["ops@example.org"]).isEmpty, "\(one.change): \(actors)")
      }
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func anEndThatLosesRecordsIsSilentAndTheOthersAreNot() async throws {
    try await StrictCloud.running(.azure) { cloud in
      try await cloud.earlier(seconds: 7_200) {
        try await cloud.control(
          "POST", "cut",
          #"{"end": "workspace", "kind": "activity", "subscription": "dev"}"#)
      }
      let round = try await StrictProcess(cloud).check()
      #expect(round.report.state("activity", "dev") == "silent", "\(round.text)")
      #expect(round.report.state("activity", "test") == "ok")
      #expect(round.report.codes == ["azure.activity.silent"])
      #expect(round.exit == 2)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aSlowSourceWithItsExpectationIsOkUntilItIsCut() async throws {
    let slow = #"expect: { activity: "60m+20m", archive: "90m+30m" }"#
    let sparse = #"{"subscription": "test", "every": 3000, "rebuild": true}"#
    try await StrictCloud.running(.azure) { cloud in
      // The last event was 49 minutes ago, by right.
      try await cloud.earlier(seconds: 2_340) {
        try await cloud.control("POST", "streams", sparse)
      }
      let quiet = try await StrictProcess(cloud, source: slow).check()
      #expect(quiet.report.codes.isEmpty && quiet.exit == 0, "\(quiet.text)")
      try await cloud.reset()
      try await cloud.earlier(seconds: 7_200) {
        try await cloud.control("POST", "streams", sparse)
        try await cloud.control(
          "POST", "cut",
          #"{"end": "workspace", "kind": "activity", "subscription": "test"}"#)
      }
      let cut = try await StrictProcess(cloud, source: slow).check()
      #expect(cut.report.state("activity", "test") == "silent", "\(cut.text)")
      #expect(cut.report.state("activity", "dev") == "ok")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func whatIsDeniedOnOneSubscriptionIsBlindThere() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let watchkeeper = try StrictProcess(cloud)
      #expect(try await watchkeeper.check().exit == 0)
      try await cloud.deny("*", scope: "/subscriptions/\(cloud.test)")
      let round = try await watchkeeper.check()
      // One blind round is a state; only one that lasts is an alert.
      #expect(round.report.codes.isEmpty && round.exit == 3, "\(round.text)")
      #expect(round.report.state("setting", "test") == "blind")
      for path in round.report.paths where path.state == "blind" {
        #expect(path.region == "test", "\(path)")
      }
      #expect(round.report.state("activity", "dev") == "ok")
    }
  }

  @Test(
    .timeLimit(.minutes(12)),
    arguments: [
      "error", "garbage", "html", "empty", "null", "deep", "cut", "wrong_length", "reset",
    ])
  func brokenAnswersAreBlindNeverOkNeverSilent(kind: String) async throws {
    try await StrictCloud.running(.azure) { cloud in
      try await cloud.fault(kind, ["service": "loganalytics"])
      try await cloud.fault(kind, ["service": "arm", "operation": "activityLogs.list"])
      let round = try await StrictProcess(cloud).check()
      #expect(round.report.states("activity") == ["blind"], "\(round.text)")
      #expect(round.report.states("history") == ["blind"], "\(round.text)")
      #expect(round.report.codes.isEmpty && round.exit == 3, "\(round.text)")
    }
  }
}
