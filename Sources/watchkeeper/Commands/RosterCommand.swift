import Posix
import WatchCore
import WatchJournal
import WatchSetup

/// `watchkeeper roles [--at DATE]`: who was to be told at a time, and since when, by whom and why: from
/// the journal (acknowledgement log) alone. `watchkeeper expectations` likewise: what was expected.
enum RosterCommand {
  static func run(_ arguments: Arguments) throws -> Int32 {
    let roster = RosterAt(try entries(arguments), at: try time(arguments))
    for line in roster.lines { Printer.line(line) }
    return roster.isKnown ? 0 : 1
  }

  static func expectations(_ arguments: Arguments) throws -> Int32 {
    let expectations = ExpectationsAt(try entries(arguments), at: try time(arguments))
    for line in expectations.lines { Printer.line(line) }
    return expectations.isKnown ? 0 : 1
  }

  private static func entries(_ arguments: Arguments) throws -> [Entry] {
    try arguments.takesWords(atMost: 0)
    let folder = try Places(arguments, Surroundings()).stateFolder
    return try Blocking.run { () async -> Result<[Entry], JournalError> in
      do throws(JournalError) {
        return .success(try await Journal(folder: folder).load())
      } catch {
        return .failure(error)
      }
    }.get()
  }

  /// A date stands for its end: who was to be told that day. Now, where nothing is said.
  private static func time(_ arguments: Arguments) throws -> Timestamp {
    guard let text = arguments.value("--at") else { return ProgramClock.system.now() }
    if let time = Timestamp(iso: text) { return time }
    guard text.utf8.count == 10, let day = Timestamp(iso: "\(text)T23:59:59Z") else {
      throw UsageError.badValue(
        "--at", text, "a day as 2026-03-14, or a time as 2026-03-14T03:00:00Z is wanted")
    }
    return day
  }
}
