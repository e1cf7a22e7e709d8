import Crypto
import WatchCore

extension Engine {
  /// The first entries of a watch: that it began, what it was away for, by which rules it judges.
  public func startEvents() -> [Event] {
    var start = mark
    start.what = .start
    var events: [Event] = [.watch(start)]
    if let lastSeen, began - lastSeen > Engine.pause {
      var numbering = picture.nextAlert
      events += gapEvents(
        WatchGap(from: lastSeen, to: began), "no watch ran for \((began - lastSeen).text)",
        numbering: &numbering)
    }
    events += snapshotEvents(by: mark.by)
    if let screen, picture.duty == nil {
      events.append(
        .duty(DutyMark(to: screen.name, text: "stands the watch from its start", by: screen)))
    }
    return events
  }

  /// The rules that alerts are raised by, where the journal does not hold them yet: also what a
  /// single look writes first.
  public func ruleEvents() -> [Event] { snapshotEvents(by: mark.by) }

  /// - Parameter text: why it ends; nil: somebody left.
  public func stopEvent(saying text: String? = nil) -> Event {
    var stop = mark
    (stop.what, stop.text) = (.stop, text)
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
      var snapshot = Snapshot(
        what: what, hash: hash, content: content, difference: difference, by: origin?.by ?? who)
      guard !difference.isEmpty else {
        // What stands in the file from the beginning is said of that, and of no later change.
        if known == nil, what != .catalogue { snapshot.why = standing(what) }
        return .snapshot(snapshot)
      }
      snapshot.why = why(what)
      // The catalogue comes with the program, and from no file.
      guard what != .catalogue else { return .snapshot(snapshot) }
      snapshot.from = origin?.file
      snapshot.isUnnamed = origin.map { !$0.isPerson } ?? (who == nil)
      return .snapshot(snapshot)
    }
  }

  /// Why a rule was changed, where that is known. A line that was said of an earlier change, and still
  /// stands in the file, says nothing of this one.
  private func why(_ what: Snapshot.What) -> String? {
    let said = origin?.why ?? standing(what)
    if let said, !picture.reasons.contains(said) { return said }
    return what == .catalogue ? "it comes with watchkeeper \(mark.version)" : nil
  }

  /// The line of reason in the file.
  private func standing(_ what: Snapshot.What) -> String? {
    what == .roster ? plan.why ?? plan.reason : plan.reason
  }

  /// SHA-256, hexadecimal, of a value's line.
  static func hash(_ content: JSON) -> String {
    Hex.encode(SHA256.digest(Array(content.line.utf8)))
  }

  /// Pauses of the watch itself: an entry each, and an alert that somebody must have seen.
  mutating func gapMarks(numbering: inout Int) -> [Event] {
    defer { gaps = [] }
    let pauses = gaps.flatMap { gap in
      gapEvents(gap, "the watch did not run for \((gap.to - gap.from).text)", numbering: &numbering)
    }
    return pauses + stepMarks()
  }

  /// An entry, and an alert that somebody must have seen.
  private func gapEvents(
    _ gap: WatchGap, _ text: String, numbering: inout Int
  ) -> [Event] {
    var entry = mark
    (entry.what, entry.from, entry.to, entry.text) = (.gap, gap.from, gap.to, text)
    guard let first = plan.sources.first?.id else { return [.watch(entry)] }
    let source = SourceID(cloud: first.cloud, account: first.account, name: "watch")
    let finding = finding(
      "watch.gap", source, subject: gap.from.iso, region: "global", failed: gap.from,
      what: "MONITOR GAP: nobody looked for \((gap.to - gap.from).text)",
      evidence: [Evidence(at: gap.from, text: text, seen: "watch, \(wall.clock)")])
    defer { numbering += 1 }
    return [.watch(entry), .raise(raise(finding, AlertID(numbering), under: nil))]
  }

  /// Somebody set our clock: an entry each.
  private mutating func stepMarks() -> [Event] {
    defer { steps = [] }
    return steps.map { step in
      var entry = mark
      entry.what = .clock
      let span = Duration.milliseconds(abs(step.millis)).text
      entry.text = "our clock was set \(step < .zero ? "back" : "forward") by \(span)"
      return .watch(entry)
    }
  }
}
