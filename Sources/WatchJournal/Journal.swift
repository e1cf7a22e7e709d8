import Posix
import WatchCore

/// The journal (acknowledgement log) of one state folder, for one process: appends, reads and
/// follows. All its work is done on a thread of its own.
///
///     let news = await journal.follow()   // before load: nothing falls in between
///     let old = try await journal.load()
///     for await entries in news { … }     // everything after that, ours too, in the file's order
public actor Journal {
  private let thread: JournalThread
  private var file: JournalFile
  private var isLoaded = false
  private var followers: [Int: AsyncStream<[Entry]>.Continuation] = [:]
  private var nextFollower = 0
  private var isWatching = false
  private let folder: StateFolder

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// Opens nothing yet: a journal that cannot be written can still be read.
  ///
  /// - Throws: ``JournalError/system(_:)`` when there is no thread to be had.
  public init(
    folder: StateFolder, clock: JournalClock = .system, demo: Bool = false,
    disk: JournalDisk = .system
  ) throws(JournalError) {
    thread = try JournalError.wrap { () throws(PosixError) in try JournalThread.start() }
    file = JournalFile(folder: folder, clock: clock, demo: demo, disk: disk)
    self.folder = folder
  }

  deinit {
    thread.stop()
    for follower in followers.values { follower.finish() }
  }

  /// Every entry from the first on. What is appended later, by anybody, goes to the followers.
  public func load() throws(JournalError) -> [Entry] {
    var fresh = file.fresh
    let entries = try fresh.news()
    if !isLoaded {
      file = fresh
      isLoaded = true
    }
    return entries
  }

  /// Appends one entry for each event; returns these when they are on the disk, and not before.
  /// After an error nothing of it counts, and it may be tried again.
  ///
  /// - Parameter epoch: The watch's; nil for what is not written by a watch. An older epoch than
  ///   the newest `watch` start entry's is refused.
  public func append(_ events: [Event], epoch: Int?) throws(JournalError) -> [Entry] {
    let appended = try file.append(events, epoch: epoch)
    tell(appended.before + appended.entries)
    return appended.entries
  }

  /// As ``append(_:epoch:)``; also gives what others wrote before, in the file's order.
  public func appendSeeing(_ events: [Event], epoch: Int?) throws(JournalError) -> Appended {
    let appended = try file.append(events, epoch: epoch)
    tell(appended.before + appended.entries)
    return appended
  }

  /// As ``appendSeeing(_:epoch:)``, where what is to be written depends on what others wrote since:
  /// `decide` is given that, and nobody writes in between.
  public func appendSeeing(
    epoch: Int?, deciding decide: @Sendable ([Entry]) -> [Event]
  ) throws(JournalError) -> Appended {
    let appended = try file.append(epoch: epoch, deciding: decide)
    tell(appended.before + appended.entries)
    return appended
  }

  /// The newest entry read or written so far.
  public var head: JournalHead? { file.head }

  /// Checks the whole file.
  public func verify() throws(JournalError) -> Verification {
    try JournalVerifier.verify(folder)
  }

  /// All that is read or written after `load`, in the file's order, each entry once; ours too.
  public func follow() -> AsyncStream<[Entry]> {
    let (stream, continuation) = AsyncStream.makeStream(of: [Entry].self)
    let number = nextFollower
    nextFollower += 1
    followers[number] = continuation
    continuation.onTermination = { [weak self] _ in
      Task { [weak self] in await self?.forget(number) }
    }
    watchFile()
    return stream
  }

  /// Reads what others appended, at once instead of at the next wake-up.
  public func catchUp() {
    guard isLoaded else { return }
    if !isWatching, !followers.isEmpty { watchFile() }
    // What cannot be read now is tried at the next change; an append says why in words.
    if let news = try? file.news() { tell(news) }
  }

  private func forget(_ follower: Int) {
    followers[follower] = nil
  }

  private func tell(_ entries: [Entry]) {
    guard isLoaded, !entries.isEmpty else { return }
    for follower in followers.values { follower.yield(entries) }
  }

  private func watchFile() {
    guard !isWatching, (try? folder.prepare()) != nil,
      let files = try? FileWatch(directory: folder.journalFolder)
    else { return }
    isWatching = true
    thread.watch(files) { [weak self] changes in
      guard changes.isEmpty || changes.contains(where: Self.concerns) else { return }
      Task { [weak self] in await self?.catchUp() }
    }
  }

  private static func concerns(_ change: FileWatch.Change) -> Bool {
    change.name == StateFolder.journalName || change.kind == .overflow
      || change.kind == .directoryGone
  }
}

extension JournalFile {
  /// The same journal with nothing read yet.
  var fresh: JournalFile {
    JournalFile(folder: folder, clock: clock, demo: demo, disk: disk)
  }
}
