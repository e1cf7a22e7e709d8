import Posix
import Synchronization
import WatchCore
import WatchEngine
import WatchJournal

/// Another process's watch, seen from a console: its journal and sightings are followed, and what
/// the operator does is written by this process itself, under the journal's lock and by the same
/// rules. What only a watch can do is asked of it by a request.
final class AttendedWatch: Sendable {
  enum Message: Sendable {
    case entries([Entry])
    case looked(LeaseView.Look, LeaseView.Finding, canWrite: Bool)
    case command(Int, Command, Operator)
    case remedied(Remedy)
  }

  let store: StateStore
  let engine: Engine
  private let session: ConsoleSession
  private let wait: LeaseWait
  private let mailbox: AsyncStream<Message>
  private let post: AsyncStream<Message>.Continuation
  private let manner: LiveWatch.Manner
  private let news: @Sendable (WatchNews) -> Void
  private let isEnding = Atomic<Bool>(false)

  private init(
    _ session: ConsoleSession, _ store: StateStore, _ engine: Engine, _ wait: LeaseWait,
    _ manner: LiveWatch.Manner, news: @escaping @Sendable (WatchNews) -> Void
  ) {
    (self.session, self.store, self.engine, self.wait) = (session, store, engine, wait)
    (self.manner, self.news) = (manner, news)
    (mailbox, post) = AsyncStream.makeStream(of: Message.self)
  }

  /// Reads the journal and the sightings; asks no cloud.
  static func open(
    _ session: ConsoleSession, _ manner: LiveWatch.Manner,
    news: @escaping @Sendable (WatchNews) -> Void
  ) async throws(JournalError) -> AttendedWatch {
    let (clock, surroundings) = (session.clock, session.surroundings)
    let store = try await StateStore.open(session.folder, clock: clock.journal, demo: false)
    let engine = Engine(
      plan: session.plan, picture: store.picture,
      mark: WatchMark(
        what: .start, epoch: store.picture.epoch, host: surroundings.host, pid: surroundings.pid,
        version: Program.version, by: surroundings.me),
      screen: manner.hasScreen ? surroundings.me : nil, reading: clock.reading)
    let wait: LeaseWait
    do throws(PosixError) {
      let told = Once()
      wait = try LeaseWait(session, as: .console, patience: LeaseView.patience) { why in
        if told.isNew(why) { news(.say("the watch cannot be taken over: \(why)")) }
      }
    } catch {
      throw .system(error)
    }
    return AttendedWatch(session, store, engine, wait, manner, news: news)
  }

  /// False where it is over, and nothing comes of it.
  func send(_ command: Command, by who: Operator, number: Int) -> Bool {
    if case .terminated = post.yield(.command(number, command, who)) { return false }
    return true
  }

  /// What came of a runbook's command that a watch began before this console attended it.
  func take(_ ran: Remedy) -> Bool {
    manner.remedies.hand(ran) {
      if case .terminated = post.yield(.remedied(ran)) { false } else { true }
    }
  }

  func stop() {
    isEnding.store(true, ordering: .releasing)
    wait.stop()
  }

  /// Attends until the lease is ours, or ``stop()``: nil then.
  func run() async -> LeaseWait.Won? {
    let (post, store) = (post, store)
    let following = Task.detached {
      for await entries in store.news { post.yield(.entries(entries)) }
    }
    let waiting = Task.detached { [wait] in
      let won = await wait.wait { look, finding, canWrite in
        post.yield(.looked(look, finding, canWrite: canWrite))
      }
      post.finish()
      return won
    }
    var loop = AttendedLoop(session: session, store: store, engine: engine, news: news)
    await loop.begin()
    for await message in mailbox {
      switch message {
      case .entries(let entries): loop.fold(entries)
      case .looked(let look, let finding, let canWrite):
        await loop.take(look, finding, canWrite: canWrite)
        await loop.tell()
      case .command(let number, let command, let who):
        if let remedy = await loop.answer(number, command, by: who) { start(remedy) }
      case .remedied(let remedy): await loop.remedied(remedy)
      }
      loop.publish()
    }
    following.cancel()
    if isEnding.load(ordering: .acquiring) {
      await loop.end(manner.remedies.takeAll())
    } else {
      for ran in loop.unwritten { manner.leave(.remedied(ran)) }
    }
    return await waiting.value
  }

  private func start(_ remedy: Remedy) {
    manner.remedies.begin(remedy)
    Task { [self] in
      let ran = await RemedyRun.run(remedy, in: session)
      if !take(ran) { manner.leave(.remedied(ran)) }
    }
  }
}
