import Posix
import WatchCore
import WatchJournal
import WatchSetup

/// `watchkeeper roles [--at DATE]`: who was to be told at a time, and since when, by whom and why: from
/// the journal (acknowledgement log) alone.
enum RosterCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    try arguments.takesWords(atMost: 0)
    let surroundings = Surroundings()
    let places = try Places(arguments, surroundings)
    let time = try time(arguments) ?? ProgramClock.system.now()
    let folder = places.stateFolder
    let entries = try Blocking.run { () async -> Result<[Entry], JournalError> in
      do throws(JournalError) {
        return .success(try await Journal(folder: folder).load())
      } catch {
        return .failure(error)
      }
    }.get()
    let roster = RosterAt(entries, at: time)
    for line in roster.lines { Printer.line(line) }
    return roster.isKnown ? 0 : 1
  }

  /// A date stands for its end: who was to be told that day.
  private static func time(_ arguments: Arguments) throws -> Timestamp? {
    guard let text = arguments.value("--at") else { return nil }
    if let time = Timestamp(iso: text) { return time }
    guard text.utf8.count == 10, let day = Timestamp(iso: "\(text)T23:59:59Z") else {
      throw UsageError.badValue(
        "--at", text, "a day as 2026-03-14, or a time as 2026-03-14T03:00:00Z is wanted")
    }
    return day
  }
}
