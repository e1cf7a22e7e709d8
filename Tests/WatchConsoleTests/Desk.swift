import TextCanvas
import WatchCore

@testable import WatchConsole

/// A console at a watch that does at once what it is told: keys in, entries and frames out.
struct Desk {
  var state: ConsoleState
  private(set) var line: Timeline
  private(set) var effects: [ConsoleEffect] = []
  /// Commands that were sent, in order.
  private(set) var commands: [Command] = []
  /// How commands are answered.
  var answers = Answers.written

  enum Answers {
    case written, notSaved
    /// Not at all: the command stays under way.
    case never
  }

  init(_ line: Timeline = SampleBoard.story, width: Int = 80, height: Int = 24) {
    self.line = line
    state = SampleBoard.state(SampleBoard.board(line), width: width, height: height)
  }

  var entries: [Entry] { line.entries }
  var text: [String] { Console.render(state).text }
  var message: String { state.currentMessage?.text ?? "" }
  func alert(_ number: Int) -> Alert? { state.board.picture.alerts[AlertID(number)] }

  mutating func press(_ keys: String) {
    for key in KeyText.keys(keys) { press(key) }
  }

  mutating func press(_ key: Key) { take(.event(.key(key))) }

  mutating func take(_ input: ConsoleInput) {
    for effect in state.handle(input) {
      effects.append(effect)
      if case .command(let id, let command) = effect { answer(command, id) }
    }
  }

  /// Something happens out there.
  mutating func happen(_ change: (inout Timeline) -> Void) {
    change(&line)
    take(.board(SampleBoard.board(line)))
  }

  mutating func wait(_ seconds: Int) {
    for _ in 0..<seconds { take(.tick(state.now + .seconds(1))) }
  }

  private mutating func answer(_ command: Command, _ id: Int) {
    commands.append(command)
    switch answers {
    case .never: break
    case .notSaved: take(.outcome(id, .notSaved("no space left on the disk")))
    case .written:
      guard let event = event(of: command) else {
        return take(.outcome(id, .done("looked: 3 of 3 probes")))
      }
      let entry = line.add(event, at: state.now)
      take(.outcome(id, .written([entry])))
      take(.board(SampleBoard.board(line)))
    }
  }

  private func event(of command: Command) -> Event? {
    switch command {
    case .act(let verb, let id, let text, let until, let to):
      let alert = line.picture.alerts[id]
      let of = verb == .undo ? alert.flatMap { AlertRules.undoable($0, by: state.me)?.seq } : nil
      let isClosing = verb == .ack && alert?.state == .cleared
      return .act(
        Act(
          isClosing ? .resolve : verb, alert: id, by: state.me, text: text, until: until, to: to,
          of: of))
    case .step(let id, let runbook, let step, let outcome, let text):
      return .step(
        StepMark(
          alert: id, runbook: runbook, step: step, outcome: outcome, text: text, by: state.me))
    case .remedy(let id, let runbook, let step, let command):
      return .remedy(
        Remedy(alert: id, runbook: runbook, step: step, command: command, by: state.me))
    case .duty(let to, let text):
      return .duty(DutyMark(to: to, from: line.picture.duty?.to, text: text, by: state.me))
    case .accept(let rule, let subject, let until, let reason):
      return .accept(
        Acceptance(rule: rule, subject: subject, until: until, reason: reason, by: state.me))
    case .mute(let until, let reason):
      return .mute(MuteMark(.begin, until: until, text: reason, by: state.me))
    case .unmute: return .mute(MuteMark(.end, of: line.picture.mute?.seq, by: state.me))
    case .probe, .verify: return nil
    }
  }
}
