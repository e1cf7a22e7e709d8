import Crypto
import WatchCore

extension Engine {
  /// The first entries of a watch: that it began, what it was away for, by which rules it judges.
  ///
  /// - Parameter lastSeen: when a watch of this state folder last looked, where that is known.
  public func startEvents(lastSeen: Timestamp?) -> [Event] {
    var start = mark
    start.what = .start
    var events: [Event] = [.watch(start)]
    if let lastSeen, now - lastSeen > Engine.pause {
      var gap = mark
      (gap.what, gap.from, gap.to) = (.gap, lastSeen, now)
      gap.text = "no watch ran for \((now - lastSeen).text)"
      events.append(.watch(gap))
    }
    events += snapshotEvents(by: mark.by)
    if let screen, picture.duty == nil {
      events.append(
        .duty(DutyMark(to: screen.name, text: "stands the watch from its start", by: screen)))
    }
    return events
  }

  public func stopEvent() -> Event {
    var stop = mark
    stop.what = .stop
    return .watch(stop)
  }

  private func snapshotEvents(by who: Operator?) -> [Event] {
    let rules: [(Snapshot.What, JSON)] = [
      (.configuration, plan.configurationJSON), (.roster, plan.rosterJSON),
      (.thresholds, plan.thresholdsJSON), (.catalogue, FailureCatalogue.json),
    ]
    return rules.compactMap { what, content in
      let hash = Engine.hash(content)
      let known = picture.snapshots[what]
      guard known?.hash != hash else { return nil }
      let difference = known.map { JSON.difference($0.content, content) } ?? []
      return .snapshot(
        Snapshot(what: what, hash: hash, content: content, difference: difference, by: who))
    }
  }

  /// SHA-256, hexadecimal, of a value's line.
  static func hash(_ content: JSON) -> String {
    Hex.encode(SHA256.digest(Array(content.line.utf8)))
  }

  /// Pauses of the watch itself: an entry each, and an alert that somebody must have seen.
  mutating func gapMarks(numbering: inout Int) -> [Event] {
    defer { gaps = [] }
    return gaps.flatMap { gap -> [Event] in
      var entry = mark
      (entry.what, entry.from, entry.to) = (.gap, gap.from, gap.to)
      entry.text = "the watch did not run for \((gap.to - gap.from).text)"
      guard let first = plan.sources.first?.id else { return [.watch(entry)] }
      let source = SourceID(cloud: first.cloud, account: first.account, name: "watch")
      let finding = finding(
        "watch.gap", source, subject: gap.from.iso, region: "global", paths: [], failed: gap.from,
        what: "MONITOR GAP: nobody looked for \((gap.to - gap.from).text)",
        evidence: [Evidence(at: gap.from, text: entry.text ?? "", seen: "watch, \(wall.clock)")])
      defer { numbering += 1 }
      return [.watch(entry), .raise(raise(finding, AlertID(numbering), under: nil))]
    }
  }
}
