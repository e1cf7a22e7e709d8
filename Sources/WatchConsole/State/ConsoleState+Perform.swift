import TextCanvas
import WatchCore

/// What each action does, once it is allowed.
extension ConsoleState {
  mutating func perform(_ name: Action.Name) -> [ConsoleEffect] {
    switch name {
    case .ack, .assign, .resolve, .undo, .note, .shelve: return begin(name)
    case .escalate: askEscalation()
    case .stepDone: return markStep()
    case .stepSkip: askAboutStep(.skipped)
    case .stepRun: askRemedy()
    case .probe: return send(.probe(screen == .overview && focus != .alerts ? nil : subject?.id))
    case .verify: return send(.verify)
    case .duty: askDuty()
    case .accept: askAcceptance()
    case .mute: return beginMute("")
    case .quit: return quit()
    case .interrupt: return interrupt()
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    default: performView(name)
    }
    return []
  }

  private mutating func performView(_ name: Action.Name) {
    switch name {
    case .up: move(by: -1)
    case .down: move(by: 1)
    case .pageUp: turnPage(by: -page)
    case .pageDown: turnPage(by: page)
    case .first: move(by: -Self.far)
    case .last: move(by: Self.far)
    case .left: stepPane(sideways: -1)
    case .right: stepPane(sideways: 1)
    case .nextPane: stepPane(by: 1)
    case .previousPane: stepPane(by: -1)
    case .open: open()
    case .back: goBack()
    case .nextNew: walkNew(by: 1)
    case .previousNew: walkNew(by: -1)
    case .mark: toggleMark()
    case .runbook: focus = panes.contains(.runbook) ? .runbook : focus
    case .overview: show(.overview)
    case .journal: show(.journal)
    case .shelved: show(.shelved)
    case .posture: show(.posture)
    case .graph: show(.graph)
    case .aws: show(.cloud(.aws))
    case .azure: show(.cloud(.azure))
    case .gcp: show(.cloud(.gcp))
    default: performOver(name)
    }
  }

  private mutating func performOver(_ name: Action.Name) {
    switch name {
    case .raw: rawSubject.map { overlay = .raw($0, scroll: 0) }
    case .filter: askFilter()
    case .fold: toggleFold()
    case .freeze: toggleFreeze()
    case .palette:
      overlay = .palette
      prompt = .field(
        Field(.palette, question: "A command; Tab completes, Enter runs, Esc leaves", label: ":"))
    case .theme:
      overlay = .theme(themes.firstIndex(of: theme) ?? 0, before: theme)
    case .help: overlay = .help(query: "", scroll: 0)
    default: break
    }
  }

  private mutating func quit() -> [ConsoleEffect] {
    let high = newAlerts.filter { $0.priority == .high }
    guard let first = high.first else { return [.quit] }
    let what = high.count == 1 ? "\(first.id.text) is" : "\(high.count) high alerts are"
    prompt = .question(
      Question(
        .quit, "\(what) NEW, and nobody has taken it. Quit all the same?",
        choices: [.init(.character("y"), "quit"), .init(.character("q"), "quit")]))
    return []
  }

  private mutating func interrupt() -> [ConsoleEffect] {
    if let first = firstInterrupt, seconds - first <= 2 { return [.quit] }
    firstInterrupt = seconds
    say(Message("Ctrl-C again within 2 s quits", seconds: 2))
    return []
  }

  private mutating func toggleMark() {
    guard let id = selectedRow?.alert else { return }
    if marks.remove(id) == nil { marks.insert(id) }
    say(Message(marks.isEmpty ? "no marks" : "\(marks.count) marked: acts cover them all"))
    if let index = selectedIndex { moveCursor(to: index + 1) }
  }

  private mutating func toggleFold() {
    if screen == .posture {
      isPostureUnfolded.toggle()
      say(Message(isPostureUnfolded ? "all checks" : "what holds is folded away"))
      return
    }
    let index = selectedIndex
    isUnfolded.toggle()
    refreshRows()
    settleCursor(index)
    say(Message(isUnfolded ? "unfolded: symptoms on rows of their own" : "folded by cause"))
  }

  private mutating func toggleFreeze() {
    if frozen == nil {
      frozen = Frozen(board: board, at: now)
      say(Message("frozen: the view stands still, NEW in the header keeps counting"))
      return
    }
    let index = selectedIndex
    frozen = nil
    refreshRows()
    settleCursor(index)
    say(Message("the view goes on"))
  }
}
