import TextCanvas
import WatchCore

extension AlertFacts {
  /// All facts in the order in which they are read.
  static func lines(
    _ alert: Alert, _ state: ConsoleState, width: Int, showsGap: Bool = true
  ) -> [Line] {
    var lines = [headline(alert, state, width: width), times(alert, state, width: width)]
    if let ending = ending(alert, state) { lines.append(ending) }
    lines += told(alert, state, width: width)
    lines += restore(alert, state) + contacts(alert, state) + deliveries(alert, state)
    lines += planned(alert, state) + changed(alert, state)
    let checks = firstLook(alert, state)
    lines += checks.isEmpty ? evidence(alert, state, width: width) : checks
    lines += witnesses(alert, state)
    if width >= wideFrom { lines += folded(alert, state) }
    if showsGap, let gap = GapBlock.line(alert, state) {
      lines.append(Line(label: "gap", text: state.safe(gap), rank: 2))
    }
    return lines
  }

  /// What it is and whether it still holds; in a narrow place also what is folded under it.
  private static func headline(_ alert: Alert, _ state: ConsoleState, width: Int) -> Line {
    let now = state.shownNow
    var text = alert.words(in: width - 1)
    if let cleared = alert.clearedAt {
      text += "   clear since \(cleared.clock(at: now))"
    } else if let reopened = alert.reopened {
      text += "   NEW again: \(reopened)"
    } else if alert.kind == .event, width >= wideFrom {
      text += "   Event: stays until somebody resolves it with a line."
    }
    if width >= 180, let meaning = alert.failure?.meaning { text += "   \(meaning)" }
    var line = Line(text: state.safe(text), role: .title)
    let symptoms = state.picture.symptoms(of: alert.id)
    if width < wideFrom, let first = symptoms.first {
      line.right = state.safe("+\(symptoms.count): \(first.id.text) \(first.failure?.title ?? "")")
      if line.text.width + line.right.width + 4 > width {
        line.right = state.safe("+\(symptoms.count)")
      }
    }
    return line
  }

  private static func times(_ alert: Alert, _ state: ConsoleState, width: Int) -> Line {
    let gap = width >= wideFrom ? "   " : "  "
    let room = max(0, width - (width >= wideFrom ? 12 : 9))
    let text = state.fitting(
      ToldLine.times(alert, state).map { $0.joined(separator: gap) }, width: room)
    return Line(label: "failed", text: text)
  }

  /// Who was told, and who is next: on one line where there is room.
  private static func told(_ alert: Alert, _ state: ConsoleState, width: Int) -> [Line] {
    // What is left to do about one that has cleared stands above.
    let next: (text: String, role: ColourRole) =
      alert.clearedAt == nil ? ToldLine.next(alert, state) : (text: "", role: .text)
    let (text, role) = ToldLine.told(alert, state)
    var line = Line(
      label: "told", text: state.safe(text), role: role, rank: alert.clearedAt == nil ? 1 : 3)
    let right = state.safe(next.text)
    let label = width >= wideFrom ? 11 : 6
    if right.isEmpty || label + line.text.width + right.width + 4 <= width {
      line.right = right
      line.rightRole = next.role
      return [line]
    }
    return [line, Line(label: "next", text: right, role: next.role, rank: 1)]
  }

  /// Of an alert that has cleared: how long everything took, and what is left to do.
  private static func ending(_ alert: Alert, _ state: ConsoleState) -> Line? {
    guard let cleared = alert.clearedAt else { return nil }
    let end = alert.gap?.to ?? cleared
    var parts: [String] = []
    if let acked = alert.acked { parts.append("time to ack \(alert.detected.age(at: acked).text)") }
    parts.append("lasted \(alert.failed.age(at: end).text)")
    if alert.waitsForLine {
      parts.append("acknowledged and cleared: R closes it")
    } else if alert.state == .cleared {
      parts.append("nobody had seen it: a acknowledges")
    }
    return Line(text: state.safe(parts.joined(separator: "   ")))
  }

  private static func evidence(_ alert: Alert, _ state: ConsoleState, width: Int) -> [Line] {
    alert.evidence.filter { !$0.isPlan }.enumerated().map { index, evidence in
      let words = evidence.text.withoutDifferences(of: alert.cause)
      let seen = alert.source.cloud.witnessed(evidence.seen)
      let text = width >= 140 ? "\(words)   (\(seen))" : teller(evidence, alert) + words
      let shown = width >= wideFrom ? text : text.withoutARNs
      return Line(
        label: "E-" + SafeText(index + 1),
        text: state.safe("\(evidence.at.clock(at: state.shownNow)) \(shown)"),
        rank: index < 2 ? 2 : 4)
    }
  }

  /// `queue: `, where an act has both witnesses and there is no room for all that is known of them.
  private static func teller(_ evidence: Evidence, _ alert: Alert) -> String {
    guard alert.told(by: Alert.witnesses).count == Alert.witnesses.count,
      let name = PipelineChange.witness(in: evidence.seen)
    else { return "" }
    return "\(alert.source.cloud.witnessed(name)): "
  }

  private static func folded(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    state.picture.symptoms(of: alert.id).map { symptom in
      let since = symptom.detected.clock(at: state.shownNow)
      return Line(
        label: "folded",
        text: state.safe(
          "\(symptom.id.text) \(symptom.priority.marks) \(symptom.code.text) since \(since): "
            + symptom.what), rank: 3)
    }
  }
}

extension ConsoleState {
  /// The first of these that fits, else the last one cut.
  func fitting(_ candidates: [String], width: Int) -> SafeText {
    let texts = candidates.map { safe($0) }
    return texts.first { $0.width <= width } ?? texts.last?.truncated(to: width) ?? .empty
  }
}
