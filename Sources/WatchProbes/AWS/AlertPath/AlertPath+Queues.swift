import CloudAPI
import WatchCore

/// The queues, the watch's own first: there, fed, and open to who feeds them.
extension AlertPath {
  var queueChecks: [PostureCheck] {
    queues.values.sorted { $0.arn < $1.arn }.flatMap { queue in
      var sheet = PostureSheet(queue.arn)
      if queue.isGone {
        sheet.add("queue.exists", .fails, "it is named, and there is no such queue")
        return sheet.checks
      }
      let feeders = feeders(of: queue.arn)
      // A rule sends within its region: those of another one are another source's to judge.
      if queue.arn == ownQueue, AlertARN(queue.arn)?.region == arn.homeRegion {
        judgeFeeders(feeders, &sheet)
      }
      sheet.judge("queue.exists", "queue.policy", by: queue.facts) { sheet, facts in
        sheet.add("queue.exists", .holds, "there")
        judgePolicy(facts, feeders, queue.arn, &sheet)
      }
      return sheet.checks
    }
  }

  private struct Feeder {
    var name: String
    var service: String
    var arn: String
    /// Whether it hands on what it is to hand on.
    var works: Bool
  }

  /// The rules and topics that send to a queue.
  private func feeders(of queue: String) -> [Feeder] {
    let rules = (rules.value ?? []).filter { rule in
      rule.targets.value?.contains { $0.arn == queue } == true
    }
    let topics = topics.values.filter { topic in
      topic.subscriptions.value?.contains { $0.endpoint == queue && $0.isConfirmed } == true
    }
    return rules.map { rule in
      Feeder(
        name: "rule \(rule.rule.name)", service: "events.amazonaws.com", arn: rule.rule.arn,
        works: rule.rule.isEnabled && watchedCalls.contains { rule.catches($0) == .yes })
    }
      + topics.map {
        Feeder(
          name: "topic \(AlertARN.label($0.arn))", service: "sns.amazonaws.com", arn: $0.arn,
          works: true)
      }.sorted { $0.name < $1.name }
  }

  private func judgeFeeders(_ feeders: [Feeder], _ sheet: inout PostureSheet) {
    let unread = blindFeeders.first
    if let unread, !feeders.contains(where: \.works) {
      sheet.blind(["queue.fed"], unread)
      return
    }
    let names = feeders.map(\.name).joined(separator: ", ")
    sheet.add(
      "queue.fed", if: feeders.contains(where: \.works), "fed by \(names)",
      else: feeders.isEmpty
        ? "no rule and no topic sends to it: the watch hears of nothing by it"
        : "\(names) sends nothing of the trail's changes to it")
  }

  /// Why a rule's targets or a topic's subscriptions could not be read: one of them may feed it.
  private var blindFeeders: [Blindness] {
    [rules.blindness].compactMap(\.self) + (rules.value ?? []).compactMap(\.targets.blindness)
      + topics.values.compactMap(\.subscriptions.blindness).filter { $0.kind != .missing }
  }

  private func judgePolicy(
    _ facts: QueueSettings, _ feeders: [Feeder], _ queue: String, _ sheet: inout PostureSheet
  ) {
    if facts.kmsKeyID == "alias/aws/sqs" {
      sheet.add(
        "queue.policy", .fails,
        "encrypted with the key alias/aws/sqs, which rules and topics cannot use")
      return
    }
    if let unread = blindFeeders.first {
      // Somebody who feeds it may be unknown to us.
      sheet.blind(["queue.policy"], unread)
      return
    }
    guard !feeders.isEmpty else {
      sheet.add("queue.policy", .none, "nothing feeds it")
      return
    }
    let policy = PolicyDocument(facts.policy.map { .string($0) })
    if facts.policy != nil, policy == nil {
      sheet.blind(
        ["queue.policy"], Blindness(kind: .unreadable, detail: "its policy cannot be read"))
      return
    }
    let answers = feeders.map { feeder in
      let request = PolicyRequest.service(
        feeder.service, "sqs:SendMessage", on: queue, from: feeder.arn,
        account: AlertARN(feeder.arn)?.account ?? arn.account)
      return (feeder.name, policy?.allows(request) ?? .no)
    }
    let shut = answers.filter { $0.1 == .no }.map(\.0).joined(separator: ", ")
    sheet.add(
      "queue.policy", if: .all(answers.map(\.1)), "its policy lets all feeders send",
      else: facts.policy == nil
        ? "it has no policy: \(shut) may not send" : "its policy does not let \(shut) send",
      raw: facts.policy)
  }
}
