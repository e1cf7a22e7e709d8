import CursesTerminal
import Posix

/// `watchkeeper restore`: gives a terminal back whose program was killed.
enum RestoreCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    guard TerminalMode.isTerminal(1) else {
      throw ProgramError("restore works on the terminal it is typed in; this is none", status: 64)
    }
    try Terminal.restore(term: Environment.value("TERM"))
    return 0
  }
}
