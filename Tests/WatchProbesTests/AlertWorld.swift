import CloudAPI
import Transfer
import WatchCore

@testable import WatchProbes

/// A trail's whole way to a human as AWS would answer it: in order, until a test spoils a part.
struct AlertWorld: Sendable {
  static let account = "111122223333"
  static let group = "arn:aws:logs:us-east-1:111122223333:log-group:audit"
  static let filter = group + ":metric-filter:trail-changes"
  static let role = "arn:aws:iam::111122223333:role/to-logs"
  static let alarm = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:changes"
  static let rule = "arn:aws:events:us-east-1:111122223333:rule/tamper"
  static let topic = "arn:aws:sns:us-east-1:111122223333:alarms"
  static let subscription = topic + ":1"
  static let queue = "arn:aws:sqs:us-east-1:111122223333:watch"
  static let queueURL = "https://sqs.us-east-1.amazonaws.com/111122223333/watch"
  static let trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1"

  var trailMore = """
    ,"CloudWatchLogsLogGroupArn":"\(group):*","CloudWatchLogsRoleArn":"\(role)",
    "KmsKeyId":"arn:aws:kms:us-east-1:111122223333:key/k"
    """
  var hasGroup = true
  var retention: Int? = 400
  var trust = """
    {"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
    "Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceArn":"\(trail)"}}}]}
    """
  var permissions = """
    {"Statement":[{"Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],
    "Resource":"\(group):log-stream:111122223333_CloudTrail_us-east-1*"}]}
    """
  var boundary: String?
  /// Nil: no filter.
  var pattern: String? = """
    { ($.eventName = StopLogging) || ($.eventName = DeleteTrail) || ($.eventName = UpdateTrail) \
    || ($.eventName = PutEventSelectors) }
    """
  var metric = "Changes"
  var actionsEnabled = true
  var actions = [topic]
  var comparison = "GreaterThanOrEqualToThreshold"
  var missingData = "notBreaching"
  var state = "OK"
  var composites = ""
  var ruleState = "ENABLED"
  var rulePattern = """
    {"source":["aws.cloudtrail"],"detail":{"eventName":["StopLogging","DeleteTrail",\
    "UpdateTrail","PutEventSelectors"]}}
    """
  var targets = [queue, topic]
  var hasTopic = true
  var topicKey = ""
  var topicPolicy = """
    {"Statement":[{"Effect":"Allow","Principal":{"Service":["cloudwatch.amazonaws.com",
    "events.amazonaws.com"]},"Action":"sns:Publish","Resource":"\(topic)"}]}
    """
  var subscriptions = [(arn: subscription, transport: "email", endpoint: "mira@example.com")]
  var filterPolicy = ""
  var filterScope = "MessageAttributes"
  var hasQueue = true
  var queuePolicy = """
    {"Statement":[{"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},
    "Action":"sqs:SendMessage","Resource":"\(queue)",
    "Condition":{"ArnEquals":{"aws:SourceArn":"\(rule)"}}}]}
    """

  var cloud: CannedCloud {
    CannedCloud(
      trailAnswers.merging(logAnswers) { $1 }.merging(roleAnswers) { $1 }
        .merging(alarmAnswers) { $1 }.merging(ruleAnswers) { $1 }.merging(peopleAnswers) { $1 })
  }

  func look(_ cloud: CannedCloud? = nil, client: AWSClient? = nil) async -> Look.Result? {
    let account = CloudAccount(
      cloud: .aws, name: "prod", regions: ["us-east-1"], queue: Self.queueURL)
    let probes = AWSProbes.make(
      account: account, sources: [.use1], client: client ?? (cloud ?? self.cloud).client(),
      clock: .still)
    return await probes.named("aws.alertpath")?.look(three).looks.first?.result
  }

  func posture(_ cloud: CannedCloud? = nil) async -> PostureSighting? {
    if case .saw(.posture(let seen)) = await look(cloud) { seen } else { nil }
  }

  private var trailAnswers: [String: CannedCloud.Answer] {
    let more = trailMore
    return [
      "DescribeTrails": { _ in trailList(described(more: more)) },
      "GetTrailStatus": { _ in
        .json(
          #"{"IsLogging":true,"LatestDeliveryTime":1795143480,"LatestCloudWatchLogsDeliveryTime":1795143420}"#
        )
      },
      "GetCallerIdentity": { _ in
        Self.xml(
          "GetCallerIdentity",
          "<Account>\(Self.account)</Account><Arn>arn:aws:iam::\(Self.account):user/wk</Arn><UserId>u</UserId>"
        )
      },
    ]
  }

