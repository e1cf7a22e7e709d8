extension Runbook.Command {
  /// The command in lines of at most `width` characters, for a place where nothing behind them would be
  /// seen: as ``lines(within:)``. A word that is longer is put together first, in a variable, a line for
  /// each part, and no line breaks inside a word. Where the shell does something with the word itself it
  /// goes on behind a `\` at its very end; such a line goes on at the margin, since blanks would end the
  /// word.
  public func lines(fitting width: Int) -> [(text: String, isInsideWord: Bool)] {
    let width = max(16, width)
    var (assignments, short, count) = ([String](), [String](), 0)
    for (index, word) in words.enumerated() {
      // Behind it ` \` must fit, before it an indent.
      guard word.count > width - 4, index > 0, Self.isTakenAsItIs(word) else {
        short.append(word)
        continue
      }
      count += 1
      let name = count == 1 ? "x" : "x\(count)"
      assignments += Self.assignments(of: word, to: name, width: width)
      short.append("\"$\(name)\"")
    }
    let command = Runbook.Command(text: short.joined(separator: " "), troubles: troubles)
    return assignments.map { ($0, false) } + command.broken(width)
  }

  private func broken(_ width: Int) -> [(text: String, isInsideWord: Bool)] {
    lines(within: width).flatMap { line in
      Self.pieces(of: line, width: width).enumerated().map { ($0.element, $0.offset > 0) }
    }
  }

  /// Whether the shell does nothing with a word but to take its quotes away: then it is the same in a
  /// variable that is quoted where it is used.
  private static func isTakenAsItIs(_ word: String) -> Bool {
    var quotes = Runbook.QuoteState()
    for scalar in word.unicodeScalars {
      if !quotes.isEscaped, quotes.open != "'" {
        if "$`".unicodeScalars.contains(scalar) { return false }
        if quotes.open == nil, "*?[]{}~|&;<>()!#".unicodeScalars.contains(scalar) { return false }
      }
      quotes.read(scalar)
    }
    return !quotes.isOpen
  }

  /// `x=/subscriptions/0f0f…/resourceGroups`, `x=$x/sec/providers`: broken behind a `/` or `:` where one
  /// is near.
  private static func assignments(of word: String, to name: String, width: Int) -> [String] {
    var (lines, rest) = ([String](), Array(word)[...])
    var quotes = Runbook.QuoteState()
    while !rest.isEmpty {
      let head = "\(name)=" + (lines.isEmpty ? "" : "${\(name)}") + quotes.mark
      let room = max(4, width - head.count - 1)
      var (taken, inner) = (0, quotes)
      // Where it may be cut at all, and where it is read best: behind a `/` or `:`.
      var (any, good) = ((0, quotes), (0, quotes))
      for character in rest.prefix(room) {
        for scalar in character.unicodeScalars { inner.read(scalar) }
        taken += 1
        guard inner.canPause else { continue }
        any = (taken, inner)
        if character == "/" || character == ":" { good = any }
      }
      let isWhole = taken == rest.count || good.0 < room / 4
      let last = isWhole ? max(any.0, 1) : good.0
      quotes = isWhole ? any.1 : good.1
      let mark = last == rest.count ? "" : quotes.mark
      lines.append(head + String(rest.prefix(last)) + mark)
      rest = rest.dropFirst(last)
    }
    return lines
  }

  /// A line cut inside its words: every piece but the last ends in `\`, its quote closed before and
  /// opened again behind.
  private static func pieces(of line: String, width: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var quotes = Runbook.QuoteState()
    var left = line.count
    for character in line {
      // A quote to close and the backslash still have to fit.
      if piece.count + left > width, piece.count >= width - 3, quotes.canPause {
        let mark = quotes.mark
        pieces.append(piece + mark + "\\")
        piece = mark
      }
      piece.append(character)
      left -= 1
      for scalar in character.unicodeScalars { quotes.read(scalar) }
    }
    return pieces + [piece]
  }
}

extension Runbook.QuoteState {
  /// Not right behind a backslash.
  var canPause: Bool { !isEscaped }

  /// What ends the open quote, and opens it again; empty outside of quotes.
  var mark: String { open.map(String.init) ?? "" }
}
