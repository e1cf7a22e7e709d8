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
    GCPSinkView.catchesDeletion(filter, of: parent, at: now)
  }

  /// Whether any audit entry that we know of can come through.
  func canMatch(_ filter: String) -> Holds {
    guard let parsed = try? LoggingFilter(filter) else { return .unknown }
    return Holds.any(
      AuditedEntry.samples.map { Holds(parsed.matches($0.entry(of: parent.name, at: now.iso))) })
  }

  /// The channels of a policy that tell somebody.
  func working(_ policy: AlertPolicy) -> Holds {
    guard let channels = channels.value else { return .unknown }
    return Holds(
      policy.channels.contains { name in
        channels.first { $0.name == name }.map(\.tellsSomebody) ?? false
      })
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
        guard policy.isEnabled != false, policy.invalid == nil else { return .no }
        let awake: Holds = snoozes.value == nil ? .unknown : Holds(snooze(of: policy) == nil)
        return Holds.all([fires(policy), working(policy), awake])
      })
  }

  private func fires(_ policy: AlertPolicy) -> Holds {
    Holds.any(
      policy.conditions.map { condition in
        if condition.kind == .matchedLog { return catchesDeletion(condition.filter) }
        // An absence tells that nothing is counted, and not that something was.
        guard condition.kind != .absent else { return .no }
        return Holds.any(
          fittingMetrics.filter { condition.reads(metricType: $0.metricType) }.map {
            $0.isDisabled ? .no : catchesDeletion($0.filter)
          })
      })
  }
}

extension NotificationChannel {
  /// One that was never verified, where its kind asks for that, tells nobody.
  var tellsSomebody: Bool { isEnabled != false && verification != "UNVERIFIED" }

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

  /// Whether changes of sinks come to it.
  var feeds: Holds {
    guard topic != nil else { return .no }
    return Holds.any(sinks.map { $0.isOff ? .no : $0.carries })
  }

  var words: String {
    guard let topic else { return "no such subscription, or its topic is gone" }
    guard !sinks.isEmpty else { return "no sink leads to \(topic)" }
    return sinks.map {
      "\($0.name) \($0.isOff ? "is off" : $0.carries == .no ? "keeps changes of sinks back" : "on")"
    }.joined(separator: "; ")
  }
}
