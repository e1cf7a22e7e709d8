import TextCanvas
import WatchCore

/// How the pipelines are set up: the checks of each source by part, what fails first, and the
/// selected one in full: what was seen, why it matters, how to mend it.
enum PostureScreen {
  static func draw(_ state: ConsoleState, on canvas: inout Canvas) {
    let list = PostureList(state)
    let area = canvas.bounds
    guard !list.rows.isEmpty else { return empty(state, on: &canvas) }
    let selected = state.selectedCheck
    switch state.tier {
    case .wide:
      let split = area.width * 58 / 100
      let (left, right) = area.splitLeft(split)
      canvas.within(left) { self.list(list, selected, state, on: &$0) }
      canvas.verticalLine(column: split, rows: 0..<area.height, style: state.theme[.quiet])
      let part = Rect(
        row: 0, column: split + 1, width: right.width - 1, height: area.height)
      canvas.within(part) { detail(selected, state, on: &$0) }
    case .large, .normal:
      let rows = max(2, lines(selected, state, width: area.width).count + 1)
      let limit = state.focus == .evidence ? area.height * 3 / 4 : area.height / 2
      let (top, bottom) = area.splitBottom(min(rows, limit))
      canvas.within(top) { self.list(list, selected, state, on: &$0) }
      canvas.within(bottom) { detail(selected, state, on: &$0) }
    case .small, .line: self.list(list, selected, state, on: &canvas)
    }
  }

  private static func empty(_ state: ConsoleState, on canvas: inout Canvas) {
    canvas.block("POSTURE", row: 0, pane: .list, state: state)
    let text: String
    if !state.postureFilter.isEmpty {
      text = "no check passes the filter \(state.postureFilter.text); Esc clears it"
    } else if state.shown.plan.sources.isEmpty {
      text = "nothing is configured: no settings are looked at"
    } else {
      text = "no settings were looked at yet: unknown is not ok; p looks now"
    }
    for (row, line) in state.safe(text).wrapped(to: max(1, canvas.bounds.width - 3)).enumerated() {
      canvas.put(line, row: 1 + row, column: 2, style: state.theme[.blind])
    }
  }

  // MARK: The list

  private static func list(
    _ list: PostureList, _ selected: PostureItem?, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    title(list, state, on: &canvas)
    let width = canvas.bounds.width
    let table = Table(columns(width), width: width)
    let first = canvas.bounds.height > 5 ? 2 : 1
    if first == 2 { table.drawTitles(row: 1, on: &canvas, theme: state.theme) }
    let visible = max(0, canvas.bounds.height - first)
    let index = list.rows.firstIndex { row in
      if case .item(let item) = row { item.key == selected?.key } else { false }
    }
    let top = Table.top(selected: index, count: list.rows.count, visible: visible)
    for (offset, row) in list.rows.dropFirst(top).prefix(visible).enumerated() {
      switch row {
      case .source(let source):
        canvas.put(
          state.safe(source.text).truncated(to: width - 2), row: first + offset, column: 1,
          style: state.theme[.title])
      case .part(let part):
        self.part(list.parts[part], state, row: first + offset, on: &canvas)
      case .item(let item):
        table.draw(
          fields(item, state, width: width), row: first + offset, on: &canvas, theme: state.theme,
          isSelected: top + offset == index)
      }
    }
  }

  private static func title(
    _ list: PostureList, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let sources = state.shown.postures.keys.sorted()
    let name = sources.count == 1 ? sources[0].text : "\(sources.count) sources"
    let filter = state.postureFilter.isEmpty ? "" : "filter \(state.postureFilter.text): "
    let isOpen = list.count(.fails) + list.count(.unknown) > 0
    let figures = state.safe(filter + PostureList.figures(list.count))
    let room = canvas.bounds.width - figures.width - 12
    canvas.block(
      ("POSTURE " + state.safe(name)).truncated(to: max(7, room)), trailing: figures,
      role: isOpen ? .newLow : .text, row: 0, pane: .list, state: state)
  }

  /// `bucket acme-audit-logs   3 fail, 1 unknown, 12 hold`
  private static func part(
    _ part: PostureList.Part, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    let subjects = Set(part.items.map(\.check.subject))
    let subject = subjects.count == 1 ? " \(subjects.first?.shortARN ?? "")" : ""
    let figures = state.safe(PostureList.figures(part.count))
    let room = max(0, canvas.bounds.width - figures.width - 5)
    let column = canvas.put(
      state.safe(part.name + subject).truncated(to: room), row: row, column: 1,
      style: state.theme[.title])
    canvas.put("  " + figures, row: row, column: column, style: state.theme[.quiet])
  }

