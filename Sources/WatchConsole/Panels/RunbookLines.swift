import TextCanvas
import WatchCore

/// One step of a runbook as lines: its mark and title, what to type, what may be seen.
struct RunbookLines {
  let step: RunbookStep
  let alert: Alert
  let values: RunbookValues
  let state: ConsoleState
  let width: Int
  let isCurrent: Bool

  func lines(_ detail: RunbookPane.Detail) -> [RunbookPane.Line] {
    let body: [RunbookPane.Line]
    switch detail {
    case .everything: body = outcome + commands + prose + outcomes
    case .commands: body = outcome + commands + (isCurrent ? prose + outcomes : [])
    case .through(let last)
    where !isCurrent && step.number <= last && alert.steps[step.number] == nil:
      body = commands
    case .full, .through: body = outcome + (isCurrent ? commands + prose + outcomes : [])
    case .brief: body = isCurrent ? commands : []
    }
    return ([title] + proposed + body).map { line in
      var line = line
      line.isCurrent = isCurrent
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
    line.isTitle = true
    line.showsArrow = isCurrent
    if !isCurrent, let by = alert.steps[step.number]?.by.name {
      let time = alert.stepTimes[step.number]?.clock(at: state.shownNow) ?? ""
      line.right = state.safe("\(by) \(time)").truncated(to: 30)
    }
    return line
  }

  /// Who waits for a second operator.
  private var proposed: [RunbookPane.Line] {
    guard let standing = alert.proposal(step.number, at: state.shownNow) else { return [] }
    let actors = alert.actors
    let isOwn = standing.by.isSame(as: state.me) || actors.contains(state.me.name)
    let again = actors.contains(standing.by.name) ? "X proposes it anew" : "X approves it"
    let next = isOwn ? "another operator approves it" : again
    let text =
      "PROPOSED by \(standing.by.name) \(standing.at.clock(at: state.shownNow)), until "
      + "\(standing.until.shortClock(at: state.shownNow)): \(next)"
    return [RunbookPane.Line(text: state.safe(text), role: .late, indent: 5)]
  }

  /// Why it was skipped or failed, or what was seen.
  private var outcome: [RunbookPane.Line] {
    guard let mark = alert.steps[step.number], let text = mark.text else { return [] }
    let line = state.safe("\(mark.outcome.rawValue): \(text)")
    return [RunbookPane.Line(text: line, role: .quiet, indent: 5)]
  }

  private var prose: [RunbookPane.Line] {
    step.prose.flatMap { template in
      wrapped(template.text(with: values))
    }
  }

  /// Each command on lines of its own, to be copied as it stands: a word that is longer than a line
  /// goes on at the margin.
  private var commands: [RunbookPane.Line] {
    step.commands.flatMap { template -> [RunbookPane.Line] in
      let command = template.command(with: values)
      let lines = command.lines(fitting: max(20, width - 3)).map { line in
        RunbookPane.Line(
          text: safe(command: line.text), role: .text, indent: line.isInsideWord ? 0 : 2,
          isCommand: true)
      }
      return lines
        + command.troubles.map {
          RunbookPane.Line(text: state.safe($0.sentence), role: .warnLine, indent: 2)
        }
    }
  }

  /// A command is never cut by a limit on text: half of it would be another command.
  private func safe(command: String) -> SafeText {
    SafeText(untrusted: command, limit: 20_000, alphabet: state.alphabet)
  }

  private var outcomes: [RunbookPane.Line] {
    step.outcomes.flatMap { outcome in
      let to = outcome.goTo.map { ", step \($0)" } ?? ""
      let word = outcome.isGood ? "good: " : "bad:  "
      return wrapped(word + outcome.text.text(with: values) + to, hanging: 6)
    }
  }

  /// Blanks in a row, as behind `bad:`, count as one in `wrapped`: the hanging indent makes up.
  private func wrapped(_ text: String, hanging: Int = 0) -> [RunbookPane.Line] {
    let room = max(10, width - 6)
    let head = state.safe(text).split(atWidth: hanging)
    let body = head.tail.wrapped(to: max(4, room - hanging))
    return body.enumerated().map { index, piece in
      let lead = index == 0 ? head.head : SafeText.spaces(hanging)
      return RunbookPane.Line(text: lead + piece, role: hanging > 0 ? .quiet : .text, indent: 5)
    }
  }
}
