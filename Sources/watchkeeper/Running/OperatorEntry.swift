import Foundation
import WatchCore
import WatchJournal

/// An entry that an operator writes from the command line, beside a watch that may be running: the
/// watch follows the journal, and takes it up within a second.
enum OperatorEntry {
  /// Appends one entry and syncs it; to a demo's journal by the demo alone. Says so where no watch runs that
  /// would take it up: perhaps the service keeps its journal elsewhere.
  static func append(
    _ event: Event, to folder: StateFolder, clock: JournalClock = .system, demo: Bool = false
  ) throws -> Entry {
    if !demo { try refuseDemo(folder) }
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
    if !demo, !JournalLock.isHeld(folder), unwatched.isNew(folder.path) {
      Printer.error(
        "no watch runs on \(folder.path); if it keeps its state elsewhere, name that by --state")
    }
    return entry
  }

  private static let unwatched = Once()

  /// A demo has a time of its own, and its mark in every entry: ours would be neither.
  static func refuseDemo(_ folder: StateFolder) throws(ProgramError) {
    guard folder.isDemo else { return }
    throw ProgramError(
      "\(folder.path) was made by the demo, whose time is not ours: act in its console; nothing was "
        + "written", status: 65)
  }

  /// Where there is no journal nothing is known: neither that nothing is muted nor that anything is.
  static func needsJournal(_ folder: StateFolder) throws {
    guard !FileManager.default.fileExists(atPath: folder.journal) else { return }
    throw ProgramError(
      "there is no journal at \(folder.journal): name the watch's state folder by --state",
      status: 66)
  }

  /// What the journal says now.
  static func picture(_ folder: StateFolder) throws -> Picture {
    try needsJournal(folder)
    return try Blocking.run { () async -> Result<Picture, JournalError> in
      do throws(JournalError) {
        return .success(Picture(try await Journal(folder: folder).load()))
      } catch {
        return .failure(error)
      }
    }.get()
  }
}
