import Glibc
import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// The watch without a screen: one round in words, or a line for each change until it is ended.
/// No escape sequence at all: for a log, a pipe, a screen reader.
struct PlainRun {
  var session: ConsoleSession

  /// Looks once, says what it saw, and gives the status that `check` would.
  func once() throws -> Int32 {
    let (session, clock) = (session, session.clock)
    let isDemo = session.demo != nil
    let board = try Blocking.run { () async -> Result<Board, JournalError> in
      do throws(JournalError) {
        let store = try await StateStore.open(
          session.folder, clock: clock.journal, demo: isDemo)
        return .success(await Round.run(session, store, writes: false))
      } catch {
        return .failure(error)
      }
    }.get()
    for line in BoardText.lines(board, now: clock.now()) { Printer.line(line) }
    return CheckVerdict.exitStatus(board)
  }

  /// Watches until SIGTERM, SIGINT or SIGHUP, or until nobody reads what it says.
  func follow() throws -> Int32 {
    let signals = try WakePipe()
    try Signals.install([SIGTERM, SIGINT, SIGHUP], into: signals)
    let link = try WatchLink.open(session, LiveWatch.Manner(hasScreen: false))
    var teller = ChangeTeller(seq: link.firstBoard.picture.head?.seq ?? 0)
    link.start()
    let reader = StandardOutput.canBreak ? [STDOUT_FILENO] : []
    while true {
      let outcome = Poller.wait(
        [link.mailbox.pipe.readDescriptor, signals.readDescriptor] + reader, timeoutMillis: nil)
      _ = link.mailbox.pipe.drain()
      var isHeard = true
      if case .ready(let ready) = outcome { isHeard = !ready.hungUp.contains(STDOUT_FILENO) }
      for letter in link.mailbox.take() {
        for line in teller.lines(letter, now: session.clock.now()) where isHeard {
          isHeard = Printer.isTaken(line: line)
        }
      }
      if let number = signals.drain().first ?? (isHeard ? nil : UInt8(SIGPIPE)) {
        link.stop()
        // The last entry, too.
        for letter in link.mailbox.take() where isHeard {
          for line in teller.lines(letter, now: session.clock.now()) { Printer.line(line) }
        }
        return 128 + Int32(number)
      }
    }
  }
}
