import Posix
import WatchCore

/// One pass over a journal for the verifier.
struct Reading {
  private let marks: Set<Int>
  private(set) var chain = Chain()
  private(set) var demo = false
  /// The last line, where it has no end.
  private var unended: JournalLine?
  /// Hash and line of the entries that head files name.
  private var marked: [Int: (hash: String, line: Int)] = [:]

  init(marks: Set<Int>) {
    self.marks = marks
  }

  mutating func run(_ path: String) throws(JournalError) {
    let file = try JournalError.wrap { () throws(PosixError) in try File.openForReading(path) }
    var lines = JournalLines(file: file)
    while let line = try JournalError.wrap({ () throws(PosixError) in try lines.next() }) {
      guard line.isEnded else {
        unended = line
        return
      }
      guard let entry = chain.take(line) else { continue }
      demo = demo || entry.demo
      if marks.contains(entry.seq) { marked[entry.seq] = (line.hash, line.number) }
    }
  }

  var firstBreak: Chain.Break? { chain.firstBreak }

  /// The first line of the end that is no entry.
  private var tornTail: Chain.TornLine? {
    chain.torn.first
      ?? unended.map { Chain.TornLine(number: $0.number, count: $0.count, hash: $0.hash) }
  }

  /// What a head file says against the journal's end; nil where they agree.
  func tail(_ head: JournalHead) -> BadEntry? {
    if let found = marked[head.seq] {
      if found.hash == head.hash { return nil }
      return BadEntry(line: found.line, seq: head.seq, kind: .tailChanged(head))
    }
    if let last = tornTail {
      return BadEntry(line: last.number, seq: nil, kind: .tailChanged(head))
    }
    return BadEntry(line: chain.lines + 1, seq: chain.due, kind: .tailCut(head))
  }

  func notes(_ stored: JournalHead.Stored) -> [Verification.Note] {
    var notes: [Verification.Note] = []
    if let last = tornTail {
      notes.append(.tornTail(line: last.number, bytes: last.count))
    }
    if chain.recovered > 0 { notes.append(.recovered(chain.recovered)) }
    if let first = chain.firstStepBack {
      notes.append(.clockBackwards(count: chain.stepsBack, seq: first))
    }
    if let newer = chain.notUnderstood {
      notes.append(.newerFormat(seq: newer.seq, kind: newer.event.kind))
    }
    switch stored {
    case .none: if chain.entries > 0 { notes.append(.noHead) }
    case .unreadable: notes.append(.headUnreadable)
    case .head(let head):
      if let newest = chain.head, head.seq < newest.seq { notes.append(.headBehind(head.seq)) }
    }
    return notes
  }
}
