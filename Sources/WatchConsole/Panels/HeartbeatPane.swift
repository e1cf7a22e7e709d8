import TextCanvas
import WatchCore

/// HEARTBEAT: the last day of the paths that an alert is about, each with its strip, and a legend.
enum HeartbeatPane {
  /// The alert's own paths, then its symptoms', the worst first.
  static func paths(_ alert: Alert, _ state: ConsoleState) -> [PathStatus] {
    guard let cloud = state.shown.clouds.first(where: { $0.cloud == alert.source.cloud }) else {
      return []
    }
    let alerts = [alert] + state.picture.symptoms(of: alert.id)
    let named = Set(alerts.compactMap { $0.subject.flatMap { PathID(text: $0) } })
    let fitting = CloudPanel.listed(cloud).filter { path in
      named.contains(path.id)
        || alerts.contains { isAbout(path.id, $0, state) }
    }
    return fitting.isEmpty ? CloudPanel.listed(cloud).filter { !$0.state.isProven } : fitting
  }

  private static func isAbout(_ path: PathID, _ alert: Alert, _ state: ConsoleState) -> Bool {
    if path.kind == .history { return false }
    if alert.source.name == "regions" {
      return path.kind == .region && path.region == alert.place.region
    }
    return path.source == alert.source
      && (alert.place.region == "global" || path.region == alert.place.region)
  }

  /// Rows that it can use.
  static func wanted(_ alert: Alert, _ state: ConsoleState, width: Int) -> Int {
    let rows = paths(alert, state).map { facts($0, state, width: width).count + 2 }.reduce(0, +)
    return 2 + max(2, rows) + legend(state, width: width).count
  }

  static func draw(
    _ alert: Alert, _ state: ConsoleState, columns: Range<Int>, on canvas: inout Canvas
  ) {
    let paths = self.paths(alert, state)
    let worst = HeartbeatState.worst(paths.map(\.state))
    canvas.block(
      "HEARTBEAT", trailing: state.safe(worst?.label ?? ""),
      role: worst.map { ColourRole($0, inUse: true) } ?? .quiet, row: 0, columns: columns,
      state: state)
    let area = Rect(
      row: 1, column: columns.lowerBound, width: columns.count, height: canvas.bounds.height - 1)
    canvas.within(area) { canvas in
      let legend = self.legend(state, width: canvas.bounds.width - 2)
      let room = max(0, canvas.bounds.height - legend.count)
      guard !paths.isEmpty else {
        canvas.put("no path is known yet", row: 0, column: 1, style: state.theme[.quiet])
        return
      }
      let shown = plan(paths, state, width: canvas.bounds.width - 2, room: room)
      var row = 0
      for (path, facts) in zip(paths, shown) {
        self.path(path, facts, state, row: row, on: &canvas)
        row += 2 + facts.count
      }
      if paths.count > shown.count, row < room {
        let more: SafeText = "+\(paths.count - shown.count) more, on the cloud's screen"
        canvas.put(more, row: row, column: 1, style: state.theme[.quiet])
      }
      let first = canvas.bounds.height - legend.count
      for (index, line) in legend.enumerated() where first + index >= row {
        canvas.put(line, row: first + index, column: 1, style: state.theme[.quiet])
      }
    }
  }

  /// What stands under each path's title: all there is of every path, else of the worst alone; as
  /// many paths as there is room for, and a row that counts the rest.
  private static func plan(
    _ paths: [PathStatus], _ state: ConsoleState, width: Int, room: Int
  ) -> [[Table.Field]] {
    let full = paths.map { facts($0, state, width: width) }
    let brief = full.enumerated().map { $0.offset == 0 ? $0.element : [] }
    for form in [full, brief] where form.reduce(0, { $0 + 2 + $1.count }) <= room { return form }
    let bare = full.map { _ in [Table.Field]() }
    let form = 2 + (brief.first?.count ?? 0) < room ? brief : bare
    var used = 0
    var shown = form.prefix { facts in
      used += 2 + facts.count
      return used < room
    }
    if shown.isEmpty { shown = form.prefix(1) }
    return Array(shown)
  }

  /// Both ages, the echo, the signed proof.
  private static func facts(
    _ path: PathStatus, _ state: ConsoleState, width: Int
  ) -> [Table.Field] {
    let now = state.shownNow
    var facts: [Table.Field] = []
    if path.id.kind.delivers || path.newestEvent != nil {
      facts.append(.init(state.fitting(PathFacts.ages(path, at: now), width: width - 4)))
    }
    let echoes = [EchoLine.line(path, state)].compactMap { $0 } + EchoLine.legs(path, state)
    facts += echoes.map {
      .init(state.safe("echo " + $0.text).truncated(to: width - 4), $0.role)
    }
    if path.id.kind == .s3, let signed = PathFacts.signed(path, state) {
      facts.append(.init(state.safe(signed).truncated(to: width - 4)))
    }
    return facts
  }

  private static func path(
    _ path: PathStatus, _ facts: [Table.Field], _ state: ConsoleState, row: Int,
    on canvas: inout Canvas
  ) {
    let now = state.shownNow
    let width = canvas.bounds.width
    let word = state.safe(path.word)
    canvas.put(
      word, row: row, column: width - word.width - 1,
      style: state.theme[ColourRole(path.state, inUse: true)])
    let member = path.id.member.map { " \($0)" } ?? ""
    let source = "\(path.id.kind.label) \(path.id.source.name) \(path.id.region)\(member)"
    let isTold = !facts.isEmpty
    let newest = isTold ? nil : path.newest.map { "   \($0.age(at: now).text) ago" }
    let expect = path.expectation.map { "   expect \($0.text)" } ?? ""
    let text = state.fitting(
      [source + (newest ?? "") + expect, source + (newest ?? ""), source] + path.names,
      width: max(0, width - word.width - 3))
    canvas.put(text, row: row, column: 1)
    for (index, fact) in facts.enumerated() {
      canvas.put(fact.text, row: row + 1 + index, column: 5, style: state.theme[fact.role])
    }
    let strip = row + 1 + facts.count
    Strip.draw(
      Strip.cells(path, end: now, count: max(0, min(96, width - 6))), row: strip, column: 5,
      on: &canvas, theme: state.theme)
    canvas.put("24h", row: strip, column: 1, style: state.theme[.quiet])
  }

  /// What each mark of a strip means, in as few lines as there are.
  static func legend(_ state: ConsoleState, width: Int) -> [SafeText] {
    let glyphs = Glyphs(state.alphabet)
    var lines: [SafeText] = []
    var line = SafeText.empty
    for heartbeat in HeartbeatState.legend {
      let item = glyphs.strip(heartbeat) + " " + state.safe(heartbeat.label)
      if !line.isEmpty, line.width + 2 + item.width > width {
        lines.append(line)
        line = .empty
      }
      line = line.isEmpty ? item : line + "  " + item
    }
    return lines + [line]
  }
}

extension HeartbeatState {
  /// In the order of a legend: what is well first.
  static let legend: [HeartbeatState] = [
    .ok, .okQuiet, .late, .silent, .failing, .blind, .never, .off, .notSetUp,
  ]
}
