import Testing

/// What `check` says of a strict Google Cloud whose sinks nobody named, where the set-up counts: the
/// first look's summary stands, what comes later has its own code, and what nobody can judge is quiet.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct GCPPostureCheckTests {
  /// A change, and what leads afterwards besides the first look's summary.
  struct Case: Sendable {
    var change: String
    var more: [String: String] = [:]
    var code: String?
  }

  private static let audit = #"logName:\"cloudaudit.googleapis.com\""#

  static let cases: [Case] = [
    // All that we know of still comes through; what does not is known to nobody.
    Case(
      change: "narrow-sink",
      more: ["filter": audit + #" AND NOT protoPayload.serviceName=\"dns.googleapis.com\""#],
      code: "gcp.sink.narrowed"),
    Case(
      change: "narrow-sink",
      more: ["filter": audit + #" AND NOT protoPayload.methodName:\"DeleteLog\""#],
      code: "gcp.sink.narrowed"),
    Case(change: "narrow-sink", more: ["filter": audit + #" OR severity>=ERROR"#]),
    Case(
      change: "exclude-in-sink", more: ["filter": #"LogName:\"cloudaudit.googleapis.com\""#],
      code: "gcp.sink.narrowed"),
    Case(
      change: "exclude-in-sink",
      more: ["filter": #"LogName:\"cloudaudit.googleapis.com\""#, "name": "_Default"],
      code: "gcp.sink.narrowed"),
    // The other sinks carry all that it did.
    Case(change: "disable-sink", more: ["name": "_Default"]),
    Case(change: "disable-sink", code: "gcp.sink.disabled"),
    Case(change: "delete-topic", code: "gcp.pipeline.tampered"),
  ]

  private func process(
    _ cloud: StrictCloud, projects: [String] = StrictCloud.projects
  ) throws -> StrictProcess {
    try StrictProcess(
      cloud, gcp: #"logs: ["activity", "data_access"],"#, projects: projects)
  }

  /// Without what the first look found, which stands.
  private func codes(_ round: StrictProcess.Round) -> Set<String> {
    round.report.codes.subtracting(["gcp.posture.weak"])
  }

  @Test(.timeLimit(.minutes(4)))
  func healthyProjectsStayQuiet() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let watchkeeper = try process(cloud)
      for _ in 0..<3 {
        let round = try await watchkeeper.check()
        #expect(codes(round) == [], "\(round.text)")
        #expect(!round.report.paths.contains { $0.state == "blind" }, "\(round.report.summary)")
        let defaults = round.report.paths.filter { $0.path.contains("_Default") }
        #expect(defaults.allSatisfy { $0.state == "off" } && !defaults.isEmpty)
      }
    }
  }

  @Test(.timeLimit(.minutes(4)))
  func aSinkThatOnlyFeedsTheQueueIsNotSilent() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      try await cloud.earlier(seconds: 7_200) {
        try await cloud.change(
          "narrow-sink", as: "ops",
          [
            "name": "to-siem",
            "filter": #"protoPayload.methodName=~\"(Sink|Exclusion|SetIamPolicy)\""#,
          ])
      }
      let watchkeeper = try process(cloud)
      for _ in 0..<2 {
        let round = try await watchkeeper.check()
        #expect(codes(round) == [], "\(round.report.summary)")
      }
    }
  }

  @Test(.timeLimit(.minutes(4)))
  func eachChangeHasItsCode() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      for one in Self.cases {
        try await cloud.reset()
        let watchkeeper = try process(cloud)
        #expect(codes(try await watchkeeper.check()) == [])
        try await cloud.control("POST", "delays", "{\"entries\": 0}")
        try await cloud.change(one.change, as: "ops", one.more)
        let round = try await watchkeeper.check()
        let leading = codes(round)
        let told = "\(one.change) \(one.more): \(round.report.summary)"
        if let code = one.code {
          #expect(leading.contains(code), "\(told)")
        } else {
          #expect(leading == [], "\(told)")
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(4)))
  func whatDefaultAloneCarriesIsLostWithoutIt() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      for sink in ["to-archive", "to-siem"] {
        try await cloud.change(
          "narrow-sink", as: "ops",
          ["name": sink, "filter": #"log_id(\"cloudaudit.googleapis.com/activity\")"#])
      }
      // The organization's takes Data Access from below.
      try await cloud.change(
        "disable-sink", as: "ops",
        ["name": "org-audit", "project": try #require(cloud.facts.organization)])
      let watchkeeper = try process(cloud)
      #expect(codes(try await watchkeeper.check()) == [])
      try await cloud.change("disable-sink", as: "ops", ["name": "_Default"])
      let round = try await watchkeeper.check()
      #expect(codes(round) == ["gcp.sink.disabled"], "\(round.report.summary)")
      #expect(round.report.state("setting", "analytics") == "failing")
    }
  }

  @Test(.timeLimit(.minutes(4)))
  func anExclusionThatDropsMoreIsANewAlert() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let some = ["filter": #"resource.type=\"k8s_cluster\""#]
      try await cloud.change("exclude-in-sink", as: "ops", some)
      let watchkeeper = try process(cloud)
      #expect(codes(try await watchkeeper.check()) == [])
      try await cloud.change(
        "exclude-in-sink", as: "ops", ["filter": #"log_id(\"cloudaudit.googleapis.com/activity\")"#]
      )
      let round = try await watchkeeper.check()
      #expect(codes(round).contains("gcp.sink.narrowed"), "\(round.report.summary)")
    }
  }

  @Test(.timeLimit(.minutes(4)))
  func projectsThatMayNotBeSeenAreNotOk() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      try await cloud.deny("resourcemanager.projects.get")
      let round = try await process(cloud).check()
      #expect(round.report.state("region", "ALL-PROJECTS") == "blind", "\(round.report.summary)")
      #expect(round.exit != 0)
    }
  }

  @Test(.timeLimit(.minutes(4)))
  func anotherProjectsLogBucketIsWatched() async throws {
    try await StrictCloud.running(.gcp) { cloud in
      let to = "logging.googleapis.com/projects/acme-analytics/locations/eu/buckets/audit-eu"
      try await cloud.change(
        "remap-sink", as: "ops", ["project": "acme-ingest", "destination": to])
      let watchkeeper = try process(cloud, projects: ["acme-ingest"])
      #expect(codes(try await watchkeeper.check()).isDisjoint(with: ["gcp.store.erasable"]))
      try await cloud.change("delete-log-bucket", as: "ops")
      let round = try await watchkeeper.check()
      #expect(codes(round).contains("gcp.store.erasable"), "\(round.report.summary)")
    }
  }
}
