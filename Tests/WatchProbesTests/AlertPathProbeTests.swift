import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Each cause on the way to a human fails its own checks and no others.
@Suite struct AlertPathProbeTests {
  struct Spoiled: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var fails: Set<String>
    var spoil: @Sendable (inout AlertWorld) -> Void

    init(
      _ name: String, _ fails: Set<String>, _ spoil: @escaping @Sendable (inout AlertWorld) -> Void
    ) {
      testDescription = name
      self.fails = fails
      self.spoil = spoil
    }
  }

  static let all = #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
  static let ec2 = #"{"source":["aws.ec2"]}"#
  static let above = """
    <member><AlarmName>any</AlarmName><AlarmArn>arn:any</AlarmArn>
    <AlarmRule>ALARM("changes")</AlarmRule><ActionsEnabled>true</ActionsEnabled>
    <StateValue>OK</StateValue><AlarmActions><member>\(AlertWorld.topic)</member></AlarmActions>
    </member>
    """

  static let causes: [Spoiled] = [
    Spoiled("in order", []) { _ in },
    Spoiled("no group", []) { $0.trailMore = "" },
    Spoiled("group gone", ["group.exists"]) { $0.hasGroup = false },
    Spoiled("kept for a month", ["group.retention"]) { $0.retention = 30 },
    Spoiled("kept for ever", []) { $0.retention = nil },
    Spoiled("role trusts EC2", ["role.trust"]) {
      $0.trust = $0.trust.replacing("cloudtrail.amazonaws", with: "ec2.amazonaws")
    },
    Spoiled("role for every account's trails", ["role.scoped"]) {
      $0.trust =
        #"{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#
    },
    Spoiled("role writes elsewhere", ["role.permissions"]) {
      $0.permissions = $0.permissions.replacing(":audit:", with: ":other:")
    },
    Spoiled("role's boundary forbids", ["role.permissions"]) {
      $0.boundary = #"{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#
    },
    Spoiled("role may do all", ["role.narrow"]) { $0.permissions = all },
    Spoiled("no filter", ["filter.exists"]) { $0.pattern = nil },
    Spoiled("filter never matches", ["filter.matches"]) {
      $0.pattern = "{ $.eventname = StopLogging }"
    },
    Spoiled("D13 EXISTS", ["filter.matches"]) {
      $0.pattern = "{ ($.eventName = ConsoleLogin) && ($.errorMessage EXISTS) }"
    },
    Spoiled("filter is no pattern", ["filter.matches"]) { $0.pattern = "{ $.eventName == x }" },
    Spoiled("a dead alternative", ["filter.whole"]) {
      $0.pattern = "{ $.eventName = StopLogging || $.eventName = deletetrail }"
    },
    Spoiled("no alarm on the metric", ["alarm.exists"]) { $0.metric = "Other" },
    Spoiled("actions disabled", ["alarm.enabled"]) { $0.actionsEnabled = false },
    Spoiled("no action", ["alarm.actions"]) { $0.actions = [] },
    Spoiled("told by a composite", []) {
      $0.actions = []
      $0.composites = above
    },
    Spoiled("D07 deaf to silence", ["alarm.silence", "alarm.data"]) {
      $0.comparison = "LessThanThreshold"
      $0.missingData = "missing"
      $0.state = "INSUFFICIENT_DATA"
    },
    Spoiled("alarms on silence", []) {
      $0.comparison = "LessThanThreshold"
      $0.missingData = "breaching"
    },
    Spoiled("rule disabled", ["rule.enabled", "queue.fed"]) { $0.ruleState = "DISABLED" },
    Spoiled("rule narrowed", ["rule.pattern", "queue.fed"]) {
      $0.rulePattern = #"{"source":["aws.cloudtrail"],"detail":{"eventName":["CreateTrail"]}}"#
    },
    Spoiled("rule for something else", ["queue.fed"]) { $0.rulePattern = ec2 },
    Spoiled("rule for Insights", ["queue.fed"]) {
      $0.rulePattern =
        #"{"source":["aws.cloudtrail"],"detail-type":["AWS Insight via CloudTrail"]}"#
    },
    Spoiled("rule without targets", ["rule.targets", "queue.fed"]) { $0.targets = [] },
    Spoiled("topic gone", ["topic.exists", "alarm.actions", "rule.targets"]) {
      $0.hasTopic = false
    },
    Spoiled("topic shut to alarms", ["topic.sender"]) {
      $0.topicPolicy = $0.topicPolicy.replacing("cloudwatch.amazonaws.com", with: "x")
    },
    Spoiled("topic's key is AWS's", ["topic.sender"]) { $0.topicKey = "alias/aws/sns" },
    Spoiled("nobody subscribed", ["topic.heard"]) { $0.subscriptions = [] },
    Spoiled("nobody confirmed", ["topic.heard", "topic.pending"]) {
      $0.subscriptions[0].arn = "PendingConfirmation"
    },
    Spoiled("plain http", ["subscription.secure"]) {
      $0.subscriptions[0].transport = "http"
      $0.subscriptions[0].endpoint = "http://hooks.example.com/secret"
    },
    Spoiled("filter policy on attributes", ["subscription.filter"]) {
      $0.filterPolicy = #"{"severity":["high"]}"#
    },
    Spoiled("filter policy on the body drops alarms", ["subscription.filter"]) {
      $0.filterPolicy = #"{"AlarmName":["other"]}"#
      $0.filterScope = "MessageBody"
    },
    Spoiled("queue gone", ["queue.exists", "rule.targets"]) { $0.hasQueue = false },
    Spoiled("queue without policy", ["queue.policy"]) { $0.queuePolicy = "" },
    Spoiled("queue for another rule", ["queue.policy"]) {
      $0.queuePolicy = $0.queuePolicy.replacing("rule/tamper", with: "rule/other")
    },
    Spoiled("neither group nor rule", ["queue.fed", "reach.trail-changes"]) {
      $0.trailMore = ""
      $0.rulePattern = ec2
    },
    Spoiled("neither filter nor rule", ["filter.exists", "queue.fed", "reach.trail-changes"]) {
      $0.pattern = nil
      $0.rulePattern = ec2
    },
  ]

  @Test(arguments: causes) func failsItsOwnChecks(_ cause: Spoiled) async throws {
    var world = AlertWorld()
    cause.spoil(&world)
    let seen = try #require(await world.posture())
    let failed = Set(seen.checks.filter { $0.verdict == .fails }.map(\.rule))
    #expect(failed == cause.fails)
    for check in seen.checks {
      if case .unknown = check.verdict { Issue.record("\(check)") }
      #expect(PostureCatalogue.rule(check.rule) != nil, "\(check.rule)")
      #expect(!check.seen.isEmpty)
    }
  }

  /// What each call alone is needed for.
  static let needs: [(String, Set<String>)] = [
    ("DescribeLogGroups", ["group.exists", "group.retention"]),
    ("DescribeMetricFilters", ["filter.exists", "topic.sender"]),
    ("DescribeSubscriptionFilters", []),
    ("GetRole", ["role.exists", "role.trust", "role.scoped", "role.permissions", "role.narrow"]),
    ("ListRolePolicies", ["role.permissions", "role.narrow"]),
    ("GetRolePolicy", ["role.permissions", "role.narrow"]),
    ("ListAttachedRolePolicies", ["role.permissions", "role.narrow"]),
    ("DescribeAlarms", ["alarm.exists", "topic.sender"]),
    (
      "ListRules",
      [
        "rule.enabled", "rule.pattern", "rule.targets", "queue.fed", "queue.policy",
        "topic.sender",
      ]
    ),
    ("ListTargetsByRule", ["rule.targets", "queue.fed", "queue.policy", "topic.sender"]),
    ("GetTopicAttributes", ["topic.exists", "topic.sender"]),
    ("ListSubscriptionsByTopic", ["topic.heard", "topic.pending", "queue.policy"]),
    ("GetSubscriptionAttributes", ["subscription.filter"]),
    ("GetQueueAttributes", ["queue.exists", "queue.policy"]), ("GetTrailStatus", []),
  ]

  @Test(arguments: needs) func deniedIsUnknown(
    _ operation: String, _ unknown: Set<String>
  ) async throws {
    let cloud = AlertWorld().cloud
    let isJSON = operation.hasPrefix("DescribeLog") || operation.hasPrefix("DescribeMetric")
    let answer: HTTPResponse =
      isJSON || operation.hasPrefix("DescribeSub")
        || operation.hasPrefix("List") && operation.contains("Rule")
        || operation == "GetTrailStatus"
      ? .refusal("AccessDeniedException")
      : HTTPResponse(
        status: 403,
        body: Array(
          "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
            .utf8))
    cloud.set(operation) { _ in answer }
    let seen = try #require(await AlertWorld().posture(cloud))
    let blind = seen.checks.filter { check in
      if case .unknown(let why) = check.verdict { why.kind == .denied } else { false }
    }
    #expect(Set(blind.map(\.rule)) == unknown)
    #expect(!seen.checks.contains { $0.verdict == .fails })
  }

  /// The demo's estate plays every call, and cuts the way end first.
  @Test(
    arguments: [
      ("quiet", 60, []), ("stop-logging", 60, []), ("alert-path", 20, []),
      ("alert-path", 80, ["alarm.enabled"]),
      ("alert-path", 120, ["alarm.enabled", "topic.heard"]), ("alert-path", 1_400, []),
    ] as [(String, Int, Set<String>)])
  func theDemoPlaysIt(_ name: String, _ second: Int, _ fails: Set<String>) async throws {
    let scenario = try DemoCloud.load(name, from: demoData)
    let now = three + .seconds(second)
    let http = scenario.http(start: three) { now }
    let client = scenario.client(http: http) { _, _, _ in }
    let account = try #require(scenario.plan.accounts.first)
    let probes = AWSProbes.make(
      account: account, sources: scenario.plan.sources, client: client, clock: .still)
    var failed: Set<String> = []
    for probe in probes where probe.id.hasPrefix("aws.alertpath") {
      let result = await probe.look(now).looks.first?.result
      guard case .saw(.posture(let seen)) = result else {
        Issue.record("\(probe.id): \(String(describing: result))")
        continue
      }
      for check in seen.checks {
        if case .unknown = check.verdict { Issue.record("\(check)") }
        if check.verdict == .fails { failed.insert(check.rule) }
      }
      // A trail that is off tells nobody of anything.
      #expect(!seen.pipeline.heard.isEmpty || name == "stop-logging")
    }
    #expect(failed == fails)
  }

  /// What was checked is unknown, and not forgotten, where the way to it cannot be read.
  @Test func nothingIsForgottenWhileWeAreBlind() async throws {
    let cloud = AlertWorld().cloud
    let account = CloudAccount(
      cloud: .aws, name: "prod", regions: ["us-east-1"], queue: AlertWorld.queueURL)
    let probes = AWSProbes.make(
      account: account, sources: [.use1], client: cloud.client(), clock: .still)
    let probe = try #require(probes.named("aws.alertpath"))
    func rules(_ minutes: Int) async throws -> [String: PostureCheck.Verdict] {
      let result = await probe.look(three + .minutes(minutes)).looks.first?.result
      guard case .saw(.posture(let seen)) = result else { return [:] }
      return Dictionary(seen.checks.map { ($0.rule, $0.verdict) }, uniquingKeysWith: { $1 })
    }
    let before = try await rules(0)
    cloud.set("DescribeMetricFilters") { _ in .refusal("AccessDeniedException") }
    let blind = try await rules(10)
    #expect(Set(before.keys).isSubset(of: blind.keys))
    for rule in ["filter.matches", "alarm.enabled", "alarm.actions"] {
      guard case .unknown(let why)? = blind[rule] else {
        Issue.record("\(rule)")
        continue
      }
      #expect(why.kind == .denied)
    }
    cloud.set("DescribeMetricFilters") { _ in .json(#"{"metricFilters":[]}"#) }
    let gone = try await rules(20)
    #expect(gone["filter.matches"] == nil)
    #expect(gone["filter.exists"] == .fails)
  }

  @Test func callsWhatItDeclares() async throws {
    var world = AlertWorld()
    world.boundary = Self.all
    let called = Mutex<Set<String>>([])
    let client = world.cloud.client { service, operation, _ in
      _ = called.withLock { $0.insert("\(service):\(operation)") }
    }
    _ = await world.look(client: client)
    #expect(
      called.withLock { $0 }.subtracting(["sts:GetCallerIdentity"])
        == Set(AlertPathProbe.permissions))
  }

  @Test func drawsTheWholeWay() async throws {
    let pipeline = try #require(await AlertWorld().posture()).pipeline
    let lines = pipeline.lines(at: three)
    #expect(
      lines == [
        "trail use1: works",
        "  writes to bucket acme-audit-logs: not looked at; proven 2m00s ago by LatestDeliveryTime",
        "    is listed by human the watch: works; proven 2m00s ago by an object arrived",
        "  encrypts with key k: not looked at; proven 2m00s ago by LatestDeliveryTime",
        "  sends to group audit: works; proven 3m00s ago by LatestCloudWatchLogsDeliveryTime",
        "    is read by filter trail-changes: works; not proven: a match is not recorded",
        "      counts for alarm changes: works; proven 1h00m ago by its change to OK",
        "        notifies topic alarms: works; not proven: it is OK",
        "          delivers to subscription email m***@example.com: works; not proven: confirmed; deliveries are not recorded",
        "            reaches human email m***@example.com: works; not proven: nobody tells whether it is read",
        "  writes as role to-logs: works; proven 3m00s ago by LatestCloudWatchLogsDeliveryTime",
        "  is caught by rule tamper: works; not proven: EventBridge hears only while the trail logs",
        "    sends to queue watch: works; not proven: deliveries of a rule are not recorded here",
        "      is read by human the watch: (above); not proven: what it reads is in the journal",
        "    sends to topic alarms: (above); not proven: deliveries of a rule are not recorded here",
        "", "Told: email m***@example.com, the watch. Who can mute them:",
        "1. trail use1 mutes everybody, loudly. The trail's status says so, and the act is in Event history. Nobody else is told.",
        "2. topic alarms mutes email m***@example.com, silently. Failed publishes show in metrics that nobody is told of. Still told: the watch.",
        "3. subscription email m***@example.com mutes email m***@example.com, silently. Whoever is not confirmed any more just hears nothing. Still told: the watch.",
      ])
    #expect(!lines.joined().contains("mira@"))
  }

  @Test func whatIsBehindAFunctionIsNotLookedAt() async throws {
    var world = AlertWorld()
    let function = "arn:aws:lambda:us-east-1:111122223333:function:page"
    world.subscriptions = [
      (arn: AlertWorld.subscription, transport: "lambda", endpoint: function)
    ]
    let pipeline = try #require(await world.posture()).pipeline
    let heard = pipeline.heard.compactMap { pipeline.node($0)?.label }
    #expect(Set(heard) == ["whoever page tells", "the watch"])
  }

  @Test func aBrokenPartStopsTheWay() async throws {
    var world = AlertWorld()
    world.subscriptions[0].arn = "PendingConfirmation"
    let pipeline = try #require(await world.posture()).pipeline
    #expect(pipeline.heard == [PipelineNode.ID(.human, "watchkeeper")])
    let topic = pipeline.node(PipelineNode.ID(.topic, AlertWorld.topic))
    #expect(topic?.state == .broken("nobody has confirmed: email m***@example.com pending"))
  }

  @Test func aTrailThatIsGoneHasNoWay() async throws {
    let cloud = AlertWorld().cloud
    cloud.set("DescribeTrails") { _ in trailList() }
    let seen = try #require(await AlertWorld().posture(cloud))
    #expect(seen.checks.isEmpty)
    #expect(seen.pipeline.nodes.map(\.state) == [.broken("no such trail")])
    cloud.set("DescribeTrails") { _ in .html }
    #expect(await AlertWorld().look(cloud)?.blindness?.kind == .unreadable)
  }

  @Test func aMemberOfTheOrganizationIsNotBlamed() async throws {
    let cloud = AlertWorld().cloud
    let more = AlertWorld().trailMore + #","IsOrganizationTrail":true"#
    cloud.set("DescribeTrails") { _ in trailList(described(more: more)) }
    cloud.set("GetCallerIdentity") { _ in
      AlertWorld.xml(
        "GetCallerIdentity",
        "<Account>999999999999</Account><Arn>arn:aws:iam::999999999999:user/wk</Arn>")
    }
    for operation in ["DescribeLogGroups", "DescribeMetricFilters", "DescribeSubscriptionFilters"] {
      cloud.set(operation) { _ in .refusal("AccessDeniedException") }
    }
    let seen = try #require(await AlertWorld().posture(cloud))
    for check in seen.checks where check.rule.hasPrefix("group") || check.rule.hasPrefix("reach") {
      #expect(check.verdict == .none || check.verdict == .holds, "\(check)")
    }
  }

  @Test(arguments: [
    ("email", "mira@example.com", "email m***@example.com"), ("sms", "+15551234567", "sms ***67"),
    ("https", "https://u:p@hooks.example.com:8443/T0/secret?key=1", "https hooks.example.com:8443"),
    ("sqs", "arn:aws:sqs:us-east-1:111122223333:q", "sqs q"), ("email", "nobody", "email"),
  ])
  func addressesAreMasked(_ transport: String, _ endpoint: String, _ label: String) {
    let one = TopicSubscription(arn: "arn:s", transport: transport, endpoint: endpoint)
    #expect(Hearer(one).label == label)
  }

  @Test(arguments: [
    ("https://sqs.eu-west-1.amazonaws.com/111122223333/w", "arn:aws:sqs:eu-west-1:111122223333:w"),
    ("http://127.0.0.1:5000/111122223333/w", "arn:aws:sqs:us-east-1:111122223333:w"),
    ("https://example.com/w", nil),
  ])
  func queuesByURL(_ url: String, _ arn: String?) {
    #expect(AlertARN.queue(url: url, region: "us-east-1", partition: "aws") == arn)
  }
}
