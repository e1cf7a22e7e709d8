import TextCanvas
import WatchCore

/// The runbook of an alert with this alert's values: what to do now, and what was done by whom.
enum RunbookPane {
  /// How much of the steps is shown. What is done already is one line where room is short.
  enum Detail: Hashable {
    /// Everything of every step.
    case everything
    /// Every step's commands, the current step with prose and outcomes.
    case commands
    /// The current step with all that it has, the others' titles with their marks.
    case full
    /// The same, and the commands of those up to this one that are not marked yet.
    case through(Int)
    /// Titles, and the current step's commands.
    case brief
  }

  /// A drawn line: mark, text, and the current step's arrow at the right.
  struct Line {
    var text: SafeText
    var role: ColourRole = .text
    var indent = 1
    var isCommand = false
    var isCurrent = false
    var isTitle = false
    var showsArrow = false
    var right: SafeText = .empty

    func draw(row: Int, _ state: ConsoleState, on canvas: inout Canvas) {
      let arrow = showsArrow ? Glyphs(state.alphabet).now : right
      let room = canvas.bounds.width - indent - (arrow.isEmpty ? 0 : arrow.width + 2)
      // A command's line fits: `..` would be part of it.
      let shown = isCommand ? text : text.truncated(to: max(0, room))
      canvas.put(shown, row: row, column: indent, style: state.theme[role])
      guard !arrow.isEmpty, room > 10 else { return }
      canvas.put(
        arrow, row: row, column: canvas.bounds.width - arrow.width - 1,
        style: state.theme[showsArrow ? .title : .quiet])
    }
  }

  static func draw(
    _ alert: Alert?, _ state: ConsoleState, details: [Detail], onlyCurrent: Bool = false,
    columns: Range<Int>? = nil, on canvas: inout Canvas
  ) {
    let columns = columns ?? canvas.bounds.columns
    guard let alert else {
      canvas.block("RUNBOOK", row: 0, columns: columns, pane: .runbook, state: state)
      return
    }
    guard let runbook = state.runbook(of: alert) else {
      let text = "RUNBOOK none for " + state.safe(alert.code.text)
      canvas.block(text, row: 0, columns: columns, pane: .runbook, state: state)
      return
    }
    let height = canvas.bounds.height - 1
    let view = RunbookView(
      alert, runbook, state, details: details, onlyCurrent: onlyCurrent, width: columns.count,
      height: height)
    let name = state.screen == .overview ? " for \(alert.id.text)" : ""
    let more = view.hidden > 0 ? ", \(view.hidden) more \(view.hidden == 1 ? "line" : "lines")" : ""
    let key = onlyCurrent ? "" : view.hidden > 0 ? " PgDn" : ""
    canvas.block(
      state.safe("RUNBOOK \(runbook.name)\(name)"),
      trailing: state.safe(progress(alert, runbook) + more + key), row: 0, columns: columns,
      pane: .runbook, state: state)
    let area = Rect(row: 1, column: columns.lowerBound, width: columns.count, height: height)
    canvas.within(area) { canvas in
      for (row, line) in view.shown.enumerated() {
        line.draw(row: row, state, on: &canvas)
        if line.showsArrow, state.focus == .runbook { canvas.placeCursor(row: row, column: 0) }
      }
    }
  }

  static func progress(_ alert: Alert, _ runbook: Runbook) -> String {
    guard let step = alert.currentStep(of: runbook.steps.count) else {
      return "all \(runbook.steps.count) steps marked"
    }
    return "step \(step) of \(runbook.steps.count)"
  }

  /// - Parameter collapses: steps that are marked and lie before the current one are one line.
  static func lines(
    _ alert: Alert, _ runbook: Runbook, _ state: ConsoleState, detail: Detail, width: Int,
    collapses: Bool = false
  ) -> [Line] {
    let values = RunbookValues(alert: alert, at: state.shownNow)
    let current = state.step(of: alert)
    let past = collapses ? finished(alert, runbook, before: current) : []
    let rest = runbook.steps.dropFirst(past.count).flatMap { step in
      RunbookLines(
        step: step, alert: alert, values: values, state: state, width: width,
        isCurrent: step.number == current
      ).lines(detail)
    }
    return past.isEmpty ? rest : [summary(of: past, alert, state)] + rest
  }

  /// Two steps or more that are marked, from the first one on.
  private static func finished(
    _ alert: Alert, _ runbook: Runbook, before current: Int?
  ) -> [RunbookStep] {
    let end = (current ?? runbook.steps.count) - 1
    let marked = Array(
      runbook.steps.prefix(max(0, end)).prefix { alert.steps[$0.number] != nil })
    return marked.count > 1 ? marked : []
  }

  /// `[x] 1-5 done by mira, 03:04:20Z to 03:24:55Z`
  private static func summary(
    of steps: [RunbookStep], _ alert: Alert, _ state: ConsoleState
  ) -> Line {
    let marks = steps.compactMap { alert.steps[$0.number] }
    let isDone = marks.allSatisfy { $0.outcome == .done }
    let others = steps.compactMap { step -> String? in
      guard let outcome = alert.steps[step.number]?.outcome, outcome != .done else { return nil }
      return "\(step.number) \(outcome.rawValue)"
    }
    let what = isDone ? "done" : "done but \(others.joined(separator: ", ")),"
    let names = marks.map(\.by.name).reduce(into: [String]()) { names, name in
      if !names.contains(name) { names.append(name) }
    }
    let times = steps.compactMap { alert.stepTimes[$0.number]?.clock(at: state.shownNow) }
    let glyphs = Glyphs(state.alphabet)
    let text =
      " 1-\(steps.count) \(what) by "
      + "\(names.joined(separator: ", ")), \(times.min() ?? "-") to \(times.max() ?? "-")"
    return Line(text: (isDone ? glyphs.done : glyphs.skipped) + state.safe(text))
  }
}
