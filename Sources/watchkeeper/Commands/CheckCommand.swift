import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// `watchkeeper check`: probes once and judges. Where no watch runs on the state folder, what it
/// finds goes into the journal; where one does, it only looks.
enum CheckCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let session: ConsoleSession
    do {
      session = try LiveSession.make(arguments)
    } catch {
      return unknown(error.text, json: arguments.has("--json"))
    }
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

  /// A monitoring system reads standard output, and knows 3 for what could not be looked at.
  private static func unknown(_ why: String, json: Bool) -> Int32 {
    if json {
      Printer.json(
        .facts([
          ("schema", .int(BoardJSON.schema)), ("state", "not set up"), ("exit", 3),
          ("error", .string(why)),
        ]))
    } else {
      Printer.line("nothing could be looked at: \(why)")
    }
    return 3
  }
}
