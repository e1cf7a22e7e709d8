import WatchCore

/// Commands on their way, and what became of them. Nothing here changes what an alert shows: that
/// follows from the board, and the board from the disk.
extension ConsoleState {
  mutating func send(_ command: Command) -> [ConsoleEffect] {
    let id = nextCommand
    nextCommand += 1
    pending[id] = PendingCommand(command: command, text: command.text)
    say(Message("saving: \(command.text) ...", seconds: 600))
    return [.command(id: id, command)]
  }

  /// One command after the other: the next is sent when the one before is answered.
  mutating func send(all commands: [Command]) -> [ConsoleEffect] {
    guard let first = commands.first else { return [] }
    queued += commands.dropFirst()
    return send(first)
  }

  mutating func take(_ outcome: CommandOutcome, of id: Int) -> [ConsoleEffect] {
    guard let command = pending.removeValue(forKey: id) else { return [] }
    switch outcome {
    case .written(let entries): say(Message(written(entries, by: command)))
    case .done(let text): say(Message(text))
    case .refused(let reason): say(.refused("\(command.text): \(reason)"))
    case .notSaved(let reason):
      let dropped = queued.isEmpty ? "" : "; \(queued.count) more were not tried"
      queued = []
      say(.trouble("NOT SAVED, \(command.text) did not happen: \(reason)\(dropped)"))
    }
    guard !queued.isEmpty else { return [] }
    return send(queued.removeFirst())
  }

  private func written(_ entries: [Entry], by command: PendingCommand) -> String {
    guard let first = entries.first else { return "\(command.text): saved" }
    if case .proposal(let proposal)? = entries.last?.event, let seq = entries.last?.seq {
      return "step \(proposal.step) is proposed: entry \(seq); another operator approves it within "
        + Proposal.lasts.shortText
    }
    let numbers =
      entries.count > 1
      ? "entries \(first.seq) to \(entries[entries.count - 1].seq)" : "entry \(first.seq)"
    return "\(command.text): \(numbers), on disk \(first.at.clock)"
  }
}

extension Command {
  /// `ack A-0141`
  var text: String {
    switch self {
    case .act(let verb, let id, _, _, let to):
      "\(verb.rawValue) \(id.text)" + (to.map { " to \($0)" } ?? "")
    case .step(let id, _, let step, let outcome, _): "step \(step) \(outcome.rawValue), \(id.text)"
    case .remedy(let id, _, let step, _): "run step \(step), \(id.text)"
    case .probe(let id): id.map { "probe for \($0.text)" } ?? "probe everything"
    case .duty(let to, _): "duty to \(to)"
    case .accept(let rule, let subject, _, _): "accept \(rule) of \(subject)"
    case .mute(let until, _): "mute until \(until.shortClock)"
    case .unmute: "end of the mute"
    case .verify: "verify the journal"
    }
  }
}
