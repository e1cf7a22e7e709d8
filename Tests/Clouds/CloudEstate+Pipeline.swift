/// The whole pipeline behind a trail (key, log group, metric filter, alarm, rule, topic, person, two
/// queues), how its parts are broken, and how records are made to come out at its ends.
///
/// `estate.act(NAME, as: .dev)` breaks a part: the names stand in awsoverlay/pipeline.py (`acts`):
/// `suspend-versioning`, `disable-key`, `delete-group`, `short-retention`, `deaf-filter`,
/// `disable-alarm`, `disable-rule`, `remove-targets`, `delete-topic`, `unsubscribe` and so on.
extension CloudEstate {
  /// Build with these options to have all of it: `CloudEstate.build(on: server, options: wholeOptions)`.
  static let wholeOptions = ["--whole"]

  static let group = "/cloudtrail/main"
  static let topicName = "audit-alerts"
  static let ruleName = "audit-tamper"
  static let alarmName = "trail-changes"
  static let roleName = "cloudtrail-to-logs"
  /// Who gets the topic's e-mails; confirmed as built.
  static let person = "security@example.com"
  /// Gets EventBridge's events as they are.
  static let queueName = "watchkeeper-events"
  /// Gets them by the topic, wrapped by SNS.
  static let wrappedQueueName = "watchkeeper-wrapped"

  var topic: String { "arn:aws:sns:\(home):\(server.account):\(Self.topicName)" }

  func queueURL(_ name: String = queueName) -> String {
    "\(server.endpoint)/\(server.account)/\(name)"
  }

  /// From now on every recorded call (read events too) comes out in the bucket and the log group,
  /// with its exact User-Agent, as far as the trail's logging, selectors, policy, key, group and
  /// role let it; in Event history always.
  /// - Parameter cut: Ends (`s3`, `group`) where records are lost though no error is set.
  func echo(delaySeconds: Double = 0, historySeconds: Double = 0, cut: [String] = []) async throws {
    let lost = cut.map { "\"\($0)\"" }.joined(separator: ", ")
    try await server.control(
      "POST", "echo",
      """
      {"on": true, "delay": \(delaySeconds), "history_delay": \(historySeconds), "cut": [\(lost)]}
      """)
  }

  /// Delivers all that waits, due or not.
  func deliverEchoes() async throws {
    try await server.control("POST", "echo/flush")
  }

  /// From now on EventBridge's rules send on what is recorded, while a trail logs (D05).
  func bridge(_ isOn: Bool = true) async throws {
    try await server.control("POST", "bridge", "{\"on\": \(isOn)}")
  }

  /// One message in a queue: an event as EventBridge sends it.
  /// - Parameter event: JSON: `{"eventName": "StopLogging", "user": "dev", "at": "-1m",
  ///   "requestParameters": {…}}`; what is left out is as in a plain call by `dev` now.
  func message(
    _ event: String, queue: String = queueName, wrapped: Bool = false
  ) async throws {
    try await server.control(
      "POST", "messages",
      "{\"queue\": \"\(queue)\", \"wrapped\": \(wrapped), \"event\": \(event)}")
  }

  /// One message in a queue that is no event at all. JSON text, quotes and all.
  func rawMessage(_ jsonText: String, queue: String = queueName) async throws {
    try await server.control("POST", "messages", "{\"queue\": \"\(queue)\", \"body\": \(jsonText)}")
  }

  /// Records in Event history, as ``message(_:queue:wrapped:)`` takes them, separated by commas.
  func happened(_ events: String) async throws {
    try await server.control("POST", "events", "{\"events\": [\(events)]}")
  }

  /// Records in the log group, `arrived` then (`-4m`).
  func lines(_ events: String, arrived: String, group: String = group) async throws {
    try await server.control(
      "POST", "group/events",
      "{\"group\": \"\(group)\", \"arrived\": \"\(arrived)\", \"events\": [\(events)]}")
  }

  /// Makes all that is in the log group that much older.
  func ageGroup(minutes: Int, group: String = group) async throws {
    try await server.control(
      "POST", "group/age", "{\"group\": \"\(group)\", \"seconds\": \(minutes * 60)}")
  }

  /// Whether somebody has confirmed a subscription of the topic.
  func confirm(_ isConfirmed: Bool, _ endpoint: String = person) async throws {
    try await server.control(
      "POST", "subscriptions", "{\"endpoint\": \"\(endpoint)\", \"confirmed\": \(isConfirmed)}")
  }

  /// A trail of the management account 999988887777, as this account, a member, sees it.
  /// - Parameter status: Fields of GetTrailStatus; what a member cannot see is left out.
  /// - Returns: Its ARN.
  @discardableResult
  func organizationTrail(status: String = "{\"LatestDeliveryTime\": \"-3m\"}") async throws
    -> String
  {
    let arn = "arn:aws:cloudtrail:\(home):999988887777:trail/org"
    try await server.control(
      "POST", "organization", "{\"arn\": \"\(arn)\", \"status\": \(status)}")
    return arn
  }

  /// More calls a second than that are throttled, per account and region; no operations: all of
  /// the service's.
  func limit(_ service: String, _ operations: [String] = [], perSecond: Int) async throws {
    let names = operations.map { "\"\($0)\"" }.joined(separator: ", ")
    try await server.control(
      "POST", "rates",
      """
      {"limits": [{"service": "\(service)", "per_second": \(perSecond),
        "operations": \(operations.isEmpty ? "null" : "[\(names)]")}]}
      """)
  }
}
