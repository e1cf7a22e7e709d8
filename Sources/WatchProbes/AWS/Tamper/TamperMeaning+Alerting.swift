import CloudAPI
import WatchCore

/// What a change of filters, alarms, rules, functions, topics and subscriptions comes to.
extension TamperMeaning {
  static func metricFilter(_ reading: TamperReading) -> TamperVerdict {
    guard let pattern = reading.text("filterPattern") else { return .changes }
    return .changes("pattern \(PlainLine.make(pattern.cut(160), limit: 160))")
  }

  /// An alarm without actions tells nobody; one that waits for silence must take missing data for
  /// it (CloudWatch: missing data leads to INSUFFICIENT_DATA by default, and not to ALARM).
  static func alarm(_ reading: TamperReading) -> TamperVerdict {
    if reading.flag("actionsEnabled") == false { return .cuts("actionsEnabled false") }
    if reading.value("alarmActions")?.array?.isEmpty ?? true { return .cuts("no alarm actions") }
    let missing = reading.text("treatMissingData") ?? "missing"
    if reading.text("comparisonOperator")?.hasPrefix("LessThan") == true, missing != "breaching" {
      return .shrinks("treatMissingData \(missing.cut(30)): silence raises no alarm")
    }
    return .changes("treatMissingData \(missing.cut(30))")
  }

  /// Anybody may say ALARM to try it; whoever says OK hides what there is.
  static func alarmState(_ reading: TamperReading) -> TamperVerdict {
    let state = reading.text("stateValue")?.cut(30) ?? "unknown"
    return state == "ALARM" ? .changes("state ALARM by hand") : .shrinks("state \(state) by hand")
  }

  static func removedTargets(_ reading: TamperReading) -> TamperVerdict {
    let ids = reading.value("ids")?.array?.compactMap(\.string).prefix(4) ?? []
    return ids.isEmpty ? .cuts : .cuts("without \(ids.joined(separator: ", ").cut(120))")
  }

  /// Off, or with a pattern that lets the worst event pass by.
  static func rule(_ reading: TamperReading) -> TamperVerdict {
    if reading.text("state") == "DISABLED" { return .cuts("State DISABLED") }
    guard let text = reading.text("eventPattern"),
      let pattern = try? JSONReader.read(Array(text.utf8))
    else { return .changes }
    let names = pattern["detail"]?["eventName"]?.array?.compactMap(\.string) ?? []
    let shown = "pattern \(PlainLine.make(text.cut(160), limit: 160))"
    let isPlain = !names.isEmpty && names.count == pattern["detail"]?["eventName"]?.array?.count
    return isPlain && !names.contains("StopLogging") ? .shrinks(shown) : .changes(shown)
  }

  static func schedule(_ reading: TamperReading) -> TamperVerdict {
    reading.text("state") == "DISABLED" ? .cuts("State DISABLED") : .changes
  }

  static func concurrency(_ reading: TamperReading) -> TamperVerdict {
    guard let count = reading.number("reservedConcurrentExecutions") else { return .changes }
    return count == 0 ? .cuts("never runs: concurrency 0") : .changes("concurrency \(count)")
  }

  static func topicAttribute(_ reading: TamperReading) -> TamperVerdict {
    .changes("\(reading.text("attributeName")?.cut(60) ?? "an attribute") changed")
  }

  static func subscriptionAttribute(_ reading: TamperReading) -> TamperVerdict {
    let name = reading.text("attributeName")?.cut(60) ?? "an attribute"
    guard name == "FilterPolicy" else { return .changes("\(name) changed") }
    let value = reading.text("attributeValue") ?? ""
    return ["", "{}", "null"].contains(value)
      ? .widens("no filter policy any more")
      : .shrinks("filter policy \(PlainLine.make(value.cut(120), limit: 120))")
  }

  static func serviceAccess(_ reading: TamperReading) -> TamperVerdict {
    let service = reading.text("servicePrincipal")?.cut(80) ?? "a service"
    return service == LogWriter.service
      ? .cuts("CloudTrail has no access to the organization") : .changes(service)
  }

  static func detector(_ reading: TamperReading) -> TamperVerdict {
    reading.flag("enable") == false ? .cuts("enable false") : .changes
  }
}
