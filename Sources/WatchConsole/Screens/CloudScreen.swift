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
    let detail = canvas.bounds.height >= 14 ? 6 : 0
    let (top, bottom) = canvas.bounds.splitBottom(detail)
    facts(status, state, row: 1, on: &canvas)
    canvas.within(top) { list(status, state, on: &$0) }
    canvas.within(bottom) { Self.detail(status, state, on: &$0) }
  }

  private static func facts(
    _ status: CloudStatus, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    let since = status.since.map { "since \($0.clock(at: state.shownNow)), " } ?? ""
    let (live, of) = status.delivering
    let (covered, all) = status.regions
    let text =
      "\(since)delivering \(live) of \(of), regions \(covered) of \(all), \(status.open) open alerts"
    canvas.put(state.safe(text), row: row, column: 1)
  }

  static func selected(_ status: CloudStatus, _ state: ConsoleState) -> Int {
    status.paths.firstIndex { $0.id == state.path } ?? 0
  }

  private static func list(
    _ status: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let table = Table(columns(canvas.bounds.width), width: canvas.bounds.width)
    table.drawTitles(row: 2, on: &canvas, theme: state.theme)
    let visible = max(0, canvas.bounds.height - 3)
    let selected = selected(status, state)
    let top = Table.top(selected: selected, count: status.paths.count, visible: visible)
    for (offset, path) in status.paths.dropFirst(top).prefix(visible).enumerated() {
      table.draw(
        fields(path, state, width: canvas.bounds.width), row: 3 + offset, on: &canvas,
        theme: state.theme, isSelected: top + offset == selected)
    }
  }

  private static func columns(_ width: Int) -> [Table.Column] {
    if width < 60 {
      return [.init("PATH", 18), .init("STATE", 10), .init("AGE", 4, .right), .init("WHY", nil)]
    }
    let fixed: [Table.Column] = [
      .init("PATH", width < 120 ? 20 : 28), .init("STATE", 10), .init("SINCE", 12),
    ]
    let newest: [Table.Column] = width < 120 ? [] : [.init("NEWEST", 12), .init("LOOKED", 9)]
    return fixed + newest + [
      .init("AGE", 6, .right), .init("EXPECT", 7), .init("WHY", nil),
    ]
  }

  /// `S3 eu-west-1`, with the member account where there are several.
  static func name(_ path: PathStatus) -> String {
    "\(path.id.kind.label) \(path.id.region)" + (path.id.member.map { " \($0)" } ?? "")
  }

  private static func fields(
    _ path: PathStatus, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    let now = state.shownNow
    let name = Table.Field(state.safe(name(path)), path.required ? .text : .quiet)
    let word = Table.Field(state.safe(path.state.label), ColourRole(path.state, inUse: true))
    let age = Table.Field(state.safe(path.newest?.age(at: now).text ?? "-"))
    let why = Table.Field(state.safe(path.reason.isEmpty ? path.name : path.reason))
    if width < 60 {
      return [name, word, .init(state.safe(path.newest?.age(at: now).shortText ?? "-")), why]
    }
    let since = Table.Field(state.safe(path.since.clock(at: now)))
    let newest: [Table.Field] =
      width < 120
      ? []
      : [
        .init(state.safe(path.newest?.clock(at: now) ?? "-")),
        .init(state.safe(path.looked?.clock ?? "-"), .quiet),
      ]
    let expect = Table.Field(state.safe(path.expectation?.text ?? "-"), .quiet)
    return [name, word, since] + newest + [age, expect, why]
  }

  private static func detail(
    _ status: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    let path = status.paths[selected(status, state)]
    let now = state.shownNow
    canvas.block(state.safe(path.id.text), row: 0, state: state)
    let role = path.required ? "required" : "optional: it never alarms by itself"
    let newest =
      path.newest.map { "\($0.clock(at: now)), \($0.age(at: now).text) ago" } ?? "never seen"
    let facts: [(SafeText, String)] = [
      ("state", "\(path.state.label) since \(path.since.clock(at: now)); \(role)"),
      (
        "newest",
        "\(newest)   expected \(path.expectation.map { "every \($0.text)" } ?? "at no time")"
      ),
      (
        "looked",
        "\(path.looked?.clock(at: now) ?? "never")   proven \(path.proven?.clock(at: now) ?? "never")"
      ),
      ("why", "\(path.reason.isEmpty ? "-" : path.reason)   \(path.name)"),
    ]
    for (index, fact) in facts.enumerated() {
      canvas.fact(fact.0, state.safe(fact.1), row: 1 + index, state: state)
    }
    let cells = max(0, min(96, canvas.bounds.width - 12))
    canvas.put("24h", row: 5, column: 1, style: state.theme[.quiet])
    Strip.draw(
      Strip.cells(path, end: now, count: cells), row: 5, column: 11, on: &canvas, theme: state.theme
    )
  }
}
