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
    let (live, units) = (delivering(cloud), regions(cloud))
    canvas.put(
      state.fitting(
        ["\(units)   \(live)", "\(live), \(units.replacing("subscriptions", with: "subs"))"],
        width: canvas.bounds.width - 1), row: 2, column: 1, style: state.theme[.text])
    put(proof(cloud, state, short: false), row: 3, state, on: &canvas)
    let rows = canvas.bounds.height - 4
    if canvas.bounds.width >= 60 {
      table(cloud, state, from: 4, rows: rows, on: &canvas)
    } else {
      paths(cloud, state, from: 4, rows: rows, on: &canvas)
    }
  }

  /// The worst paths; the last row counts the rest.
  private static func paths(
    _ cloud: CloudStatus, _ state: ConsoleState, from first: Int, rows: Int,
    on canvas: inout Canvas
  ) {
    let all = listed(cloud)
    let shown = all.count > rows ? max(0, rows - 1) : all.count
    let rows = all.prefix(shown).map { Compact($0, state) }
    let widths = Compact.widths(rows)
    for (index, row) in rows.enumerated() {
      row.draw(cloud, state, widths, row: first + index, on: &canvas)
    }
    rest(Array(all.dropFirst(shown)), row: first + shown, state, on: &canvas)
  }

  /// What a panel lists: all that is bad, the worst first, then what records come by; unused regions
  /// are left out.
  static func listed(_ cloud: CloudStatus) -> [PathStatus] {
    let all = cloud.paths.filter { $0.id.kind != .region || $0.state != .okQuiet }
    return all.sorted { left, right in
      let (a, b) = (order(left, cloud), order(right, cloud))
      return a == b ? left.id < right.id : a.lexicographicallyPrecedes(b)
    }
  }

  private static func order(_ path: PathStatus, _ cloud: CloudStatus) -> [Int] {
    let kinds: [PathKind] = [
      .s3, .group, .digest, .activity, .archive, .entries, .export, .resource, .echo, .trail,
      .setting, .region, .history,
    ]
    let kind = kinds.firstIndex(of: path.id.kind) ?? kinds.count
    if path.id == cloud.worst?.id { return [0] }
    return path.state.isProven ? [2, kind] : [1, path.state.rank, kind]
  }

  /// A path's name in a list.
  static func listName(_ path: PathStatus, in cloud: CloudStatus, width: Int) -> String {
    if path.id.kind == .region {
      return path.id.isList ? path.names[0] : "region \(path.id.region)"
    }
    guard cloud.cloud == .aws else { return PathNames(cloud.paths, width: width).name(path) }
    let names = [name(path, in: cloud)] + shortNames(path, in: cloud)
    return names.first { $0.count <= width } ?? names.last ?? ""
  }

  /// `S3 eu-west-1      ok        8m  15+15`
  private struct Compact {
    var path: PathStatus
    var word: SafeText
    var age: SafeText
    var expect: SafeText

    init(_ path: PathStatus, _ state: ConsoleState) {
      self.path = path
      word = state.safe(path.state == .okQuiet ? "quiet" : path.word)
      age = state.safe(path.newest?.age(at: state.shownNow).shortText ?? "")
      expect = state.safe(path.expectation.map(CloudPanel.bare) ?? "")
    }

    typealias Widths = (word: Int, age: Int, expect: Int)

    /// No wider than what stands in them: the rest is the names'.
    static func widths(_ rows: [Compact]) -> Widths {
      (
        rows.map(\.word.width).max() ?? 0, rows.map(\.age.width).max() ?? 0,
        rows.map(\.expect.width).max() ?? 0
      )
    }

    func draw(
      _ cloud: CloudStatus, _ state: ConsoleState, _ widths: Widths, row: Int,
      on canvas: inout Canvas
    ) {
      let width = canvas.bounds.width
      let right = age.padded(to: widths.age, .right) + "  " + expect.padded(to: widths.expect)
      let room = max(0, width - 2 - widths.word - 1 - right.width - 1)
      let name = state.safe(CloudPanel.listName(path, in: cloud, width: room))
      canvas.put(name.fitted(to: room), row: row, column: 1, style: state.theme[.text])
      canvas.put(
        word, row: row, column: room + 2,
        style: state.theme[ColourRole(path.state, inUse: true)])
      canvas.put(right, row: row, column: width - right.width - 1, style: state.theme[.text])
    }
  }

  /// `15+15`: minutes, as the column is narrow.
  private static func bare(_ expect: Expectation) -> String {
    let parts = [expect.period, expect.grace].map { $0.wholeSeconds / 60 }
    return "\(parts[0])+\(parts[1])"
  }

  /// A cloud in the left column of a wide screen: facts and the table of its paths.
  static func drawWide(_ cloud: CloudStatus, _ state: ConsoleState, on canvas: inout Canvas) {
    guard !cloud.paths.isEmpty else { return unconfigured(cloud, state, on: &canvas) }
    let (units, live) = (regions(cloud), delivering(cloud))
    let few = units.replacing("subscriptions", with: "subs")
    let first = state.fitting(
      [
        "\(since(cloud, state, short: false))   \(units)   \(live)",
        "\(since(cloud, state, short: false))   \(few)   \(live)",
        "\(since(cloud, state, short: true))   \(few)   \(live)", "\(live)   \(few)",
      ], width: max(0, canvas.bounds.width - 2))
    canvas.put(first, row: 0, column: 1, style: state.theme[.text])
    strip(cloud, state, row: 1, cells: min(48, canvas.bounds.width - 6), on: &canvas)
    put(proof(cloud, state, short: false), row: 2, state, on: &canvas)
    guard canvas.bounds.height > 4 else { return }
    table(cloud, state, from: 3, rows: canvas.bounds.height - 3, titled: true, on: &canvas)
  }

  /// Paths in columns, the worst first; the last row counts the rest.
  private static func table(
    _ cloud: CloudStatus, _ state: ConsoleState, from first: Int, rows: Int, titled: Bool = false,
    on canvas: inout Canvas
  ) {
    let today = state.shownNow.date
    let isOld = cloud.paths.contains { $0.newest.map { $0.date != today } ?? false }
    let table = Table(
      [
        .init("PATH", nil), .init("STATE", 10), .init("NEWEST", isOld ? 12 : 9),
        .init("AGE", 7, .right),
        .init("EXPECT", 7),
      ], width: canvas.bounds.width - 1, indent: 1)
    var row = first
    if titled {
      table.drawTitles(row: row, on: &canvas, theme: state.theme)
      row += 1
    }
    let all = listed(cloud)
    let visible = max(0, first + rows - row)
    let shown = all.count > visible ? max(0, visible - 1) : all.count
    for path in all.prefix(shown) {
      table.draw(
        wideFields(path, cloud, state, width: table.width(of: 0)), row: row, on: &canvas,
        theme: state.theme)
      row += 1
    }
    rest(Array(all.dropFirst(shown)), row: row, state, on: &canvas)
  }

  /// `+4 more ok`
  private static func rest(
    _ paths: [PathStatus], row: Int, _ state: ConsoleState, on canvas: inout Canvas
  ) {
    guard !paths.isEmpty else { return }
    let proven = paths.count { $0.state.isProven }
    let word = proven == paths.count ? " ok" : ", \(proven) of them ok (Enter shows all)"
    put("+\(paths.count) more\(word)", row: row, state, role: .quiet, on: &canvas)
  }

  private static func wideFields(
    _ path: PathStatus, _ cloud: CloudStatus, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    let now = state.shownNow
    return [
      .init(state.safe(listName(path, in: cloud, width: width))),
      .init(state.safe(path.word), ColourRole(path.state, inUse: true)),
      .init(state.safe(path.newest?.clock(at: now) ?? "-")),
      .init(state.safe(path.newest?.age(at: now).text ?? "-")),
      .init(state.safe(path.expectation?.text ?? "")),
    ]
  }
}
