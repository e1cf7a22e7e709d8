import TextCanvas
import WatchCore

extension CloudPanel {
  /// Rows of a panel at 120x40: title, four facts, five paths.
  static let largeHeight = 10

  static func drawLarge(_ cloud: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas) {
    guard !cloud.paths.isEmpty else { return unconfigured(cloud, state, on: &canvas) }
    put(since(cloud, state, short: false), row: 0, state, on: &canvas)
    let cells = min(24, canvas.bounds.width - 6)
    strip(cloud, state, row: 1, cells: cells, on: &canvas)
    if cells == 24, canvas.bounds.width >= 38 {
      canvas.put("1h each", row: 1, column: 31, style: state.theme[.quiet])
    }
    put("\(regions(cloud))   \(delivering(cloud))", row: 2, state, on: &canvas)
    put(proof(cloud, now: state.shownNow, short: false), row: 3, state, on: &canvas)
    paths(cloud, state, from: 4, rows: canvas.bounds.height - 4, on: &canvas)
  }

  /// The worst paths; the last row counts the rest.
  private static func paths(
    _ cloud: CloudStatus, _ state: ConsoleState, from first: Int, rows: Int,
    on canvas: inout Canvas
  ) {
    let all = listed(cloud)
    let shown = all.count > rows ? max(0, rows - 1) : all.count
    for (index, path) in all.prefix(shown).enumerated() {
      compact(path, cloud, state, row: first + index, on: &canvas)
    }
    guard all.count > shown else { return }
    let rest = all.dropFirst(shown)
    let proven = rest.count { $0.state.isProven }
    let word = proven == rest.count ? "ok" : "\(proven) of them ok"
    put("+\(rest.count) more \(word)", row: first + shown, state, role: .quiet, on: &canvas)
  }

  /// What a panel lists: all that is bad, then what records come by; unused regions are left out.
  static func listed(_ cloud: CloudStatus) -> [PathStatus] {
    let isUnused = { (path: PathStatus) in path.id.kind == .region && path.state == .okQuiet }
    let all = cloud.paths.filter { !isUnused($0) }
    let bad = all.filter { !$0.state.isProven }
    let good = all.filter { $0.state.isProven }
    let delivering = good.filter { $0.id.kind.delivers }
    return bad + delivering + good.filter { !$0.id.kind.delivers }
  }

  /// `S3 eu-west-1      ok        8m  15+15`
  private static func compact(
    _ path: PathStatus, _ cloud: CloudStatus, _ state: ConsoleState, row: Int,
    on canvas: inout Canvas
  ) {
    let width = canvas.bounds.width
    let age = state.safe(path.newest?.age(at: state.shownNow).shortText ?? "")
    let expect = state.safe(path.expectation.map(Self.bare) ?? "")
    let right = age.padded(to: 4, .right) + "  " + expect.padded(to: 5)
    let word = state.safe(path.state == .okQuiet ? "quiet" : path.state.label)
    let room = max(0, width - 1 - 8 - 1 - right.width - 1)
    let name = state.safe(name(path, in: cloud))
    canvas.put(name.fitted(to: room), row: row, column: 1, style: state.theme[.text])
    canvas.put(
      word, row: row, column: room + 2,
      style: state.theme[ColourRole(path.state, inUse: true)])
    canvas.put(right, row: row, column: width - right.width, style: state.theme[.text])
  }

  /// `15+15`: minutes, as the column is narrow.
  private static func bare(_ expect: Expectation) -> String {
    let parts = [expect.period, expect.grace].map { $0.wholeSeconds / 60 }
    return "\(parts[0])+\(parts[1])"
  }

  /// A cloud in the left column of a wide screen: facts and the table of its paths.
  static func drawWide(_ cloud: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas) {
    guard !cloud.paths.isEmpty else { return unconfigured(cloud, state, on: &canvas) }
    put(
      "\(since(cloud, state, short: false))   \(regions(cloud))   \(delivering(cloud))", row: 0,
      state, on: &canvas)
    strip(cloud, state, row: 1, cells: min(48, canvas.bounds.width - 6), on: &canvas)
    put(proof(cloud, now: state.shownNow, short: false), row: 2, state, on: &canvas)
    let table = Table(
      [
        .init("PATH", nil), .init("STATE", 8), .init("NEWEST", 12), .init("AGE", 7, .right),
        .init("EXPECT", 8),
      ], width: canvas.bounds.width, indent: 1)
    guard canvas.bounds.height > 4 else { return }
    table.drawTitles(row: 3, on: &canvas, theme: state.theme)
    let all = listed(cloud)
    let rows = canvas.bounds.height - 4
    let shown = all.count > rows ? max(0, rows - 1) : all.count
    for (index, path) in all.prefix(shown).enumerated() {
      table.draw(wideFields(path, cloud, state), row: 4 + index, on: &canvas, theme: state.theme)
    }
    guard all.count > shown else { return }
    put(
      "+\(all.count - shown) more (Enter shows all)", row: 4 + shown, state, role: .quiet,
      on: &canvas)
  }

  private static func wideFields(
    _ path: PathStatus, _ cloud: CloudStatus, _ state: ConsoleState
  ) -> [Table.Field] {
    let now = state.shownNow
    let word = path.state == .okQuiet ? "quiet" : path.state.label
    return [
      .init(state.safe(name(path, in: cloud))),
      .init(state.safe(word), ColourRole(path.state, inUse: true)),
      .init(state.safe(path.newest?.clock(at: now) ?? "-")),
      .init(state.safe(path.newest?.age(at: now).text ?? "-")),
      .init(state.safe(path.expectation?.text ?? "")),
    ]
  }
}
