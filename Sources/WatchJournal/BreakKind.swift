import Posix
import WatchCore

/// Tells what was done to a journal from the first two neighbours that do not fit, with a second
/// look at the whole file.
enum BreakKind {
  static func of(_ found: Chain.Break, path: String) throws(JournalError) -> BadEntry {
    if found.isUnreadable { return BadEntry(line: found.line, seq: nil, kind: .unreadable) }
    let seen = try Surroundings(of: found, path: path)
    let here = { BadEntry(line: found.line, seq: found.seq, kind: $0) }
    if found.seq == found.due {
      // Right number, wrong hash: the line before is not what it was when this one was written.
      guard found.line > 1 else { return here(.wrongPrevious) }
      return BadEntry(line: found.line - 1, seq: seen.seqBefore, kind: .modified)
    }
    if found.prevHolds {
      return here(seen.nextDisowns ? .modified : .wrongNumber(due: found.due))
    }
    if seen.hasTwin { return here(.duplicated) }
    if found.seq > found.due {
      if seen.dueComesLater { return here(.reordered) }
      return BadEntry(
        line: found.line, seq: found.due, kind: .deleted(through: found.seq - 1))
    }
    return here(seen.nextDisowns ? .modified : .reordered)
  }

  /// What else the file holds.
  private struct Surroundings {
    /// The number of the entry in the line before.
    var seqBefore: Int?
    /// The same line stands earlier in the file.
    var hasTwin = false
    /// The entry that was due stands further down.
    var dueComesLater = false
    /// The next line does not name this one.
    var nextDisowns = false

    init(of found: Chain.Break, path: String) throws(JournalError) {
      let file = try JournalError.wrap { () throws(PosixError) in try File.openForReading(path) }
      var lines = JournalLines(file: file)
      while let line = try JournalError.wrap({ () throws(PosixError) in try lines.next() }) {
        if line.number < found.line, line.hash == found.hash { hasTwin = true }
        guard line.number == found.line - 1 || line.number > found.line,
          let json = try? JSON(bytes: line.bytes),
          let entry = Entry(json: json, hash: line.hash)
        else { continue }
        if line.number < found.line { seqBefore = entry.seq }
        if line.number == found.line + 1 { nextDisowns = entry.prev != found.hash }
        if line.number > found.line, entry.seq == found.due { dueComesLater = true }
      }
    }
  }
}
