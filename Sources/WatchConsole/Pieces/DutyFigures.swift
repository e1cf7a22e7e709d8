import WatchCore

/// How alerting goes: the figures under the journal (targets: ISA-18.2, EEMUA 191).
struct DutyFigures: Sendable {
  var raised = 0
  var acked = 0
  var open = 0
  /// Most raised in any ten minutes.
  var worstTenMinutes = 0
  /// From raise to acknowledgement.
  var medianToAck: Duration?
  var longestToAck: Duration?
  var high = 0
  var medium = 0
  var low = 0
  var mostFrequent: (code: String, count: Int)?

  /// Of what was raised since a time.
  init(_ picture: Picture, since: Timestamp) {
    let alerts = picture.alerts.values.filter { $0.detected >= since }
    raised = alerts.count
    open = picture.openCount
    high = alerts.count { $0.priority == .high }
    medium = alerts.count { $0.priority == .medium }
    low = alerts.count { $0.priority == .low }
    let delays = alerts.compactMap { alert in alert.acked.map { alert.detected.age(at: $0) } }
      .sorted()
    acked = delays.count
    medianToAck = delays.isEmpty ? nil : delays[delays.count / 2]
    longestToAck = delays.last
    worstTenMinutes = Self.worst(alerts.map(\.detected).sorted())
    mostFrequent = Self.mostFrequent(alerts.map(\.code.text))
  }

  /// `6/23/71 %`
  var mix: String {
    guard raised > 0 else { return "-" }
    let parts = [high, medium, low].map { String(($0 * 100 + raised / 2) / raised) }
    return parts.joined(separator: "/") + " %"
  }

  private static func worst(_ times: [Timestamp]) -> Int {
    var worst = 0
    var start = 0
    for end in times.indices {
      while times[end] - times[start] >= .minutes(10) { start += 1 }
      worst = max(worst, end - start + 1)
    }
    return worst
  }

  private static func mostFrequent(_ codes: [String]) -> (String, Int)? {
    var counts: [String: Int] = [:]
    for code in codes { counts[code, default: 0] += 1 }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map { ($0.key, $0.value) }
  }
}
