import TextCanvas
import WatchCore

/// One step of a runbook as lines: its mark and title, and for the current one what to type.
struct RunbookLines {
  let step: RunbookStep
  let alert: Alert
  let values: RunbookValues
  let state: ConsoleState
  let width: Int
  let isCurrent: Bool

  func lines(_ detail: RunbookPane.Detail) -> [RunbookPane.Line] {
    guard isCurrent else { return [title] + outcome(detail) }
    let body = detail == .full ? prose + commands + outcomes : commands
    return ([title] + body).map { line in
      var line = line
      line.isCurrent = true
      return line
    }
  }

  private var title: RunbookPane.Line {
    let glyphs = Glyphs(state.alphabet)
    let mark: SafeText
    switch alert.steps[step.number]?.outcome {
    case .done: mark = glyphs.done
    case .skipped: mark = glyphs.skipped
    case .failed: mark = glyphs.failed
    case nil: mark = glyphs.empty
    }
    let text = mark + " " + SafeText(step.number) + " " + state.safe(step.title.text(with: values))
    var line = RunbookPane.Line(text: text, role: isCurrent ? .title : .text)
    line.showsArrow = isCurrent
    if !isCurrent, let by = alert.steps[step.number]?.by.name {
      let time = alert.stepTimes[step.number]?.clock(at: state.shownNow) ?? ""
      line.right = state.safe("\(by) \(time)")
    }
    return line
  }

  /// Why it was skipped or failed.
  private func outcome(_ detail: RunbookPane.Detail) -> [RunbookPane.Line] {
    guard detail == .full, let mark = alert.steps[step.number], let text = mark.text else {
      return []
    }
    return [
      RunbookPane.Line(
        text: state.safe("\(mark.outcome.rawValue): \(text)"), role: .quiet, indent: 5)
    ]
  }

  private var prose: [RunbookPane.Line] {
    step.prose.flatMap { template in
      state.safe(template.text(with: values)).wrapped(to: max(10, width - 6)).map {
        RunbookPane.Line(text: $0, indent: 5)
      }
    }
  }

  /// Each command on lines of its own, never broken inside a word, to be copied as it stands.
  private var commands: [RunbookPane.Line] {
    step.commands.flatMap { template -> [RunbookPane.Line] in
      let command = template.command(with: values)
      let lines = command.lines(within: max(20, width - 3)).map {
        RunbookPane.Line(text: state.safe($0), role: .text, indent: 2)
      }
      return lines
        + command.troubles.map {
          RunbookPane.Line(text: state.safe($0.sentence), role: .warnLine, indent: 2)
        }
    }
  }

  private var outcomes: [RunbookPane.Line] {
    step.outcomes.map { outcome in
      let to = outcome.goTo.map { ", step \($0)" } ?? ""
      let word = outcome.isGood ? "good: " : "bad:  "
      return RunbookPane.Line(
        text: state.safe(word + outcome.text.text(with: values) + to), role: .quiet, indent: 5)
    }
  }
}
