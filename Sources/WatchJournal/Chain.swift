import WatchCore

/// Follows the journal line by line: makes entries of lines and checks what one line says of the
/// one before. Readers, the writer and the verifier all go through it.
struct Chain: Sendable {
  /// Lines taken, and the file's offset behind them.
  private(set) var lines = 0
  private(set) var offset = 0
  private(set) var entries = 0
  /// The highest number so far.
  private(set) var seq = 0
  /// Of the newest line, torn or not: what the next entry's `prev` must say.
  private(set) var lastHash = Entry.noPrevious
  /// The newest entry's.
  private(set) var head: JournalHead?
  /// The newest watch's.
  private(set) var epoch = 0
  private(set) var notUnderstood: Entry?
  /// Lines that are no entries, until `recovered` entries name them, one each, in order.
  private(set) var torn: [TornLine] = []
  /// Torn lines that were recovered.
  private(set) var recovered = 0
  /// The first place where the chain does not hold.
  private(set) var firstBreak: Break?
  /// How many there are, and the last.
  private(set) var breaks = 0
  private(set) var newestBreak: Break?
  /// How often an entry is older than the one before, and the first such.
  private(set) var stepsBack = 0
  private(set) var firstStepBack: Int?
  /// The hash of the entry with the number that the head file names.
  private(set) var marked: String?
  let mark: Int?
  private var lastAt: Timestamp?
  private var previous: (line: Int, seq: Int?)?

  struct TornLine: Sendable, Equatable {
    var number: Int
    var count: Int
    var hash: String
  }

  /// Two neighbours that do not fit.
  struct Break: Sendable, Equatable {
    /// The line where it shows.
    var line: Int
    var seq: Int
    var hash: String
    /// The number that was due.
    var due: Int
    var prevHolds: Bool
    /// The line before, and its number if it has one.
    var previousLine: Int?
    var previousSeq: Int?
    /// Set where a line is no entry and nothing recovered it: that line alone.
    var isUnreadable = false
  }

  /// - Parameter mark: A number whose hash is to be remembered.
  init(mark: Int? = nil) {
    self.mark = mark
  }

  /// The number that the next entry must have. (A forged one may be the largest there is.)
  var due: Int { seq &+ 1 }

  /// Takes the next line. Nil for one that is no entry.
  mutating func take(_ line: JournalLine) -> Entry? {
    lines = line.number
    offset += line.count + (line.isEnded ? 1 : 0)
    defer { lastHash = line.hash }
    guard let json = try? JSON(bytes: line.bytes), let entry = Entry(json: json, hash: line.hash)
    else {
      torn.append(TornLine(number: line.number, count: line.count, hash: line.hash))
      return nil
    }
    settleTorn(entry)
    check(entry, line)
    count(entry, line)
    return entry
  }

  /// Adds the LF that a torn line lacked.
  mutating func endLine() {
    offset += 1
  }

  private mutating func settleTorn(_ entry: Entry) {
    guard let first = torn.first else { return }
    if case .recovered(let said) = entry.event, said.hash == first.hash, said.bytes == first.count {
      recovered += 1
      torn.removeFirst()
      return
    }
    note(
      Break(
        line: first.number, seq: due, hash: first.hash, due: due, prevHolds: true,
        previousLine: nil, previousSeq: nil, isUnreadable: true))
    torn = []
  }

  private mutating func check(_ entry: Entry, _ line: JournalLine) {
    let prevHolds = entry.prev == lastHash
    if !prevHolds || entry.seq != due {
      note(
        Break(
          line: line.number, seq: entry.seq, hash: line.hash, due: due, prevHolds: prevHolds,
          previousLine: previous?.line, previousSeq: previous?.seq))
    }
    if let lastAt, entry.at < lastAt {
      stepsBack += 1
      firstStepBack = firstStepBack ?? entry.seq
    }
    lastAt = entry.at
  }

  private mutating func note(_ found: Break) {
    if firstBreak == nil { firstBreak = found }
    newestBreak = found
    breaks += 1
  }

  private mutating func count(_ entry: Entry, _ line: JournalLine) {
    entries += 1
    seq = max(seq, entry.seq)
    head = JournalHead(seq: entry.seq, hash: line.hash)
    if entry.seq == mark { marked = line.hash }
    if notUnderstood == nil, !entry.isUnderstood { notUnderstood = entry }
    if case .watch(let watch) = entry.event, watch.what == .start {
      epoch = max(epoch, watch.epoch)
    }
    previous = (line.number, entry.seq)
  }
}
