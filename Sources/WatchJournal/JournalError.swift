import Posix

/// Why entries are not in the journal, or cannot be read. Nothing of a failed append counts.
public enum JournalError: Error, Sendable, Equatable {
  /// What makes a file or directory unfit to keep evidence in.
  public enum Flaw: Sendable, Equatable {
    /// A symbolic link, or no regular file or directory at all.
    case notItself
    case writableByOthers
  }

  case noSpace(String)
  /// Past the size that this process may write.
  case tooLarge(String)
  case readOnly(String)
  case noAccess(String)
  case missing(String)
  case unsafe(String, Flaw)
  /// The journal holds an entry that this version does not understand: nothing is written after it.
  case newerFormat(seq: Int, kind: String)
  /// Another watch of this state folder has started since.
  case olderEpoch(ours: Int, newest: Int)
  /// An event whose line no reader would understand (a value out of bounds): a fault of ours.
  case unwritable(kind: String)
  /// The file was cut, moved or deleted while we had it open.
  case replaced(String)
  case system(PosixError)

  init(_ error: PosixError) {
    let path = error.path ?? ""
    self =
      switch error.kind {
      case .noSpace: .noSpace(path)
      case .tooLarge: .tooLarge(path)
      case .readOnly: .readOnly(path)
      case .noAccess: .noAccess(path)
      case .missing: .missing(path)
      case .link: .unsafe(path, .notItself)
      case .other: .system(error)
      }
  }

  /// Runs what the system may refuse.
  static func wrap<Value>(
    _ body: () throws(PosixError) -> Value
  ) throws(JournalError) -> Value {
    do {
      return try body()
    } catch {
      throw JournalError(error)
    }
  }
}
