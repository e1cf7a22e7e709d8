import CursesTerminal
import Posix
import WatchCore
import WatchEngine

/// A full screen where there can be one; else the plain status, and how to get more.
enum ScreenChoice {
  static func run(
    _ session: ConsoleSession, plain: Bool, after: (Int32) -> Void
  ) throws -> Int32 {
    if plain { return try PlainRun(session: session).follow() }
    let choice = TerminalChoice.judge(
      term: session.surroundings.environment["TERM"],
      inputIsTerminal: TerminalMode.isTerminal(0), outputIsTerminal: TerminalMode.isTerminal(1),
      knowledge: Terminal.knowledge(of:))
    switch choice {
    case .fullScreen(let term):
      let status = try session.run(term: term)
      after(status)
      return status
    case .plain(let reason):
      let status = try PlainRun(session: session).once()
      Printer.line("no full screen: \(text(reason)). --plain goes on, a line for each change.")
      return status
    }
  }

  private static func text(_ reason: TerminalChoice.Reason) -> String {
    switch reason {
    case .outputIsNoTerminal: "standard output is no terminal"
    case .inputIsNoTerminal: "standard input is no terminal"
    case .termUnset: "TERM is not set"
    case .termTooSimple(let term): "TERM=\(term) cannot move its cursor"
    case .termUnknown(let term): "this machine does not know TERM=\(term)"
    }
  }
}
