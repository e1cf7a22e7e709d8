/// What was expected at a time, as the journal has it: the thresholds' newest snapshot up to then, and
/// every change of them.
public struct ExpectationsAt: Hashable, Sendable {
  public let time: Timestamp
  public private(set) var thresholds: Entry?
  public private(set) var changes: [Entry] = []

  public init(_ entries: some Sequence<Entry>, at time: Timestamp) {
    self.time = time
    for entry in entries where entry.at <= time {
      guard case .snapshot(let snapshot) = entry.event, snapshot.what == .thresholds else {
        continue
      }
      if !snapshot.difference.isEmpty { changes.append(entry) }
      thresholds = entry
    }
  }

  public var isKnown: Bool { thresholds != nil }

  /// For a reader: a source and its paths, since when, and what was changed by whom and why.
  public var lines: [String] {
    guard let thresholds, case .snapshot(let snapshot) = thresholds.event else {
      return ["\(time.iso): the journal has no expectations up to then"]
    }
    var lines = [
      "at \(time.iso) this was expected (entry \(thresholds.seq) of \(thresholds.at.iso)):"
    ]
    for source in snapshot.content.members ?? [] {
      guard let members = source.value.members else {
        lines.append("\(source.key): \(source.value.string ?? source.value.line)")
        continue
      }
      let paths = members.map {
        "\($0.key) \($0.value.string ?? $0.value.line)"
      }
      lines.append("\(source.key): \(paths.joined(separator: ", "))")
    }
    for entry in changes {
      if case .snapshot(let snapshot) = entry.event { lines += snapshot.change(in: entry) }
    }
    return lines
  }
}
