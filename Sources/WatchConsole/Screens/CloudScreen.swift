import TextCanvas
import WatchCore

/// One cloud: all its paths, the worst first, and the selected one in full.
enum CloudScreen {
  static func draw(_ cloud: Cloud, _ state: ConsoleState, on canvas: inout Canvas) {
    guard let status = state.shown.clouds.first(where: { $0.cloud == cloud }) else { return }
    let accounts = status.accounts.isEmpty ? "" : " " + status.accounts.joined(separator: ", ")
    canvas.block(
      state.safe(cloud.label + accounts), trailing: state.safe(status.label),
      role: status.open > 0 && status.state.isProven
        ? .newLow : ColourRole(status.state, inUse: true),
      row: 0, pane: .list, state: state)
    guard !status.paths.isEmpty else {
      let text: SafeText = "nothing is configured here: nothing is watched, and nothing is known"
      canvas.put(text, row: 1, column: 1, style: state.theme[.quiet])
      return
    }
    let height = canvas.bounds.height
    let path = status.paths[selected(status, state)]
    let known = PathFacts.lines(path, state, width: canvas.bounds.width - 12).count + 2
    let detail = height >= 18 ? min(9, known) : height >= 14 ? 6 : 0
    let (top, bottom) = canvas.bounds.splitBottom(detail)
    let heads = height >= 14 ? heads(status, state, width: canvas.bounds.width - 2) : []
    facts(status, state, row: 1, on: &canvas)
    for (index, head) in heads.enumerated() {
      canvas.put(head.text, row: 2 + index, column: 1, style: state.theme[head.role])
    }
    canvas.within(top) { list(status, state, from: 2 + heads.count, on: &$0) }
    canvas.within(bottom) { Self.detail(status, state, on: &$0) }
  }

  private static func facts(
    _ status: CloudStatus, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    let since = status.since.map { "since \($0.clock(at: state.shownNow)), " } ?? ""
    let (live, of) = status.delivering
    let open = status.open == 1 ? "1 open alert" : "\(status.open) open alerts"
    let text = "\(since)delivering \(live) of \(of), \(CloudPanel.regions(status)), \(open)"
    canvas.put(state.safe(text).truncated(to: canvas.bounds.width - 1), row: row, column: 1)
  }

  /// The last signed and echoed proofs, who tells of changes at once, and what our calls cost.
  private static func heads(
    _ status: CloudStatus, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    var heads = [Table.Field(witnesses(status, state, width: width))]
    let bill = BillLine.texts(status.cloud, state.shown.bills)
    if !bill.isEmpty { heads.append(Table.Field(state.fitting(bill, width: width), .quiet)) }
    return heads
  }

  private static func witnesses(
    _ status: CloudStatus, _ state: ConsoleState, width: Int
  ) -> SafeText {
    let now = state.shownNow
    let proof = CloudPanel.proof(status, state, short: false)
    let queues = status.paths.filter { $0.id.kind == .queue }
    let worst = queues.min { $0.state.rank < $1.state.rank }
    guard let worst else {
      return state.fitting(
        [
          "\(proof); no queue: changes are told by \(status.cloud.historyWord) alone",
          "\(proof); no queue",
          proof,
        ],
        width: width)
    }
    let count = queues.count == 1 ? "" : "\(queues.count) queues, worst "
    let event =
      worst.newest.map { ", newest event \($0.age(at: now).text) ago" } ?? ", no event yet"
    return state.fitting(
      [
        "\(proof); fast witness \(count)queue \(worst.id.region) \(worst.state.label)\(event)",
        "\(proof); \(count)queue \(worst.state.label)\(event)",
        "\(proof); queue \(worst.state.label)",
      ], width: width)
  }

  static func selected(_ status: CloudStatus, _ state: ConsoleState) -> Int {
    status.paths.firstIndex { $0.id == state.path } ?? 0
  }

