import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Causes and the checks that fail for them: the ways from a metric to a human.
struct GCPAlertPathTests {
  private static let plan = SourcePlan.gcp(GCPSource(units: ["one"], metric: "sink-changes"))
  private static let queue = "projects/acme-1/subscriptions/watch"
  private static let topic = "projects/acme-1/topics/watch"
  private static let changes = #"protoPayload.methodName:("DeleteSink" OR "UpdateSink")"#

  private static func metric(
    _ filter: String = changes, name: String = "sink-changes", more: String = ""
  ) -> String {
    #"{"name":"\#(name)","filter":\#(JSONValue.string(filter).text)\#(more)}"#
  }

  private static let matchDeletion =
    #"{"displayName":"c","conditionMatchedLog":{"filter":"protoPayload.methodName:\"DeleteSink\""}}"#

  private static func condition(_ kind: String) -> String {
    #"{"displayName":"c","\#(kind)":{"filter":"metric.type=\"logging.googleapis.com/user/"#
      + #"sink-changes\" AND resource.type=\"global\"","comparison":"COMPARISON_GT"}}"#
  }

  private static func policy(
    _ name: String = "changes", _ condition: String = condition("conditionThreshold"),
    channels: [String] = ["mail"], more: String = #","enabled":true"#
  ) -> String {
    let named = channels.map { #""projects/acme-1/notificationChannels/\#($0)""# }
    return
      #"{"name":"projects/acme-1/alertPolicies/\#(name)","displayName":"\#(name)","conditions":"#
      + #"[\#(condition)],"notificationChannels":[\#(named.joined(separator: ","))]\#(more)}"#
  }

  private static let silence = policy("silence", condition("conditionAbsent"))

  private static func channel(_ more: String = #","enabled":true"#) -> String {
    #"{"name":"projects/acme-1/notificationChannels/mail","type":"email","displayName":"Security","#
      + #""labels":{"email_address":"mira@example.org"}\#(more)}"#
  }

  private static func snooze(_ end: String, policy: String = "changes") -> String {
    #"{"name":"projects/acme-1/snoozes/1","displayName":"quiet","criteria":{"policies":["#
      + #""projects/acme-1/alertPolicies/\#(policy)"]},"interval":{"startTime":"#
      + #""2026-11-20T02:00:00Z","endTime":"\#(end)"}}"#
  }

  private static func feed(_ filter: String = changes, more: String = "") -> String {
    acmeSink("watch", to: "pubsub.googleapis.com/\(topic)", filter: filter, more: more)
  }

  private func estate() -> CannedGCP {
    let cloud = CannedGCP()
    cloud.set("/acme-1/metrics", gcpList("metrics", Self.metric()))
    cloud.set("/acme-1/alertPolicies", gcpList("alertPolicies", Self.policy(), Self.silence))
    cloud.set("/acme-1/notificationChannels", gcpList("notificationChannels", Self.channel()))
    cloud.set("/acme-1/snoozes", "{}")
    cloud.set("/acme-1/sinks", gcpList("sinks", acmeSink(), Self.feed()))
    cloud.set("/acme-1/sinks inherited", gcpList("sinks", acmeSink(), Self.feed()))
    cloud.set(
      "/subscriptions/watch", #"{"name":"\#(Self.queue)","topic":"\#(Self.topic)"}"#)
    return cloud
  }

  private func look(
    _ cloud: CannedGCP, _ plan: SourcePlan = GCPAlertPathTests.plan
  ) async throws -> [String: Look.Result] {
    var account = CloudAccount.acme
    account.queue = Self.queue
    let probe = GCPAlertPathProbe(setup: cloud.setup([plan], account: account), plan: plan)
    let found = try #require(probe.probe(.still))
    return await found.look(three).results
  }

  private func failing(
    _ cloud: CannedGCP, _ plan: SourcePlan = GCPAlertPathTests.plan
  ) async throws -> Set<String> {
    let seen = try #require(try await look(cloud, plan)["posture one alert-path"]?.posture)
    return Set(seen.checks.filter { $0.verdict == .fails }.map(\.rule))
  }

  @Test func `a good path fails nothing, and leads to people`() async throws {
    let seen = try #require(try await look(estate())["posture one alert-path"]?.posture)
    #expect(seen.checks.filter { $0.verdict != .holds }.map(\.rule) == [])
    let own = PostureCatalogue.all.map(\.id).filter { id in
      ["gcp.metric.", "gcp.policy.", "gcp.reach.", "gcp.queue."].contains { id.hasPrefix($0) }
    }
    #expect(Set(seen.checks.map(\.rule)) == Set(own))
    let heard = seen.pipeline.nodes.filter { $0.id.kind == .human }.map(\.label)
    // No address leaks.
    #expect(Set(heard) == ["the watch", "email Security"])
    let guarded = seen.pipeline.edges.filter { $0.from.kind == .sink }.map(\.to.kind)
    #expect(Set(guarded) == [.metric, .topic])
  }

  private static let told = "reach.sink-delete"

  /// What is changed (path, answer) and what then fails, and nothing else.
  @Test(arguments: [
    ("/acme-1/metrics", "{}", ["metric.exists", told]),
    ("/acme-1/metrics", gcpList("metrics", metric(name: "other")), ["metric.exists", told]),
    (
      "/acme-1/metrics", gcpList("metrics", metric(more: #","disabled":true"#)),
      [
        "metric.enabled", told,
      ]
    ),
    (
      "/acme-1/metrics", gcpList("metrics", metric(#"resource.type="gce_nothing""#)),
      [
        "metric.filter", told,
      ]
    ),
    (
      "/acme-1/metrics", gcpList("metrics", metric(#"protoPayload.methodName="SetIamPolicy""#)),
      [told]
    ),
    ("/acme-1/alertPolicies", gcpList("alertPolicies", policy()), ["policy.absence"]),
    ("/acme-1/alertPolicies", gcpList("alertPolicies", silence), [told]),
    ("/acme-1/alertPolicies", gcpList("alertPolicies", silence, policy("m", matchDeletion)), []),
    (
      "/acme-1/alertPolicies",
      gcpList("alertPolicies", silence, policy(more: #","enabled":false"#)),
      ["policy.enabled", told]
    ),
    (
      "/acme-1/alertPolicies",
      gcpList("alertPolicies", silence, policy(more: #","validity":{"code":3,"message":"bad"}"#)),
      ["policy.valid", told]
    ),
    (
      "/acme-1/alertPolicies", gcpList("alertPolicies", silence, policy(channels: [])),
      ["policy.channels", told]
    ),
    (
      "/acme-1/alertPolicies", gcpList("alertPolicies", silence, policy(channels: ["gone"])),
      ["policy.channels", told]
    ),
    (
      "/acme-1/alertPolicies",
      gcpList("alertPolicies", silence, policy(channels: ["gone", "mail"])), []
    ),
    ("/acme-1/notificationChannels", "{}", ["policy.channels", told]),
    (
      "/acme-1/notificationChannels",
      gcpList("notificationChannels", channel(#","enabled":false"#)), ["policy.channels", told]
    ),
    (
      "/acme-1/notificationChannels",
      gcpList("notificationChannels", channel(#","verificationStatus":"UNVERIFIED""#)),
      ["policy.channels", told]
    ),
    (
      "/acme-1/snoozes", gcpList("snoozes", snooze("2026-11-20T04:00:00Z")),
      [
        "policy.snoozed", told,
      ]
    ),
    ("/acme-1/snoozes", gcpList("snoozes", snooze("2026-11-20T02:30:00Z")), []),
    ("/acme-1/snoozes", gcpList("snoozes", snooze("2026-11-20T04:00:00Z", policy: "other")), []),
    ("/subscriptions/watch", #"{"name":"\#(queue)","topic":"_deleted-topic_"}"#, ["queue.fed"]),
    (
      "/subscriptions/watch", #"{"name":"\#(queue)","topic":"\#(topic)","detached":true}"#,
      ["queue.fed"]
    ),
    ("/acme-1/sinks", gcpList("sinks", feed(more: #","disabled":true"#)), ["queue.fed"]),
    ("/acme-1/sinks", gcpList("sinks", feed(#"severity>=CRITICAL"#)), ["queue.fed"]),
    (
      "/acme-1/sinks",
      gcpList("sinks", feed(more: #","exclusions":[{"name":"x","filter":"severity>=NOTICE"}]"#)),
      ["queue.fed"]
    ),
  ])
  func `each cause fails its checks`(
    _ path: String, _ answer: String, _ wanted: [String]
  ) async throws {
    let cloud = estate()
    cloud.set(path, answer)
    #expect(try await failing(cloud) == Set(wanted.map { "gcp.\($0)" }))
  }

  @Test(arguments: [(#","includeChildren":true"#, true), ("", false)])
  func `the queue is fed from above`(_ more: String, _ isFed: Bool) async throws {
    let cloud = estate()
    cloud.set("/acme-1/sinks", gcpList("sinks", acmeSink()))
    cloud.set("/acme-1/sinks inherited", gcpList("sinks", acmeSink(), Self.feed(more: more)))
    #expect(try await failing(cloud) == (isFed ? [] : ["gcp.queue.fed"]))
  }

  @Test func `no subscription of that name`() async throws {
    let cloud = estate()
    cloud.refuse("/subscriptions/watch", 404, "NOT_FOUND")
    #expect(try await failing(cloud) == ["gcp.queue.fed"])
  }

  @Test(arguments: [
    ("/acme-1/metrics", ["gcp.metric.exists", "gcp.reach.sink-delete"]),
    ("/acme-1/notificationChannels", ["gcp.policy.channels", "gcp.reach.sink-delete"]),
    ("/acme-1/snoozes", ["gcp.policy.snoozed", "gcp.reach.sink-delete"]),
    ("/subscriptions/watch", ["gcp.queue.fed"]),
  ])
  func `what is denied is unknown, and what it hides is too`(
    _ path: String, _ rules: [String]
  ) async throws {
    let cloud = estate()
    cloud.refuse(path)
    let checks = try #require(try await look(cloud)["posture one alert-path"]?.posture).checks
    let unknown = checks.filter { if case .unknown = $0.verdict { true } else { false } }
    #expect(Set(unknown.map(\.rule)) == Set(rules))
    #expect(checks.filter { $0.verdict == .fails }.map(\.rule) == [])
  }

  @Test func `one project's refusal blinds that project's path alone`() async throws {
    let cloud = estate()
    for list in ["metrics", "alertPolicies"] { cloud.refuse("/acme-2/\(list)") }
    let seen = try await look(cloud, .gcp(GCPSource(metric: "sink-changes")))
    #expect(Set(seen.keys) == ["posture one alert-path", "posture two alert-path"])
    #expect(seen["posture one alert-path"]?.posture != nil)
    #expect(seen["posture two alert-path"]?.blindness?.kind == .denied)
  }

  @Test func `folders have no alerts of their own`() {
    var account = CloudAccount.acme
    account.gcp?.units = [CloudUnit(id: "folders/9", label: "nine")]
    let setup = CannedGCP().setup([.auditLogs], account: account)
    #expect(GCPAlertPathProbe(setup: setup, plan: .auditLogs).probe(.still) == nil)
  }

  private static func threshold(_ more: String) -> String {
    #"{"displayName":"c","conditionThreshold":{"filter":"metric.type=\"logging.googleapis.com/user/"#
      + #"sink-changes\""\#(more)}}"#
  }

  private static let rate =
    #","aggregations":[{"alignmentPeriod":"300s","perSeriesAligner":"ALIGN_RATE"}]"#
  private static let above = #","comparison":"COMPARISON_GT""#

  /// A policy's conditions and how they combine; yes, no, or open.
  @Test(
    arguments: [
      (threshold(above), "OR", .holds),
      (threshold(above + #","thresholdValue":0.5"#), "OR", .holds),
      (threshold(above + #","thresholdValue":1000000"#), "OR", .fails),
      (threshold(#","comparison":"COMPARISON_GE","thresholdValue":1"#), "OR", .holds),
      (threshold(#","comparison":"COMPARISON_LT","thresholdValue":1"#), "OR", .fails),
      (threshold(#","comparison":"COMPARISON_EQ","thresholdValue":1"#), "OR", nil),
      (threshold(above + rate), "OR", .holds),
      (threshold(#","comparison":"COMPARISON_GE","thresholdValue":1"# + rate), "OR", nil),
      (threshold(above + #","duration":"3600s""#), "OR", nil),
      (threshold(above + #","duration":"60s""#), "OR", .holds),
      (threshold(above) + "," + matchDeletion.replacing("Delete", with: "Nothing"), "AND", .fails),
      (threshold(above) + "," + condition("conditionAbsent"), "AND", nil),
      (threshold(above) + "," + condition("conditionAbsent"), "OR", .holds),
      (threshold(above) + "," + matchDeletion, "AND", .holds),
      (threshold(above) + "," + condition("conditionAbsent"), "COMBINE_UNSPECIFIED", nil),
      (condition("conditionMonitoringQueryLanguage").replacing("filter", with: "query"), "OR", nil),
    ] as [(String, String, PostureCheck.Verdict?)])
  func `whether one deletion raises an alert`(
    _ conditions: String, _ combiner: String, _ wanted: PostureCheck.Verdict?
  ) async throws {
    let cloud = estate()
    let policy = Self.policy(
      "changes", conditions, more: #","enabled":true,"combiner":"\#(combiner)""#)
    cloud.set("/acme-1/alertPolicies", gcpList("alertPolicies", policy, Self.silence))
    try await expectReach(cloud, wanted)
  }

  private func expectReach(_ cloud: CannedGCP, _ wanted: PostureCheck.Verdict?) async throws {
    let seen = try #require(try await look(cloud)["posture one alert-path"]?.posture)
    let verdict = seen.checks.first { $0.rule == "gcp.reach.sink-delete" }?.verdict
    if let wanted {
      #expect(verdict == wanted)
    } else if case .unknown(let why)? = verdict {
      #expect(why.kind == .undecided)
    } else {
      Issue.record("\(String(describing: verdict))")
    }
  }

  @Test func `what Google does not say is not taken to be on`() async throws {
    let silent = estate()
    silent.set(
      "/acme-1/alertPolicies", gcpList("alertPolicies", Self.policy(more: ""), Self.silence))
    try await expectReach(silent, nil)
    let channels = estate()
    channels.set(
      "/acme-1/notificationChannels", gcpList("notificationChannels", Self.channel("")))
    try await expectReach(channels, nil)
    for (cloud, rule) in [(silent, "gcp.policy.enabled"), (channels, "gcp.policy.channels")] {
      let seen = try #require(try await look(cloud)["posture one alert-path"]?.posture)
      guard case .unknown(let why)? = seen.checks.first(where: { $0.rule == rule })?.verdict else {
        Issue.record("\(rule) is known")
        continue
      }
      #expect(why.kind == .undecided)
    }
  }

  /// The subscription's own filter.
  @Test(
    arguments: [
      ("", .yes), (#"attributes:\"logging.googleapis.com/timestamp\""#, .yes),
      (#"attributes.kind = \"never\""#, .no), (#"NOT attributes.kind = \"never\""#, .unknown),
      (#"hasPrefix(attributes.\"logging.googleapis.com/timestamp\", \"1999\")"#, .unknown),
    ] as [(String, Holds)])
  func `a subscription that lets only some messages through`(
    _ filter: String, _ feeds: Holds
  ) async throws {
    let cloud = estate()
    cloud.set(
      "/subscriptions/watch",
      #"{"name":"\#(Self.queue)","topic":"\#(Self.topic)","filter":"\#(filter)"}"#)
    let seen = try #require(try await look(cloud)["posture one alert-path"]?.posture)
    switch seen.checks.first(where: { $0.rule == "gcp.queue.fed" })?.verdict {
    case .holds: #expect(feeds == .yes)
    case .fails: #expect(feeds == .no)
    case .unknown(let why): #expect(feeds == .unknown && why.kind == .undecided)
    case .none?, .info, nil: Issue.record("not judged")
    }
  }
}
