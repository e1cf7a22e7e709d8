import Posix
import WatchJournal

extension WatchLink {
  /// Nil where another watch holds it, that can be attended. A `check` holds it for as long as it
  /// looks: that is waited for. The demo's folder is nobody else's.
  static func lease(_ session: ConsoleSession) throws -> JournalLock? {
    let holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host, role: .console)
    let limit = MonotonicClock.millis() + lockPatienceMillis
    while true {
      switch try JournalLock.take(session.folder, as: holder) {
      case .taken(let lock): return lock
      case .held(let other):
        if session.demo == nil, other?.role != .check { return nil }
        guard MonotonicClock.millis() < limit else {
          if session.demo == nil { return nil }
          throw held(session, other)
        }
        _ = Poller.wait([], timeoutMillis: 100)
      }
    }
  }

  private static let lockPatienceMillis: Int64 = 3000

  private static func held(
    _ session: ConsoleSession, _ other: JournalLock.Holder?
  ) -> ProgramError {
    let who = other.map { " (\($0.text))" } ?? ""
    return ProgramError(
      "a watch runs on \(session.folder.path) already\(who); watchkeeper status shows what it "
        + "sees, --state DIR starts another", status: 75)
  }
}
