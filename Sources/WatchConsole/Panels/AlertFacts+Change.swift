import TextCanvas
import WatchCore

/// What an audited act changed, field by field, and who told of it.
extension AlertFacts {
  /// `treatMissingData breaching -> notBreaching`: one line a field, the first ones staying longest.
  static func changed(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    let all = alert.differences
    let shown = all.count > changeLimit ? changeLimit - 1 : all.count
    let lines = all.prefix(shown).enumerated().map { index, difference in
      Line(label: "changed", text: state.safe(difference), rank: index < 2 ? 1 : 3)
    }
    guard all.count > shown else { return lines }
    let rest = Line(label: "changed", text: "+\(all.count - shown) more, y", role: .quiet, rank: 4)
    return lines + [rest]
  }

  private static let changeLimit = 6

  /// Both witnesses, or the one that has told so far.
  static func witnesses(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    guard alert.cause != nil else { return [] }
    let told = alert.told(by: Alert.witnesses)
    guard !told.isEmpty else { return [] }
    let paths = state.shown.clouds.flatMap(\.paths)
    let hasQueue = paths.contains { path in
      path.id.kind == .queue && path.id.source.account == alert.source.account
    }
    let missing = Alert.witnesses.filter { name in
      !told.contains { PipelineChange.witness(in: $0) == name }
        && (name != PipelineChange.queue || hasQueue)
    }
    let cloud = alert.source.cloud
    let silent = missing.map(cloud.witnessed).joined(separator: ", ")
    let rest = missing.isEmpty ? "" : "; \(silent) has not told of it"
    let count = told.count == 1 ? "1 witness" : "\(told.count) witnesses"
    let line = Line(
      label: "told by",
      text: state.safe("\(count): \(told.map(cloud.witnessed).joined(separator: ", "))\(rest)"),
      rank: 3)
    return [line]
  }

  /// The announced change that the act belongs to.
  static func planned(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    let texts = alert.evidence.filter(\.isPlan).map { "\($0.text.dropFirst(9)), \($0.seen)" }
    return texts.map { Line(label: "PLANNED", text: state.safe($0), role: .off, rank: 1) }
  }

  /// The checks that a first look summed up, what fails first.
  static func firstLook(_ alert: Alert, _ state: ConsoleState) -> [Line] {
    let items = state.firstLook(alert)
    guard !items.isEmpty else { return [] }
    let open = items.count { $0.standing == .fails }
    let head = "\(open) of \(items.count) still fail; Enter lists them all, b accepts there"
    return [Line(label: "checks", text: state.safe(head), rank: 1)]
      + items.enumerated().map { index, item in
        Line(
          label: state.safe("  " + item.priority.marks).padded(to: 6),
          text: state.safe(
            "\(item.standing.label) \(item.title), \(item.check.subject.shortARN): "
              + item.words(at: state.shownNow)),
          role: item.standing == .fails ? .text : PostureScreen.role(item),
          rank: index < 3 ? 2 : 4)
      }
  }
}

extension Alert {
  /// As evidence names who told of an act.
  static let witnesses = [PipelineChange.history, PipelineChange.queue]

  /// Each of these as its first evidence names it, in the order in which they told.
  func told(by witnesses: [String]) -> [String] {
    var known: Set<String> = []
    return evidence.map(\.seen).filter { seen in
      PipelineChange.witness(in: seen).map { witnesses.contains($0) && known.insert($0).inserted }
        ?? false
    }
  }

  /// What the act behind it changed, field by field; empty where nobody could tell.
  var differences: [String] {
    guard let cause else { return [] }
    var found: [String] = []
    for evidence in evidence {
      guard let text = evidence.text.differences(of: cause) else { continue }
      found += text.split(separator: "; ").map(String.init).filter { !found.contains($0) }
    }
    return found
  }
}

extension Evidence {
  var isPlan: Bool { text.hasPrefix("planned: ") }
}

extension String {
  /// What stands behind the words of an act: `… by dev from 198.51.100.7: a 1 -> 2; b 3 -> 4`.
  fileprivate func differences(of cause: Cause) -> Substring? {
    let subject = cause.subject.map { " on \($0)" } ?? ""
    let from = cause.from.map { " from \($0)" } ?? ""
    let act = "\(cause.action)\(subject) by \(cause.actor)\(from): "
    return hasPrefix(act) ? dropFirst(act.count) : nil
  }

  /// The words of an act without what it changed, where that has lines of its own.
  func withoutDifferences(of cause: Cause?) -> String {
    guard let cause, let rest = differences(of: cause) else { return self }
    return String(dropLast(rest.count + 2))
  }
}
