import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// What `_Default` alone carries, other projects' stores, levels above, and errors that stand.
extension GCPPostureTests {
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
