import WatchCore

extension MetricsText {
  static func paths(_ reading: StatusReading) -> [MetricFamily] {
    let all = reading.paths
    var families = PathFamilies()
    for path in all.prefix(pathLimit) { families.add(path, at: reading.now) }
    let left = MetricFamily(
      "watchkeeper_paths_left_out", "Paths that are not named here, the best of all.", .gauge
    ).with(Int64(max(0, all.count - pathLimit)))
    return [left] + families.all
  }
}

/// The families that have a line for each path.
private struct PathFamilies {
  private var state = MetricFamily(
    "watchkeeper_path_state", "1 for the state that the path is in, 0 for the others.", .gauge)
  private var required = MetricFamily(
    "watchkeeper_path_required", "1 where the source is as bad as this path.", .gauge)
  private var newest = MetricFamily(
    "watchkeeper_path_newest_record_timestamp_seconds", "When its newest record arrived.", .gauge)
  private var age = MetricFamily(
    "watchkeeper_path_age_seconds",
    "Age of its newest record at watchkeeper_exported_timestamp_seconds.", .gauge)
  private var late = MetricFamily(
    "watchkeeper_path_late_after_seconds", "The age from which on it is late.", .gauge)
  private var silent = MetricFamily(
    "watchkeeper_path_silent_after_seconds", "The age from which on it is silent.", .gauge)
  private var looked = MetricFamily(
    "watchkeeper_path_last_look_timestamp_seconds", "When it was last looked at.", .gauge)

  var all: [MetricFamily] { [state, required, newest, age, late, silent, looked] }

  mutating func add(_ path: PathStatus, at now: Timestamp) {
    let id = path.id
    let labels = [
      "path": id.text, "cloud": id.source.cloud.rawValue, "source": id.source.text,
      "kind": id.kind.rawValue, "region": id.region,
    ]
    for one in HeartbeatState.allCases {
      state.add(one == path.state ? 1 : 0, labels.merging(["state": one.word]) { $1 })
    }
    required.add(path.required ? 1 : 0, labels)
    if let looked = path.looked { self.looked.add(looked, labels) }
    if let newest = path.newest {
      self.newest.add(newest, labels)
      age.add(newest.age(at: now), labels)
    }
    guard let expectation = path.expectation else { return }
    let spans = path.newest.map {
      (expectation.late(after: $0) - $0, expectation.silent(after: $0) - $0)
    }
    late.add(spans?.0 ?? expectation.period, labels)
    silent.add(spans?.1 ?? expectation.limit, labels)
  }
}

extension HeartbeatState {
  /// For a label's value: `ok_quiet`, `not_set_up`.
  var word: String { rawValue.replacing(" ", with: "_") }
}
