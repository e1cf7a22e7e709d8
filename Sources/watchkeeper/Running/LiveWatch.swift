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
  static func open(_ session: ConsoleSession) throws -> LiveWatch {
    let surroundings = session.surroundings
    let lock = try takeLock(session)
    let (folder, clock, isDemo) = (session.folder, session.clock, session.demo != nil)
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
      screen: surroundings.me, reading: clock.reading, earlier: store.earlier)
    let watch = Watch(
      engine: engine, me: surroundings.me, demo: session.demo, probes: session.probes,
      ports: store.ports(clock: clock, epoch: store.epoch, gap: session.gap),
      news: { mailbox.post($0) })
    return LiveWatch(lock: lock, store: store, mailbox: mailbox, engine: engine, watch: watch)
  }

  /// Starts watching. Nothing has been asked of any cloud before.
  func start(_ session: ConsoleSession) {
    for remark in session.remarks + store.notes { mailbox.post(.say(remark)) }
    let (watch, store, mailbox) = (watch, store, mailbox)
    Task.detached {
      for await entries in store.news { watch.follow(entries) }
    }
    let lastSeen = session.demo == nil ? store.lastSeen : nil
    Task.detached {
      await watch.run(lastSeen: lastSeen)
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

  /// One watch per state folder.
  private static func takeLock(_ session: ConsoleSession) throws -> JournalLock {
    let holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host)
    switch try JournalLock.take(session.folder, as: holder) {
    case .taken(let lock): return lock
    case .held(let other):
      let who = other.map { " (\($0.text))" } ?? ""
      throw ProgramError(
        "a watch runs on \(session.folder.path) already\(who); watchkeeper status shows what it "
          + "sees, --state DIR starts another", status: 75)
    }
  }
}
