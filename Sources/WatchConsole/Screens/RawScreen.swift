import TextCanvas
import WatchCore

/// The raw records behind an alert, or an entry's line, escaped: what was really received.
enum RawScreen {
  static func draw(
    _ subject: RawSubject, scroll: Int, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let lines = self.lines(subject, state, width: max(1, canvas.bounds.width - 2))
    let visible = max(0, canvas.bounds.height - 1)
    let top = OverlayScreen.top(scroll, count: lines.count, visible: visible)
    let trailing: SafeText =
      canvas.bounds.width < 60
      ? "\(top + 1)/\(lines.count)" : "as received, escaped; line \(top + 1) of \(lines.count)"
    canvas.block(title(subject, state), trailing: trailing, row: 0, state: state)
    for (offset, line) in lines.dropFirst(top).prefix(visible).enumerated() {
      canvas.put(line.text, row: 1 + offset, column: 1, style: state.theme[line.role])
    }
    canvas.placeCursor(row: min(1, canvas.bounds.height - 1), column: 0)
  }

  private static func title(_ subject: RawSubject, _ state: ConsoleState) -> SafeText {
    switch subject {
    case .alert(let id): "RAW RECORDS " + state.safe(id.text)
    case .entry(let seq): "ENTRY \(seq), AS WRITTEN"
    case .check(let key): "CHECK " + state.safe(key.rule).truncated(to: 40)
    }
  }

  static func lines(_ subject: RawSubject, _ state: ConsoleState, width: Int) -> [Table.Field] {
    switch subject {
    case .entry(let seq):
      guard let entry = state.picture.recent.last(where: { $0.seq == seq }) else { return [] }
      return cut(
        SafeText(untrusted: entry.line, limit: 65_536, alphabet: state.alphabet), to: width)
    case .check(let key): return check(key, state, width: width)
    case .alert(let id):
      guard let alert = state.picture.alerts[id] else { return [] }
      guard !alert.evidence.isEmpty else { return [.init("no evidence is attached", .quiet)] }
      return alert.evidence.enumerated().flatMap { index, evidence in
        let head = state.safe(
          "E-\(index + 1) \(evidence.at.clock(at: state.shownNow)) \(evidence.text) (\(evidence.seen))"
        )
        return head.wrapped(to: width, indent: 4).map { .init($0, .newLow) }
          + record(evidence, state, width: width) + [.init("")]
      }
    }
  }

  /// A check whole, and the setting as received.
  private static func check(
    _ key: PostureItem.Key, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    guard let item = PostureList.items(key.source, state).first(where: { $0.key == key }) else {
      return [.init("this check is not among the newest ones any more", .quiet)]
    }
    let facts = PostureScreen.lines(item, state, width: width).map { line in
      Table.Field(line.label.padded(to: 10) + line.text, line.role)
    }
    let evidence = Evidence(at: state.shownNow, text: "", seen: "", raw: item.check.raw)
    return facts + [.init(""), .init("the setting as received:", .newLow)]
      + record(evidence, state, width: width)
  }

  /// What the cloud answered, line by line.
  static func record(
    _ evidence: Evidence, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    let raw = evidence.raw.map {
      SafeText.lines(untrusted: $0, limit: Evidence.rawLimit * 8, alphabet: state.alphabet)
    }
    return (raw ?? ["no raw record was kept"]).flatMap { cut($0, to: max(1, width)) }
  }

  private static func cut(_ line: SafeText, to width: Int) -> [Table.Field] {
    var pieces: [Table.Field] = []
    var rest = line
    repeat {
      let (head, tail) = rest.split(atWidth: width)
      pieces.append(.init(head))
      // A wide character that does not fit one column would never be got rid of.
      if head.isEmpty { break }
      rest = tail
    } while !rest.isEmpty
    return pieces
  }
}