  private var logAnswers: [String: CannedCloud.Answer] {
    let days = retention.map { #","retentionInDays":\#($0)"# } ?? ""
    let groups =
      hasGroup ? #"{"logGroupName":"audit","logGroupArn":"\#(Self.group)"\#(days)}"# : ""
    let filters =
      pattern.map {
        JSONValue.object([
          JSONMember("filterName", .string("trail-changes")),
          JSONMember("filterPattern", .string($0)),
          JSONMember(
            "metricTransformations",
            .array([
              .object([
                JSONMember("metricName", .string("Changes")),
                JSONMember("metricNamespace", .string("Audit")),
              ])
            ])),
        ]).text
      } ?? ""
    let isThere = hasGroup
    return [
      "DescribeLogGroups": { _ in .json(#"{"logGroups":[\#(groups)]}"#) },
      "DescribeMetricFilters": { _ in
        isThere
          ? .json(#"{"metricFilters":[\#(filters)]}"#) : .refusal("ResourceNotFoundException")
      },
      "DescribeSubscriptionFilters": { _ in .json(#"{"subscriptionFilters":[]}"#) },
    ]
  }

  private var roleAnswers: [String: CannedCloud.Answer] {
    let (trust, permissions) = (Self.escaped(trust), Self.escaped(permissions))
    let bound =
      boundary == nil
      ? ""
      : "<PermissionsBoundary><PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn></PermissionsBoundary>"
    let document = Self.escaped(boundary ?? "{}")
    return [
      "GetRole": { _ in
        Self.xml(
          "GetRole",
          "<Role><RoleName>to-logs</RoleName><Arn>\(Self.role)</Arn><AssumeRolePolicyDocument>\(trust)</AssumeRolePolicyDocument>\(bound)</Role>"
        )
      },
      "ListRolePolicies": { _ in
        Self.xml("ListRolePolicies", "<PolicyNames><member>p</member></PolicyNames>")
      },
      "GetRolePolicy": { _ in
        Self.xml("GetRolePolicy", "<PolicyDocument>\(permissions)</PolicyDocument>")
      },
      "ListAttachedRolePolicies": { _ in
        Self.xml("ListAttachedRolePolicies", "<AttachedPolicies/>")
      },
      "GetPolicy": { _ in
        Self.xml("GetPolicy", "<Policy><DefaultVersionId>v1</DefaultVersionId></Policy>")
      },
      "GetPolicyVersion": { _ in
        Self.xml(
          "GetPolicyVersion", "<PolicyVersion><Document>\(document)</Document></PolicyVersion>")
      },
    ]
  }

  private var alarmAnswers: [String: CannedCloud.Answer] {
    let alarm = """
      <member><AlarmName>changes</AlarmName><AlarmArn>\(Self.alarm)</AlarmArn>
      <ActionsEnabled>\(actionsEnabled)</ActionsEnabled><StateValue>\(state)</StateValue>
      <StateUpdatedTimestamp>2026-11-20T02:00:00Z</StateUpdatedTimestamp>
      <MetricName>\(metric)</MetricName><Namespace>Audit</Namespace>
      <ComparisonOperator>\(comparison)</ComparisonOperator><Threshold>1.0</Threshold>
      <TreatMissingData>\(missingData)</TreatMissingData>
      <AlarmActions>\(actions.map { "<member>\($0)</member>" }.joined())</AlarmActions></member>
      """
    let above = composites
    return [
      "DescribeAlarms": { _ in
        Self.xml(
          "DescribeAlarms",
          "<MetricAlarms>\(alarm)</MetricAlarms><CompositeAlarms>\(above)</CompositeAlarms>")
      }
    ]
  }

  private var ruleAnswers: [String: CannedCloud.Answer] {
    let rule = JSONValue.object([
      JSONMember("Name", .string("tamper")), JSONMember("Arn", .string(Self.rule)),
      JSONMember("EventPattern", .string(rulePattern)), JSONMember("State", .string(ruleState)),
    ]).text
    let other =
      #"{"Name":"other","Arn":"arn:o","State":"ENABLED","EventPattern":"{\"source\":[\"aws.ec2\"]}"}"#
    let list = targets.enumerated().map { #"{"Id":"\#($0)","Arn":"\#($1)"}"# }
    return [
      "ListRules": { _ in .json(#"{"Rules":[\#(rule),\#(other)]}"#) },
      "ListTargetsByRule": { _ in .json(#"{"Targets":[\#(list.joined(separator: ","))]}"#) },
    ]
  }

  private var peopleAnswers: [String: CannedCloud.Answer] {
    let topic = Self.map([
      ("TopicArn", Self.topic), ("Policy", topicPolicy), ("KmsMasterKeyId", topicKey),
    ])
    let all = subscriptions.map {
      "<member><SubscriptionArn>\($0.arn)</SubscriptionArn><Protocol>\($0.transport)</Protocol><Endpoint>\($0.endpoint)</Endpoint></member>"
    }.joined()
    let one = Self.map([
      ("SubscriptionArn", Self.subscription), ("FilterPolicy", filterPolicy),
      ("FilterPolicyScope", filterScope),
    ])
    let queue = [("QueueArn", Self.queue), ("Policy", queuePolicy)].map {
      "<Attribute><Name>\($0.0)</Name><Value>\(Self.escaped($0.1))</Value></Attribute>"
    }.joined()
    let (hasTopic, hasQueue) = (hasTopic, hasQueue)
    return [
      "GetTopicAttributes": { _ in
        hasTopic ? Self.xml("GetTopicAttributes", topic) : Self.gone("NotFound")
      },
      "ListSubscriptionsByTopic": { _ in
        hasTopic
          ? Self.xml("ListSubscriptionsByTopic", "<Subscriptions>\(all)</Subscriptions>")
          : Self.gone("NotFound")
      },
      "GetSubscriptionAttributes": { _ in Self.xml("GetSubscriptionAttributes", one) },
      "GetQueueAttributes": { _ in
        hasQueue
          ? Self.xml("GetQueueAttributes", queue)
          : Self.gone("AWS.SimpleQueueService.NonExistentQueue")
      },
    ]
  }

  static func xml(_ operation: String, _ body: String) -> HTTPResponse {
    HTTPResponse(
      status: 200,
      body: Array(
        "<\(operation)Response><\(operation)Result>\(body)</\(operation)Result></\(operation)Response>"
          .utf8))
  }

  static func gone(_ code: String) -> HTTPResponse {
    HTTPResponse(
      status: 404,
      body: Array(
        "<ErrorResponse><Error><Code>\(code)</Code><Message>no</Message></Error></ErrorResponse>"
          .utf8))
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  }

  private static func map(_ entries: [(String, String)]) -> String {
    let list = entries.map {
      "<entry><key>\($0.0)</key><value>\(escaped($0.1))</value></entry>"
    }
    return "<Attributes>\(list.joined())</Attributes>"
  }
}
