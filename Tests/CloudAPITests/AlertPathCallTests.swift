import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// The calls that read log groups, alarms, rules, topics, queues and roles.
@Suite struct AlertPathCallTests {
  static let region = "us-east-1"

  static func member(_ text: String) -> String { "<member>\(text)</member>" }

  static func result(_ operation: String, _ body: String) -> FakeHTTP.Answer {
    .xml(
      "<\(operation)Response><\(operation)Result>\(body)</\(operation)Result></\(operation)Response>"
    )
  }

  @Test func readsLogGroups() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          """
          {"logGroups":[{"logGroupName":"/ct","arn":"arn:aws:logs:us-east-1:1:log-group:/ct:*",
          "retentionInDays":30,"kmsKeyId":"k","logGroupClass":"STANDARD"}],"nextToken":"t"}
          """),
        .json(
          """
          {"logGroups":[{"logGroupName":"/ct2","arn":"x:*","logGroupArn":"arn:g2"}]}
          """),
      ]))
    let groups = try await account.client.logGroups(prefix: "/ct", region: Self.region)
    var first = LogGroup(name: "/ct", arn: "arn:aws:logs:us-east-1:1:log-group:/ct")
    first.retentionDays = 30
    first.kmsKeyID = "k"
    first.groupClass = "STANDARD"
    #expect(groups == [first, LogGroup(name: "/ct2", arn: "arn:g2")])
    #expect(
      account.http.requests.map(\.text) == [
        #"{"logGroupNamePrefix":"/ct"}"#, #"{"logGroupNamePrefix":"/ct","nextToken":"t"}"#,
      ])
    #expect(account.http.requests[0].header("X-Amz-Target") == "Logs_20140328.DescribeLogGroups")
    #expect(account.calls.all == Array(repeating: "logs:DescribeLogGroups:us-east-1", count: 2))
  }

  @Test func readsFilters() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          """
          {"metricFilters":[{"filterName":"f","filterPattern":"{ $.a = b }","logGroupName":"/ct",
          "metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1",
          "defaultValue":0.0,"dimensions":{"x":"$.y"}}]},{"filterName":"all","filterPattern":"",
          "metricTransformations":[]}]}
          """),
        .json(
          """
          {"subscriptionFilters":[{"filterName":"s","filterPattern":"","destinationArn":"arn:d"}]}
          """),
      ]))
    let filters = try await account.client.metricFilters(group: "/ct", region: Self.region)
    #expect(
      filters == [
        MetricFilter(
          name: "f", pattern: "{ $.a = b }",
          metrics: [
            MetricFilter.Metric(name: "m", namespace: "n", defaultValue: 0, hasDimensions: true)
          ]), MetricFilter(name: "all", pattern: "", metrics: []),
      ])
    let streams = try await account.client.subscriptionFilters(group: "/ct", region: Self.region)
    #expect(streams == [SubscriptionFilter(name: "s", pattern: "", destinationARN: "arn:d")])
  }

  @Test func readsAlarms() async throws {
    let metric = """
      <MetricAlarms>\(Self.member("""
        <AlarmName>a</AlarmName><AlarmArn>arn:a</AlarmArn><ActionsEnabled>false</ActionsEnabled>
        <StateValue>INSUFFICIENT_DATA</StateValue><StateReason>Unchecked</StateReason>
        <StateUpdatedTimestamp>2026-11-20T03:00:00Z</StateUpdatedTimestamp><MetricName>m</MetricName>
        <Namespace>n</Namespace><ComparisonOperator>LessThanThreshold</ComparisonOperator>
        <Threshold>1.0</Threshold><AlarmActions><member>arn:t</member></AlarmActions><OKActions/>
        """))</MetricAlarms><CompositeAlarms/><NextToken>n1</NextToken>
      """
    let composite = """
      <MetricAlarms/><CompositeAlarms>\(Self.member("""
        <AlarmName>c</AlarmName><AlarmArn>arn:c</AlarmArn><AlarmRule>ALARM("a")</AlarmRule>
        <ActionsEnabled>true</ActionsEnabled><StateValue>OK</StateValue>
        <AlarmActions><member>arn:t</member></AlarmActions>
        <ActionsSuppressor>quiet</ActionsSuppressor>
        """))</CompositeAlarms>
      """
    let account = FakeAccount(
      FakeHTTP([Self.result("DescribeAlarms", metric), Self.result("DescribeAlarms", composite)]))
    let alarms = try await account.client.alarms(region: Self.region)
    var alarm = MetricAlarm(
      name: "a", arn: "arn:a", isActionsEnabled: false, state: "INSUFFICIENT_DATA")
    alarm.metric = MetricName(name: "m", namespace: "n")
    alarm.alarmActions = ["arn:t"]
    alarm.stateReason = "Unchecked"
    alarm.stateUpdated = Date(timeIntervalSince1970: 1_795_143_600)
    alarm.comparison = "LessThanThreshold"
    alarm.threshold = 1
    #expect(alarms.metric == [alarm])
    #expect(alarms.metric.first?.treatMissingData == "missing")
    var above = CompositeAlarm(
      name: "c", arn: "arn:c", rule: #"ALARM("a")"#, isActionsEnabled: true, state: "OK")
    above.alarmActions = ["arn:t"]
    above.actionsSuppressor = "quiet"
    #expect(alarms.composite == [above])
    #expect(account.http.requests.first?.url == "https://monitoring.us-east-1.amazonaws.com/")
    #expect(account.http.requests.last?.text.contains("NextToken=n1") == true)
    #expect(account.calls.all.first == "cloudwatch:DescribeAlarms:us-east-1")
  }

  @Test func readsRulesAndTargets() async throws {
    let rule =
      #"{"Name":"r","Arn":"arn:r","EventPattern":"{}","State":"DISABLED","EventBusName":"default"}"#
    let account = FakeAccount(
      FakeHTTP([
        .json(#"{"Rules":[\#(rule)],"NextToken":"n"}"#),
        .json(
          #"{"Rules":[{"Name":"s","Arn":"arn:s","State":"ENABLED","ScheduleExpression":"x"}]}"#),
        .json(rule),
        .json(
          """
          {"Targets":[{"Id":"1","Arn":"arn:q"},{"Id":"2","Arn":"arn:t","InputPath":"$.detail",
          "RoleArn":"arn:role","DeadLetterConfig":{"Arn":"arn:dlq"}}]}
          """), .json(#"{"RuleNames":["r"]}"#),
      ]))
    let rules = try await account.client.eventRules(region: Self.region)
    #expect(rules.map(\.name) == ["r", "s"])
    #expect(rules.map(\.isEnabled) == [false, true])
    #expect(rules.map(\.pattern) == ["{}", nil])
    #expect(try await account.client.eventRule(name: "r", region: Self.region) == rules[0])
    let targets = try await account.client.ruleTargets(rule: "r", region: Self.region)
    #expect(
      targets == [
        RuleTarget(id: "1", arn: "arn:q"),
        RuleTarget(
          id: "2", arn: "arn:t", roleARN: "arn:role", changesInput: true, deadLetterARN: "arn:dlq"),
      ])
    #expect(
      try await account.client.ruleNames(target: "arn:q", region: Self.region) == ["r"])
  }

  @Test func readsTopics() async throws {
    let entries = """
      <Attributes><entry><key>TopicArn</key><value>arn:t</value></entry>
      <entry><key>Policy</key><value>{"a":1}</value></entry>
      <entry><key>SubscriptionsConfirmed</key><value>0</value></entry>
      <entry><key>SubscriptionsPending</key><value>2</value></entry></Attributes>
      """
    let list = """
      <Subscriptions>\(Self.member("""
        <SubscriptionArn>PendingConfirmation</SubscriptionArn><Protocol>email</Protocol>
        <Endpoint>a@example.com</Endpoint>
        """))\(Self.member("""
        <SubscriptionArn>arn:s</SubscriptionArn><Protocol>http</Protocol><Endpoint>http://x</Endpoint>
        """))</Subscriptions>
      """
    let settings = """
      <Attributes><entry><key>SubscriptionArn</key><value>arn:s</value></entry>
      <entry><key>FilterPolicy</key><value>{"x":["y"]}</value></entry>
      <entry><key>FilterPolicyScope</key><value>MessageBody</value></entry>
      <entry><key>PendingConfirmation</key><value>false</value></entry></Attributes>
      """
    let account = FakeAccount(
      FakeHTTP([
        Self.result("GetTopicAttributes", entries), Self.result("ListSubscriptionsByTopic", list),
        Self.result("GetSubscriptionAttributes", settings),
      ]))
    let topic = try await account.client.topic(arn: "arn:t", region: Self.region)
    #expect(topic.confirmed == 0)
    #expect(topic.pending == 2)
    #expect(topic.policy == #"{"a":1}"#)
    let found = try await account.client.subscriptions(topic: "arn:t", region: Self.region)
    #expect(found.map(\.isConfirmed) == [false, true])
    #expect(found.map(\.transport) == ["email", "http"])
    let one = try await account.client.subscription(arn: "arn:s", region: Self.region)
    #expect(one.filtersBody)
    #expect(one.filterPolicy == #"{"x":["y"]}"#)
    #expect(one.isPending == false)
  }

  @Test func readsAQueue() async throws {
    let body = """
      <Attribute><Name>QueueArn</Name><Value>arn:q</Value></Attribute>
      <Attribute><Name>MessageRetentionPeriod</Name><Value>345600</Value></Attribute>
      """
    let account = FakeAccount(FakeHTTP([Self.result("GetQueueAttributes", body)]))
    let queue = try await account.client.queue(url: "https://q/1/w", region: Self.region)
    #expect(queue.arn == "arn:q")
    #expect(queue.retentionSeconds == 345_600)
    #expect(account.http.requests.first?.url == "https://sqs.us-east-1.amazonaws.com/")
    #expect(
      account.http.requests.first?.text.contains("QueueUrl=https%3A%2F%2Fq%2F1%2Fw") == true)
  }

  @Test func readsARoleAndItsPolicies() async throws {
    let role = """
      <Role><RoleName>r</RoleName><Arn>arn:r</Arn>
      <AssumeRolePolicyDocument>%7B%22a%22%3A%22x+y%22%7D</AssumeRolePolicyDocument>
      <PermissionsBoundary><PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn></PermissionsBoundary>
      </Role>
      """
    let account = FakeAccount(
      FakeHTTP([
        Self.result("GetRole", role),
        Self.result(
          "ListRolePolicies",
          "<PolicyNames><member>p</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>m</Marker>"
        ),
        Self.result(
          "ListRolePolicies",
          "<PolicyNames><member>p2</member></PolicyNames><IsTruncated>false</IsTruncated>"),
        Self.result("GetRolePolicy", "<PolicyDocument>{\"b\":1}</PolicyDocument>"),
        Self.result(
          "ListAttachedRolePolicies",
          "<AttachedPolicies><member><PolicyArn>arn:p</PolicyArn></member></AttachedPolicies>"),
        Self.result("GetPolicy", "<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>"),
        Self.result(
          "GetPolicyVersion", "<PolicyVersion><Document>%7B%7D</Document></PolicyVersion>"),
      ]))
    let client = account.client
    #expect(
      try await client.role(name: "r")
        == IAMRole(name: "r", arn: "arn:r", trust: #"{"a":"x+y"}"#, boundary: "arn:b"))
    #expect(try await client.rolePolicyNames(role: "r") == ["p", "p2"])
    #expect(try await client.rolePolicy(role: "r", name: "p") == #"{"b":1}"#)
    #expect(try await client.attachedPolicies(role: "r") == ["arn:p"])
    #expect(try await client.managedPolicy(arn: "arn:p") == "{}")
    #expect(account.http.requests.first?.url == "https://iam.amazonaws.com/")
    #expect(account.http.requests.last?.text.contains("VersionId=v3") == true)
  }

  static let wrong: [(String, FakeHTTP.Answer)] = [
    (
      "a group's days are text",
      .json(#"{"logGroups":[{"logGroupName":"a","arn":"b","retentionInDays":"x"}]}"#)
    ),
    ("no list", .json("{}")), ("XML for JSON", .xml("<a/>")),
    ("a metric without a name", .json(#"{"logGroups":[{"arn":"b"}]}"#)),
  ]

  @Test(arguments: wrong) func groupsAreNeverEmptyByMistake(
    _ name: String, _ answer: FakeHTTP.Answer
  ) async {
    await expectUnreadable(answer) { (c) async throws(AWSError) in
      _ = try await c.logGroups(prefix: "a", region: Self.region)
    }
  }

  static let wrongXML: [String] = [
    "<DescribeAlarmsResponse/>", "<a><DescribeAlarmsResult/></a>",
    "<a><DescribeAlarmsResult><MetricAlarms><member/></MetricAlarms></DescribeAlarmsResult></a>",
    """
    <a><DescribeAlarmsResult><MetricAlarms><member><AlarmName>a</AlarmName><AlarmArn>b</AlarmArn>
    <ActionsEnabled>maybe</ActionsEnabled><StateValue>OK</StateValue></member></MetricAlarms>
    </DescribeAlarmsResult></a>
    """,
  ]

  @Test(arguments: wrongXML) func alarmsAreNeverEmptyByMistake(_ body: String) async {
    await expectUnreadable(.xml(body)) { (c) async throws(AWSError) in
      _ = try await c.alarms(region: Self.region)
    }
  }

  @Test func aListThatGoesRoundIsUnreadable() async {
    await expectUnreadable(.json(#"{"Rules":[],"NextToken":"n"}"#)) { (c) async throws(AWSError) in
      _ = try await c.eventRules(region: Self.region)
    }
  }

  private func expectUnreadable(
    _ answer: FakeHTTP.Answer,
    _ call: @Sendable (AWSClient) async throws(AWSError) -> Void
  ) async {
    let error = await #expect(throws: AWSError.self) {
      try await call(FakeAccount(FakeHTTP([answer])).client)
    }
    guard case .unreadable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
