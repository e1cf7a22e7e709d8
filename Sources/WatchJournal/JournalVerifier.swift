import Posix
import WatchCore

/// Checks a journal from its first line to its last, and against its head file. Reads only, in
/// bounded memory; takes no lock, so that a journal can be verified while it is written.
public enum JournalVerifier {
  public static func verify(_ folder: StateFolder) throws(JournalError) -> Verification {
    let lost = try lostHeads(folder)
    return try verify(
      path: folder.journal, stored: JournalHead.read(folder.head), lost: lost)
  }

  /// As ``verify(_:)`` for a copy of the file alone: nothing is known of its end.
  public static func verify(copy path: String) throws(JournalError) -> Verification {
    try verify(path: path, stored: .none, lost: [])
  }

  /// The head file is read before the journal: it can only name what is there already.
  static func verify(
    path: String, stored: JournalHead.Stored, lost: [JournalHead]
  ) throws(JournalError) -> Verification {
    let marks = lost.map(\.seq) + [stored.head?.seq].compactMap { $0 }
    var reading = Reading(marks: Set(marks))
    do throws(JournalError) {
      try reading.run(path)
    } catch {
      guard case .missing = error else { throw error }
      return Verification(
        entries: 0, head: nil, firstBad: stored.head.flatMap(reading.tail), notes: [.missing],
        demo: false)
    }
    var bad = try reading.firstBreak.map { (found) throws(JournalError) in
      try BreakKind.of(found, path: path)
    }
    let heads = lost + [stored.head].compactMap { $0 }
    bad = bad ?? heads.lazy.compactMap(reading.tail).first
    return Verification(
      entries: reading.chain.entries, head: reading.chain.head, firstBad: bad,
      notes: reading.notes(stored), demo: reading.demo)
  }

  /// Head files that a writer found at odds with the journal.
  private static func lostHeads(_ folder: StateFolder) throws(JournalError) -> [JournalHead] {
    let names: [String]
    do throws(PosixError) {
      names = try Directory.names(in: folder.journalFolder)
    } catch {
      if error.kind == .missing { return [] }
      throw JournalError(error)
    }
    return names.filter { $0.hasPrefix("head.lost-") }
      .compactMap { JournalHead.read("\(folder.journalFolder)/\($0)").head }
      .sorted { $0.seq < $1.seq }
  }
}
