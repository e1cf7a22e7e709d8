import WatchCore

extension JournalError: CustomStringConvertible {
  /// What happened and what to do, on one line.
  public var description: String {
    let (what, todo) = words
    return "\(what); \(todo)".plainLine
  }

  private var words: (what: String, todo: String) {
    switch self {
    case .noSpace(let path): ("the disk is full: \(path)", "free some space, it is tried again")
    case .tooLarge(let path):
      ("\(path) may not grow (file size limit)", "raise the limit (ulimit -f) and start again")
    case .readOnly(let path):
      ("\(path) is on a read-only file system", "mount it writable, or use --state DIR")
    case .noAccess(let path):
      ("\(path) may not be written", "mend its owner and mode (0600), or use --state DIR")
    case .missing(let path): ("\(path) is not there", "check the state folder, or use --state DIR")
    case .unsafe(let path, .notItself):
      ("\(path) is a link, or no regular file", "put the real one in its place")
    case .unsafe(let path, .writableByOthers):
      ("\(path) can be changed by other users", "chmod go-w it, after a journal verify")
    case .newerFormat(let seq, let kind):
      (
        "entry \(seq) (\(kind.shortened(to: 40))) was written by a newer version",
        "this one reads on and writes nothing: update it"
      )
    case .olderEpoch(let ours, let newest):
      (
        "watch \(newest) has taken over from this one (watch \(ours))",
        "this one writes nothing more"
      )
    case .unwritable(let kind):
      ("this \(kind) cannot be written as an entry", "report it; the journal is unharmed")
    case .replaced(let path):
      (
        "\(path) was cut, moved or deleted while in use",
        "keep a copy, run journal verify, then start again"
      )
    case .system(let error): (error.description, "it is tried again")
    }
  }
}
