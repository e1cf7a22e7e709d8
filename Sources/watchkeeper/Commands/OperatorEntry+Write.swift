import WatchCore
import WatchJournal

extension OperatorEntry {
  /// Appends one entry to a journal that is no demo's.
  static func write(_ event: Event, to folder: StateFolder) throws -> Entry {
    try refuseDemo(folder)
    return try append(event, to: folder)
  }

  /// A demo has a time of its own, and its mark in every entry: ours would be neither.
  static func refuseDemo(_ folder: StateFolder) throws(ProgramError) {
    guard folder.isDemo else { return }
    throw ProgramError(
      "\(folder.path) was made by the demo, whose time is not ours: act in its console; nothing was "
        + "written", status: 65)
  }
}
