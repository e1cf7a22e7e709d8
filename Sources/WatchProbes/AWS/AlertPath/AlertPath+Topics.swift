import CloudAPI
import EventRules
import WatchCore

/// The topics: there, open to who must publish, and heard by somebody.
extension AlertPath {
  var topicChecks: [PostureCheck] {
    topics.values.sorted { $0.arn < $1.arn }.flatMap { topic in
      var sheet = sheet(topic.arn)
      if topic.isGone {
        sheet.add("topic.exists", .fails, "alarms or rules name it, and there is no such topic")
        return sheet.checks
      }
      sheet.judge("topic.exists", "topic.sender", by: topic.facts) { sheet, facts in
        sheet.add("topic.exists", .holds, "there")
        judgeSenders(facts, topic.arn, &sheet)
      }
      sheet.judge("topic.heard", "topic.pending", by: topic.subscriptions) { sheet, all in
        judgeHearers(all, &sheet)
      }
      return sheet.checks + (topic.subscriptions.value ?? []).flatMap { checks(of: $0, topic) }
    }
  }

  private func judgeSenders(_ facts: TopicSettings, _ topic: String, _ sheet: inout PostureSheet) {
    if facts.kmsKeyID == "alias/aws/sns" {
      sheet.add(
        "topic.sender", .fails,
        "encrypted with the key alias/aws/sns, which alarms and rules cannot use")
      return
    }
    guard let policy = PolicyDocument(facts.policy.map { .string($0) }) else {
      sheet.blind(
        ["topic.sender"], Blindness(kind: .unreadable, detail: "its policy cannot be read"))
      return
    }
    let answers = senders(to: topic).map { ($0.name, policy.allows($0.request)) }
    let shut = answers.filter { $0.1 == .no }.map(\.0).joined(separator: ", ")
    if shut.isEmpty, let unread = blindSenders.first {
      // Somebody who publishes may be unknown to us.
      sheet.blind(["topic.sender"], unread)
      return
    }
    sheet.add(
      "topic.sender", if: .all(answers.map(\.1)),
      "its policy lets \(answers.map(\.0).joined(separator: ", ")) publish",
      else: "its policy does not let \(shut) publish", raw: facts.policy)
  }

  /// Who publishes to a topic, and the request that its policy judges.
  private func senders(to topic: String) -> [(name: String, request: PolicyRequest)] {
    let account = arn.account
    let alarms = watchingAlarms.filter { $0.alarmActions.contains(topic) }.map { ($0.name, $0.arn) }
    let above = composites.filter { $0.alarmActions.contains(topic) }.map { ($0.name, $0.arn) }
    let sending = (rules.value ?? []).filter { rule in
      rule.targets.value?.contains { $0.arn == topic && $0.roleARN == nil } == true
    }
    return (alarms + above).prefix(1).map { _, source in
      (
        "alarms",
        .service(
          "cloudwatch.amazonaws.com", "sns:Publish", on: topic, from: source, account: account,
          isOwner: true)
      )
    }
      + sending.prefix(1).map { rule in
        (
          "EventBridge",
          .service(
            "events.amazonaws.com", "sns:Publish", on: topic, from: rule.rule.arn,
            account: account)
        )
      }
  }

  private func judgeHearers(_ all: [TopicSubscription], _ sheet: inout PostureSheet) {
    let confirmed = all.filter(\.isConfirmed)
    let pending = all.filter { $0.arn == "PendingConfirmation" }
    let names = pending.map { Hearer($0).label }.joined(separator: ", ")
    let kinds = Set(confirmed.map(\.transport)).sorted().joined(separator: ", ")
    let nobody =
      pending.isEmpty ? "it has no subscription" : "nobody has confirmed: \(names) pending"
    sheet.add(
      "topic.heard", if: !confirmed.isEmpty, "\(confirmed.count) confirmed (\(kinds))",
      else: "\(nobody)")
    sheet.add(
      "topic.pending", if: pending.isEmpty, "none pending",
      else: "\(names) never confirmed and hears nothing")
  }

