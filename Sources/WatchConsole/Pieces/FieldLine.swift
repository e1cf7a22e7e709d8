import TextCanvas

/// The row of the open field, between the question and the hints.
enum FieldLine {
  static func draw(_ field: Field, state: ConsoleState, row: Int, on canvas: inout Canvas) {
    let label = SafeText(untrusted: field.label)
    let lead = field.purpose == .palette ? " " + label : " " + label + ": "
    let column = canvas.put(lead, row: row, column: 0, style: state.theme[.newLow])
    let room = max(1, canvas.bounds.width - column - 1)
    let (before, after) = field.parts
    let head = safe(before, state)
    // The end of what is typed is what must be seen.
    let hidden = max(0, head.width - room)
    let shown = hidden > 0 ? head.split(atWidth: hidden).tail : head
    let caret = canvas.put(shown, row: row, column: column, style: state.theme[.text])
    canvas.put(safe(after, state), row: row, column: caret, style: state.theme[.text])
    canvas.placeCursor(row: row, column: min(caret, canvas.bounds.width - 1))
  }

  /// New lines of a note are shown as a mark.
  private static func safe(_ text: String, _ state: ConsoleState) -> SafeText {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      SafeText(untrusted: $0, limit: 4000, alphabet: state.alphabet)
    }
    return parts.joined(separator: state.isASCII ? " / " : " ⏎ ")
  }
}
