import CloudAPI
import Transfer

/// CloudWatch alarms, EventBridge rules and SNS topics: from a record to a human.
extension DemoAnswers {
  func alarms(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let all = settings(now).at("alarms", asked.region)?.values ?? []
    switch asked.operation {
    case "DescribeAlarms":
      let names = asked.list("AlarmNames")
      let prefix = asked.text("AlarmNamePrefix") ?? ""
      let state = asked.text("StateValue")
      let found = all.filter { alarm in
        let name = alarm["AlarmName"]?.string ?? ""
        return names?.contains(name) ?? name.hasPrefix(prefix)
          && (state == nil || alarm["StateValue"]?.string == state)
      }
      return reply(
        asked,
        .object([
          JSONMember("CompositeAlarms", .array([])), JSONMember("MetricAlarms", .array(found)),
        ]))
    case "DescribeAlarmsForMetric":
      let found = all.filter {
        $0["MetricName"]?.string == asked.text("MetricName")
          && $0["Namespace"]?.string == asked.text("Namespace")
      }
      return reply(asked, .object([JSONMember("MetricAlarms", .array(found))]))
    case "DescribeAlarmHistory":
      return reply(asked, .object([JSONMember("AlarmHistoryItems", .array([]))]))
    default: return unplayed(asked)
    }
  }

  func rules(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let rules = settings(now).at("rules", asked.region)
    let name = asked.text("Rule") ?? asked.text("Name") ?? ""
    switch asked.operation {
    case "ListRules":
      let prefix = asked.text("NamePrefix") ?? ""
      let found = (rules?.members ?? []).filter { $0.name.hasPrefix(prefix) }
        .compactMap { $0.value["rule"] }
      return json(.object([JSONMember("Rules", .array(found))]))
    case "DescribeRule", "ListTargetsByRule":
      guard let rule = rules?[name] else {
        return jsonError("ResourceNotFoundException", "Rule \(name) does not exist.")
      }
      if asked.operation == "DescribeRule" { return json(rule["rule"] ?? .object([])) }
      return json(.object([JSONMember("Targets", rule["targets"] ?? .array([]))]))
    case "ListEventBuses":
      let bus: JSONValue = .object([JSONMember("Name", .string("default"))])
      return json(.object([JSONMember("EventBuses", .array([bus]))]))
    default: return unplayed(asked)
    }
  }

  func topics(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let topics = settings(now)["topics"]
    let here = (topics?.members ?? []).filter { $0.name.contains(":\(asked.region):") }
    switch asked.operation {
    case "ListTopics":
      let list = here.map { JSONValue.object([JSONMember("TopicArn", .string($0.name))]) }
      return reply(asked, .object([JSONMember("Topics", .array(list))]))
    case "ListSubscriptions":
      let list = here.flatMap { $0.value["subscriptions"]?.array ?? [] }
      return reply(asked, .object([JSONMember("Subscriptions", .array(list))]))
    case "GetSubscriptionAttributes":
      let arn = asked.text("SubscriptionArn") ?? ""
      let list = here.flatMap { $0.value["subscriptions"]?.array ?? [] }
      guard let found = list.first(where: { $0["SubscriptionArn"]?.string == arn }) else {
        return queryError(404, "NotFound", "Subscription does not exist")
      }
      let more: JSONValue = .object([
        JSONMember("PendingConfirmation", .string("false")),
        JSONMember("RawMessageDelivery", .string("false")),
      ])
      let attributes = DemoXML.map(found.merged(with: more))
      return reply(asked, .object([JSONMember("Attributes", attributes)]))
    case "GetTopicAttributes", "ListSubscriptionsByTopic":
      let arn = asked.text("TopicArn") ?? ""
      guard let topic = topics?[arn] else {
        return queryError(404, "NotFound", "Topic does not exist")
      }
      if asked.operation == "ListSubscriptionsByTopic" {
        return reply(
          asked, .object([JSONMember("Subscriptions", topic["subscriptions"] ?? .array([]))]))
      }
      let attributes = (topic["attributes"] ?? .object([])).merged(
        with: .object([JSONMember("TopicArn", .string(arn))]))
      return reply(asked, .object([JSONMember("Attributes", DemoXML.map(attributes))]))
    default: return unplayed(asked)
    }
  }

  /// A result in the protocol that it was asked in.
  func reply(_ asked: DemoRequest, _ result: JSONValue) -> HTTPResponse {
    if asked.isJSON { return json(result) }
    let name = asked.operation
    let inner = DemoXML.element("\(name)Result", result, .members)
    return xml(
      "<\(name)Response>\(inner)<ResponseMetadata><RequestId>00000000-0000-4000-8000-00000000demo"
        + "</RequestId></ResponseMetadata></\(name)Response>")
  }

  /// An error as the services of the query protocol send it.
  func queryError(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
    xml(
      templates.xml(
        "error-query", ["code": code, "message": DemoTemplates.escaped(message)]), status: status)
  }

  func unplayed(_ asked: DemoRequest) -> HTTPResponse {
    let text = "The demo does not play \(asked.operation)."
    return asked.isJSON
      ? jsonError("UnknownOperationException", text) : queryError(400, "InvalidAction", text)
  }
}
