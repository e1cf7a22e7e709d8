import Posix
import WatchCore

/// Where everything that the watch writes lies (docs/journal-format.md). Only paths: nothing is
/// made or opened here but by `prepare`.
public struct StateFolder: Hashable, Sendable {
  public var path: String

  public init(path: String) {
    self.path = path
  }

  public var journalFolder: String { "\(path)/journal" }
  public var journal: String { "\(journalFolder)/\(Self.journalName)" }
  /// What the newest entry was, beside the journal.
  public var head: String { "\(journalFolder)/head" }
  public var lock: String { "\(path)/watch.lock" }
  public var observationFolder: String { "\(path)/observations" }
  public var observations: String { "\(observationFolder)/paths.json" }

  public var details: String { "\(observationFolder)/details.json" }
  /// Touched while a watch runs: see ``WatchBeat``.
  public var beat: String { "\(observationFolder)/watch.json" }
  /// What others ask of the watch: see ``RequestFolder``.
  public var requestFolder: String { "\(path)/requests" }
  /// What learned expectations rest on.
  public var gaps: String { "\(observationFolder)/gaps.json" }

  static let journalName = "journal.jsonl"

  /// A head file that the journal did not bear out is kept under this name.
  func lostHead(_ seq: Int) -> String { "\(head).lost-\(seq)" }

  /// Makes the journal's directory (0700) and refuses one that others can change.
  func prepare() throws(JournalError) {
    let facts = try JournalError.wrap { () throws(PosixError) in
      try Directory.create(journalFolder)
      return try FileFacts(path: journalFolder)
    }
    guard let facts, facts.kind == .directory else { throw .unsafe(journalFolder, .notItself) }
    if facts.isWritableByOthers { throw .unsafe(journalFolder, .writableByOthers) }
  }
}
