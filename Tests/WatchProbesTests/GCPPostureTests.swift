import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Causes and the checks that fail for them: sinks, stores, audit configs.
struct GCPPostureTests {
  private static let plan = SourcePlan.gcp(GCPSource(units: ["one"]))
  private static let bucket = "projects/acme-1/locations/eu/buckets/audit"
  private static let ownSinks = [
    acmeSink("_Default", to: "logging.googleapis.com/\(defaultBucket)", filter: ""),
    acmeSink("_Required", to: "logging.googleapis.com/\(defaultBucket)"),
  ]
  /// As Google makes it, and switched off.
  private static let off = acmeSink(
    "_Default", to: "logging.googleapis.com/\(defaultBucket)",
    filter: #"NOT LOG_ID("cloudaudit.googleapis.com/activity")"#, more: #","disabled":true"#)
  private static let defaultBucket = "projects/acme-1/locations/global/buckets/_Default"

  private static func sinks(_ more: String...) -> String {
    #"{"sinks":[\#((ownSinks + more).joined(separator: ","))]}"#
  }

  private static let keep = acmeSink("keep", to: "logging.googleapis.com/\(bucket)")

  private static func stored(
    days: Int = 400, locked: Bool = true, state: String = "ACTIVE", more: String = ""
  ) -> String {
    gcpList(
      "buckets",
      #"{"name":"\#(bucket)","retentionDays":\#(days),"locked":\#(locked),"lifecycleState":"#
        + #""\#(state)"}"#,
      // Somebody else's, of no audit.
      #"{"name":"projects/acme-1/locations/eu/buckets/app","retentionDays":3}"#,
      #"{"name":"\#(defaultBucket)","retentionDays":30,"lifecycleState":"ACTIVE"}"#)
  }

  private static func archive(
    seconds: Int? = 400 * 86_400, locked: Bool = true, shut: String = "enforced", more: String = ""
  ) -> String {
    let kept = seconds.map {
      #","retentionPolicy":{"retentionPeriod":"\#($0)","isLocked":\#(locked)}"#
    }
    return #"{"name":"acme-audit","iamConfiguration":{"publicAccessPrevention":"\#(shut)"}"#
      + #"\#(kept ?? "")\#(more)}"#
  }

  private static func policy(_ types: String = #"{"logType":"DATA_READ"},{"logType":"DATA_WRITE"}"#)
    -> String
  {
    #"{"auditConfigs":[{"service":"allServices","auditLogConfigs":[\#(types)]}]}"#
  }

  private static let sinkError =
    #"{"logName":"projects/acme-1/logs/logging.googleapis.com%2Fsink_error","timestamp":"#
    + #""2026-11-20T02:50:00Z","labels":{"sink_id":"archive","error_code":"#
    + #""bucket_permission_denied"}}"#

  private static let notHandedOn =
    #"{"metric":{"type":"m"},"resource":{"type":"logging_sink","labels":{"name":"archive"}},"#
    + #""points":[{"interval":{"endTime":"2026-11-20T02:50:00Z"},"value":{"int64Value":"3"}}]}"#

  /// A project in which everything is as it should be.
  private func estate() -> CannedGCP {
    let cloud = CannedGCP()
    cloud.set("/acme-1/sinks", Self.sinks(acmeSink(), Self.keep))
    cloud.set("/acme-1/sinks inherited", Self.sinks(acmeSink(), Self.keep))
    cloud.set("/acme-1/exclusions", "{}")
    cloud.set("/acme-1/locations/-/buckets", Self.stored())
    cloud.set("/acme-1:getIamPolicy", Self.policy())
    cloud.set("entries projects/acme-1 ", "{}")
    cloud.set("/acme-1/timeSeries", "{}")
    cloud.set("/b/acme-audit", Self.archive())
    cloud.set("/v3/projects/acme-1", #"{"projectId":"acme-1","name":"projects/1"}"#)
    return cloud
  }

  private func look(
    _ cloud: CannedGCP, _ plan: SourcePlan = GCPPostureTests.plan
  ) async -> [String: Look.Result] {
    await GCPPostureProbe(setup: cloud.setup([plan]), plan: plan).probe(.still).look(three).results
  }

  private func checks(_ cloud: CannedGCP, _ plan: SourcePlan = GCPPostureTests.plan) async throws
    -> [PostureCheck]
  {
    try #require(await look(cloud, plan)["posture one"]?.posture).checks
  }

  private func failing(
    _ cloud: CannedGCP, _ plan: SourcePlan = GCPPostureTests.plan
  ) async throws -> Set<String> {
    Set(try await checks(cloud, plan).filter { $0.verdict == .fails }.map(\.rule))
  }

  @Test func `a good project fails nothing, and every rule is asked`() async throws {
    let checks = try await checks(estate())
    #expect(checks.filter { $0.verdict == .fails }.map(\.rule) == [])
    let own = PostureCatalogue.all.map(\.id).filter { id in
      ["gcp.sink.", "gcp.bucket.", "gcp.archive.", "gcp.exclusion.", "gcp.audit."]
        .contains { id.hasPrefix($0) }
    }
    #expect(Set(checks.map(\.rule)) == Set(own))
    #expect(
      Set(checks.map(\.subject)) == [
        "projects/acme-1", "projects/acme-1/exclusions", "projects/acme-1/auditConfigs",
        "projects/acme-1/sinks/archive", "projects/acme-1/sinks/keep",
        Self.bucket,
      ])
  }

  /// What is changed (path, answer) and what then fails, and nothing else.
  @Test(arguments: [
    ("/acme-1/sinks", sinks(), ["sink.exists"]),
    (
      "/acme-1/sinks",
      sinks(acmeSink(filter: #"logName:"cloudaudit.googleapis.com%2Fdata_access""#)),
      ["sink.exists"]
    ),
    ("/acme-1/sinks", sinks(acmeSink(more: #","disabled":true"#)), ["sink.enabled"]),
    (
      "/acme-1/sinks",
      sinks(
        acmeSink(
          more: #","exclusions":[{"name":"x","filter":"protoPayload.methodName:\"DeleteSink\""}]"#)),
      ["sink.carries"]
    ),
    (
      "/acme-1/sinks",
      sinks(
        acmeSink(
          more: #","exclusions":[{"name":"x","filter":"severity>=DEFAULT","disabled":true}]"#)),
      []
    ),
    (
      "/acme-1/sinks", sinks(acmeSink(to: "storage.googleapis.com/none")), ["sink.destination"]
    ),
    (
      "/acme-1/sinks",
      sinks(acmeSink(to: "logging.googleapis.com/projects/acme-1/locations/eu/buckets/gone")),
      ["sink.destination"]
    ),
    (
      "/acme-1/sinks", sinks(acmeSink(to: "pubsub.googleapis.com/projects/acme-1/topics/gone")),
      ["sink.destination"]
    ),
    ("entries projects/acme-1 ", gcpList("entries", sinkError), ["sink.errors"]),
    ("/acme-1/timeSeries", gcpList("timeSeries", notHandedOn), ["sink.errors"]),
    ("/acme-1/locations/-/buckets", stored(days: 30), ["bucket.retention"]),
    ("/acme-1/locations/-/buckets", stored(locked: false), ["bucket.locked"]),
    ("/acme-1/locations/-/buckets", stored(state: "DELETE_REQUESTED"), ["bucket.active"]),
    ("/b/acme-audit", archive(seconds: 86_400), ["archive.retention"]),
    ("/b/acme-audit", archive(seconds: nil), ["archive.retention"]),
    ("/b/acme-audit", archive(locked: false), ["archive.locked"]),
    ("/b/acme-audit", archive(shut: "inherited"), ["archive.public"]),
    (
      "/b/acme-audit",
      archive(
        more: #","lifecycle":{"rule":[{"action":{"type":"Delete"},"condition":{"age":30}}]}"#),
      ["archive.lifecycle"]
    ),
    (
      "/b/acme-audit",
      archive(
        more:
          #","lifecycle":{"rule":[{"action":{"type":"SetStorageClass"},"condition":{"age":3}}]}"#),
      []
    ),
    (
      "/acme-1/exclusions",
      gcpList(
        "exclusions",
        #"{"name":"noise","filter":"log_id(\"cloudaudit.googleapis.com/data_access\")"}"#),
      ["exclusion.audit"]
    ),
    (
      "/acme-1/exclusions",
      gcpList("exclusions", #"{"name":"noise","filter":"resource.type=\"k8s_container\""}"#), []
    ),
    (
      "/acme-1:getIamPolicy",
      policy(
        #"{"logType":"DATA_READ","exemptedMembers":["user:a@example.org"]},{"logType":"DATA_WRITE"}"#
      ),
      ["audit.exempted"]
    ),
    // Nobody asked for it.
    ("/acme-1:getIamPolicy", "{}", []),
    // Off, and nobody asked for what it alone carries.
    ("/acme-1/sinks", sinks(acmeSink(), off), []),
  ])
  func `each cause fails its checks`(
    _ path: String, _ answer: String, _ wanted: [String]
  ) async throws {
    let cloud = estate()
    cloud.set(path, answer)
    #expect(try await failing(cloud) == Set(wanted.map { "gcp.\($0)" }))
  }

  @Test func `sinks by name, and Data Access where it is asked for`() async throws {
    let plan = SourcePlan.gcp(
      GCPSource(units: ["one"], logs: ["data_access"], sinks: ["archive", "one/lost", "two/other"]))
    let cloud = estate()
    #expect(try await failing(cloud, plan) == ["gcp.sink.exists"])
    let subjects = try await checks(cloud, plan).filter { $0.rule == "gcp.sink.exists" }
    #expect(
      subjects.map { "\($0.subject) \($0.verdict == .holds)" } == [
        "projects/acme-1/sinks/archive true", "projects/acme-1/sinks/lost false",
      ])
    cloud.set("/acme-1:getIamPolicy", "{}")
    cloud.set("/v3/projects/acme-1", #"{"projectId":"acme-1","name":"projects/1"}"#)
    #expect(try await failing(cloud, plan) == ["gcp.sink.exists", "gcp.audit.data-access"])
  }

  /// Where a folder or organization records it, and whether that can be seen.
  @Test(
    arguments: [(policy(), .holds), ("{}", .fails), (nil, nil)]
      as [(String?, PostureCheck.Verdict?)])
  func `Data Access recorded from above`(
    _ answer: String?, _ wanted: PostureCheck.Verdict?
  ) async throws {
    let plan = SourcePlan.gcp(GCPSource(units: ["one"], logs: ["data_access"]))
    let cloud = estate()
    cloud.set("/acme-1:getIamPolicy", "{}")
    cloud.set(
      "/v3/projects/acme-1",
      #"{"projectId":"acme-1","name":"projects/1","parent":"organizations/7"}"#)
    if let answer {
      cloud.set("/organizations/7:getIamPolicy", answer)
    } else {
      cloud.refuse("/organizations/7:getIamPolicy")
    }
    let verdict = try await checks(cloud, plan).first { $0.rule == "gcp.audit.data-access" }?
      .verdict
    if let wanted {
      #expect(verdict == wanted)
    } else if case .unknown(let why)? = verdict {
      #expect(why.kind == .denied)
    } else {
      Issue.record("\(String(describing: verdict))")
    }
  }

  @Test(arguments: [
    (#","includeChildren":true"#, true), ("", false),
    (#","includeChildren":true,"disabled":true"#, false),
  ])
  func `a sink from above takes a project's entries where it takes children's`(
    _ more: String, _ reaches: Bool
  ) async throws {
    let cloud = estate()
    cloud.set("/acme-1/sinks", Self.sinks())
    cloud.set(
      "/acme-1/sinks inherited",
      Self.sinks(acmeSink("org", of: "organizations/7", more: more)))
    #expect(try await failing(cloud) == (reaches ? [] : ["gcp.sink.exists"]))
  }

  @Test func `a call that is denied makes its own checks unknown and no other`() async throws {
    for (path, rules) in [
      ("/acme-1/exclusions", ["gcp.exclusion.audit"]),
      ("/acme-1:getIamPolicy", ["gcp.audit.data-access", "gcp.audit.exempted"]),
      ("entries projects/acme-1 ", ["gcp.sink.errors", "gcp.sink.errors"]),
      ("/acme-1/timeSeries", ["gcp.sink.errors", "gcp.sink.errors"]),
      ("/b/acme-audit", ["gcp.sink.destination"]),
    ] {
      let cloud = estate()
      cloud.refuse(path)
      let unknown = try await checks(cloud).filter {
        if case .unknown = $0.verdict { true } else { false }
      }
      #expect(unknown.map(\.rule) == rules, "\(path)")
      #expect(try await failing(cloud) == [], "\(path)")
    }
  }

  @Test func `one project's refusal blinds that project's path alone`() async {
    let cloud = estate()
    for path in ["sinks", "locations/-/buckets", "exclusions"] {
      cloud.refuse("/acme-2/\(path)")
    }
    let seen = await look(cloud, .auditLogs)
    #expect(Set(seen.keys) == ["posture one", "posture two"])
    #expect(seen["posture one"]?.posture != nil)
    #expect(seen["posture two"]?.blindness?.kind == .denied)
  }

  @Test func `a destination in a project that nobody watches may be denied`() async throws {
    for (project, kind) in [("acme-logs", Blindness.Kind.undecided), ("acme-2", .denied)] {
      let cloud = estate()
      cloud.set(
        "/acme-1/sinks",
        Self.sinks(acmeSink(to: "pubsub.googleapis.com/projects/\(project)/topics/t")))
      cloud.refuse("/\(project)/topics/t")
      let check = try await checks(cloud).first { $0.rule == "gcp.sink.destination" }
      guard case .unknown(let why)? = check?.verdict else {
        Issue.record("\(project): \(String(describing: check))")
        continue
      }
      #expect(why.kind == kind, "\(project)")
    }
  }

  @Test func `sinks lead to stores in the graph`() async throws {
    let cloud = estate()
    cloud.set("/b/acme-audit") { _ in
      HTTPResponse(status: 404, body: Array(#"{"error":{"code":404,"message":"none"}}"#.utf8))
    }
    let seen = try #require(await look(cloud)["posture one"]?.posture).pipeline
    let sink = PipelineNode.ID(.sink, "projects/acme-1/sinks/keep")
    #expect(seen.node(sink)?.state == .works)
    #expect(
      Set(seen.edges.map(\.to)) == [
        PipelineNode.ID(.bucket, "acme-audit"), PipelineNode.ID(.group, Self.bucket),
      ])
    #expect(seen.node(PipelineNode.ID(.bucket, "acme-audit"))?.state.isBroken == true)
  }

  @Test func `only declared permissions are used`() async throws {
    let used = UsedPermissions()
    let cloud = estate()
    cloud.set("/acme-1/sinks", Self.sinks())
    let setup = cloud.setup([Self.plan], onCall: { permission, _, _ in used.add(permission) })
    _ = await GCPPostureProbe(setup: setup, plan: Self.plan).probe(.still).look(three)
    #expect(used.all.isSubset(of: GCPPostureProbe.permissions) && !used.all.isEmpty)
  }

  /// Data Access where `_Default` is off: who else carries it, in the project and above.
  @Test(
    arguments: [
      ([], [], ["gcp.sink.enabled"]),
      (
        [acmeSink(filter: #"log_id("cloudaudit.googleapis.com/activity")"#)], [],
        ["gcp.sink.enabled"]
      ),
      ([acmeSink()], [], []), ([acmeSink(more: #","disabled":true"#)], [], ["gcp.sink.enabled"]),
      ([], [acmeSink("org", of: "organizations/7", more: #","includeChildren":true"#)], []),
      ([], [acmeSink("org", of: "organizations/7")], ["gcp.sink.enabled"]),
    ] as [([String], [String], [String])])
  func `what _Default alone carries is lost without it`(
    _ own: [String], _ above: [String], _ wanted: [String]
  ) async throws {
    let plan = SourcePlan.gcp(GCPSource(units: ["one"], logs: ["data_access"]))
    let cloud = estate()
    let all = own + [Self.off]
    cloud.set("/acme-1/sinks", #"{"sinks":[\#(all.joined(separator: ","))]}"#)
    cloud.set("/acme-1/sinks inherited", #"{"sinks":[\#((all + above).joined(separator: ","))]}"#)
    let rules = Set(
      try await checks(cloud, plan).filter {
        $0.verdict == .fails && $0.subject == "projects/acme-1/sinks/_Default"
      }.map(\.rule))
    #expect(rules == Set(wanted))
  }

  @Test func `_Default may be named, and is not asked for Admin Activity`() async throws {
    let cloud = estate()
    cloud.set("/acme-1/sinks", Self.sinks(acmeSink()).replacing(Self.ownSinks[0], with: Self.off))
    let plan = SourcePlan.gcp(GCPSource(units: ["one"], sinks: ["archive", "_Default"]))
    let failing = try await checks(cloud, plan).filter {
      $0.verdict == .fails && $0.subject.hasSuffix("/_Default") && $0.rule.contains("sink")
    }
    #expect(failing.map(\.rule) == ["gcp.sink.enabled"])
  }

  /// Sinks where only Data Access is asked for.
  @Test(
    arguments: [
      (sinks(), []), (sinks(acmeSink(filter: #"logName:"data_access""#)), []),
      (#"{"sinks":[\#(ownSinks[1])]}"#, ["gcp.sink.exists"]),
    ] as [(String, [String])])
  func `nobody asks for Admin Activity where Data Access is wanted`(
    _ sinks: String, _ wanted: [String]
  ) async throws {
    let plan = SourcePlan.gcp(GCPSource(units: ["one"], logs: ["data_access"]))
    let cloud = estate()
    cloud.set("/acme-1/sinks", sinks)
    cloud.set("/acme-1/sinks inherited", sinks)
    let failing = try await checks(cloud, plan).filter {
      $0.verdict == .fails && $0.rule.hasPrefix("gcp.sink")
    }
    #expect(failing.map(\.rule) == wanted)
    #expect(failing.allSatisfy { !$0.seen.contains("Admin Activity") })
  }

  /// A log bucket of another project, as the sink names that project.
  @Test(
    arguments: [
      ("acme-logs", "ACTIVE", []), ("9", "ACTIVE", []),
      ("9", "DELETE_REQUESTED", ["gcp.bucket.active"]),
      ("acme-logs", "DELETE_REQUESTED", ["gcp.bucket.active"]),
    ] as [(String, String, [String])])
  func `another project's log bucket is looked at`(
    _ project: String, _ state: String, _ wanted: [String]
  ) async throws {
    let cloud = estate()
    cloud.set(
      "/acme-1/sinks",
      Self.sinks(
        acmeSink(to: "logging.googleapis.com/projects/\(project)/locations/eu/buckets/audit")))
    cloud.set(
      "/\(project)/locations/-/buckets",
      gcpList(
        "buckets",
        #"{"name":"projects/acme-logs/locations/eu/buckets/audit","retentionDays":400,"#
          + #""locked":true,"lifecycleState":"\#(state)"}"#))
    #expect(try await failing(cloud) == Set(wanted))
    let asked = try await checks(cloud).filter { $0.rule.hasPrefix("gcp.bucket.") }
    #expect(asked.count == 3)
  }

  @Test(arguments: [
    #"{"createdBefore":"2030-01-01"}"#, #"{"numNewerVersions":1}"#, "{}",
    #"{"createdBefore":"2030-01-01"}},{"action":{"type":"Delete"},"condition":{"age":900}"#,
  ])
  func `a rule that deletes by something else than age is open`(_ condition: String) async throws {
    let cloud = estate()
    cloud.set(
      "/b/acme-audit",
      Self.archive(
        more: #","lifecycle":{"rule":[{"action":{"type":"Delete"},"condition":\#(condition)}]}"#))
    let check = try await checks(cloud).first { $0.rule == "gcp.archive.lifecycle" }
    guard case .unknown(let why)? = check?.verdict else {
      Issue.record("\(String(describing: check))")
      return
    }
    #expect(why.kind == .undecided)
  }

  @Test func `whom a level above exempts is exempted here`() async throws {
    let cloud = estate()
    cloud.set(
      "/v3/projects/acme-1",
      #"{"projectId":"acme-1","name":"projects/1","parent":"organizations/7"}"#)
    cloud.set(
      "/organizations/7:getIamPolicy",
      Self.policy(#"{"logType":"DATA_READ","exemptedMembers":["user:a@example.org"]}"#))
    let check = try await checks(cloud).first { $0.rule == "gcp.audit.exempted" }
    #expect(check?.verdict == .fails)
    #expect(check?.seen == "user:a@example.org in organizations/7")
    // Whoever may not look there is not blind for it, and does not know.
    cloud.refuse("/organizations/7:getIamPolicy")
    let open = try await checks(cloud).first { $0.rule == "gcp.audit.exempted" }
    #expect(
      open?.verdict == .info && open?.seen.hasPrefix("nobody in projects/acme-1; above") == true)
  }

  /// Minutes since an error entry, since a count of errors and since the last export, each nil for none;
  /// and whether the sink is then still broken.
  @Test(
    arguments: [
      (50, nil, nil, true), (1_400, nil, nil, true), (1_600, nil, nil, false), (50, nil, 40, false),
      (50, nil, 55, true), (nil, 50, nil, true), (nil, 50, 40, false), (nil, 50, 60, true),
      (nil, 10, 5, true), (50, 10, 5, true), (nil, 1_600, nil, false),
    ] as [(Int?, Int?, Int?, Bool)])
  func `an error stands until something is handed on`(
    _ told: Int?, _ counted: Int?, _ export: Int?, _ isBroken: Bool
  ) async throws {
    @Sendable func time(_ minutes: Int) -> String { (three - .minutes(minutes)).iso }
    @Sendable func series(_ minutes: Int) -> String {
      Self.notHandedOn.replacing("2026-11-20T02:50:00Z", with: time(minutes))
    }
    let cloud = estate()
    cloud.set("entries projects/acme-1 ") { asked in
      let isAsked = asked.entries?.contains("sink_error") == true
      let since = asked.entries?.split(separator: #"timestamp>=""#).dropFirst().first?.prefix(19)
      guard isAsked, let told, let since, time(told).prefix(19) >= since else { return .json("{}") }
      return .json(
        gcpList("entries", Self.sinkError.replacing("2026-11-20T02:50:00Z", with: time(told))))
    }
    cloud.set("/acme-1/timeSeries") { asked in
      let isErrors = asked.parameters["filter"]?.contains("error_count") == true
      let since = asked.parameters["interval.startTime"]?.prefix(19) ?? ""
      let found = (isErrors ? counted : export).flatMap { minutes in
        time(minutes).prefix(19) >= since ? series(minutes) : nil
      }
      return .json(found.map { gcpList("timeSeries", $0) } ?? "{}")
    }
    #expect(try await failing(cloud) == (isBroken ? ["gcp.sink.errors"] : []))
  }

  @Test func `errors of a folder's sink stand for a day`() async throws {
    var account = CloudAccount.acme
    account.gcp?.units = [CloudUnit(id: "folders/9", label: "nine")]
    let cloud = CannedGCP()
    let sink = acmeSink(of: "folders/9", more: #","includeChildren":true"#)
    cloud.set("/folders/9/sinks", gcpList("sinks", sink))
    cloud.set("/folders/9/locations/-/buckets", "{}")
    cloud.set("/v3/folders/9", #"{"name":"folders/9","state":"ACTIVE"}"#)
    let old = Self.sinkError.replacing("02:50:00Z", with: "00:10:00Z")
    cloud.set("entries folders/9 ", gcpList("entries", old))
    let plan = SourcePlan.gcp(GCPSource())
    let setup = cloud.setup([plan], account: account)
    let seen = await GCPPostureProbe(setup: setup, plan: plan).probe(.still).look(three).results
    let check = seen["posture nine"]?.posture?.checks.first { $0.rule == "gcp.sink.errors" }
    #expect(check?.verdict == .fails)
    let filter = cloud.requests.compactMap(\.entries).first { $0.contains("sink_error") }
    #expect(filter?.contains((three - .hours(25)).date) == true)
  }
}
