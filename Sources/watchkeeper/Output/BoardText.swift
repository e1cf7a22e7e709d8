import WatchCore

/// A board in plain lines: the screen's facts without the screen.
enum BoardText {
  static func lines(_ board: Board, now: Timestamp) -> [String] {
    var lines = board.clouds.flatMap { cloud -> [String] in
      let bad = cloud.paths.filter { !$0.state.isProven && $0.state != .off }
      let more = bad.count - shown
      let off = cloud.off.map { "  OFF \($0.id.text): \($0.reason)" }
      return [line(cloud, now: now)] + bad.prefix(shown).map { "  " + line($0, now: now) }
        + (more > 0 ? ["  and \(more) more paths that are not proven; --json lists all"] : []) + off
    }
    if let mute = board.picture.mute(at: now) {
      lines.append("\(mute.text(at: now)): \(mute.reason.shortened(to: 200))")
    }
    let queue = board.picture.queue
    lines.append("alerts: \(queue.isEmpty ? "none open" : "\(queue.count) open")")
    for alert in queue { lines.append("  " + line(alert, now: now)) }
    return lines
  }

  /// Paths of one cloud that are listed.
  private static let shown = 12

  static func line(_ cloud: CloudStatus, now: Timestamp) -> String {
    guard !cloud.paths.isEmpty else { return "\(cloud.cloud.label) \(cloud.label)" }
    let since = cloud.since.map { " since \($0.clock(at: now))" } ?? ""
    let worst = cloud.state.isProven ? "" : cloud.worst.map { ", worst \($0.id.text)" } ?? ""
    return "\(cloud.cloud.label) \(cloud.label)\(since), delivering \(cloud.delivering.live) of "
      + "\(cloud.delivering.of), \(cloud.cloud.unitWord) \(cloud.regions.covered) of \(cloud.regions.of)\(worst)"
  }

  static func line(_ path: PathStatus, now: Timestamp) -> String {
    let newest = path.newest.map { ", newest \($0.clock(at: now))" } ?? ""
    let expect = path.expectation.map { " (\($0.text))" } ?? ""
    let reason = path.reason.isEmpty ? "" : ": \(path.reason.shortened(to: 200))"
    return "\(path.state.label) \(path.id.text)\(newest)\(expect)\(reason)"
  }

  static func line(_ alert: Alert, now: Timestamp) -> String {
    let owner = alert.state.owner.map { ", \($0)" } ?? ""
    let chatter = alert.chatter.map { " chattering x\($0)" } ?? ""
    let folded = alert.folded.isEmpty ? "" : " +\(alert.folded.count)"
    return "\(alert.state.label) \(alert.priority.marks) \(alert.id.text) \(alert.place.text) "
      + "\(alert.code.text): \(alert.what.shortened(to: 200))\(folded)\(chatter)\(owner)"
  }
}
