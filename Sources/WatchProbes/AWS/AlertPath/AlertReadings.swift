import CloudAPI
import EventRules
import WatchCore

/// A log group and what looks at it.
struct GroupReading: Sendable {
  /// As the trail names it, without `:*`.
  var arn: String
  var name: String
  var region: String
  /// Nil inside: there is no such group.
  var facts: Reading<LogGroup?>
  var filters: Reading<[FilterReading]>
  var streams: Reading<[SubscriptionFilter]>
}

/// A metric filter and what its pattern means.
struct FilterReading: Sendable {
  var filter: MetricFilter
  var pattern: Result<FilterPattern, FilterPatternError>
  /// `GROUP_ARN filter NAME`: filters have no ARN of their own.
  var id: String

  init(_ filter: MetricFilter, of group: String) {
    self.filter = filter
    id = "\(group):metric-filter:\(filter.name)"
    pattern = Result { () throws(FilterPatternError) in try FilterPattern(filter.pattern) }
  }

  var metrics: [MetricName] {
    filter.metrics.map { MetricName(name: $0.name, namespace: $0.namespace) }
  }

  /// Whether it catches a call.
  func catches(_ call: AuditedCall) -> Holds {
    guard case .success(let pattern) = pattern else { return .unknown }
    return Holds(pattern.matches(call.record))
  }
}

/// The role that CloudTrail writes to the log group as.
struct RoleReading: Sendable {
  var arn: String
  var name: String
  /// Nil inside: there is no such role.
  var facts: Reading<IAMRole?>
  /// All that it is allowed: inline and managed policies; unknown as soon as one is.
  var policies: Reading<[PolicyDocument]>
  /// Nil inside: nothing bounds it.
  var boundary: Reading<PolicyDocument?>
}

/// A rule of EventBridge and what its pattern means.
struct RuleReading: Sendable {
  var rule: EventRule
  /// Nil for what cannot be read as a pattern.
  var pattern: EventPattern?
  var problem: String?
  var targets: Reading<[RuleTarget]>

  /// Whether it is for a call, were it switched on.
  func catches(_ call: AuditedCall) -> Holds {
    guard let pattern else { return .unknown }
    return Holds(pattern.matches(call.envelope))
  }
}

/// A topic and who is subscribed.
struct TopicReading: Sendable {
  var arn: String
  var facts: Reading<TopicSettings>
  var subscriptions: Reading<[TopicSubscription]>
  /// Of the confirmed ones, by their ARN.
  var settings: [String: Reading<SubscriptionSettings>]

  var isGone: Bool { facts.blindness?.kind == .missing }
}

/// A queue that something sends to.
struct QueueReading: Sendable {
  var arn: String
  var facts: Reading<QueueSettings>

  var isGone: Bool { facts.blindness?.kind == .missing }
}

extension Holds {
  init(_ answer: RuleAnswer) {
    switch answer {
    case .yes: self = .yes
    case .no: self = .no
    case .unknown: self = .unknown
    }
  }
}
