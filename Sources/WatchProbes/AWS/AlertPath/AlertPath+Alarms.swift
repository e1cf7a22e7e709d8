import CloudAPI
import WatchCore

/// The alarms on what the filters count and on the group's intake: on, telling somebody, and not
/// deaf to silence (D07: missing data is INSUFFICIENT_DATA by default, not ALARM).
extension AlertPath {
  var alarmChecks: [PostureCheck] {
    watchingAlarms.flatMap { alarm in
      var sheet = sheet(alarm.arn)
      let above = composites.filter {
        $0.rule.contains("\"\(alarm.name)\"") || $0.rule.contains(alarm.arn)
      }
      judgeActions(alarm, above, &sheet)
      judgeData(alarm, &sheet)
      return sheet.checks
    }
  }

  private func judgeActions(
    _ alarm: MetricAlarm, _ above: [CompositeAlarm], _ sheet: inout PostureSheet
  ) {
    let telling = above.filter { $0.isActionsEnabled && !$0.alarmActions.isEmpty }
    if alarm.alarmActions.isEmpty {
      let names = telling.map(\.name).joined(separator: ", ")
      sheet.add("alarm.enabled", .none, "it has no action of its own")
      sheet.add(
        "alarm.actions", if: !telling.isEmpty, "tells through \(names)",
        else: "it has no action: nobody is told")
      return
    }
    let sums = "\(alarm.alarmActions.count) alarm action\(alarm.alarmActions.count == 1 ? "" : "s")"
    sheet.add(
      "alarm.enabled", if: alarm.isActionsEnabled || !telling.isEmpty, "its actions are on",
      else: "its actions are disabled: nobody is told")
    let gone = alarm.alarmActions.filter { topics[$0]?.isGone == true }
    let works = gone.count < alarm.alarmActions.count || !telling.isEmpty
    let missing = gone.map(AlertARN.label).joined(separator: ", ")
    sheet.add(
      "alarm.actions", if: works, sums + (gone.isEmpty ? "" : ", of which \(missing) is gone"),
      else: "\(missing): there is no such topic")
  }

  private func judgeData(_ alarm: MetricAlarm, _ sheet: inout PostureSheet) {
    let since = alarm.stateUpdated.flatMap { Timestamp($0) }
    let state = "\(alarm.state) since \(since?.iso ?? "an unknown time")"
    guard alarm.isOnSilence else {
      sheet.add(
        "alarm.data", .info,
        alarm.state == "INSUFFICIENT_DATA"
          ? "\(state): nothing was counted yet, or nothing is published between matches" : state)
      return
    }
    sheet.add(
      "alarm.silence", if: alarm.treatMissingData == "breaching",
      "missing data is breaching: silence alarms",
      else: "missing data is \(alarm.treatMissingData): when events stop, it does not alarm")
    sheet.add(
      "alarm.data", if: alarm.state != "INSUFFICIENT_DATA", state,
      else: "\(state): silence, and no alarm")
  }
}

extension MetricAlarm {
  /// It is to alarm when too little comes.
  var isOnSilence: Bool { comparison?.hasPrefix("LessThan") == true }
}
