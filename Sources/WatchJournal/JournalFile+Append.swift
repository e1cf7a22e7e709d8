import Posix
import WatchCore

/// What an append found and wrote.
public struct Appended: Sendable, Equatable {
  /// Entries that were there before and not yet read here: by others, and `recovered`.
  public var before: [Entry]
  /// The new ones: they are on the disk.
  public var entries: [Entry]
}

extension JournalFile {
  /// Appends one entry for each event, and returns when they are on the disk.
  ///
  /// Under an exclusive lock: reads what others appended, ends a torn tail with LF and says so in a
  /// `recovered` entry, chains, writes once, syncs. After an error none of the events counts, though
  /// some may stand in the file; the journal is whole or has a torn tail, and the append may be
  /// tried again.
  ///
  /// - Parameter epoch: The watch's; nil for what is not written by a watch.
  public mutating func append(
    _ events: [Event], epoch: Int?
  ) throws(JournalError) -> Appended {
    try append(epoch: epoch) { _ in events }
  }

  /// The same, where what is to be written depends on what others wrote before: `decide` is given
  /// that, under the lock. No events: nothing is written.
  public mutating func append(
    epoch: Int?, deciding decide: ([Entry]) -> [Event]
  ) throws(JournalError) -> Appended {
    let file = try openToWrite()
    try JournalError.wrap { () throws(PosixError) in try file.lock() }
    defer { try? file.unlock() }
    let before = try news()
    if let newer = chain.notUnderstood {
      throw .newerFormat(seq: newer.seq, kind: newer.event.kind)
    }
    if let epoch, epoch < chain.epoch { throw .olderEpoch(ours: epoch, newest: chain.epoch) }
    reviewHead()
    return try write(decide(before), to: file, after: before)
  }

  private mutating func write(
    _ events: [Event], to file: File, after before: [Entry]
  ) throws(JournalError) -> Appended {
    var draft = Draft(chain: chain)
    var tail = JournalLines(file: file, from: chain.offset, lines: chain.lines)
    let tailLine = try JournalError.wrap { () throws(PosixError) in try tail.next() }
    if let tailLine { draft.end(tailLine) }
    for torn in draft.chain.torn {
      try draft.add(.recovered(Recovered(bytes: torn.count, hash: torn.hash)), clock, demo)
    }
    let recovered = draft.entries
    draft.entries = []
    for event in events { try draft.add(event, clock, demo) }
    let bytes = draft.bytes
    guard !bytes.isEmpty else { return Appended(before: before + recovered, entries: []) }
    try JournalError.wrap { () throws(PosixError) in
      try disk.write(file, bytes)
      try disk.sync(file)
    }
    chain = draft.chain
    keepHead()
    return Appended(before: before + recovered, entries: draft.entries)
  }
}

/// Lines to be written, and the chain as it will be.
private struct Draft {
  var chain: Chain
  var bytes: [UInt8] = []
  var entries: [Entry] = []

  init(chain: Chain) {
    self.chain = chain
  }

  /// Ends the line that has no LF; a whole entry that lacked nothing else counts.
  mutating func end(_ line: JournalLine) {
    bytes.append(0x0A)
    if let entry = chain.take(line) { entries.append(entry) }
    chain.endLine()
  }

  mutating func add(
    _ event: Event, _ clock: JournalClock, _ demo: Bool
  ) throws(JournalError) {
    let entry = Entry(
      seq: chain.due, prev: chain.lastHash, at: clock.now(), boot: clock.bootMillis(),
      event: event, demo: demo)
    let line = Array(entry.line.utf8)
    bytes += line
    bytes.append(0x0A)
    // Read back as any reader will: what is handed out is what stands in the file, and what no
    // reader would understand must not get there, for nothing could be written after it.
    guard let read = chain.take(JournalLine(next: line, after: chain.lines)), read.isUnderstood
    else { throw .unwritable(kind: event.kind) }
    entries.append(read)
  }
}
