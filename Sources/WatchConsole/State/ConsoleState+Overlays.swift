import TextCanvas

/// Keys while help, a raw record or the theme preview lies over the screen.
extension ConsoleState {
  mutating func pressInOverlay(_ key: Key) -> [ConsoleEffect] {
    if key == .escape || key == .control("c") {
      leaveOverlay()
      return []
    }
    switch overlay {
    case .help(let query, let scroll): pressInHelp(key, query, scroll)
    case .raw(let subject, let scroll): pressInRaw(key, subject, scroll)
    case .theme(let index, let before): pressInThemes(key, index, before)
    case .palette, nil: leaveOverlay()
    }
    return []
  }

  private mutating func leaveOverlay() {
    if case .theme(_, let before)? = overlay { theme = before }
    overlay = nil
    hush()
  }

  private mutating func pressInHelp(_ key: Key, _ query: String, _ scroll: Int) {
    switch key {
    case .character(let scalar):
      guard query.count < 40 else { return say(.refused("a search has room for 40 characters")) }
      overlay = .help(query: query + String(scalar), scroll: 0)
    case .backspace: overlay = .help(query: String(query.dropLast()), scroll: 0)
    default:
      guard let next = scrolled(scroll, by: key) else { return refuseInOverlay(key) }
      overlay = .help(query: query, scroll: next)
    }
  }

  private mutating func pressInRaw(_ key: Key, _ subject: RawSubject, _ scroll: Int) {
    if key == .character("y") { return leaveOverlay() }
    guard let next = scrolled(scroll, by: key) else { return refuseInOverlay(key) }
    overlay = .raw(subject, scroll: next)
  }

  private mutating func pressInThemes(_ key: Key, _ index: Int, _ before: Theme) {
    switch key {
    case .enter:
      overlay = nil
      say(Message("theme \(theme.name), until the console ends; --theme \(theme.name) keeps it"))
    case .up, .character("k"): tryTheme(index - 1, before)
    case .down, .character("j"): tryTheme(index + 1, before)
    default: refuseInOverlay(key)
    }
  }

  private mutating func tryTheme(_ index: Int, _ before: Theme) {
    let next = min(max(0, index), themes.count - 1)
    theme = themes[next]
    overlay = .theme(next, before: before)
  }

  private func scrolled(_ scroll: Int, by key: Key) -> Int? {
    let next: Int
    switch key {
    case .up: next = scroll - 1
    case .down: next = scroll + 1
    case .pageUp: next = scroll - page
    case .pageDown: next = scroll + page
    case .home: next = 0
    case .end: next = Self.scrollLimit
    case .character("k"): next = scroll - 1
    case .character("j"): next = scroll + 1
    case .character("g"): next = 0
    case .character("G"): next = Self.scrollLimit
    default: return nil
    }
    return min(max(0, next), Self.scrollLimit)
  }

  private mutating func refuseInOverlay(_ key: Key) {
    say(.refused("\(key.text) does nothing here; Esc goes back"))
    if let action = Action.with(key: key) { dropText(after: action, called: key.text) }
  }
}
