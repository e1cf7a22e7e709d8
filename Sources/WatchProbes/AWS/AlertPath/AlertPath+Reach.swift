import CloudAPI
import EventRules
import WatchCore

/// Whether somebody would be told of the calls that blind the trail, by any whole way.
extension AlertPath {
  var reachChecks: [PostureCheck] {
    var sheet = sheet(arn.text)
    if let elsewhere {
      sheet.add("reach.trail-changes", .none, elsewhere)
      return sheet.checks
    }
    let answers = watchedCalls.map { ($0.name, isTold($0)) }
    let lost = answers.filter { $0.1 == .no }.map(\.0)
    let open = answers.filter { $0.1 == .unknown }.map(\.0)
    if !lost.isEmpty {
      sheet.add(
        "reach.trail-changes", .fails,
        "no whole way leads from \(lost.joined(separator: ", ")) to anybody")
    } else if !open.isEmpty {
      let why =
        blindness.first
        ?? Blindness(kind: .undecided, detail: "a pattern catches only some of the calls")
      sheet.add(
        "reach.trail-changes", .unknown(why),
        "\(open.joined(separator: ", ")) could not be followed: \(why.detail)")
    } else {
      sheet.add(
        "reach.trail-changes", .holds,
        "\(answers.map(\.0).joined(separator: ", ")) each reach somebody")
    }
    return sheet.checks
  }

  private func isTold(_ call: AuditedCall) -> Holds {
    .any([isTold(byAlarm: call), isTold(byRule: call)])
  }

  private func isTold(byAlarm call: AuditedCall) -> Holds {
    guard let group else { return .no }
    if group.isGone { return .no }
    guard case .success(let filters) = group.filters, case .success(let alarms) = alarms else {
      return .unknown
    }
    return .any(
      filters.map { filter in
        let counted = Set(filter.metrics)
        let watching = alarms.metric.filter { alarm in
          (alarm.metrics + [alarm.metric].compactMap(\.self)).contains(where: counted.contains)
        }
        return .all([filter.catches(call), .any(watching.map(tells))])
      })
  }

  /// Whether an alarm that goes off tells somebody, by itself or by one above it.
  private func tells(_ alarm: MetricAlarm) -> Holds {
    let above = composites.filter {
      $0.isActionsEnabled && ($0.rule.contains("\"\(alarm.name)\"") || $0.rule.contains(alarm.arn))
    }
    let actions = (alarm.isActionsEnabled ? alarm.alarmActions : []) + above.flatMap(\.alarmActions)
    return .any(actions.map(isHeard))
  }

  private func isTold(byRule call: AuditedCall) -> Holds {
    guard case .success(let rules) = rules else { return .unknown }
    return .any(
      rules.map { rule in
        guard rule.rule.isEnabled else { return .no }
        guard case .success(let targets) = rule.targets else { return .unknown }
        return .all([rule.catches(call), .any(targets.map { isHeard($0.arn) })])
      })
  }

  /// Whether somebody hears what is sent there.
  private func isHeard(_ destination: String) -> Holds {
    if let topic = topics[destination] {
      if topic.isGone { return .no }
      guard case .success(let all) = topic.subscriptions else { return .unknown }
      return .any(
        all.filter(\.isConfirmed).map { one in
          guard case .success(let settings)? = topic.settings[one.arn] else { return .unknown }
          return passes(settings, topic.arn)
        })
    }
    if let queue = queues[destination] {
      return queue.isGone ? .no : queue.facts.blindness == nil ? .yes : .unknown
    }
    // A function, a stream, a bus: that it is there is not looked at.
    return .yes
  }

  /// Why something could not be read. What is known to be gone was read.
  var blindness: [Blindness] {
    let topics = topics.values.sorted { $0.arn < $1.arn }
    let all: [Blindness?] =
      [
        group?.facts.blindness, group?.filters.blindness, role?.facts.blindness,
        role?.policies.blindness, role?.boundary.blindness, alarms.blindness, rules.blindness,
      ]
      + (rules.value ?? []).map(\.targets.blindness)
      + topics.flatMap { [$0.facts.blindness, $0.subscriptions.blindness] }
      + topics.flatMap { $0.settings.values.map(\.blindness) }
      + queues.values.sorted { $0.arn < $1.arn }.map(\.facts.blindness)
    return all.compactMap(\.self).filter { $0.kind != .missing }
  }

  /// Why alarms or rules that send somewhere may be unknown to us.
  var blindSenders: [Blindness] {
    let all: [Blindness?] =
      [alarms.blindness, rules.blindness, group?.filters.blindness]
      + (rules.value ?? []).map(\.targets.blindness)
    return all.compactMap(\.self).filter { $0.kind != .missing }
  }
}
