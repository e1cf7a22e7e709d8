import TextCanvas
import WatchCore

extension ConsoleState {
  /// Takes one input; what must happen outside comes back.
  public mutating func handle(_ input: ConsoleInput) -> [ConsoleEffect] {
    switch input {
    case .event(let event): return take(event)
    case .board(let board): return take(board)
    case .tick(let time):
      tick(time)
      return []
    case .outcome(let id, let outcome): return take(outcome, of: id)
    case .message(let message):
      say(message)
      return []
    }
  }

  private mutating func take(_ event: TerminalEvent) -> [ConsoleEffect] {
    switch event {
    case .key(let key):
      let effects = press(key)
      lastKey = seconds
      if screen == .overview, focus == .alerts { hold() }
      return effects
    case .paste(let text):
      paste(text)
      return []
    case .resized(let columns, let rows):
      (width, height) = (max(0, columns), max(0, rows))
      if !panes.contains(focus) { focus = home(of: screen) }
      return []
    case .resumed: return [.redraw]
    case .hangUp: return [.quit]
    }
  }

  private mutating func tick(_ time: Timestamp) {
    now = time
    seconds += 1
    if let last = lastKey, held != nil, seconds - last >= Self.heldFor {
      let index = selectedIndex
      release()
      settleCursor(index)
    }
  }

  private mutating func press(_ key: Key) -> [ConsoleEffect] {
    if key != .control("c") { firstInterrupt = nil }
    if key == .control("l") || key == .control("z") { return pressAnywhere(key) }
    if prompt != nil { return answer(key) }
    if drop(key) { return [] }
    if overlay != nil { return pressInOverlay(key) }
    return pressAnywhere(key)
  }

  func refusal(of key: Key) -> String {
    if case .character(let scalar) = key, let later = Action.later[scalar] {
      return "\(key.text): \(later)"
    }
    return "\(key.text) does nothing here; ? shows the keys"
  }

  private mutating func pressAnywhere(_ key: Key) -> [ConsoleEffect] {
    guard let action = Action.with(key: key) else {
      say(.refused(refusal(of: key)))
      isFreshlySelected = false
      return []
    }
    return run(action, called: key.text)
  }

  /// Runs an action if it is allowed; else says why not.
  mutating func run(_ action: Action, called name: String) -> [ConsoleEffect] {
    defer { isFreshlySelected = false }
    if action.name != .nextNew, action.name != .previousNew { walk = nil }
    if case .no(let reason) = action.allowed(self) {
      say(.refused("\(name): \(reason)"))
      dropText(after: action, called: name)
      return []
    }
    return perform(action.name)
  }

  mutating func say(_ message: Message) {
    self.message = StandingMessage(message: message, until: seconds + max(1, message.seconds))
  }

  mutating func hush() {
    message = nil
  }
}
