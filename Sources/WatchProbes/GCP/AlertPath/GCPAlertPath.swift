import CloudAPI
import EventRules
import WatchCore

/// The ways from one project's audit entries to a human, as they were read at one time: what checks and
/// graph are made of.
struct GCPAlertPath: Sendable {
  var plan: SourcePlan
  var unit: CloudUnit
  /// `projects/acme-1`
  var parent: GCPParent
  var now: Timestamp
  var metrics: Reading<[LogMetric]>
  var policies: Reading<[AlertPolicy]>
  var channels: Reading<[NotificationChannel]>
  var snoozes: Reading<[Snooze]>
  /// What feeds the watch's own subscription; nil where it has none.
  var feed: Reading<GCPFeed>?

  static let watch = PipelineNode.ID(.human, "watchkeeper")

  /// Why something was not read.
  var blindness: [Blindness] {
    [metrics.blindness, policies.blindness, channels.blindness, snoozes.blindness, feed?.blindness]
      .compactMap { $0 }
  }

  func name(_ metric: LogMetric) -> String { "\(parent.name)/metrics/\(metric.name)" }

  /// Metrics that the configuration names, or that count changes of sinks.
  var fittingMetrics: [LogMetric] {
    (metrics.value ?? []).filter {
      $0.name == plan.gcp?.metric || catchesDeletion($0.filter) != .no
    }
  }

  /// Policies on those metrics, and those that match such entries themselves.
  var fittingPolicies: [AlertPolicy] {
    (policies.value ?? []).filter { policy in
      policy.conditions.contains { condition in
        fittingMetrics.contains { condition.reads(metricType: $0.metricType) }
          || condition.kind == .matchedLog && catchesDeletion(condition.filter) != .no
      }
    }
  }

  /// Whether a filter lets the entry of a deleted sink through.
  func catchesDeletion(_ filter: String) -> Holds {
    GCPSinkView.catches(filter, "DeleteSink", of: parent, at: now)
  }

  /// Whether any audit entry that we know of can come through.
  func canMatch(_ filter: String) -> Holds {
    guard let parsed = try? LoggingFilter(filter) else { return .unknown }
    return Holds.any(
      AuditedEntry.samples.map { Holds(parsed.matches($0.entry(of: parent.name, at: now.iso))) })
  }

  /// Whether one of a policy's channels tells somebody.
  func working(_ policy: AlertPolicy) -> Holds {
    guard let channels = channels.value else { return .unknown }
    return Holds.any(
      policy.channels.map { name in channels.first { $0.name == name }?.tells ?? .no })
  }

  func snooze(of policy: AlertPolicy) -> Snooze? {
    snoozes.value?.first {
      $0.policies.contains(policy.name) && $0.isActive(at: now.foundationDate)
    }
  }

  /// Whether somebody is told when a sink is deleted.
  var isTold: Holds {
    guard policies.value != nil, metrics.value != nil else { return .unknown }
    return Holds.any(
      fittingPolicies.map { policy in
        guard policy.invalid == nil else { return .no }
        let awake: Holds = snoozes.value == nil ? .unknown : Holds(snooze(of: policy) == nil)
        return Holds.all([policy.isOn, fires(policy), working(policy), awake])
      })
  }

  /// Where conditions must meet, one that asks about something else keeps the answer open.
  private func fires(_ policy: AlertPolicy) -> Holds {
    let answers = policy.conditions.map(fires)
    let one = Holds.any(answers.map { $0 ?? .no })
    let all = Holds.all(answers.map { $0 ?? .unknown })
    switch policy.combiner {
    case "OR"?: return one
    case "AND"?, "AND_WITH_MATCHING_RESOURCE"?: return all
    default: return answers.count < 2 || one == all ? one : .unknown
    }
  }

  /// Nil for a condition that is not about changes of sinks: an absence tells that nothing is counted,
  /// and not that something was.
  private func fires(_ condition: AlertCondition) -> Holds? {
    switch condition.kind {
    case .matchedLog: return catchesDeletion(condition.filter)
    case .absent: return nil
    case .threshold, .monitoringQuery, .prometheusQuery, .sql, .unknown:
      let read = fittingMetrics.filter { condition.reads(metricType: $0.metricType) }
      guard !read.isEmpty else { return nil }
      let counts = Holds.any(read.map { $0.isDisabled ? .no : catchesDeletion($0.filter) })
      return Holds.all([counts, condition.firesAtOne])
    }
  }
}

extension AlertPolicy {
  /// Where Google does not say, nothing may be assumed.
  var isOn: Holds { isEnabled.map { Holds($0) } ?? .unknown }
}

extension AlertCondition {
  /// Whether one counted entry is enough. What a query makes of it is not followed.
  var firesAtOne: Holds {
    guard kind == .threshold, let threshold else { return .unknown }
    // One entry counts for one period: what must last longer may never be reached.
    let isShort = (durationSeconds ?? 0) <= max(alignmentSeconds ?? 60, 60)
    let small: Holds = isRate ? .unknown : .yes
    let reaches: Holds
    switch comparison {
    case "COMPARISON_GT"? where threshold == 0: reaches = .yes
    case "COMPARISON_GT"? where threshold > 0: reaches = threshold < 1 ? small : .no
    case "COMPARISON_GE"? where threshold > 0: reaches = threshold <= 1 ? small : .no
    case "COMPARISON_LT"?, "COMPARISON_LE"?: reaches = .no
    default: reaches = .unknown
    }
    return Holds.all([reaches, isShort ? .yes : .unknown])
  }
}

extension NotificationChannel {
  /// One that was never verified, where its kind asks for that, tells nobody.
  var tells: Holds {
    verification == "UNVERIFIED" ? .no : isEnabled.map { Holds($0) } ?? .unknown
  }

  /// `email Security`, without an address.
  var label: String { PlainLine.make("\(type) \(displayName)", limit: 120) }
}

/// The watch's own subscription and what leads to it.
struct GCPFeed: Sendable, Hashable {
  /// A sink whose destination is its topic, with whether it is on and carries changes of sinks.
  struct Sink: Sendable, Hashable {
    var name: String
    var isOff: Bool
    var carries: Holds
  }

  /// Nil: there is no such subscription.
  var topic: String?
  var sinks: [Sink]
  /// The subscription's own: only messages that match come.
  var filter = ""

  /// Whether changes of sinks come to it.
  var feeds: Holds {
    guard topic != nil else { return .no }
    return Holds.all([Holds.any(sinks.map { $0.isOff ? .no : $0.carries }), passes])
  }

  /// The only attribute that a sink gives its messages ("View logs in sink destinations", Pub/Sub).
  private static let attribute = "logging.googleapis.com/timestamp"

  /// Whether a sink's messages come through the filter, which asks about attributes alone (Pub/Sub,
  /// "Filter messages from a subscription").
  private var passes: Holds {
    if filter.allSatisfy(\.isWhitespace) || filter == #"attributes:"\#(Self.attribute)""# {
      return .yes
    }
    let isOpen = [Self.attribute, "NOT", "OR", "-", "!="].contains { filter.contains($0) }
    return isOpen ? .unknown : .no
  }

  var words: String {
    guard let topic else { return "no such subscription, or its topic is gone" }
    guard !sinks.isEmpty else { return "no sink leads to \(topic)" }
    guard passes == .yes else {
      return "the subscription lets only some messages through: \(filter.cut(120))"
    }
    return sinks.map {
      "\($0.name) \($0.isOff ? "is off" : $0.carries == .no ? "keeps changes of sinks back" : "on")"
    }.joined(separator: "; ")
  }
}
