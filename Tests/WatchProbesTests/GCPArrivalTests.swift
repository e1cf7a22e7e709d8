import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct GCPArrivalTests {
  private static let place = "projects/acme-1"

  @Test func `the newest entry tells both of its ages`() async throws {
    let script = GCPScript()
    script.entries(
      Self.place,
      [
        gcpEntry("v1.compute.instances.insert", at: -40, received: -38),
        gcpEntry("v1.compute.instances.insert", at: -300, id: "late", received: -20),
      ].reversed())
    let arrival = try #require(try await script.look("gcp.entries")["entries acme-1"]?.arrival)
    #expect(arrival.newest == three - .seconds(20) && arrival.record == "late")
    #expect(arrival.newestEvent == three - .seconds(300) && arrival.count == 2)
    #expect(script.requests.first?.filter.contains("log_id(") == true)
    #expect(script.requests.first?.body?["orderBy"]?.string == "timestamp desc")
  }

  @Test func `an empty page with a token is no end`() async throws {
    let script = GCPScript()
    script.set("entries \(Self.place) activity") { asked in
      switch asked.page {
      case nil: .json(#"{"nextPageToken":"a"}"#)
      case "a": .json(#"{"nextPageToken":"b"}"#)
      default: .json(#"{"entries":[\#(gcpEntry("m", at: -5))]}"#)
      }
    }
    #expect(try await script.look("gcp.entries")["entries acme-1"]?.arrival?.count == 1)
    script.set("entries \(Self.place) activity") { asked in
      .json(#"{"nextPageToken":"\#((asked.page ?? "") + "x")"}"#)
    }
    let endless = try await script.look("gcp.entries")["entries acme-1"]
    #expect(endless?.blindness?.kind == .other, "a search without end is not an empty log")
  }

  @Test func `none at all is none, and not blind`() async throws {
    let arrival = try #require(try await GCPScript().look("gcp.entries")["entries acme-1"]?.arrival)
    #expect(arrival.newest == nil && arrival.count == 0)
  }

  @Test func `our own entries keep no log alive, but for the echo`() async throws {
    let script = GCPScript()
    let own = gcpEntry("google.logging.v2.MetricsServiceV2.UpdateLogMetric", at: -5)
      .replacing("gcloud", with: "watchkeeper/0.1.0")
    script.entries(Self.place, [own, gcpEntry("m", at: -600)])
    let without = try await script.look("gcp.entries")["entries acme-1"]?.arrival
    #expect(without?.newestEvent == three - .seconds(600))
    let with = try await script.look("gcp.entries", GCPScript.plan(echo: "acme-1/echo"))
    #expect(with["entries acme-1"]?.arrival?.newestEvent == three - .seconds(5))
  }

  @Test func `a future arrival is never the newest`() async throws {
    let script = GCPScript()
    script.entries(
      Self.place, [gcpEntry("m", at: -5, received: 7_200), gcpEntry("m", at: -60)])
    let arrival = try await script.look("gcp.entries")["entries acme-1"]?.arrival
    #expect(arrival?.newestEvent == three - .seconds(60) && arrival?.futureDated == 1)
  }

  @Test func `Data Access without its permission is unknown`() async throws {
    let script = GCPScript()
    let plan = GCPScript.plan(logs: ["activity", "data_access"])
    let results = try await script.look("gcp.entries", plan)
    #expect(results["entries acme-1"]?.arrival != nil)
    let blind = try #require(results["entries acme-1 data_access"]?.blindness)
    #expect(blind.kind == .denied)
    #expect(blind.detail.contains("logging.privateLogEntries.list"))
    #expect(!script.requests.contains { $0.filter.contains("data_access") })
    script.set(
      "acme-1:testIamPermissions", #"{"permissions":["logging.privateLogEntries.list"]}"#)
    script.entries(
      Self.place, [gcpEntry("storage.objects.get", at: -9)], of: "data_access")
    let seen = try await script.look("gcp.entries", plan)["entries acme-1 data_access"]
    #expect(seen?.arrival?.newestEvent == three - .seconds(9))
  }

  @Test func `what one project refuses is its own`() async throws {
    let script = GCPScript()
    script.refuse("entries projects/acme-2 activity")
    let units = ["projects/acme-1", "projects/acme-2", "organizations/7"]
    let results = try await script.look("gcp.entries", units: units)
    #expect(results["entries acme-1"]?.arrival != nil)
    #expect(results["entries organizations/7"]?.arrival != nil)
    #expect(
      results["entries acme-2"]?.blindness
        == Blindness(
          kind: .denied,
          detail: "needs logging.logEntries.list: logging.entries.list in projects/acme-2: "
            + "PERMISSION_DENIED"))
  }

  @Test(arguments: ["<html>", "[]", #"{"entries":[{}]}"#, #"{"entries":[{"logName":"x","#])
  func `unreadable is blind`(_ body: String) async throws {
    let script = GCPScript()
    script.set("entries \(Self.place) activity", body)
    let result = try await script.look("gcp.entries")["entries acme-1"]
    #expect(result?.blindness?.kind == .unreadable)
  }

  private static func series(_ sink: String, _ end: Int, _ value: String) -> String {
    let (from, to) = ((three + .seconds(end - 60)).iso, (three + .seconds(end)).iso)
    return
      #"{"metric":{"type":"logging.googleapis.com/exports/log_entry_count"},"resource":{"type":"#
      + #""logging_sink","labels":{"name":"\#(sink)"}},"points":[{"interval":{"startTime":"\#(from)","#
      + #""endTime":"\#(to)"},"value":{"int64Value":"\#(value)"}}]}"#
  }

  @Test func `what a sink hands on is what Monitoring counts`() async throws {
    let script = GCPScript()
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink()),\#(gcpSink("_Required"))]}"#)
    script.set(
      "acme-1/timeSeries",
      #"{"timeSeries":[\#(Self.series("to-siem", -600, "3")),\#(Self.series("to-siem", -60, "0"))]}"#
    )
    let results = try await script.look("gcp.export")
    #expect(results.keys.sorted() == ["export acme-1 to-siem"])
    let arrival = results["export acme-1 to-siem"]?.arrival
    #expect(arrival?.newest == three - .seconds(600) && arrival?.count == 3)
  }

  @Test(arguments: [#"{"executionErrors":[{"code":13}]}"#, #"{"unreachable":["projects/acme-1"]}"#])
  func `counts that are not whole are unknown`(_ body: String) async throws {
    let script = GCPScript()
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink())]}"#)
    script.set("acme-1/timeSeries", body)
    #expect(try await script.look("gcp.export")["export acme-1 to-siem"]?.blindness?.kind == .other)
  }

  @Test func `a sink into a log bucket is judged by what is in it`() async throws {
    let script = GCPScript()
    let bucket = "projects/logs-1/locations/eu/buckets/audit"
    script.set(
      "acme-1/sinks",
      #"{"sinks":[\#(gcpSink(destination: "logging.googleapis.com/\(bucket)"))]}"#)
    script.entries("\(bucket)/views/_AllLogs", [gcpEntry("m", at: -70, received: -69)])
    let arrival = try await script.look("gcp.export")["export acme-1 to-siem"]?.arrival
    #expect(arrival?.newest == three - .seconds(69) && arrival?.newestEvent == three - .seconds(70))
    #expect(script.requests.last?.filter.contains(#"logName:"projects/acme-1/logs/""#) == true)
  }

  @Test func `sinks of folders are counted by nobody, and said so`() async throws {
    let script = GCPScript()
    script.set("folders/9/sinks", #"{"sinks":[\#(gcpSink(more: #","includeChildren":true"#))]}"#)
    let result = try await script.look("gcp.export", units: ["folders/9"])
    #expect(result["export folders/9 to-siem"]?.blindness?.kind == .undecided)
  }

  @Test func `a sink that is gone hands nothing on`() async throws {
    let script = GCPScript()
    let plan = GCPScript.plan(sinks: ["to-siem", "other/x"])
    script.set("acme-1/timeSeries", #"{"timeSeries":[\#(Self.series("to-siem", -9_000, "3"))]}"#)
    let results = try await script.look("gcp.export", plan)
    #expect(results["export acme-1 to-siem"]?.arrival?.newest == three - .seconds(9_000))
    #expect(results.count == 1)
    script.refuse("acme-1/sinks")
    #expect(
      try await script.look("gcp.export", plan)["export acme-1 to-siem"]?.blindness?.kind == .denied
    )
  }

  @Test func `a sink that carries no Admin Activity owes none, unless it was asked for`()
    async throws
  {
    let script = GCPScript()
    let reads = gcpSink("reads", filter: #"log_id(\"cloudaudit.googleapis.com/data_access\")"#)
    script.set("acme-1/sinks", #"{"sinks":[\#(reads)]}"#)
    let logs = ["activity", "data_access"]
    let open = try await script.look("gcp.export", GCPScript.plan(logs: logs))
    #expect(open["export acme-1 reads"]?.blindness?.kind == .undecided)
    let named = try await script.look("gcp.export", GCPScript.plan(logs: logs, sinks: ["reads"]))
    #expect(named["export acme-1 reads"]?.arrival != nil)
  }

  /// Sinks by their filter and exclusions, and whether they owe what the Admin Activity log holds.
  @Test(arguments: [
    (#"protoPayload.methodName=~\"(Sink|Exclusion|SetIamPolicy)\""#, "", false),
    (#"logName:\"activity\" AND NOT resource.type=\"k8s_cluster\""#, "", false),
    (#"logName:\"activity\""#, #"resource.type=\"k8s_cluster\""#, false),
    (#"logName:\"activity\""#, #"resource.type=\"http_load_balancer\""#, true),
    (#"logName:\"activity\" AND"#, "", false), (#"logName:\"cloudaudit\""#, "", true),
  ])
  func `only a sink of all Admin Activity owes it`(
    _ filter: String, _ dropped: String, _ owes: Bool
  ) async throws {
    let script = GCPScript()
    let less = dropped.isEmpty ? "" : #","exclusions":[{"name":"x","filter":"\#(dropped)"}]"#
    script.set("acme-1/sinks", #"{"sinks":[\#(gcpSink(filter: filter, more: less))]}"#)
    let result = try await script.look("gcp.export")["export acme-1 to-siem"]
    #expect((result?.arrival != nil) == owes)
    #expect(owes || result?.blindness?.kind == .undecided)
  }

  @Test func `an event of the future hides none that follow`() async throws {
    let script = GCPScript()
    let place = Self.place
    let plan = GCPScript.plan(logs: ["policy"])
    let probe = try script.probe("gcp.entries", plan)
    script.entries(place, [gcpEntry("m", at: 90_000, received: -9)], of: "policy")
    _ = await probe.look(three)
    _ = await probe.look(three + .minutes(10))
    #expect(script.requests.last?.filter.contains((three + .minutes(5)).date) == true)
    script.entries(place, [gcpEntry("m", at: 500, received: 501)], of: "policy")
    let seen = await probe.look(three + .minutes(10)).results["entries acme-1 policy"]?.arrival
    #expect(seen?.newest == three + .seconds(501))
  }

  /// Seen by each probe that reads entries or settings, whatever goes wrong at the seam.
  @Test(arguments: [
    (401, "UNAUTHENTICATED"), (403, "PERMISSION_DENIED"), (429, "RESOURCE_EXHAUSTED"),
    (500, "INTERNAL"), (503, "UNAVAILABLE"), (504, "DEADLINE_EXCEEDED"),
  ])
  func `a fault is blind, never empty`(_ status: Int, _ word: String) async throws {
    let script = GCPScript()
    for name in [
      "v2/entries:list", "acme-1/sinks", "acme-1/exclusions", "acme-1:getIamPolicy",
      "acme-1/timeSeries",
    ] { script.refuse(name, status, word) }
    let plan = GCPScript.plan(sinks: ["to-siem"])
    for prefix in ["gcp.entries", "gcp.export", "gcp.setting", "gcp.history"] {
      for (path, result) in try await script.look(prefix, plan) {
        #expect(result.blindness != nil, "\(path)")
      }
    }
  }

  @Test func `others' entries in a shared log bucket keep no folder's sink alive`() async throws {
    let script = GCPScript()
    let bucket = "projects/logs-1/locations/eu/buckets/audit"
    script.set(
      "folders/9/sinks",
      #"{"sinks":[\#(gcpSink(destination: "logging.googleapis.com/\(bucket)"))]}"#)
    _ = try await script.look("gcp.export", units: ["folders/9"])
    #expect(script.requests.last?.filter.contains(#"logName:"folders/9/logs/""#) == true)
  }

  @Test func `folders and organizations name their sinks by their labels`() async throws {
    let script = GCPScript()
    let plan = GCPScript.plan(
      sinks: ["folders/9/to-siem", "organizations/44/none", "acme-1/x", "projects/acme-1/y"])
    let results = try await script.look(
      "gcp.export", plan, units: ["folders/9", "organizations/44", "projects/acme-1"])
    #expect(
      results.keys.sorted() == [
        "export acme-1 x", "export acme-1 y", "export folders/9 to-siem",
        "export organizations/44 none",
      ])
  }

  /// All who read entries share sixty calls a minute.
  @Test(arguments: [(1, 60), (12, 60), (20, 120), (60, 240), (400, 360)])
  func `the more there is to read, the slower`(_ count: Int, _ seconds: Int) throws {
    let units = (0..<count).map { "projects/acme-\($0)" }
    for prefix in ["gcp.entries", "gcp.export", "gcp.history"] {
      #expect(try GCPScript().probe(prefix, units: units).interval == .seconds(seconds))
    }
  }
}
