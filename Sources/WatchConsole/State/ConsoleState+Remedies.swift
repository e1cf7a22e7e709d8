import WatchCore

/// Commands of a runbook that change something: run as they stand on screen, after a word was typed.
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

  var allowsRemedy: Allowance {
    let allowed = allowsStep(.stepRun)
    guard allowed.isYes, let alert = subject, let number = step(of: alert) else { return allowed }
    if remedy(of: alert) != nil { return .yes }
    return runbook(of: alert)?.step(number)?.remedies == true
      ? .no("step \(number)'s command lacks a value: fill it in and run it yourself")
      : .no("step \(number) has no command that this console runs: copy it, and run it yourself")
  }

  mutating func askRemedy() {
    guard let alert = subject, let runbook = runbook(of: alert), let remedy = remedy(of: alert)
    else { return }
    let command = Command.remedy(
      alert.id, runbook: runbook.name, step: remedy.step.number, command: remedy.text)
    prompt = .field(
      Field(
        .remedy(command, word: remedy.word),
        question:
          "step \(remedy.step.number) changes the cloud, as you: type \(remedy.word) to run it",
        label: "word"))
    hush()
  }
}
