import TextCanvas
import WatchCore

/// What happens to the console.
public enum ConsoleInput: Hashable, Sendable {
  case event(TerminalEvent)
  /// A newer board. It holds only what is on disk already.
  case board(Board)
  /// One second of real time has gone by; the time is the watch's clock, which a demo may hurry.
  case tick(Timestamp)
  /// What became of the command with that id.
  case outcome(Int, CommandOutcome)
  case message(Message)
}

/// What the console asks of the world around it.
public enum ConsoleEffect: Hashable, Sendable {
  /// Answered by ``ConsoleInput/outcome(_:_:)`` with the same id.
  case command(id: Int, Command)
  case quit
  /// Give the terminal back and stop, as Ctrl-Z does.
  case suspend
  /// Send every cell again.
  case redraw
  case bell
}
