import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Causes and the checks that fail for them: sinks, stores, audit configs.
struct GCPPostureTests {
  static let plan = SourcePlan.gcp(GCPSource(units: ["one"]))
  static let bucket = "projects/acme-1/locations/eu/buckets/audit"
  static let ownSinks = [
    acmeSink("_Default", to: "logging.googleapis.com/\(defaultBucket)", filter: ""),
    acmeSink("_Required", to: "logging.googleapis.com/\(defaultBucket)"),
  ]
  /// As Google makes it, and switched off.
  static let off = acmeSink(
    "_Default", to: "logging.googleapis.com/\(defaultBucket)",
    filter: #"NOT LOG_ID("cloudaudit.googleapis.com/activity")"#, more: #","disabled":true"#)
  static let defaultBucket = "projects/acme-1/locations/global/buckets/_Default"

  static func sinks(_ more: String...) -> String {
    #"{"sinks":[\#((ownSinks + more).joined(separator: ","))]}"#
  }

  static let keep = acmeSink("keep", to: "logging.googleapis.com/\(bucket)")

  static func stored(
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

  static func archive(
    seconds: Int? = 400 * 86_400, locked: Bool = true, shut: String = "enforced", more: String = ""
  ) -> String {
    let kept = seconds.map {
      #","retentionPolicy":{"retentionPeriod":"\#($0)","isLocked":\#(locked)}"#
    }
    return #"{"name":"acme-audit","iamConfiguration":{"publicAccessPrevention":"\#(shut)"}"#
      + #"\#(kept ?? "")\#(more)}"#
  }

  static func policy(_ types: String = #"{"logType":"DATA_READ"},{"logType":"DATA_WRITE"}"#)
    -> String
  {
    #"{"auditConfigs":[{"service":"allServices","auditLogConfigs":[\#(types)]}]}"#
  }

  static let sinkError =
    #"{"logName":"projects/acme-1/logs/logging.googleapis.com%2Fsink_error","timestamp":"#
    + #""2026-11-20T02:50:00Z","labels":{"sink_id":"archive","error_code":"#
    + #""bucket_permission_denied"}}"#

  static let notHandedOn =
    #"{"metric":{"type":"m"},"resource":{"type":"logging_sink","labels":{"name":"archive"}},"#
    + #""points":[{"interval":{"endTime":"2026-11-20T02:50:00Z"},"value":{"int64Value":"3"}}]}"#

  /// A project in which everything is as it should be.
  func estate() -> CannedGCP {
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

  func look(
    _ cloud: CannedGCP, _ plan: SourcePlan = GCPPostureTests.plan
  ) async -> [String: Look.Result] {
    await GCPPostureProbe(setup: cloud.setup([plan]), plan: plan).probe(.still).look(three).results
  }

  func checks(_ cloud: CannedGCP, _ plan: SourcePlan = GCPPostureTests.plan) async throws
    -> [PostureCheck]
  {
    try #require(await look(cloud, plan)["posture one"]?.posture).checks
  }

  func failing(
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
}
