import CloudAPI
import WatchCore

/// Whether an alert processing rule keeps an alert's action groups from being told
/// ("Alert processing rules": scope, filter, schedule).
extension AlertProcessingRule {
  /// - Parameter about: what the alert is fired on.
  func silences(
    _ rule: AzureID, _ name: String, about target: AzureID, at now: Timestamp
  ) -> Holds {
    guard suppresses, covers(target) else { return .no }
    return Holds.all(conditions.map { $0.fits(rule, name, target) } + [isInForce(at: now)])
  }

  func covers(_ target: AzureID) -> Bool { scopes.contains { $0.covers(target) } }

  /// By its schedule. Times are local to a zone that Windows names: where that is not UTC, a day at
  /// both ends is not decided, and recurrences within are not either.
  func isInForce(at now: Timestamp) -> Holds {
    guard let schedule else { return .yes }
    let isUTC = ["utc", "etc/utc", ""].contains(schedule.timeZone?.lowercased() ?? "utc")
    let slack: Duration = isUTC ? .zero : .hours(14)
    var decided = Holds.yes
    if let from = schedule.from {
      guard let start = Self.time(from) else { return .unknown }
      if now < start - slack { return .no }
      if now < start + slack { decided = .unknown }
    }
    if let until = schedule.until {
      guard let end = Self.time(until) else { return .unknown }
      if now >= end + slack { return .no }
      if now >= end - slack { decided = .unknown }
    }
    return schedule.isRecurring ? .unknown : decided
  }

  private static func time(_ text: String) -> Timestamp? {
    Timestamp(iso: text) ?? Timestamp(iso: "\(text)Z")
  }
}

extension AlertProcessingRule.Condition {
  fileprivate func fits(_ rule: AzureID, _ name: String, _ target: AzureID) -> Holds {
    let value: String
    switch field.lowercased() {
    case "alertruleid": value = rule.lowercased
    case "alertrulename": value = name.lowercased()
    case "targetresource": value = target.lowercased
    case "targetresourcetype": value = target.type ?? "microsoft.resources/subscriptions"
    case "targetresourcegroup": value = target.resourceGroup?.lowercased() ?? ""
    // Severity, service, description: they need the alert itself.
    default: return .unknown
    }
    let wanted = values.map { $0.lowercased() }
    switch comparison.lowercased() {
    case "equals": return Holds(wanted.contains(value))
    case "notequals": return Holds(!wanted.contains(value))
    case "contains": return Holds(wanted.contains { value.contains($0) })
    case "doesnotcontain": return Holds(!wanted.contains { value.contains($0) })
    default: return .unknown
    }
  }
}

extension EventSubscription {
  /// Whether it sends changes of a subscription's diagnostic settings to the watch's queue.
  func feeds(_ queue: QueuePlace, about scope: AzureID, at now: Timestamp) -> Holds {
    guard endpointType?.lowercased() == "storagequeue",
      queueName?.lowercased() == queue.queue.lowercased(),
      queueAccountID?.name.lowercased() == queue.account.lowercased()
    else { return .no }
    return why(about: scope, at: now) == nil ? (advancedFilterCount == 0 ? .yes : .unknown) : .no
  }

  /// Why nothing comes, or not what must; nil where it does.
  func why(about scope: AzureID, at now: Timestamp) -> String? {
    if let state = provisioningState, state.lowercased() != "succeeded" { return "it is \(state)" }
    if let ends = expires.flatMap({ Timestamp($0) }), ends <= now { return "ended \(ends.date)" }
    let types = Set(eventTypes.map { $0.lowercased() })
    let missing = EventSubscription.needed.filter { !types.contains($0.lowercased()) }
    if !types.isEmpty, !missing.isEmpty { return "without \(missing.joined(separator: ", "))" }
    let setting = "\(scope.lowercased)/providers/microsoft.insights/diagnosticsettings/"
    if let start = subjectBeginsWith?.lowercased(), !setting.hasPrefix(start) {
      return "only subjects that begin with \(PlainLine.make(start, limit: 120))"
    }
    if let end = subjectEndsWith, !end.isEmpty {
      return "only subjects that end with \(PlainLine.make(end, limit: 120))"
    }
    return nil
  }

  static let needed = [
    "Microsoft.Resources.ResourceWriteSuccess", "Microsoft.Resources.ResourceDeleteSuccess",
  ]
}
