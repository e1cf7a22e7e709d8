import WatchCore

/// How the rows under the clouds are shared at 80x24. The alert list keeps three rows and grows as it
/// needs; who was told, the current step with its whole command and the last entry stay. What is left
/// says more of the selected alert.
struct OverviewPlan {
  enum Fact {
    case told
    case line(AlertFacts.Line)
  }

  /// Rows of the list: title, column names, alerts.
  var alerts: Int
  var facts: [Fact] = []
  /// Rows of the runbook: title and current step.
  var runbook: Int

  init(_ state: ConsoleState, width: Int, height: Int) {
    let list = 2 + max(2, state.rows.count)
    guard let alert = state.selectedAlert else {
      // Nothing to do: the newest entries instead.
      let need = state.rows.isEmpty ? 7 : 2 + state.rows.count
      runbook = max(1, min(6, height - 1 - need))
      alerts = height - runbook - 1
      return
    }
    let forms = OverviewPlan.steps(alert, state, width: width)
    // The last entry has a row of its own.
    runbook = 1 + min(forms.brief, max(1, height - 5 - 3))
    let fixed = runbook + 2
    var spare = max(0, height - list - fixed)
    facts = [.told]
    if spare > 0 {
      let origin = AlertFacts.Line(text: state.safe(ToldLine.origin(alert, state)))
      facts.insert(.line(origin), at: 0)
      spare -= 1
    }
    let more = AlertFacts.lines(alert, state, width: width).filter { $0.rank == 2 }
    for line in more.prefix(min(spare, 3)) {
      facts.append(.line(line))
      spare -= 1
    }
    if forms.full - forms.brief <= spare, forms.full > forms.brief {
      runbook += forms.full - forms.brief
    }
    alerts = height - runbook - facts.count - 1
  }

  /// Rows of the current step, with and without what is not to be typed.
  private static func steps(
    _ alert: Alert, _ state: ConsoleState, width: Int
  ) -> (brief: Int, full: Int) {
    guard let runbook = state.runbook(of: alert) else { return (0, 0) }
    let counts = [RunbookPane.Detail.brief, .full].map { detail in
      RunbookPane.lines(alert, runbook, state, detail: detail, width: width)
        .count(where: \.isCurrent)
    }
    return (max(1, counts[0]), max(1, counts[1]))
  }
}
