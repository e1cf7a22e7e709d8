import CursesTerminal
import Posix
import TextCanvas

/// The terminal that a session is shown on, and the file that takes standard error meanwhile.
struct Seat {
  let terminal: Terminal
  private let errors: File?

  init(_ session: ConsoleSession, term: String) throws {
    errors = try? File.openForAppend("\(session.folder.path)/debug.log")
    terminal = try Terminal(
      TerminalOptions(
        term: term, alphabet: session.alphabet, monochrome: session.isMonochrome,
        errorFile: errors?.descriptor))
  }

  /// The first frame where a long journal must be read before anything can be said of any cloud.
  func wait(bytes: Int) {
    let size = terminal.size
    var canvas = Canvas(
      width: size.columns, height: size.rows, alphabet: terminal.alphabet)
    canvas.put("reading the journal, \(bytes >> 20) MB", row: 0, column: 1)
    terminal.draw(canvas)
  }
}
