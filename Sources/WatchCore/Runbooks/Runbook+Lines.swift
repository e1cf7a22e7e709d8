extension Runbook.Command {
  /// The command in lines of at most `width` characters, for a place where nothing behind them would be
  /// seen: as ``lines(within:)``, and a word that is longer goes on behind a `\` at its very end. Such a
  /// line goes on at the margin, since blanks would end the word.
  public func lines(fitting width: Int) -> [(text: String, isInsideWord: Bool)] {
    var lines: [(text: String, isInsideWord: Bool)] = []
    for line in self.lines(within: width) {
      let pieces = Self.pieces(of: line, width: max(8, width))
      lines += pieces.enumerated().map { ($0.element, $0.offset > 0) }
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