  private func checks(of one: TopicSubscription, _ topic: TopicReading) -> [PostureCheck] {
    guard one.isConfirmed else { return [] }
    var sheet = sheet(one.arn)
    sheet.add(
      "subscription.secure", if: one.transport != "http", "by \(one.transport)",
      else: "by plain http: who listens on the way reads the alerts, and can drop them")
    let settings = topic.settings[one.arn] ?? .failure(.bound("the subscription was not read"))
    sheet.judge("subscription.filter", by: settings) { sheet, settings in
      judgeFilter(settings, topic.arn, &sheet)
    }
    return sheet.checks
  }

  private func judgeFilter(
    _ settings: SubscriptionSettings, _ topic: String, _ sheet: inout PostureSheet
  ) {
    guard let text = settings.filterPolicy, text != "{}" else {
      sheet.add("subscription.filter", .holds, "no filter policy")
      return
    }
    let scope = settings.filtersBody ? "the message" : "message attributes, which alarms lack"
    switch passes(settings, topic) {
    case .yes:
      sheet.add("subscription.filter", .holds, "its filter policy lets alarms through", raw: text)
    case .no:
      sheet.add(
        "subscription.filter", .fails, "its filter policy drops alarms (it reads \(scope))",
        raw: text)
    case .unknown:
      sheet.add("subscription.filter", .info, "its filter policy passes some messages", raw: text)
    }
  }

  /// Whether what comes to the topic passes a subscription's filter policy.
  func passes(_ settings: SubscriptionSettings, _ topic: String) -> Holds {
    guard let text = settings.filterPolicy, text != "{}" else { return .yes }
    guard let json = try? JSONReader.read(Array(text.utf8)),
      let pattern = try? EventPattern(EventValue(json))
    else { return .unknown }
    guard settings.filtersBody else { return Holds(pattern.matches([:])) }
    guard blindSenders.isEmpty else { return .unknown }
    let alarms = watchingAlarms.filter { $0.alarmActions.contains(topic) }
    var messages = alarms.map { AlertMessage.alarm($0, account: arn.account) }
    let isTarget = (rules.value ?? []).contains { rule in
      rule.targets.value?.contains { $0.arn == topic } == true
    }
    if isTarget { messages += watchedCalls.prefix(1).map(\.envelope) }
    return .all(messages.map { Holds(pattern.matches($0)) })
  }
}

/// What is published to a topic.
enum AlertMessage {
  /// As CloudWatch tells of an alarm (CloudWatch User Guide, "Notify users on alarm changes").
  static func alarm(_ alarm: MetricAlarm, account: String) -> EventValue {
    .object([
      "AlarmName": .string(alarm.name), "AlarmArn": .string(alarm.arn), "NewStateValue": "ALARM",
      "AWSAccountId": .string(account), "OldStateValue": .any, "NewStateReason": .any,
      "StateChangeTime": .any, "Region": .any, "AlarmDescription": .any,
      "AlarmConfigurationUpdatedTimestamp": .any, "OKActions": .any, "AlarmActions": .any,
      "InsufficientDataActions": .any, "Trigger": .any,
    ])
  }
}

extension PolicyRequest {
  /// A service that sends on behalf of one thing of an account's.
  /// - Parameter isOwner: whether it comes as the topic's owner: alarms do, rules do not.
  static func service(
    _ service: String, _ action: String, on resource: String, from source: String,
    account: String, isOwner: Bool = false
  ) -> PolicyRequest {
    PolicyRequest(.service(service), action, on: resource) { key in
      switch key {
      case "aws:sourcearn": .value(source)
      case "aws:sourceaccount": .value(account)
      case "aws:sourceowner": isOwner ? .value(account) : .absent
      case "aws:securetransport", "aws:principalisawsservice": .value("true")
      case "aws:principalservicename": .value(service)
      case "aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:sourcevpce",
        "aws:sourcevpc", "aws:userid", "aws:username":
        .absent
      default: .unknown
      }
    }
  }
}
