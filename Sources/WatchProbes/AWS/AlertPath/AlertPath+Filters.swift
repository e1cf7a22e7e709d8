import CloudAPI
import EventRules
import WatchCore

/// The metric filters on the group: there, and able to match a CloudTrail event.
extension AlertPath {
  var filterChecks: [PostureCheck] {
    guard let group, !group.isGone else { return [] }
    var sheet = sheet(group.arn)
    sheet.judge("filter.exists", by: group.filters) { sheet, filters in
      sheet.add(
        "filter.exists", if: !filters.isEmpty,
        filters.count == 1 ? "1 metric filter" : "\(filters.count) metric filters",
        else: "no metric filter looks at the group")
    }
    return sheet.checks + (group.filters.value ?? []).flatMap { checks(of: $0) }
  }

  private func checks(of filter: FilterReading) -> [PostureCheck] {
    var sheet = sheet(filter.id)
    judgePattern(filter, &sheet)
    guard case .success(let alarms) = alarms else {
      sheet.blind(["alarm.exists"], alarms.blindness ?? .bound("alarms not read"))
      return sheet.checks
    }
    let counted = Set(filter.metrics)
    let names = alarms.metric.filter { alarm in
      (alarm.metrics + [alarm.metric].compactMap(\.self)).contains(where: counted.contains)
    }.map(\.name)
    sheet.add(
      "alarm.exists", if: !names.isEmpty, "watched by \(names.joined(separator: ", "))",
      else: counted.isEmpty
        ? "it counts into no metric" : "no alarm is on its metric: its matches tell nobody")
    return sheet.checks
  }

  private func judgePattern(_ filter: FilterReading, _ sheet: inout PostureSheet) {
    let raw = filter.filter.pattern
    switch filter.pattern {
    case .failure(let error):
      sheet.add("filter.matches", .fails, "no pattern: \(error.sentence)", raw: raw)
    case .success(let pattern):
      let reach = pattern.reach
      let flaws = pattern.flaws.map { "column \($0.column): \($0.sentence)" }
      let reasons = (flaws + reach.reasons).joined(separator: "; ")
      switch reach.answer {
      case .no: sheet.add("filter.matches", .fails, "can never match: \(reasons)", raw: raw)
      case .unknown where !flaws.isEmpty:
        sheet.add("filter.matches", .fails, "cannot be relied on: \(reasons)", raw: raw)
      case .unknown: sheet.add("filter.matches", .info, "may never match: \(reasons)", raw: raw)
      case .yes: sheet.add("filter.matches", .holds, "can match", raw: raw)
      }
      if reach.answer == .yes {
        sheet.add(
          "filter.whole", if: reasons.isEmpty, "every alternative can match", else: reasons,
          raw: raw)
      }
    }
  }
}
