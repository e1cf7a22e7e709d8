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
      stop(state.behind)
    }
  }

  private func stop(_ behind: Behind) {
    switch behind {
    case .stands(let live): live.watch.stop()
    case .attends(let attended): attended.stop()
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
      return state.asked
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

  /// Tried each second: what cannot be read now (no more room for a file, a folder that is not there)
  /// can be later, and a console that watches nothing says so meanwhile. Nil where it is to end and
  /// nothing is left to be written.
  private func attendedAgain() async -> Behind? {
    let told = Once()
    while hasWork {
      do throws(JournalError) {
        return .attends(try await AttendedWatch.open(session, manner, news: news))
      } catch {
        if told.isNew("\(error)") {
          mailbox.post(
            .stalled(.zero, "this console sees no watch, and tries each second: \(error)"))
        }
      }
      for _ in 0..<5 where !isEnding { await ProgramClock.sleep(.milliseconds(200)) }
      if isEnding { return nil }
    }
    return nil
  }

  private var isEnding: Bool { state.withLock { $0.isEnding } }

  /// False where it is to end, and nothing is left to be written.
  private var hasWork: Bool { state.withLock { !$0.isEnding || isOwed($0) } }

  /// A command of this process runs, or its end is in no journal yet.
  private func isOwed(_ state: State) -> Bool {
    !manner.remedies.isEmpty || state.waiting.contains(where: \.isRemedy)
  }

  private func attend(_ attended: AttendedWatch) async -> Behind? {
    guard let won = await attended.run() else { return nil }
    state.withLock { $0.isBetween = true }
    guard hasWork else {
      won.lease.release()
      return nil
    }
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

  /// False where it is to end. What this process has begun is written first: by the next one then,
  /// which ends as soon as it has.
  private func swap(_ next: Behind) -> Bool {
    state.withLock { state in
      if state.isEnding {
        guard isOwed(state) else { return false }
        state.waiting.removeAll { !$0.isRemedy }
      }
      state.behind = next
      state.isBetween = false
      state.waiting.removeAll { deliver($0, to: next) }
      if state.isEnding { stop(next) }
      return true
    }
  }
}

extension Unfinished {
  fileprivate var isRemedy: Bool { if case .remedied = self { true } else { false } }
}
