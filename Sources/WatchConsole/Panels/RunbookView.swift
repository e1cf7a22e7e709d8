import TextCanvas
import WatchCore

/// The lines of a runbook that fit: the fullest form that shows the current step whole.
struct RunbookView {
  var shown: [RunbookPane.Line]
  /// Lines of the current step, or under it, that there is no room for.
  var hidden: Int

  init(
    _ alert: Alert, _ runbook: Runbook, _ state: ConsoleState, details: [RunbookPane.Detail],
    onlyCurrent: Bool, width: Int, height: Int
  ) {
    let room = max(0, height)
    let make = { (detail: RunbookPane.Detail, collapses: Bool) in
      RunbookPane.lines(
        alert, runbook, state, detail: detail, width: width, collapses: collapses)
    }
    if onlyCurrent {
      self.init(only: details.map { make($0, false) }, height: room)
      return
    }
    let scroll = state.scroll[.runbook] ?? 0
    if scroll > 0 {
      self.init(make(.full, true), height: room, scroll: scroll)
      return
    }
    for detail in details {
      if detail == .full, let lines = Self.further(alert, runbook, room: room, make) {
        self.init(lines, height: room, scroll: 0)
        return
      }
      for collapses in [false, true] {
        let lines = make(detail, collapses)
        let isStep = detail == .full || detail == .brief
        let fits = isStep ? lines.count(where: \.isCurrent) < room : lines.count <= room
        guard fits, !isStep || collapses || lines.count <= room else { continue }
        self.init(lines, height: room, scroll: 0)
        if detail == .brief { hidden = max(hidden, make(.full, true).count - lines.count) }
        return
      }
    }
    self.init(make(.full, true), height: room, scroll: 0)
  }

  /// Behind the current step the commands of as many steps as there is room for.
  private static func further(
    _ alert: Alert, _ runbook: Runbook, room: Int,
    _ make: (RunbookPane.Detail, Bool) -> [RunbookPane.Line]
  ) -> [RunbookPane.Line]? {
    guard let current = alert.currentStep(of: runbook.steps.count) else { return nil }
    for last in stride(from: runbook.steps.count, to: current, by: -1) {
      for collapses in [false, true] {
        let lines = make(.through(last), collapses)
        if lines.count <= room { return lines }
      }
    }
    return nil
  }

  /// The current step alone, in the fullest form that fits; when all are marked, the last one.
  private init(only forms: [[RunbookPane.Line]], height: Int) {
    let steps = forms.map { lines in
      let now = lines.filter(\.isCurrent)
      return now.isEmpty ? Array(lines.suffix(1)) : now
    }
    let best = steps.first { $0.count <= height } ?? steps.last ?? []
    shown = Array(best.prefix(height))
    hidden = best.count - shown.count
  }

  private init(_ lines: [RunbookPane.Line], height: Int, scroll: Int) {
    let first = lines.firstIndex(where: \.isCurrent) ?? max(0, lines.count - 1)
    let last = lines.lastIndex(where: \.isCurrent) ?? first
    let limit = max(0, lines.count - height)
    // A line before the current step shows that something lies there.
    var top = min(max(0, first - 1), limit)
    if last >= top + height { top = min(first, limit) }
    top = min(top + scroll, limit)
    shown = Array(lines.dropFirst(top).prefix(height))
    hidden = max(0, lines.count - top - height)
  }
}