  private static func columns(_ width: Int) -> [Table.Column] {
    let start: [Table.Column] = [.init("STATE", 8), .init("PRI", 3)]
    if width < 60 { return start + [.init("CHECK", nil)] }
    let subject: [Table.Column] = width < 110 ? [] : [.init("PART", 28)]
    return start + [.init("CHECK", width < 110 ? 27 : 34)] + subject + [.init("SEEN", nil)]
  }

  private static func fields(
    _ item: PostureItem, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    let marks = item.standing <= .accepted ? item.priority.marks : ""
    let start: [Table.Field] = [
      .init(state.safe(item.standing.label), role(item)), .init(state.safe(marks), role(item)),
      .init(state.safe(item.title)),
    ]
    if width < 60 { return start }
    let subject: [Table.Field] =
      width < 110 ? [] : [.init(state.safe(item.check.subject.shortARN), .quiet)]
    return start + subject + [.init(state.safe(item.words(at: state.shownNow)))]
  }

  static func role(_ item: PostureItem) -> ColourRole {
    switch item.standing {
    case .fails:
      switch item.priority {
      case .high: .newHigh
      case .medium: .newMedium
      case .low: .newLow
      }
    case .unknown: .blind
    case .accepted: .off
    case .holds: .text
    case .info, .none: .quiet
    }
  }

  // MARK: One check

  private static func detail(
    _ item: PostureItem?, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    guard let item else {
      canvas.block("NO CHECK IS LISTED", row: 0, pane: .evidence, state: state)
      canvas.put(
        "all of it holds: F lists it", row: 1, column: 1, style: state.theme[.quiet])
      return
    }
    let lines = lines(item, state, width: canvas.bounds.width)
    let visible = max(0, canvas.bounds.height - 1)
    let top = OverlayScreen.top(state.scroll[.evidence] ?? 0, count: lines.count, visible: visible)
    let more: SafeText =
      lines.count > visible ? "+\(lines.count - visible) lines, y" : state.safe(item.source.text)
    canvas.block(
      state.safe(item.check.rule), trailing: more, row: 0, pane: .evidence, state: state)
    for (offset, line) in lines.dropFirst(top).prefix(visible).enumerated() {
      canvas.fact(
        line.label, line.text, role: line.role, row: 1 + offset, labelWidth: 9, state: state)
    }
    if state.focus == .evidence { canvas.placeCursor(row: min(1, visible), column: 0) }
  }

  /// Everything that is known of a check, wrapped.
  static func lines(
    _ item: PostureItem?, _ state: ConsoleState, width: Int
  ) -> [AlertFacts.Line] {
    guard let item else { return [] }
    let now = state.shownNow
    var facts: [(SafeText, String, ColourRole)] = [
      ("check", item.title, .title),
      (
        "state", "\(item.standing.label) \(item.priority.rawValue)\(raised(item, state))",
        role(item)
      ),
      ("part", item.check.subject, .text),
    ]
    if case .unknown(let why) = item.check.verdict {
      facts.append(("unknown", "\(why.kind.rawValue): \(why.detail)", .blind))
    }
    if !item.check.seen.isEmpty { facts.append(("seen", item.check.seen, .text)) }
    if let acceptance = item.acceptance {
      facts.append(
        (
          "accepted",
          "by \(acceptance.by?.name ?? "-") until \(acceptance.until.clock(at: now)): "
            + acceptance.reason, .off
        ))
    }
    if let rule = item.rule {
      facts += [
        ("why", rule.why, .text), ("mend", rule.mend, .text), ("see", rule.reference, .quiet),
      ]
    } else {
      facts.append(("why", "this version's catalogue does not know the check", .quiet))
    }
    return facts.flatMap { label, text, role in
      state.safe(text).wrapped(to: max(8, width - 11)).enumerated().map { index, piece in
        AlertFacts.Line(label: index == 0 ? label : .empty, text: piece, role: role)
      }
    }
  }

  private static func raised(_ item: PostureItem, _ state: ConsoleState) -> String {
    guard let alert = state.alert(of: item) else {
      return item.standing == .fails && item.rule != nil ? ", no alert is open for it" : ""
    }
    return ", raised as \(alert.id.text) \(alert.state.label); Enter opens it"
  }
}
