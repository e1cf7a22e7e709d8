import TextCanvas
import WatchCore

/// What is known of one path: its state, both ages, the proofs, why.
enum PathFacts {
  /// In the order in which they are read; short of room the ones of the highest rank go first.
  static func lines(
    _ path: PathStatus, _ state: ConsoleState, width: Int
  ) -> [AlertFacts.Line] {
    let now = state.shownNow
    let role = path.required ? "required" : "optional: it never alarms by itself"
    let looked =
      "\(path.looked?.clock(at: now) ?? "never")   proven \(path.proven?.clock(at: now) ?? "never")"
      + (path.expectation.map { "   expected every \($0.text)" } ?? "   nothing is due at a time")
    let why = path.reason.isEmpty ? "-" : path.reason
    var lines = [
      AlertFacts.Line(
        label: "state",
        text: state.safe("\(path.word) since \(path.since.clock(at: now)); \(role)")),
      AlertFacts.Line(
        label: "newest", text: state.fitting(ages(path, at: now), width: width)),
      AlertFacts.Line(label: "looked", text: state.safe(looked), rank: 1),
    ]
    if let judged = path.judgedBy {
      let pieces = state.safe(judged).wrapped(to: max(8, width))
      lines += pieces.enumerated().map { index, piece in
        AlertFacts.Line(label: index == 0 ? "judged by" : .empty, text: piece, rank: 1)
      }
    }
    let echoes = [EchoLine.line(path, state)].compactMap { $0 } + EchoLine.legs(path, state)
    for echo in echoes {
      let pieces = state.safe(echo.text).wrapped(to: max(8, width))
      lines += pieces.enumerated().map { index, piece in
        AlertFacts.Line(
          label: index == 0 ? "echo" : .empty, text: piece, role: echo.role,
          rank: index == 0 ? 2 : 3)
      }
    }
    if let signed = signed(path, state) {
      lines.append(AlertFacts.Line(label: "signed", text: state.safe(signed), rank: 3))
    }
    for (index, setting) in settings(path, state).enumerated() {
      let pieces = state.safe(setting).wrapped(to: max(8, width))
      lines += pieces.enumerated().map { row, piece in
        AlertFacts.Line(
          label: row == 0 ? "has" : .empty, text: piece, rank: index == 0 && row == 0 ? 2 : 3)
      }
    }
    lines.append(
      AlertFacts.Line(label: "why", text: state.safe("\(why)   \(path.name)"), rank: 1))
    return lines
  }

  /// What the settings of a subscription or project carry out, one line each.
  static func settings(_ path: PathStatus, _ state: ConsoleState) -> [String] {
    (state.shown.settings[path.id]?.settings ?? []).map { setting in
      let facts = setting.facts.map(\.line).joined(separator: "; ")
      return "\(setting.kind.rawValue) \(setting.name): \(facts)".withoutARNs
    }
  }

  /// Both ages and the count of the last look's window, and again without what can be left out.
  static func ages(_ path: PathStatus, at now: Timestamp) -> [String] {
    guard let newest = path.newest else {
      let isLookedAt = path.id.kind == .setting || path.id.kind == .posture
      return [isLookedAt ? "no records come by it: it is looked at" : "never seen"]
    }
    let isTold = path.id.kind == .queue || path.id.kind == .history
    let word = path.id.kind.delivers ? "arrived" : isTold ? "event" : "newest"
    let age = "\(word) \(newest.age(at: now).text) ago"
    let count = path.count.map { ", \($0) in the window" } ?? ""
    guard let event = path.newestEvent, !isTold else {
      return ["\(age) (\(newest.clock(at: now)))\(count)", age]
    }
    let other = "event \(event.age(at: now).text) ago"
    return [
      "\(age) (\(newest.clock(at: now))), \(other) (\(event.clock(at: now)))\(count)",
      "\(age), \(other)\(count)", "\(age), \(other)", age,
    ]
  }

  /// The digest of the same trail and region: CloudTrail's own signed word, which comes even when
  /// nothing has happened.
  static func signed(_ path: PathStatus, _ state: ConsoleState) -> String? {
    guard path.id.kind == .s3 || path.id.kind == .digest else { return nil }
    let all = state.shown.clouds.flatMap(\.paths)
    let digest = all.first { other in
      other.id.kind == .digest && other.id.source == path.id.source
        && other.id.region == path.id.region && other.id.member == path.id.member
    }
    guard let digest else { return "no digest is watched here" }
    let now = state.shownNow
    guard let newest = digest.newest else {
      return "digest \(digest.state.label): none was ever seen"
    }
    let expect = digest.expectation.map { ", expected every \($0.text)" } ?? ""
    return "digest \(newest.age(at: now).text) ago (\(newest.clock(at: now)))\(expect), "
      + digest.state.label
  }
}
