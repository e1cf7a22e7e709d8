import TextCanvas
import WatchCore

/// The runbook of an alert with this alert's values: what to do now, and what was done by whom.
enum RunbookPane {
  /// How much of a step is shown.
  enum Detail: Hashable {
    /// Title lines alone, but for the current step.
    case brief
    /// The current step with prose and outcomes, the others' titles with their marks.
    case full
  }

  static func draw(
    _ alert: Alert?, _ state: ConsoleState, detail: Detail, columns: Range<Int>? = nil,
    on canvas: inout Canvas
  ) {
    let columns = columns ?? canvas.bounds.columns
    guard let alert, let runbook = state.runbook(of: alert) else {
      let text: SafeText =
        alert == nil
        ? "RUNBOOK" : "RUNBOOK none for " + state.safe(alert?.code.text ?? "")
      canvas.block(text, row: 0, columns: columns, pane: .runbook, state: state)
      return
    }
    canvas.block(
      state.safe("RUNBOOK \(runbook.name) for \(alert.id.text)"),
      trailing: state.safe(progress(alert, runbook)), row: 0, columns: columns, pane: .runbook,
      state: state)
    let area = Rect(
      row: 1, column: columns.lowerBound, width: columns.count, height: canvas.bounds.height - 1)
    canvas.within(area) { canvas in
      let lines = lines(alert, runbook, state, detail: detail, width: canvas.bounds.width)
      let current = lines.firstIndex { $0.isCurrent } ?? 0
      let last = lines.lastIndex { $0.isCurrent } ?? 0
      let height = canvas.bounds.height
      var top = 0
      if lines.count > height { top = max(0, min(current - 1, lines.count - height)) }
      if last >= top + height { top = min(current, lines.count - height) }
      for (row, line) in lines.dropFirst(max(0, top)).prefix(height).enumerated() {
        line.draw(row: row, state, on: &canvas)
      }
    }
  }

  static func progress(_ alert: Alert, _ runbook: Runbook) -> String {
    guard let step = alert.currentStep(of: runbook.steps.count) else {
      return "all \(runbook.steps.count) steps marked"
    }
    return "step \(step) of \(runbook.steps.count)"
  }

  /// A drawn line: mark, text, and the current step's arrow at the right.
  struct Line {
    var text: SafeText
    var role: ColourRole = .text
    var indent = 1
    var isCurrent = false
    var showsArrow = false
    var right: SafeText = .empty

    func draw(row: Int, _ state: ConsoleState, on canvas: inout Canvas) {
      let arrow = showsArrow ? Glyphs(state.alphabet).now : right
      let room = canvas.bounds.width - indent - (arrow.isEmpty ? 0 : arrow.width + 1)
      canvas.put(
        text.truncated(to: max(0, room)), row: row, column: indent, style: state.theme[role])
      guard !arrow.isEmpty else { return }
      canvas.put(
        arrow, row: row, column: canvas.bounds.width - arrow.width,
        style: state.theme[showsArrow ? .title : .quiet])
    }
  }

  static func lines(
    _ alert: Alert, _ runbook: Runbook, _ state: ConsoleState, detail: Detail, width: Int
  ) -> [Line] {
    let values = RunbookValues(alert: alert, at: state.shownNow)
    let current = state.step(of: alert)
    return runbook.steps.flatMap { step in
      RunbookLines(
        step: step, alert: alert, values: values, state: state, width: width,
        isCurrent: step.number == current
      ).lines(detail)
    }
  }
}
