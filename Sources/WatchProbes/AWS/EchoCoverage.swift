import CloudAPI

/// Whether a trail records the watch's own GetTrailStatus, a read management event.
enum EchoCoverage: Hashable, Sendable {
  case recorded
  /// Why it is not, in words.
  case passedOver(String)
  /// The selectors could not be read, or ask for what cannot be told of a call beforehand.
  case unknown

  init(_ selectors: EventSelectors?) {
    guard let selectors else {
      self = .unknown
      return
    }
    switch selectors.management {
    case "none":
      self = .passedOver("the trail records no management events")
      return
    case "write":
      self = .passedOver("the trail records no read events")
      return
    default: break
    }
    self = Self.judge(selectors)
  }

  private static let source = "cloudtrail.amazonaws.com"

  private static func judge(_ selectors: EventSelectors) -> EchoCoverage {
    let classic = selectors.classic.filter {
      $0.includesManagementEvents && $0.readWriteType != "WriteOnly"
    }
    if classic.contains(where: { !$0.excludedManagementSources.contains(source) }) {
      return .recorded
    }
    if selectors.classic.isEmpty, selectors.advanced.isEmpty { return .recorded }
    let advanced = selectors.advanced.filter { $0.category == "Management" }.map(takes)
    if advanced.contains(true) { return .recorded }
    if advanced.contains(nil) { return .unknown }
    return .passedOver("the trail's selectors pass over GetTrailStatus")
  }

  /// Nil where a condition is on something that only the event itself tells.
  private static func takes(_ selector: EventSelectors.Advanced) -> Bool? {
    let known = [
      "eventCategory": "Management", "readOnly": "true", "eventSource": source,
      "eventName": "GetTrailStatus", "eventType": "AwsApiCall",
      "sessionCredentialFromConsole": "false",
    ]
    var isKnown = true
    for field in selector.fields {
      guard let value = known[field.field] else {
        isKnown = false
        continue
      }
      if !takes(value, field) { return false }
    }
    return isKnown ? true : nil
  }

  private static func takes(_ value: String, _ field: EventSelectors.Field) -> Bool {
    (field.equals.isEmpty || field.equals.contains(value))
      && (field.startsWith.isEmpty || field.startsWith.contains { value.hasPrefix($0) })
      && (field.endsWith.isEmpty || field.endsWith.contains { value.hasSuffix($0) })
      && !field.notEquals.contains(value)
      && !field.notStartsWith.contains { value.hasPrefix($0) }
      && !field.notEndsWith.contains { value.hasSuffix($0) }
  }
}
