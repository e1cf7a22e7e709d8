import Posix
import WatchCore

/// The journal's file: appended under a lock, never changed, read as far as it has been read. Every
/// call may block; one value belongs to one thread at a time. Several processes may each have one.
public struct JournalFile: Sendable {
  public let folder: StateFolder
  let clock: JournalClock
  let demo: Bool
  let disk: JournalDisk
  var file: File?
  private var canWrite = false
  /// As far as this value has read.
  var chain: Chain
  var hasReviewedHead = false

  public init(
    folder: StateFolder, clock: JournalClock, demo: Bool = false, disk: JournalDisk = .system
  ) {
    self.folder = folder
    self.clock = clock
    self.demo = demo
    self.disk = disk
    chain = Chain(mark: JournalHead.read(folder.head).head?.seq)
  }

  /// The newest entry read or written here.
  public var head: JournalHead? { chain.head }

  /// What was added since the last call, by anybody, oldest first; at first everything. A line
  /// without an end is left for later: somebody may be writing it.
  ///
  /// No file yet is an empty journal; nothing is made.
  public mutating func news() throws(JournalError) -> [Entry] {
    guard let file = try openToRead() else { return [] }
    try checkPlace(file)
    return try read(file)
  }

  private mutating func read(_ file: File) throws(JournalError) -> [Entry] {
    var lines = JournalLines(file: file, from: chain.offset, lines: chain.lines)
    var found: [Entry] = []
    while let line = try JournalError.wrap({ () throws(PosixError) in try lines.next() }),
      line.isEnded
    {
      if let entry = chain.take(line) { found.append(entry) }
    }
    return found
  }

  private mutating func openToRead() throws(JournalError) -> File? {
    if let file { return file }
    let path = folder.journal
    let facts = try JournalError.wrap { () throws(PosixError) in try FileFacts(path: path) }
    guard let facts else { return nil }
    try Self.refuse(facts, path)
    file = try JournalError.wrap { () throws(PosixError) in try File.openForReading(path) }
    return file
  }

  /// The file, open for appending and made if it is not there.
  mutating func openToWrite() throws(JournalError) -> File {
    if canWrite, let file { return file }
    try folder.prepare()
    let path = folder.journal
    let opened = try JournalError.wrap { () throws(PosixError) in
      let isNew = try FileFacts(path: path) == nil
      let opened = try File.openForAppend(path)
      if isNew { try Directory.sync(Directory.parent(of: path)) }
      return opened
    }
    let facts = try JournalError.wrap { () throws(PosixError) in try FileFacts(of: opened) }
    try Self.refuse(facts, path)
    if let file {
      // What was read so far must be what is written to.
      guard file.isStillAtPath() else { throw .replaced(path) }
    }
    file = opened
    canWrite = true
    return opened
  }

  private static func refuse(_ facts: FileFacts, _ path: String) throws(JournalError) {
    if facts.kind != .regular { throw .unsafe(path, .notItself) }
    if facts.isWritableByOthers { throw .unsafe(path, .writableByOthers) }
  }

  /// The file is the one that we have read, and still holds all that we have read.
  func checkPlace(_ file: File) throws(JournalError) {
    let size = try JournalError.wrap { () throws(PosixError) in try file.size() }
    guard file.isStillAtPath(), size >= chain.offset else { throw .replaced(folder.journal) }
  }
}
