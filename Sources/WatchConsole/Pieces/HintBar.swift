import TextCanvas

/// The last row: what can be done now, the most needed first. Short of room it loses items from the
/// right, but never `? help`.
public enum HintBar {
  public static func text(_ state: ConsoleState, width: Int) -> SafeText {
    let items = self.items(state)
    let last = items.last ?? .empty
    let margin = width > last.width ? 1 : 0
    var line = SafeText.spaces(margin)
    for item in items.dropLast() {
      // Each item needs two blanks behind it, and what is last must still fit.
      guard line.width + item.width + 2 + last.width <= width else { break }
      line += item + "  "
    }
    return (line + last).prefix(width: width)
  }

  public static func draw(_ state: ConsoleState, row: Int, on canvas: inout Canvas) {
    canvas.put(
      text(state, width: canvas.bounds.width), row: row, column: 0, style: state.theme[.quiet])
  }

  /// All items in order; the last one stays.
  static func items(_ state: ConsoleState) -> [SafeText] {
    if let prompt = state.prompt { return promptItems(prompt) }
    if let dropped = state.droppedNow, dropped.count > 0 {
      return [item("Enter", "go on"), item("Esc", "go on")]
    }
    if let overlay = state.overlay { return overlayItems(overlay) }
    let hints = state.hintedActions.filter { !$0.keys.isEmpty }.map { action in
      item(action.keys[0].text, state.hintText(action))
    }
    return hints + [item("?", "help")]
  }

  private static func item(_ key: String, _ hint: String) -> SafeText {
    SafeText(untrusted: "\(key) \(hint)")
  }

  private static func promptItems(_ prompt: Prompt) -> [SafeText] {
    switch prompt {
    case .question(let question):
      return question.choices.map { item($0.key.text, $0.text) } + [item("Esc", "no")]
    case .field(let field):
      var items = [item("Enter", field.verb)]
      if field.takesLines { items.append(item("Ctrl-J", "new line")) }
      if case .step(_, _, _, let outcome) = field.purpose {
        items.append(item("Tab", "\(outcome.other.rawValue) instead"))
      }
      if field.purpose == .palette { items.append(item("Tab", "complete")) }
      return items + [item("Esc", field.leaving)]
    }
  }

  private static func overlayItems(_ overlay: Overlay) -> [SafeText] {
    switch overlay {
    case .help: [item("type", "to search"), item("Up/Down", "scroll"), item("Esc", "back")]
    case .raw: [item("Up/Down", "scroll"), item("g/G", "first/last"), item("Esc", "back")]
    case .theme: [item("Up/Down", "try"), item("Enter", "keep"), item("Esc", "as before")]
    case .palette: [item("Esc", "back")]
    }
  }
}

extension Field {
  /// What Enter does, in the hint bar.
  var verb: String {
    switch purpose {
    case .note: "save"
    case .closing, .resolve: "close and save"
    case .assign: "assign"
    case .shelve: "shelve"
    case .step(_, _, _, let outcome): "mark \(outcome.rawValue)"
    case .remedy: "run it"
    case .escalate: "escalate"
    case .accept: "save"
    case .dutyTo: "go on"
    case .mute: "mute"
    case .dutyLine: "save"
    case .filter: "filter"
    case .palette: "run"
    case .count: "acknowledge"
    }
  }

  var leaving: String {
    switch purpose {
    case .closing, .resolve: "keep open"
    default: "leave"
    }
  }
}
