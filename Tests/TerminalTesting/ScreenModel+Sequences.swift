/// What control sequences do.
extension ScreenModel {
  mutating func perform(_ sequence: ControlSequence) {
    if sequence.isPrivate { return setMode(sequence) }
    if sequence.final != "m" { wrapsNext = false }
    if move(sequence) || edit(sequence) { return }
    switch sequence.final {
    case "m": setStyle(sequence.parameters)
    case "r": setRegion(sequence)
    case "h", "l":
      // 4: insert mode, which ncurses turns off at the start; 34: screen's and tmux's cursor shape.
      if ![[4], [34]].contains(sequence.parameters) {
        unknown.append("CSI \(sequence.body)\(sequence.final)")
      }
    case "t":
      // 22 and 23: xterm's title stack, part of its smcup and rmcup.
      if ![22, 23].contains(sequence.number()) { unknown.append("CSI \(sequence.body)t") }
    default: unknown.append("CSI \(sequence.body)\(sequence.final)")
    }
  }

  private mutating func move(_ sequence: ControlSequence) -> Bool {
    let count = sequence.number()
    switch sequence.final {
    case "H", "f": cursor = (count - 1, sequence.number(1) - 1)
    case "A": cursor.row -= count
    case "B", "e": cursor.row += count
    case "C", "a": cursor.column += count
    case "D": cursor.column -= count
    case "G", "`": cursor.column = count - 1
    case "d": cursor.row = count - 1
    case "Z": cursor.column = max(0, (cursor.column - 1) / 8 * 8)
    default: return false
    }
    cursor.row = min(max(0, cursor.row), rows - 1)
    cursor.column = min(max(0, cursor.column), columns - 1)
    return true
  }

  private mutating func edit(_ sequence: ControlSequence) -> Bool {
    let count = sequence.number()
    switch sequence.final {
    case "J": eraseScreen(sequence.parameters.first ?? 0)
    case "K": eraseLine(sequence.parameters.first ?? 0)
    case "X": erase(row: cursor.row, columns: cursor.column..<(cursor.column + count))
    case "@": shift(by: count)
    case "P": shift(by: -count)
    case "L": scroll(down: count, from: cursor.row)
    case "M": scroll(up: count, from: cursor.row)
    case "S": scroll(up: count, from: region.lowerBound)
    case "T": scroll(down: count, from: region.lowerBound)
    case "b": for _ in 0..<min(count, columns) { put(lastCharacter) }
    default: return false
    }
    return true
  }

  private mutating func eraseLine(_ part: Int) {
    switch part {
    case 1: erase(row: cursor.row, columns: 0..<(cursor.column + 1))
    case 2: erase(row: cursor.row, columns: 0..<columns)
    default: erase(row: cursor.row, columns: cursor.column..<columns)
    }
  }

  private mutating func eraseScreen(_ part: Int) {
    if part == 0 { eraseLine(0) }
    if part == 1 { eraseLine(1) }
    let others = part == 0 ? (cursor.row + 1)..<rows : part == 1 ? 0..<cursor.row : 0..<rows
    for row in others { erase(row: row, columns: 0..<columns) }
  }

  private mutating func setRegion(_ sequence: ControlSequence) {
    let top = sequence.number() - 1
    let bottom = sequence.parameters.count > 1 ? sequence.number(1) - 1 : rows - 1
    region = top < bottom && bottom < rows ? top...bottom : 0...(rows - 1)
    cursor = (0, 0)
  }

  private mutating func setMode(_ sequence: ControlSequence) {
    for mode in sequence.parameters {
      switch sequence.final {
      case "h": modes.insert(mode)
      case "l": modes.remove(mode)
      // "?1c" and the like: the linux console's cursor shapes.
      case "c": break
      default: unknown.append("CSI \(sequence.body)\(sequence.final)")
      }
      if mode == 1049 { for row in 0..<rows { erase(row: row, columns: 0..<columns) } }
    }
  }

  private mutating func setStyle(_ parameters: [Int]) {
    var rest = parameters[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: style = ScreenStyle()
      case 1: style.bold = true
      case 2: style.dim = true
      case 4: style.underline = true
      case 5: style.blink = true
      case 7: style.reverse = true
      case 10, 11: break
      case 22: (style.bold, style.dim) = (false, false)
      case 24: style.underline = false
      case 25: style.blink = false
      case 27: style.reverse = false
      case 30...37: style.foreground = code - 30
      case 40...47: style.background = code - 40
      case 90...97: style.foreground = code - 82
      case 100...107: style.background = code - 92
      case 39: style.foreground = nil
      case 49: style.background = nil
      case 38, 48:
        guard rest.popFirst() == 5, let index = rest.popFirst() else { return }
        if code == 38 { style.foreground = index } else { style.background = index }
      default: unknown.append("SGR \(code)")
      }
    }
  }
}
