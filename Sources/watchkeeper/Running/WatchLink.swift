import Posix
import Synchronization
import WatchCore
import WatchEngine
import WatchJournal

/// What stands behind a console: a watch of this process, or another's that it attends; one takes the
/// other's place while the console goes on. The operator's commands go to whichever it is.
final class WatchLink: Sendable {
  /// One of the two.
  private enum Behind: Sendable {
    case stands(LiveWatch)
    case attends(AttendedWatch)
  }

  private struct State {
    var behind: Behind
    var isEnding = false
    /// A service asked for the lease: who.
    var asked: String?
    /// Sent while one was taking the other's place.
    var waiting: [Unfinished] = []
    var isBetween = false
  }

  let mailbox: Mailbox
  private let session: ConsoleSession
  private let manner: LiveWatch.Manner
  private let state: Mutex<State>

  private init(
    _ session: ConsoleSession, _ manner: LiveWatch.Manner, _ mailbox: Mailbox, _ behind: Behind
  ) {
    (self.session, self.manner, self.mailbox) = (session, manner, mailbox)
    state = Mutex(State(behind: behind))
  }

  /// Takes the folder's lease, or attends whoever has it, and reads the journal. Blocks: for the
  /// main thread, before anything is shown.
  ///
  /// - Parameter long: is called before a journal of so many bytes is read that it takes a while.
  static func open(
    _ session: ConsoleSession, _ manner: LiveWatch.Manner, long: (Int) throws -> Void = { _ in }
  ) throws -> WatchLink {
    let lease = try lease(session)
    if let size = try? FileFacts(path: session.folder.journal)?.size, size >= longJournal {
      try long(size)
    }
    let mailbox = try Mailbox()
    let leftovers = Leftovers()
    var manner = manner
    manner.leave = { leftovers.leave($0) }
    let behind = try Blocking.run { [manner] () async -> Result<Behind, JournalError> in
      do throws(JournalError) {
        guard let lease else {
          let attended = try await AttendedWatch.open(session, manner) { mailbox.post($0) }
          return .success(.attends(attended))
        }
        let live = try await LiveWatch.open(session, lease: lease, manner) { mailbox.post($0) }
        return .success(.stands(live))
      } catch {
        return .failure(error)
      }
    }.get()
    let link = WatchLink(session, manner, mailbox, behind)
    leftovers.hand { [weak link] in link?.pass($0) }
    return link
  }

  /// Bytes of a journal that take a tenth of a second to read, or somewhat less.
  private static let longJournal = 2 << 20

  /// The board before anything was looked at.
  var firstBoard: Board {
    let engine = state.withLock { state in
      switch state.behind {
      case .stands(let live): live.engine
      case .attends(let attended): attended.engine
      }
    }
    return Board(
      picture: engine.picture, clouds: engine.clouds(),
      journal: .saved(engine.picture.head?.at), me: session.surroundings.me, demo: session.demo,
      plan: session.plan)
  }

  /// Starts what stands behind. Nothing has been asked of any cloud before.
  func start() {
    for remark in session.remarks { mailbox.post(.say(remark)) }
    Task.detached { [self] in
      await run()
      mailbox.end()
    }
  }

  func send(_ command: Command, number: Int) {
    pass(.command(number, command, session.surroundings.me))
  }

  /// To what stands behind, or to what takes its place.
  private func pass(_ unfinished: Unfinished) {
    state.withLock { state in
      if state.isBetween || !deliver(unfinished, to: state.behind) {
        state.waiting.append(unfinished)
      }
    }
  }

  /// Ends it; its last entry is worth two seconds, and no more.
  func stop() {
    end()
    let limit = MonotonicClock.millis() + 2000
    while !mailbox.isEnded, MonotonicClock.millis() < limit {
      _ = Poller.wait(
        [mailbox.pipe.readDescriptor], timeoutMillis: Int(limit - MonotonicClock.millis()))
      _ = mailbox.pipe.drain()
    }
  }

  /// Ends it and waits for nothing.
  func end() {
    state.withLock { state in
      state.isEnding = true
      switch state.behind {
      case .stands(let live): live.watch.stop()
      case .attends(let attended): attended.stop()
      }
    }
  }

  /// False where what stands behind has ended already.
  private func deliver(_ unfinished: Unfinished, to behind: Behind) -> Bool {
    switch (unfinished, behind) {
    case (.command(let number, let command, let who), .stands(let live)):
      live.watch.send(command, by: who, number: number)
    case (.command(let number, let command, let who), .attends(let attended)):
      attended.send(command, by: who, number: number)
    case (.remedied(let ran), .stands(let live)): live.watch.take(ran)
    case (.remedied(let ran), .attends(let attended)): attended.take(ran)
    }
  }

  private func run() async {
    while true {
      let behind = state.withLock { $0.behind }
      let next: Behind?
      switch behind {
      case .stands(let live): next = await stand(live)
      case .attends(let attended): next = await attend(attended)
      }
      guard let next, swap(next) else { return }
    }
  }

  private func stand(_ live: LiveWatch) async -> Behind? {
    for remark in live.remarks { mailbox.post(.say(remark)) }
    let ending = await live.run { [self] who in
      state.withLock { $0.asked = who }
      live.watch.stop(saying: "gives the watch to \(who)", handsOver: true)
    }
    live.lease.release()
    let asked = state.withLock { state in
      state.isBetween = true
      defer { state.asked = nil }
      return state.isEnding ? nil : state.asked
    }
    switch ending {
    case .superseded(let why): mailbox.post(.say(why))
    case .stopped:
      guard let asked else { return nil }
      mailbox.post(.say("the watch is \(asked)'s now; this console attends it"))
    }
    return await attendedAgain()
  }

  private var news: @Sendable (WatchNews) -> Void { { [mailbox] in mailbox.post($0) } }

  private func attendedAgain() async -> Behind? {
    do throws(JournalError) {
      return .attends(try await AttendedWatch.open(session, manner, news: news))
    } catch {
      mailbox.post(.say("\(error)"))
      return nil
    }
  }

  private func attend(_ attended: AttendedWatch) async -> Behind? {
    guard let won = await attended.run() else { return nil }
    state.withLock { $0.isBetween = true }
    var manner = manner
    manner.began = won.text
    mailbox.post(.say(won.text.map { "this console \($0)" } ?? "this console stands the watch now"))
    do throws(JournalError) {
      let live = try await LiveWatch.open(
        session.reread?() ?? session, lease: won.lease, manner, news: news)
      return .stands(live)
    } catch {
      mailbox.post(.say("\(error)"))
      won.lease.release()
      return await attendedAgain()
    }
  }

  /// False where it is to end.
  private func swap(_ next: Behind) -> Bool {
    state.withLock { state in
      guard !state.isEnding else { return false }
      state.behind = next
      state.isBetween = false
      state.waiting.removeAll { deliver($0, to: next) }
      return true
    }
  }

  /// Nil where another watch holds it, that can be attended. A `check` holds it for as long as it
  /// looks: that is waited for. The demo's folder is nobody else's.
  private static func lease(_ session: ConsoleSession) throws -> JournalLock? {
    let holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host, role: .console)
    let limit = MonotonicClock.millis() + lockPatienceMillis
    while true {
      switch try JournalLock.take(session.folder, as: holder) {
      case .taken(let lock): return lock
      case .held(let other):
        if session.demo == nil, other?.role != .check { return nil }
        guard MonotonicClock.millis() < limit else {
          if session.demo == nil { return nil }
          throw held(session, other)
        }
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
