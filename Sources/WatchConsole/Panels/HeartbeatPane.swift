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
    if alert.code.text.hasPrefix("aws.region.") {
      return path.kind == .region && path.region == alert.place.region
    }
    return path.source == alert.source
      && (alert.place.region == "global" || path.region == alert.place.region)
  }

  /// Rows that it can use.
  static func wanted(_ alert: Alert, _ state: ConsoleState, width: Int) -> Int {
    2 + 2 * max(1, paths(alert, state).count) + legend(state, width: width).count
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
      // One row says how many are left out.
      let count = paths.count * 2 <= room ? paths.count : max(1, (room - 1) / 2)
      guard !paths.isEmpty else {
        canvas.put("no path is known yet", row: 0, column: 1, style: state.theme[.quiet])
        return
      }
      for (index, path) in paths.prefix(count).enumerated() {
        self.path(path, state, row: 2 * index, on: &canvas)
      }
      if paths.count > count, 2 * count < room {
        let more: SafeText = "+\(paths.count - count) more, on the cloud's screen"
        canvas.put(more, row: 2 * count, column: 1, style: state.theme[.quiet])
      }
      let first = canvas.bounds.height - legend.count
      for (index, line) in legend.enumerated() where first + index >= 2 * count {
        canvas.put(line, row: first + index, column: 1, style: state.theme[.quiet])
      }
    }
  }

  private static func path(
    _ path: PathStatus, _ state: ConsoleState, row: Int, on canvas: inout Canvas
  ) {
    let now = state.shownNow
    let width = canvas.bounds.width
    let word = state.safe(path.state.label)
    canvas.put(
      word, row: row, column: width - word.width - 1,
      style: state.theme[ColourRole(path.state, inUse: true)])
    let name = CloudScreen.name(path)
    let source = "\(path.id.kind.label) \(path.id.source.name) \(path.id.region)"
    let newest = path.newest.map { "   newest \($0.clock(at: now)), \($0.age(at: now).text) ago" }
    let expect = path.expectation.map { "   expect \($0.text)" } ?? ""
    let text = state.fitting(
      [source + (newest ?? "") + expect, source, name], width: max(0, width - word.width - 3))
    canvas.put(text, row: row, column: 1)
    Strip.draw(
      Strip.cells(path, end: now, count: max(0, min(96, width - 6))), row: row + 1, column: 5,
      on: &canvas, theme: state.theme)
    canvas.put("24h", row: row + 1, column: 1, style: state.theme[.quiet])
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
