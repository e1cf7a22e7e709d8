import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// A state folder that is locked and read, with a watch on it that can be started.
struct LiveWatch {
  let lock: JournalLock
  let store: StateStore
  let mailbox: Mailbox
  let engine: Engine
  let watch: Watch

  /// Takes the folder's lock and reads its journal.
  ///
  /// - Parameters:
  ///   - hasScreen: whether an operator sits before it: only then is anybody told by it.
  ///   - sleep: how the watch waits for its next second.
  ///   - long: is called before a journal of so many bytes is read that it takes a while.
  static func open(
    _ session: ConsoleSession, hasScreen: Bool,
    sleep: @escaping @Sendable (Duration) async -> Void = { await ProgramClock.sleep($0) },
    long: (Int) throws -> Void = { _ in }
  ) throws -> LiveWatch {
    let surroundings = session.surroundings
    let lock = try takeLock(session)
    let (folder, clock, isDemo) = (session.folder, session.clock, session.demo != nil)
    if let size = try? FileFacts(path: folder.journal)?.size, size >= longJournal {
      try long(size)
    }
    let store = try Blocking.run { () async -> Result<StateStore, JournalError> in
      do throws(JournalError) {
        return .success(try await StateStore.open(folder, clock: clock.journal, demo: isDemo))
      } catch {
        return .failure(error)
      }
    }.get()
    let mailbox = try Mailbox()
    let engine = Engine(
      plan: session.plan, picture: store.picture,
      mark: WatchMark(
        what: .start, epoch: store.epoch, host: surroundings.host, pid: surroundings.pid,
        version: Program.version, by: surroundings.me),
      screen: hasScreen ? surroundings.me : nil, reading: clock.reading, earlier: store.earlier,
      lastSeen: session.demo == nil ? store.lastSeen : nil)
    var ports = store.ports(clock: clock, epoch: store.epoch, gap: session.gap)
    ports.sleep = sleep
    ports.remedy = { remedy in
      isDemo
        ? RemedyRun.refuse(remedy)
        : await RemedyRun.run(remedy, environment: surroundings.environment)
    }
    let watch = Watch(
      engine: engine, me: surroundings.me, demo: session.demo, probes: session.probes,
      readers: session.readers, bills: session.bills, ports: ports,
      news: { mailbox.post($0) })
    return LiveWatch(lock: lock, store: store, mailbox: mailbox, engine: engine, watch: watch)
  }

  /// Bytes of a journal that take a tenth of a second to read, or somewhat less.
  private static let longJournal = 2 << 20

  /// Starts watching. Nothing has been asked of any cloud before.
  func start(_ session: ConsoleSession) {
    for remark in session.remarks + store.notes { mailbox.post(.say(remark)) }
    let (watch, store, mailbox) = (watch, store, mailbox)
    Task.detached {
      for await entries in store.news { watch.follow(entries) }
    }
    Task.detached {
      await watch.run()
      mailbox.end()
    }
  }

  /// Ends the watch; its last entry is worth two seconds, and no more.
  func stop() {
    watch.stop()
    let limit = MonotonicClock.millis() + 2000
    while !mailbox.isEnded, MonotonicClock.millis() < limit {
      _ = Poller.wait(
        [mailbox.pipe.readDescriptor], timeoutMillis: Int(limit - MonotonicClock.millis()))
      _ = mailbox.pipe.drain()
    }
  }

  /// One watch per state folder. A `check` holds the lock for as long as it looks: that is waited for.
  private static func takeLock(_ session: ConsoleSession) throws -> JournalLock {
    let holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host)
    let limit = MonotonicClock.millis() + lockPatienceMillis
    while true {
      switch try JournalLock.take(session.folder, as: holder) {
      case .taken(let lock): return lock
      case .held(let other):
        guard MonotonicClock.millis() < limit else { throw held(session, other) }
        _ = Poller.wait([], timeoutMillis: 100)
      }
    }
  }

  private static let lockPatienceMillis: Int64 = 3000

  private static func held(
    _ session: ConsoleSession, _ other: JournalLock.Holder?
  ) -> ProgramError {
    let who = other.map { " (\($0.text))" } ?? ""
    return ProgramError(
      "a watch runs on \(session.folder.path) already\(who); watchkeeper status shows what it "
        + "sees, --state DIR starts another", status: 75)
  }
}
