import WatchCore
import WatchJournal

/// An entry that an operator writes from the command line, beside a watch that may be running: the
/// watch follows the journal, and takes it up within a second.
enum OperatorEntry {
  /// Appends one entry and syncs it.
  static func append(
    _ event: Event, to folder: StateFolder, clock: JournalClock = .system, demo: Bool = false
  ) throws -> Entry {
    let entries = try Blocking.run { () async -> Result<[Entry], JournalError> in
      do throws(JournalError) {
        let journal = try Journal(folder: folder, clock: clock, demo: demo)
        _ = try await journal.load()
        return .success(try await journal.append([event], epoch: nil))
      } catch {
        return .failure(error)
      }
    }.get()
    guard let entry = entries.last else {
      throw ProgramError("the journal took nothing; nothing was changed", status: 73)
    }
    return entry
  }

  /// What the journal says now.
  static func picture(_ folder: StateFolder) throws -> Picture {
    try Blocking.run { () async -> Result<Picture, JournalError> in
      do throws(JournalError) {
        return .success(Picture(try await Journal(folder: folder).load()))
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
