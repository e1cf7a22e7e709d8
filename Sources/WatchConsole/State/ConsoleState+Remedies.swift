import WatchCore

/// Commands of a runbook that change something: run as they stand on screen, after a word was typed;
/// where two must agree, proposed by the one and run by the other.
extension ConsoleState {
  /// The current step's command, and the word that confirms it; nil where it has none that can be
  /// run as it stands.
  private func remedy(of alert: Alert) -> (step: RunbookStep, text: String, word: String)? {
    guard let number = step(of: alert), let step = runbook(of: alert)?.step(number), step.remedies
    else { return nil }
    let values = RunbookValues(alert: alert, at: shownNow)
    let commands = step.commands.map { $0.command(with: values) }
    guard !commands.isEmpty, commands.allSatisfy(\.canBeCopied) else { return nil }
    // What is typed names what is acted on, where that can be typed at all.
    let named = [values[.trail], values[.bucket]].compactMap { $0 }.first { word in
      word.utf8.count <= 40 && word.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
    return (step, commands.map(\.text).joined(separator: "\n"), named ?? alert.id.text)
  }

  private func answer(_ alert: Alert, _ step: Int, _ command: String) -> RemedyRules.Answer {
    RemedyRules.answer(
      step: step, command: command, on: alert, by: me,
      approval: board.picture.asksForTwo ? .two : board.plan.approval, now: now)
  }

  var allowsRemedy: Allowance {
    let allowed = allowsStep(.stepRun)
    guard allowed.isYes, let alert = subject, let number = step(of: alert) else { return allowed }
    guard let remedy = remedy(of: alert) else {
      return runbook(of: alert)?.step(number)?.remedies == true
        ? .no("step \(number)'s command lacks a value: fill it in and run it yourself")
        : .no("step \(number) has no command that this console runs: copy it, and run it yourself")
    }
    if case .refused(let why) = answer(alert, number, remedy.text) { return .no(why) }
    return .yes
  }

  mutating func askRemedy() {
    guard let alert = subject, let runbook = runbook(of: alert), let remedy = remedy(of: alert)
    else { return }
    let number = remedy.step.number
    let question: String
    switch answer(alert, number, remedy.text) {
    case .run:
      question = "step \(number) changes the cloud, as you: type \(remedy.word) to run it"
    case .propose:
      question =
        "step \(number) changes the cloud, and two must agree: type \(remedy.word) to propose it"
    case .approve(let standing):
      question =
        "\(standing.by.name) proposes step \(number), exactly as it stands: type \(remedy.word) "
        + "to approve and run it"
    case .refused: return
    }
    let command = Command.remedy(
      alert.id, runbook: runbook.name, step: number, command: remedy.text)
    prompt = .field(Field(.remedy(command, word: remedy.word), question: question, label: "word"))
    hush()
  }

  /// Somebody else's proposal that came with the newest board, in a line.
  func proposalNews(since before: Picture) -> String? {
    let known = before.head?.seq ?? 0
    for entry in board.picture.recent.reversed().prefix(while: { $0.seq > known }) {
      guard case .proposal(let proposal) = entry.event, proposal.what == .made,
        let by = proposal.by, !by.isSame(as: me)
      else { continue }
      let isMine = board.picture.alerts[proposal.alert]?.actors.contains(me.name) ?? false
      let next = isMine ? "another operator approves it" : "X there approves"
      return "\(by.name) proposes step \(proposal.step) of \(proposal.alert.text): \(next)"
    }
    return nil
  }
}
