import TextCanvas
import WatchCore

/// What became of the watch's own audited calls, in words: the last echo, its delays, what is owed.
enum EchoLine {
  struct Line: Hashable {
    var text: String
    var role: ColourRole = .text
  }

  /// Of one path, without the word `echo`; nil where no echo is looked for at its end.
  static func line(_ path: PathStatus, _ state: ConsoleState) -> Line? {
    guard [.s3, .group, .history].contains(path.id.kind) else { return nil }
    guard let sighting = sighting(path.id, state) else { return absent(path.id, state) }
    if let off = sighting.off { return Line(text: "off: \(off)", role: .off) }
    return sighting.legs.first { $0.kind == path.id.kind }.map { of($0, at: state.shownNow) }
  }

  /// Of an echo path: each end at which echoes come out.
  static func legs(_ path: PathStatus, _ state: ConsoleState) -> [Line] {
    guard path.id.kind == .echo else { return [] }
    guard let sighting = sighting(path.id, state) else {
      return [Line(text: "not looked yet", role: .blind)]
    }
    if let off = sighting.off { return [Line(text: "off: \(off)", role: .off)] }
    return sighting.legs.map { leg in
      let line = of(leg, at: state.shownNow)
      return Line(text: "\(leg.kind.label) \(line.text)", role: line.role)
    }
  }

  static func of(_ leg: EchoLeg, at now: Timestamp) -> Line {
    if let blind = leg.blind { return Line(text: "BLIND: \(blind.detail)", role: .blind) }
    let delays = [leg.p50.map { "p50 \($0.text)" }, leg.p95.map { "p95 \($0.text)" }]
      .compactMap { $0 }
    let figures = delays.isEmpty ? "" : ", \(delays.joined(separator: ", "))"
    let last = leg.returned.map { back in
      let delay = leg.arrived.map { " after \(back.age(at: $0).text)" } ?? ""
      return "last \(back.age(at: now).text) ago, back\(delay)\(figures)"
    }
    if let owed = leg.owed {
      let since = "OWED since \(owed.clock(at: now)), \(owed.age(at: now).text)"
      return Line(text: since + (last.map { "; \($0)" } ?? "; none was ever back"), role: .newHigh)
    }
    if let last { return Line(text: last) }
    guard let sent = leg.sent else { return Line(text: "no call was sent yet", role: .blind) }
    return Line(text: "sent \(sent.age(at: now).text) ago, none is back yet", role: .late)
  }

  /// The echo of that source and region.
  private static func sighting(_ path: PathID, _ state: ConsoleState) -> EchoSighting? {
    state.shown.echoes[
      PathID(source: path.source, kind: .echo, region: path.region, member: path.member)]
  }

  /// Why there is none; nil where it is looked for in another region alone.
  private static func absent(_ path: PathID, _ state: ConsoleState) -> Line? {
    guard let plan = state.shown.plan.source(path.source) else { return nil }
    if plan.echo == .off {
      return Line(text: "off: not asked for in the configuration", role: .off)
    }
    let isElsewhere = state.shown.echoes.keys.contains { $0.source == path.source }
    return isElsewhere ? nil : Line(text: "not looked yet", role: .blind)
  }
}
