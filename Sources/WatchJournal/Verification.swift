import WatchCore

/// What checking a journal found.
public struct Verification: Sendable, Equatable {
  public var entries: Int
  /// The newest entry.
  public var head: JournalHead?
  /// The first entry at which the journal does not hold; nil where all does.
  public var firstBad: BadEntry?
  public var notes: [Note]
  /// Whether any entry was made by the demo.
  public var demo: Bool

  public var isSound: Bool { firstBad == nil }

  /// Worth knowing, and no failure.
  public enum Note: Sendable, Equatable {
    /// The last line has no end: torn, or being written. Its line and bytes.
    case tornTail(line: Int, bytes: Int)
    case recovered(Int)
    /// How many entries are older than the one before them, and the first.
    case clockBackwards(count: Int, seq: Int)
    /// Entries of a newer version: their chain was checked, their meaning not.
    case newerFormat(seq: Int, kind: String)
    case noHead
    case headUnreadable
    /// The head file names this older entry (a crash, or a full disk, in between).
    case headBehind(Int)
    case missing
  }
}

/// Where the journal stops holding, and how.
public struct BadEntry: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// The line is not what the next entry's `prev` names.
    case modified
    /// Entries from this one on are missing before the line.
    case deleted(through: Int)
    case reordered
    case duplicated
    /// The chain holds and the number is wrong.
    case wrongNumber(due: Int)
    case wrongPrevious
    /// No entry, and no `recovered` follows.
    case unreadable
    /// The head file names a newer entry than the journal has.
    case tailCut(JournalHead)
    /// The entry's line is not the one that the head file names.
    case tailChanged(JournalHead)
  }

  /// Counts from 1.
  public var line: Int
  /// Nil for a line that is no entry.
  public var seq: Int?
  public var kind: Kind

  public init(line: Int, seq: Int?, kind: Kind) {
    self.line = line
    self.seq = seq
    self.kind = kind
  }
}
