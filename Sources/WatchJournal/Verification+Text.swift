import WatchCore

extension Verification {
  /// What was found, in words, one line each; the last says what no journal can show by itself.
  public var lines: [String] {
    [result] + notes.map(\.text) + [Self.limits]
  }

  /// The finding in one line.
  public var result: String {
    guard let firstBad else {
      let end = head.map { ", head \($0.hash.prefix(12)) (entry \($0.seq))" } ?? ""
      let what = demo ? "entries (made by the demo: no evidence)" : "entries"
      return "\(entries) \(what), chain unbroken\(end)"
    }
    return firstBad.finding
  }

  static let limits =
    "what an unanchored journal cannot show: entries cut off its end, or a change to its newest"
    + " line, where journal/head was rewritten to match; and a whole journal made anew"
}

extension BadEntry {
  /// The finding in one line.
  public var finding: String { "NOT SOUND: \(text)" }

  /// Which entry, and what is wrong with it.
  public var text: String {
    let entry = seq.map { "entry \($0) (line \(line))" } ?? "line \(line)"
    switch kind {
    case .modified:
      return "\(entry) was changed: it does not hash to what the next entry names"
    case .deleted(let through):
      let first = seq ?? through
      let which = first == through ? "entry \(first) was" : "entries \(first) to \(through) were"
      return "\(which) deleted before line \(line)"
    case .reordered: return "\(entry) is out of order"
    case .duplicated: return "\(entry) is there twice"
    case .wrongNumber(let due): return "\(entry) has the wrong number: \(due) was due"
    case .wrongPrevious: return "\(entry) does not name the line before it"
    case .unreadable: return "\(entry) is no entry, and no recovered entry follows"
    case .tailCut(let head):
      return "tail cut: the head file says entry \(head.seq), hash \(head.hash.prefix(12)); "
        + "\(entry) is the first that is missing"
    case .tailChanged(let head):
      return "\(entry) was changed: the head file says entry \(head.seq), hash "
        + "\(head.hash.prefix(12))"
    }
  }
}

extension Verification.Note {
  public var text: String {
    switch self {
    case .tornTail(let line, let bytes):
      "note: line \(line), \(bytes) bytes, has no end: torn or being written; the next append ends it"
    case .recovered(let count):
      "note: \(count) torn \(count == 1 ? "line" : "lines") kept and recovered"
    case .clockBackwards(let count, let seq):
      "note: the clock went back before entry \(seq)"
        + (count > 1 ? " and \(count - 1) times more" : "")
    case .newerFormat(let seq, let kind):
      "note: entry \(seq) (\(kind.shortened(to: 40).plainLine)) is of a newer version: chain "
        + "checked, meaning not; nothing is written after it by this version"
    case .noHead: "note: no head file: a cut tail would not show"
    case .headUnreadable: "note: the head file is not readable: a cut tail would not show"
    case .headBehind(let seq):
      "note: the head file still says entry \(seq): the newest entries have no second witness"
    case .missing: "note: there is no journal here yet"
    }
  }
}
