import Testing

@testable import EventRules

/// Filters of the Logging query language, and whether they let the deletion of a sink through.
@Suite struct LoggingFilterTests {
  private static let now = "2026-11-20T03:00:00Z"
  private static let parent = "projects/acme-1"

  /// `a OR b AND c` is `(a OR b) AND c` here.
  static let filters: [(String, RuleAnswer)] = [
    ("", .yes), ("  \n", .yes), ("-- a comment alone", .yes),
    (#"logName:"cloudaudit.googleapis.com""#, .yes),
    (#"log_name:"CLOUDAUDIT.googleapis.com""#, .yes),
    (#"logName="projects/acme-1/logs/cloudaudit.googleapis.com%2Factivity""#, .yes),
    (#"logName="projects/acme-1/logs/cloudaudit.googleapis.com/activity""#, .no),
    (#"logName="projects/acme-2/logs/cloudaudit.googleapis.com%2Factivity""#, .no),
    (#"log_id("cloudaudit.googleapis.com/activity")"#, .yes),
    (#"log_id("cloudaudit.googleapis.com/data_access")"#, .no),
    (#"log_id("cloudaudit.googleapis.com%2Factivity")"#, .no),
    (#"logName:("activity" OR "data_access")"#, .yes),
    (#"logName:("activity" AND "data_access")"#, .no),
    (#"logName:("cloudaudit" "activity")"#, .yes),
    (#"logName:("cloudaudit" AND NOT "activity")"#, .no),
    (#"resource.type=logging_sink"#, .yes), (#"resource.type = "gce_instance""#, .no),
    (#"resource.type="LOGGING_SINK""#, .yes),
    (#"resource.type!="gce_instance""#, .yes), (#"-resource.type="gce_instance""#, .yes),
    (#"NOT resource.type="logging_sink""#, .no), (#"NOT NOT resource.type="logging_sink""#, .yes),
    ("severity>=NOTICE", .yes), ("severity>=ERROR", .no), ("severity=notice", .yes),
    ("severity<300", .no), ("severity<=300", .yes), (#"severity="NOTICE""#, .yes),
    (#"timestamp>="2020-01-01T00:00:00Z""#, .yes), (#"timestamp<"2020-01-01""#, .no),
    (#"timestamp>="2026-11-20T04:00:00.5+01:30""#, .yes),
    (#"timestamp>="2026-11-20T04:00:00+00:30""#, .no), (#"timestamp>="soon""#, .unknown),
    (#"protoPayload.methodName="google.logging.v2.ConfigServiceV2.DeleteSink""#, .yes),
    (#"protoPayload.methodName="google.logging.v2.configservicev2.deletesink""#, .yes),
    (#"protoPayload.methodName:"DeleteSink""#, .yes),
    (#"proto_payload.method_name:DeleteSink"#, .yes),
    (#"protoPayload.methodName=~"ConfigServiceV2\.(Delete|Update)Sink$""#, .yes),
    (#"protoPayload.methodName=~"^google\\.logging\\.""#, .yes),
    (#"protoPayload.methodName=~"deletesink""#, .no),
    (#"protoPayload.methodName!~"Sink$""#, .no),
    (#"protoPayload.methodName=~"(a(b|c))+""#, .unknown),
    (#"protoPayload.methodName=("x" OR "google.logging.v2.ConfigServiceV2.DeleteSink")"#, .yes),
    (#"protoPayload."@type"="type.googleapis.com/google.cloud.audit.AuditLog""#, .yes),
    (#"protoPayload.@type:"AuditLog""#, .yes),
    (#"protoPayload:*"#, .yes), (#"jsonPayload:*"#, .no), (#"NOT jsonPayload:*"#, .yes),
    (#"jsonPayload.message="x""#, .no), (#"jsonPayload.message!="x""#, .no),
    (#"protoPayload.authenticationInfo.principalEmail="ci@example.org""#, .unknown),
    (#"NOT protoPayload.authenticationInfo.principalEmail:"ci""#, .unknown),
    (#"labels."k8s.io/x"="y""#, .unknown), (#""DeleteSink""#, .yes), ("DeleteSink", .yes),
    (#"resource.type="x" "never""#, .no), (#""cannot be told""#, .unknown),
    (#"resource.type="x" OR severity>=NOTICE AND severity>=ERROR"#, .no),
    (#"severity>=NOTICE OR resource.type="x" AND resource.type="x""#, .no),
    (#"(severity>=NOTICE) OR (resource.type="x" AND resource.type="x")"#, .yes),
    ("severity>=NOTICE\nresource.type=logging_sink", .yes),
    ("severity>=NOTICE -- why\nresource.type=x", .no),
    (#"sample(insertId, 0.25)"#, .unknown), (#"sample(insertId, 0.25) AND severity>=ERROR"#, .no),
    (#"NOT sample(insertId, 0.25) OR severity>=NOTICE"#, .yes),
    (#"ip_in_net(protoPayload.requestMetadata.callerIp, "10.0.0.0/8")"#, .unknown),
    (#"SEARCH("DeleteSink")"#, .unknown), (#"protoPayload.request=NULL_VALUE"#, .unknown),
    (#"operation.first=true"#, .unknown), (#"sourceLocation.file="x""#, .no),
    (#"LogName:"cloudaudit.googleapis.com""#, .yes), (#"LOG_NAME:"syslog""#, .no),
    (#"Proto_Payload.MethodName:DeleteSink"#, .yes), (#"Resource.Type="logging_sink""#, .yes),
    (#"Severity>=ERROR"#, .no), (#"receive_timestamp<"2020-01-01""#, .no),
    (#"apphub.application.id="x""#, .unknown), (#"protoPayload.newField="x""#, .unknown),
    (#"resource.kind="x""#, .unknown), (#"JsonPayload.message="x""#, .no),
  ]

  @Test(arguments: filters) func letsThrough(_ text: String, _ answer: RuleAnswer) throws {
    let sample = try #require(AuditedEntry.samples.first)
    let filter = try LoggingFilter(text)
    #expect(filter.matches(sample.entry(of: Self.parent, at: Self.now)) == answer)
  }

  static let broken = [
    #"severity=""#, "(severity=ERROR", "severity=ERROR)", "=", "severity=", "AND", "a AND",
    #"logName="a" OR"#, "NOT", "f(", "a=(b", "a..b=c", "\u{1B}[2J",
    String(repeating: "(", count: 100) + "a" + String(repeating: ")", count: 100),
    String(repeating: "a ", count: 10_001),
  ]

  @Test(arguments: broken) func refuses(_ text: String) {
    #expect(throws: LoggingFilterError.self) { try LoggingFilter(text) }
    do throws(LoggingFilterError) {
      _ = try LoggingFilter(text)
    } catch {
      #expect(error.sentence.unicodeScalars.allSatisfy { $0.value >= 0x20 })
    }
  }

  @Test func `any cut of a filter is read or refused`() {
    let whole = #"logName:("a" OR -"b") AND NOT (x."y z"=~"(a|b)[c]" sample(insertId, 0.1)<5)"#
    for end in whole.indices { _ = try? LoggingFilter(String(whole[..<end])) }
    for start in whole.indices { _ = try? LoggingFilter(String(whole[start...])) }
  }

  static let coverages: [(String, [String]?)] = [
    ("", ["activity", "data_access", "system_event", "policy"]),
    (
      #"logName:"cloudaudit.googleapis.com""#,
      ["activity", "data_access", "system_event", "policy"]
    ),
    (#"logName:"%2Factivity""#, ["activity"]),
    (
      #"log_id("cloudaudit.googleapis.com/activity") OR log_id("cloudaudit.googleapis.com/policy")"#,
      ["activity", "policy"]
    ),
    (
      #"logName:"%2Factivity" AND resource.type=("gce_instance" OR "k8s_cluster")"#,
      ["activity/machines", "activity/clusters"]
    ),
    (#"logName:"%2Factivity" severity>=ERROR"#, ["activity/refusals"]),
    (#"logName:"syslog""#, []),
    (
      #"logName:"%2Factivity" AND protoPayload.@type:"AuditLog" AND timestamp>="2020-01-01""#,
      ["activity"]
    ),
    (#"logName:"%2Factivity" AND NOT protoPayload.authenticationInfo.principalEmail:"ci""#, nil),
  ]

  @Test(arguments: coverages) func covers(_ text: String, _ covers: [String]?) throws {
    #expect(try LoggingFilter(text).covers(of: Self.parent, at: Self.now) == covers)
  }

  static let exclusions: [(String, [String])] = [
    (#"resource.type="http_load_balancer""#, []), (#"logName:"requests""#, []),
    (#"resource.type="k8s_cluster""#, ["activity"]),
    ("severity<NOTICE", ["data_access", "system_event"]),
    (
      #"protoPayload.authenticationInfo.principalEmail="ci@example.org""#,
      ["activity", "data_access", "system_event", "policy"]
    ),
    (
      #"log_id("cloudaudit.googleapis.com/data_access") AND sample(insertId, 0.9)"#, ["data_access"]
    ),
    (#"resource.type="http_load_balancer" AND sample(insertId, 0.9)"#, []),
  ]

  @Test(arguments: exclusions) func leavesOut(_ text: String, _ logs: [String]) throws {
    #expect(try LoggingFilter(text).touches(of: Self.parent, at: Self.now) == logs)
  }

  @Test func `the heart of a log`() throws {
    func carries(_ text: String) throws -> RuleAnswer {
      try LoggingFilter(text).carries("activity", of: Self.parent, at: Self.now)
    }
    #expect(try carries(#"NOT resource.type="k8s_cluster""#) == .yes)
    #expect(try carries("severity>=ERROR") == .no)
    #expect(try carries(#"protoPayload.serviceName="logging.googleapis.com""#) == .no)
    #expect(try carries(#"protoPayload.status.code!=0"#) == .unknown)
  }

  @Test func `nothing is whole but what no entry can fail`() throws {
    let text = #"logName:"%2Factivity" AND NOT protoPayload.serviceName="dns.googleapis.com""#
    let covers = try #require(try LoggingFilter(text).covers(of: Self.parent, at: Self.now))
    #expect(!covers.contains("activity") && covers.contains("activity/sinks"))
    let samples = AuditedEntry.samples.filter { $0.log == "activity" }
    #expect(covers.count == samples.count && Set(covers).count == covers.count)
  }

  /// Whether all that the first lets through comes through the second.
  static let forms: [(String, String, Bool)] = [
    ("a:b", "", true), ("", "a:b", false), ("a:b", "a:b", true), ("a:b", "a:b OR c:d", true),
    ("a:b OR c:d", "c:d OR a:b OR e:f", true), ("a:b OR c:d", "a:b", false),
    ("a:b AND c:d", "a:b", true), ("a:b", "a:b AND c:d", false), ("a:b c:d", "c:d a:b", true),
    ("a:b AND c:d", "(a:b OR e:f) AND c:d", true), ("a:b", "a:b OR c:d AND e:f", false),
    ("NOT a:b", "NOT (a:b AND c:d)", true), ("NOT (a:b AND c:d)", "NOT a:b", false),
    (#"a:("b" OR "c")"#, #"a:("b" OR "c" OR "d")"#, true),
    ("sample(insertId, 0.5)", "sample(insertId, 0.01)", false),
    ("sample(insertId, 0.5)", "sample(insertId, 0.5) OR a:b", true),
    (#"a=~"((x)+)+""#, #"a=~"((y)+)+""#, false), ("a=NULL_VALUE", "b=NULL_VALUE", false),
  ]

  @Test(arguments: forms) func implies(_ one: String, _ two: String, _ wanted: Bool) throws {
    #expect(try LoggingFilter(one).implies(try LoggingFilter(two)) == wanted)
  }

  @Test func `forms that are nested for ever are compared for a while`() throws {
    func nested(_ leaf: String) -> String {
      (0..<25).reduce(leaf) { text, step in
        "((\(text)) \(step.isMultiple(of: 2) ? "AND" : "OR") a\(step):b)"
      }
    }
    #expect(try !LoggingFilter(nested("x:y")).implies(try LoggingFilter(nested("z:y"))))
  }
}
