import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// `watchkeeper check`: probes once and judges. Where no watch runs on the state folder, what it
/// finds goes into the journal; where one does, it only looks.
enum CheckCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let session = try LiveSession.make(arguments)
    let holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host)
    let outcome = try JournalLock.take(session.folder, as: holder)
    let writes = if case .taken = outcome { true } else { false }
    let board = try Blocking.run { () async -> Result<Board, JournalError> in
      do throws(JournalError) {
        let store = try await StateStore.open(
          session.folder, clock: session.clock.journal, demo: false)
        return .success(await Round.run(session, store, writes: writes))
      } catch {
        return .failure(error)
      }
    }.get()
    withExtendedLifetime(outcome) {}
    let now = session.clock.now()
    if arguments.has("--json") {
      Printer.json(BoardJSON.object(board, now: now))
    } else {
      for line in BoardText.lines(board, now: now) { Printer.line(line) }
    }
    if case .notSaved(let why) = board.journal { Printer.error("JOURNAL NOT SAVED: \(why)") }
    return CheckVerdict.exitStatus(board)
  }
}
