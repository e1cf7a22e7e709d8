import CloudAPI
import WatchCore

extension GCPAlertPath {
  var checks: [PostureCheck] {
    named + fittingMetrics.flatMap(metricChecks) + fittingPolicies.flatMap(policyChecks) + reach
  }

  private var named: [PostureCheck] {
    guard let name = plan.gcp?.metric else { return [] }
    var sheet = PostureSheet("\(parent.name)/metrics/\(name)")
    sheet.judge("gcp.metric.exists", by: metrics) { sheet, metrics in
      sheet.add(
        "gcp.metric.exists", if: metrics.contains { $0.name == name }, "there",
        else: "no log-based metric \(name)")
    }
    return sheet.checks
  }

  private func metricChecks(_ metric: LogMetric) -> [PostureCheck] {
    var sheet = PostureSheet(name(metric))
    sheet.add(
      "gcp.metric.enabled", if: !metric.isDisabled, "on", else: "\(metric.name) is disabled")
    sheet.add(
      "gcp.metric.filter", if: canMatch(metric.filter), "matches audit entries",
      else: "\(metric.name): no audit entry can match",
      open: "\(metric.name): its filter cannot be judged", raw: metric.filter)
    guard metric.name == plan.gcp?.metric else { return sheet.checks }
    sheet.judge("gcp.policy.absence", by: policies) { sheet, policies in
      let watching = policies.filter { policy in
        policy.conditions.contains {
          $0.kind == .absent && $0.reads(metricType: metric.metricType)
        }
      }
      sheet.add(
        "gcp.policy.absence", if: !watching.isEmpty,
        watching.map(\.displayName).joined(separator: ", "),
        else: "no policy watches \(metric.name) for its absence")
    }
    return sheet.checks
  }

  private func policyChecks(_ policy: AlertPolicy) -> [PostureCheck] {
    var sheet = PostureSheet(policy.name)
    let name = policy.displayName
    sheet.add(
      "gcp.policy.enabled", if: policy.isOn, "on", else: "\(name) is disabled",
      open: "Google does not say whether \(name) is on")
    sheet.add("gcp.policy.valid", if: policy.invalid == nil, "valid", else: policy.invalid ?? "")
    sheet.judge("gcp.policy.channels", by: channels) { sheet, channels in
      let known = policy.channels.compactMap { id in channels.first { $0.name == id } }
      let on = known.filter { $0.tells == .yes }
      let gone = policy.channels.count - known.count
      let words = known.filter { $0.tells != .yes }.map {
        switch ($0.tells, $0.isEnabled) {
        case (.unknown, _): "\($0.label) is perhaps on"
        case (_, false): "\($0.label) is disabled"
        default: "\($0.label) is not verified"
        }
      }
      let lost = gone > 0 ? ["\(gone) gone"] : []
      sheet.add(
        "gcp.policy.channels", if: working(policy),
        (on.map(\.label) + words + lost).joined(separator: ", "),
        else: policy.channels.isEmpty
          ? "\(name) names no channel" : (words + lost).joined(separator: ", "),
        open: (words + lost).joined(separator: ", "))
    }
    sheet.judge("gcp.policy.snoozed", by: snoozes) { sheet, _ in
      let asleep = snooze(of: policy)
      sheet.add(
        "gcp.policy.snoozed", if: asleep == nil, "awake",
        else: "\(name) is snoozed by \(asleep?.displayName ?? "")")
    }
    return sheet.checks
  }

  private var reach: [PostureCheck] {
    var sheet = PostureSheet(parent.name)
    if isTold == .unknown, let why = blindness.first {
      sheet.blind(["gcp.reach.sink-delete"], why)
    } else {
      sheet.add(
        "gcp.reach.sink-delete", if: isTold, "an alert reaches somebody",
        else: "nobody is told when a sink is deleted",
        open: "whether an alert follows when a sink is deleted cannot be judged")
    }
    if let feed {
      sheet.judge("gcp.queue.fed", by: feed) { sheet, feed in
        sheet.add("gcp.queue.fed", if: feed.feeds, feed.words, else: feed.words, open: feed.words)
      }
    }
    return sheet.checks
  }
}