  private static func list(
    _ status: CloudStatus, _ state: ConsoleState, from row: Int, on canvas: inout Canvas
  ) {
    let width = canvas.bounds.width
    let widths = Widths(status, state, width: width)
    let table = Table(columns(width, widths), width: width)
    table.drawTitles(row: row, on: &canvas, theme: state.theme)
    let visible = max(0, canvas.bounds.height - row - 1)
    let selected = selected(status, state)
    let top = Table.top(selected: selected, count: status.paths.count, visible: visible)
    let names = PathNames(status.paths, width: widths.name)
    for (offset, path) in status.paths.dropFirst(top).prefix(visible).enumerated() {
      table.draw(
        fields(path, names.name(path), state, width: canvas.bounds.width), row: row + 1 + offset,
        on: &canvas,
        theme: state.theme, isSelected: top + offset == selected)
    }
  }

  /// A path's name has what times and reasons leave: it must not be cut beside blanks.
  private struct Widths {
    var name: Int
    var since = 12

    init(_ status: CloudStatus, _ state: ConsoleState, width: Int) {
      name = width < 60 ? 18 : width < 120 ? 20 : 28
      guard width >= 60 else { return }
      let now = state.shownNow
      since = status.paths.map { $0.since.clock(at: now).count }.max() ?? since
      let why = status.paths.map { CloudScreen.why($0).count }.max() ?? 0
      let columns = CloudScreen.columns(width, self).compactMap(\.width)
      // The last column keeps what it needs, and never more than it had.
      let spare = width - 2 - columns.reduce(0, +) - columns.count - min(why, 18)
      let longest = status.paths.map { $0.names[0].count }.max() ?? 0
      name = max(name, min(longest, name + max(0, spare)))
    }
  }

  private static func why(_ path: PathStatus) -> String {
    path.reason.isEmpty ? path.name : path.reason
  }

  private static func columns(_ width: Int, _ widths: Widths) -> [Table.Column] {
    if width < 60 {
      return [
        .init("PATH", widths.name), .init("STATE", 10), .init("AGE", 4, .right),
        .init("WHY", nil),
      ]
    }
    let fixed: [Table.Column] = [
      .init("PATH", widths.name), .init("STATE", 10), .init("SINCE", widths.since),
    ]
    let newest: [Table.Column] = width < 120 ? [] : [.init("NEWEST", 12)]
    let looked: [Table.Column] = width < 160 ? [] : [.init("LOOKED", 9)]
    let event: [Table.Column] = width < 120 ? [] : [.init("EVENT", 6, .right)]
    return fixed + looked + newest + [.init("AGE", 6, .right)] + event
      + [.init("EXPECT", 7), .init("WHY", nil)]
  }

  private static func fields(
    _ path: PathStatus, _ name: String, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    let now = state.shownNow
    let name = Table.Field(state.safe(name), path.required ? .text : .quiet)
    let word = Table.Field(state.safe(path.word), ColourRole(path.state, inUse: true))
    let age = Table.Field(state.safe(path.newest?.age(at: now).text ?? "-"))
    let why = Table.Field(state.safe(why(path)))
    if width < 60 {
      return [name, word, .init(state.safe(path.newest?.age(at: now).shortText ?? "-")), why]
    }
    let since = Table.Field(state.safe(path.since.clock(at: now)))
    let newest = Table.Field(state.safe(path.newest?.clock(at: now) ?? "-"))
    let event = Table.Field(state.safe(path.newestEvent?.age(at: now).text ?? "-"))
    let looked = Table.Field(state.safe(path.looked?.clock ?? "-"), .quiet)
    let expect = Table.Field(state.safe(path.expectation?.text ?? "-"), .quiet)
    return [name, word, since] + (width < 160 ? [] : [looked]) + (width < 120 ? [] : [newest])
      + [age] + (width < 120 ? [] : [event]) + [expect, why]
  }

  private static func detail(
    _ status: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let path = status.paths[selected(status, state)]
    let now = state.shownNow
    canvas.block(state.safe(path.id.text), row: 0, state: state)
    let last = canvas.bounds.height - 1
    let lines = PathFacts.lines(path, state, width: canvas.bounds.width - 12)
    for (index, line) in AlertFacts.fitted(lines, to: max(0, last - 1)).enumerated() {
      canvas.fact(line.label, line.text, role: line.role, row: 1 + index, state: state)
    }
    let cells = max(0, min(96, canvas.bounds.width - 12))
    canvas.put("24h", row: last, column: 1, style: state.theme[.quiet])
    Strip.draw(
      Strip.cells(path, end: now, count: cells), row: last, column: 11, on: &canvas,
      theme: state.theme)
  }
}
