import WatchCore

/// One line for a monitoring system, as the Monitoring Plugins' guidelines want it:
/// `WATCHKEEPER CRITICAL - text | 'label'=value;warn;crit;min;max`
/// (https://www.monitoring-plugins.org/doc/guidelines.html).
public enum PluginLine {
  /// Nagios reads 8 KB of output, older ones 4: the line's bytes, all told.
  static let byteLimit = 4000
  static let textLimit = 1500
  private static let labelLimit = 100

  public static func line(_ reading: StatusReading) -> String {
    if reading.board.demo != nil { return demo }
    let status = Int(CheckVerdict.exitStatus(reading.board))
    let words = ["OK", "WARNING", "CRITICAL", "UNKNOWN"]
    return measured("WATCHKEEPER \(words[min(status, 3)]) - \(text(reading))", reading)
  }

  /// Of what the demo made, whatever it shows: goes with exit status 3.
  static let demo = "WATCHKEEPER UNKNOWN - demo: made up, no evidence of anything"

  /// Where nothing could be looked at: goes with exit status 3.
  public static func unknown(_ why: String) -> String {
    "WATCHKEEPER UNKNOWN - nothing could be looked at: " + harmless(why).shortened(to: textLimit)
  }

  // MARK: Words

  private static func text(_ reading: StatusReading) -> String {
    let all = parts(reading).map { harmless($0).shortened(to: 240) }
    var (shown, bytes) = ([String](), 0)
    for part in all {
      bytes += part.utf8.count + 2
      guard bytes < textLimit else { break }
      shown.append(part)
    }
    if shown.count < all.count { shown.append("and \(all.count - shown.count) more") }
    return shown.joined(separator: "; ")
  }

  /// Worst first.
  private static func parts(_ reading: StatusReading) -> [String] {
    let (board, now) = (reading.board, reading.now)
    var parts: [String] = []
    if case .notSaved(let why) = board.journal { parts.append("JOURNAL NOT SAVED: \(why)") }
    let clouds = board.clouds.filter { !$0.paths.isEmpty || $0.state != .notSetUp }
    if clouds.isEmpty { parts.append("nothing is watched") }
    if !reading.watch.isAlive { parts.append(reading.watch.text) }
    if let mute = board.picture.mute(at: now) { parts.append(mute.text(at: now)) }
    let bad = clouds.filter { !$0.state.isProven }.sorted { $0.state.rank < $1.state.rank }
    parts += bad.map { words($0, now) }
    let queue = board.picture.queue
    parts += queue.filter { !$0.isShelved }.map { words($0) }
    let shelved = queue.count { $0.isShelved }
    if shelved > 0 { parts.append("\(shelved) shelved") }
    let good = clouds.filter { $0.state.isProven }
    parts += good.map {
      "\($0.cloud.label) \($0.label), delivering \($0.delivering.live) of \($0.delivering.of)"
    }
    return parts
  }

  private static func words(_ cloud: CloudStatus, _ now: Timestamp) -> String {
    let since = cloud.since.map { " since \($0.clock(at: now))" } ?? ""
    let worst = cloud.worst.map { " (\($0.id.text))" } ?? ""
    return "\(cloud.cloud.label) \(cloud.label)\(since)\(worst)"
  }

  private static func words(_ alert: Alert) -> String {
    "\(alert.id.text) \(alert.priority.rawValue) \(alert.state.label) \(alert.place.text) "
      + "\(alert.code.text): \(alert.what.shortened(to: 120))"
  }

  /// A line feed would begin the long output, a bar the figures.
  private static func harmless(_ text: String) -> String {
    text.plainLine.writing(["|": "/"])
  }

  // MARK: Figures

  /// The line with as many figures as there is room for: counts first, then ages, worst first.
  private static func measured(_ line: String, _ reading: StatusReading) -> String {
    let ages = reading.paths.filter { $0.state != .off && $0.expectation != nil }.map {
      age($0, reading.now)
    }
    let counts = self.counts(reading)
    let room = byteLimit - line.utf8.count - 40
    var (shown, bytes) = (counts, counts.reduce(3) { $0 + $1.utf8.count + 1 })
    for age in ages {
      bytes += age.utf8.count + 1
      guard bytes <= room else { break }
      shown.append(age)
    }
    let left = counts.count + ages.count - shown.count
    if left > 0 { shown.append("ages_left_out=\(left);;;0") }
    return "\(line) | \(shown.joined(separator: " "))"
  }

  private static func counts(_ reading: StatusReading) -> [String] {
    let open = reading.board.picture.open.filter { !$0.isShelved }
    let all = reading.board.clouds.flatMap(\.paths).filter { $0.required && $0.state != .off }
    func alerts(_ priority: Priority) -> Int { open.count { $0.priority == priority } }
    func paths(_ states: HeartbeatState...) -> Int { all.count { states.contains($0.state) } }
    return [
      "alerts_high=\(alerts(.high));;0;0", "alerts_medium=\(alerts(.medium));0;;0",
      "alerts_low=\(alerts(.low));0;;0", "paths_silent=\(paths(.silent));;0;0;\(all.count)",
      "paths_failing=\(paths(.failing, .notSetUp));;0;0;\(all.count)",
      "paths_blind=\(paths(.blind, .never));;0;0;\(all.count)",
      "paths_late=\(paths(.late));0;;0;\(all.count)",
    ]
  }

  /// Seconds since the newest record, warned of at its boundary and critical at the other; `U` where
  /// none ever came.
  private static func age(_ path: PathStatus, _ now: Timestamp) -> String {
    let label = "'age \(quoted(path.id.text))'"
    guard let expectation = path.expectation else { return "\(label)=U" }
    guard let newest = path.newest else {
      return "\(label)=U;\(expectation.period.wholeSeconds);\(expectation.limit.wholeSeconds);0"
    }
    let late = (expectation.late(after: newest) - newest).wholeSeconds
    let silent = (expectation.silent(after: newest) - newest).wholeSeconds
    return "\(label)=\(newest.age(at: now).wholeSeconds)s;\(late);\(silent);0"
  }

  /// What may stand between a label's quotes: neither `'` nor `=`, and no bar.
  private static func quoted(_ name: String) -> String {
    name.label(limit: labelLimit).writing(["'": "_", "=": "_", "|": "_", "\\": "_"])
  }
}
