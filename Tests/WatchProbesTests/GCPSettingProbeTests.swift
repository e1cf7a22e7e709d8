import CloudAPI
import EventRules
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct GCPSettingProbeTests {
  private func settings(
    _ script: GCPScript, _ plan: SourcePlan = GCPScript.plan(), _ path: String = "setting acme-1"
  ) async throws -> [PipelineSetting]? {
    guard case .saw(.settings(let seen))? = try await script.look("gcp.setting", plan)[path] else {
      return nil
    }
    return seen.settings
  }

  @Test func `a sink says what comes through it, and where it goes`() async throws {
    let script = GCPScript()
    let exclusions = #"""
      ,"exclusions":[{"name":"noise","filter":"resource.type=\"http_load_balancer\""},
      {"name":"ci","filter":"protoPayload.authenticationInfo.principalEmail=\"ci@x.y\""},
      {"name":"off","filter":"","disabled":true}]
      """#
    script.set(
      "acme-1/sinks", #"{"sinks":[\#(gcpSink(more: exclusions)),\#(gcpSink("_Required"))]}"#)
    let found = try #require(try await settings(script))
    let sink = try #require(found.first)
    #expect(found.map(\.id) == ["projects/acme-1/sinks/to-siem", "projects/acme-1/exclusions"])
    #expect(sink.kind == .sink && sink.name == "to-siem")
    let logs = ["activity", "data_access", "system_event", "policy"]
    #expect(sink.fact("filter") == .filter(#"logName:"cloudaudit.googleapis.com""#, covers: logs))
    #expect(
      sink.fact("destination") == .place("pubsub.googleapis.com/projects/acme-1/topics/t"))
    #expect(sink.fact("enabled") == .on(true))
    #expect(sink.fact("exclusions") == .leavesOut(logs.map { "ci: \($0)" }.sorted()))
    #expect(sink.fact("interceptChildren") == .note("false"))
  }

  /// A sink before and after, and what that is raised as.
  private static let changes: [(String, String, FailureCode?)] = [
    (gcpSink(), gcpSink(filter: #"severity>=ERROR"#), "gcp.sink.narrowed"),
    (gcpSink(filter: #"logName:\"activity\""#), gcpSink(), nil),
    (gcpSink(filter: #"logName:\"activity\" AND resource.type=\"logging_sink\""#), gcpSink(), nil),
    (gcpSink(), gcpSink(destination: "storage.googleapis.com/elsewhere"), "gcp.sink.narrowed"),
    (
      gcpSink(), gcpSink(filter: #"logName:\"cloudaudit\" AND sample(insertId, 0.1)"#),
      "gcp.sink.narrowed"
    ),
    (
      gcpSink(), gcpSink(more: #","exclusions":[{"name":"x","filter":"logName:*"}]"#),
      "gcp.sink.narrowed"
    ),
    (
      gcpSink(), gcpSink(more: #","exclusions":[{"name":"x","filter":"resource.type=\"a\""}]"#), nil
    ),
    (gcpSink(more: #","exclusions":[{"name":"x","filter":""}]"#), gcpSink(), nil),
    (gcpSink(), gcpSink(more: #","disabled":true"#), nil),
    // All that we know of still comes through.
    (
      gcpSink(),
      gcpSink(
        filter: #"logName:\"cloudaudit.googleapis.com\" AND NOT "#
          + #"protoPayload.serviceName=\"dns.googleapis.com\""#), "gcp.sink.narrowed"
    ),
    (
      gcpSink(filter: #"resource.type=\"logging_sink\" AND severity>=NOTICE"#),
      gcpSink(filter: #"resource.type=\"logging_sink\" AND protoPayload.methodName:\"Sink\""#),
      "gcp.sink.narrowed"
    ),
    (
      gcpSink(filter: #"resource.type=\"logging_sink\""#),
      gcpSink(filter: #"resource.type=\"logging_sink\" OR resource.type=\"a\""#), nil
    ),
    (gcpSink(filter: #"logName:\"a\" sample(insertId, 0.1)"#), gcpSink(filter: ""), nil),
    // The same exclusion drops more, less, or something else within one log.
    (gcpSink(more: dropping(#"resource.type=\"k8s_cluster\""#)), gcpSink(more: dropping("")), bad),
    (
      gcpSink(more: dropping(#"resource.type=\"k8s_cluster\""#)),
      gcpSink(more: dropping(#"logName:\"activity\""#)), bad
    ),
    (
      gcpSink(more: dropping(#"resource.type=\"k8s_cluster\""#)),
      gcpSink(more: dropping(#"resource.type=\"k8s_cluster\" severity<ERROR"#)), nil
    ),
    (
      gcpSink(more: dropping(#"resource.type=\"k8s_cluster\""#)),
      gcpSink(more: dropping(#"resource.type=\"k8s_pod\""#)), nil
    ),
    (gcpSink(), gcpSink(more: dropping(#"LogName:\"cloudaudit\""#)), bad),
    (
      gcpSink(),
      gcpSink(more: dropping(#"protoPayload.methodName:\"LoggingServiceV2.DeleteLog\""#)), bad
    ),
  ]

  private static let bad: FailureCode? = "gcp.sink.narrowed"

  private static func dropping(_ filter: String) -> String {
    #","exclusions":[{"name":"x","filter":"\#(filter)"}]"#
  }

  @Test(arguments: changes.indices) func `what shrinks a sink alarms, what widens it does not`(
    _ index: Int
  ) async throws {
    let (before, after, code) = Self.changes[index]
    let script = GCPScript()
    script.set("acme-1/sinks", #"{"sinks":[\#(before)]}"#)
    let old = try #require(try await settings(script)?.first)
    script.set("acme-1/sinks", #"{"sinks":[\#(after)]}"#)
    let new = try #require(
      try await settings(script, GCPScript.plan(sinks: ["to-siem"]))?.first)
    #expect(new.change(from: old, implies: FilterForm.implies)?.code == code)
  }

  @Test func `exclusions of the project, and a disabled one`() async throws {
    let script = GCPScript()
    script.set(
      "acme-1/exclusions",
      #"{"exclusions":[{"name":"drop","filter":"log_id(\"cloudaudit.googleapis.com/data_access\")"},"#
        + #"{"name":"off","filter":"","disabled":true},{"name":"odd","filter":"a=("}]}"#)
    let found = try #require(try await settings(script)?.first)
    #expect(found.kind == .exclusions)
    #expect(
      found.fact("exclusions") == .leavesOut(["drop: data_access", "odd: what cannot be told"]))
    #expect(found.fact("exclusion odd") == .exclusion("a=(", of: ["what cannot be told"]))
    #expect(found.fact("exclusion off") == nil)
    let again = PipelineSetting(json: found.json)
    #expect(again == found)
  }

  @Test func `a long filter that changes behind its end has changed`() async throws {
    let script = GCPScript()
    let long = (0..<400).map { #"resource.type=\"t\#($0)\""# }.joined(separator: " OR ")
    let wanted = GCPScript.plan(sinks: ["to-siem"])
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink(filter: long))]}"#)
    let old = try #require(try await settings(script, wanted)?.first)
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink(filter: long + "0"))]}"#)
    let new = try #require(try await settings(script, wanted)?.first)
    #expect(new.fact("filter") != old.fact("filter"))
  }

  /// What a change to the pipeline is called in Cloud Audit Logs, filters are asked about.
  @Test func `every act that we know has its entry to ask filters with`() {
    let known = Set(AuditedEntry.samples.map { $0.method.lowercased() })
    #expect(GCPTamper.methods.filter { !known.contains($0.lowercased()) } == [])
  }

  @Test func `audit configs with those exempted, of every level that can be read`() async throws {
    let script = GCPScript()
    let configs =
      #"{"auditConfigs":[{"service":"allServices","auditLogConfigs":[{"logType":"#
      + #""DATA_READ","exemptedMembers":["user:ops@example.org"]},{"logType":"DATA_WRITE"}]}]}"#
    script.set("projects/acme-1:getIamPolicy", configs)
    script.set(
      "v3/projects/acme-1", #"{"projectId":"acme-1","name":"projects/1","parent":"folders/9"}"#)
    script.set("v3/folders/9", #"{"name":"folders/9","parent":"organizations/7"}"#)
    script.refuse("organizations/7:getIamPolicy")
    let found = try await settings(script, GCPScript.plan(), "setting acme-1 audit-configs")
    #expect(
      found?.map(\.id) == ["projects/acme-1/auditConfigs", "folders/9/auditConfigs"])
    #expect(
      found?.first?.fact("auditConfigs")
        == .covers(["allServices/DATA_READ", "allServices/DATA_WRITE"]))
    #expect(
      found?.first?.fact("exemptedMembers")
        == .leavesOut(["allServices/DATA_READ user:ops@example.org"]))
  }

  @Test(arguments: [
    ("acme-1/sinks", "setting acme-1", "logging.sinks.list"),
    ("acme-1/exclusions", "setting acme-1", "logging.exclusions.list"),
    ("acme-1:getIamPolicy", "setting acme-1 audit-configs", "getIamPolicy"),
  ])
  func `a refusal makes exactly its own path blind`(
    _ call: String, _ path: String, _ permission: String
  ) async throws {
    let script = GCPScript()
    script.refuse(call)
    let results = try await script.look(
      "gcp.setting", units: ["projects/acme-1", "projects/acme-2"])
    let blind = results.filter { $0.value.blindness != nil }
    #expect(blind.keys.sorted() == [path] && results.count == 4)
    #expect(blind[path]?.blindness?.kind == .denied)
    #expect(blind[path]?.blindness?.detail.contains(permission) == true)
  }

  @Test func `a page that is missing is no shorter list`() async throws {
    let script = GCPScript()
    script.set("acme-1/sinks") { asked in
      asked.query.contains("pageToken")
        ? HTTPResponse(status: 400, body: Array("{}".utf8))
        : .json(#"{"sinks":[\#(gcpSink())],"nextPageToken":"x"}"#)
    }
    let results = try await script.look("gcp.setting")
    #expect(results["setting acme-1"]?.blindness != nil)
  }

  @Test func `sinks of other things are not ours, once ours stay ours`() async throws {
    let script = GCPScript()
    let balancers = gcpSink("lb", filter: #"resource.type=\"http_load_balancer\""#)
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink()),\#(balancers)]}"#)
    let probe = try script.probe("gcp.setting")
    _ = await probe.look(three)
    let emptied = gcpSink(filter: #"resource.type=\"http_load_balancer\""#)
    script.set("acme-1/sinks", #"{"sinks":[\#(emptied),\#(balancers)]}"#)
    guard
      case .saw(.settings(let seen))? = await probe.look(three + .minutes(1)).results[
        "setting acme-1"]
    else {
      Issue.record("not seen")
      return
    }
    #expect(seen.settings.map(\.name) == ["to-siem", "exclusions"])
  }

  @Test func `declared is called`() async throws {
    let plan = GCPScript.plan(logs: ["activity", "data_access"])
    for prefix in ["gcp.entries", "gcp.export", "gcp.setting", "gcp.history"] {
      let script = GCPScript()
      script.set(
        "acme-1:testIamPermissions", #"{"permissions":["logging.privateLogEntries.list"]}"#)
      let bucket = "logging.googleapis.com/projects/l/locations/eu/buckets/b"
      script.set(
        "acme-1/sinks", #"{"sinks":[\#(gcpSink()),\#(gcpSink("keep", destination: bucket))]}"#)
      let probe = try script.probe(prefix, plan)
      _ = await probe.look(three)
      let above: Set = [
        "resourcemanager.folders.get", "resourcemanager.folders.getIamPolicy",
        "resourcemanager.organizations.getIamPolicy",
      ]
      #expect(script.called == Set(probe.permissions).subtracting(above), "\(prefix)")
    }
  }

  @Test func `a way up that fails for a while is asked for again`() async throws {
    let script = GCPScript()
    script.set(
      "v3/projects/acme-1", #"{"projectId":"acme-1","name":"projects/1","parent":"folders/9"}"#)
    script.set("projects/acme-1:getIamPolicy", "{}")
    script.set("folders/9:getIamPolicy", "{}")
    script.set("organizations/7:getIamPolicy", "{}")
    script.refuse("v3/folders/9", 503, "UNAVAILABLE")
    let probe = try script.probe("gcp.setting")
    func levels(_ time: Timestamp) async -> [String]? {
      guard
        case .saw(.settings(let seen))? = await probe.look(time).results[
          "setting acme-1 audit-configs"]
      else { return nil }
      return seen.settings.map(\.id)
    }
    #expect(await levels(three) == ["projects/acme-1/auditConfigs"])
    script.set("v3/folders/9", #"{"name":"folders/9","parent":"organizations/7"}"#)
    #expect(
      await levels(three + .minutes(2)) == [
        "projects/acme-1/auditConfigs", "folders/9/auditConfigs", "organizations/7/auditConfigs",
      ])
  }

  /// Off, and whether that is trouble.
  @Test(arguments: [(["activity"], nil), (["activity", "data_access"], false)])
  func `that _Default is off is trouble where it is needed`(
    _ logs: [String], _ isOn: Bool?
  ) async throws {
    let script = GCPScript()
    let off = gcpSink(
      "_Default", filter: #"NOT LOG_ID(\"cloudaudit.googleapis.com/activity\")"#,
      more: #","disabled":true"#)
    let activity = gcpSink(filter: #"log_id(\"cloudaudit.googleapis.com/activity\")"#)
    script.set("acme-1/sinks", #"{"sinks":[\#(activity),\#(off)]}"#)
    let found = try await settings(script, GCPScript.plan(logs: logs))
    let setting = found?.first { $0.name == "_Default" }
    #expect(setting?.fact("enabled") == isOn.map { .on($0) })
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink()),\#(off)]}"#)
    let covered = try await settings(script, GCPScript.plan(logs: logs))
    #expect(covered?.contains(where: \.isOff) == false)
  }
}
