import Posix
import WatchCore
import WatchEngine
import WatchJournal

/// A state folder whose lease is ours, read, with a watch on it that can be started.
struct LiveWatch: Sendable {
  let lease: JournalLock
  let store: StateStore
  let engine: Engine
  let watch: Watch
  private let session: ConsoleSession
  private let metrics: MetricsOutput?
  private let news: @Sendable (WatchNews) -> Void

  /// How the watch is stood.
  struct Manner: Sendable {
    /// Whether an operator sits before it: only then is anybody told by it.
    var hasScreen: Bool
    /// Who stands it: the service, or a console.
    var role: JournalLock.Role = .console
    /// For the first entry: what came before, where that is worth a word.
    var began: String?
    /// Takes what it could not finish, where this process goes on without it.
    var leave: @Sendable (Unfinished) -> Void = { _ in }
    /// Of the whole process, whatever it stands or attends.
    var remedies = RunningRemedies()
    /// How the watch waits for its next second.
    var sleep: @Sendable (Duration) async -> Void = { await ProgramClock.sleep($0) }
  }

  /// Reads the journal. Nothing is asked of any cloud.
  static func open(
    _ session: ConsoleSession, lease: JournalLock, _ manner: Manner,
    news: @escaping @Sendable (WatchNews) -> Void
  ) async throws(JournalError) -> LiveWatch {
    let surroundings = session.surroundings
    let (clock, isDemo) = (session.clock, session.demo != nil)
    let store = try await StateStore.open(session.folder, clock: clock.journal, demo: isDemo)
    var engine = Engine(
      plan: session.plan, picture: store.picture,
      mark: WatchMark(
        what: .start, epoch: store.epoch, host: surroundings.host, pid: surroundings.pid,
        version: Program.version, text: manner.began, by: surroundings.me),
      screen: manner.hasScreen ? surroundings.me : nil, reading: clock.reading,
      earlier: store.earlier, gaps: store.gaps, lastSeen: isDemo ? nil : store.lastSeen,
      tells: session.notify != nil)
    engine.origin = session.rules?.origin(me: surroundings.me, hasScreen: manner.hasScreen)
    var ports = store.ports(clock: clock, epoch: store.epoch, gap: session.gap)
    ports.sleep = manner.sleep
    ports.leave = manner.leave
    if let notify = session.notify { ports.notify = notify }
    if let there = session.there { ports.there = there }
    ports.remedy = { await RemedyRun.run($0, in: session) }
    let metrics = MetricsOutput(session, role: manner.role) { news(.say($0)) }
    let watch = Watch(
      engine: engine, me: surroundings.me, demo: session.demo, probes: session.probes,
      readers: session.readers, bills: session.bills, ports: ports, remedies: manner.remedies
    ) { letter in
      metrics?.take(letter)
      news(letter)
    }
    return LiveWatch(
      lease: lease, store: store, engine: engine, watch: watch, session: session, metrics: metrics,
      news: news)
  }

  /// What is to be said of the folder itself.
  var remarks: [String] { store.notes }

  /// Watches until it is stopped or another watch has taken over.
  ///
  /// - Parameters:
  ///   - asked: a service wants the lease; nil where it is not given up.
  ///   - notice: the manager that waits for a sign of life.
  func run(
    notice: NotifySocket? = nil, asked: (@Sendable (String) -> Void)? = nil
  ) async -> WatchEnding {
    let (watch, store, news) = (watch, store, news)
    let following = Task.detached {
      for await entries in store.news { watch.follow(entries) }
    }
    // The demo's folder is its own: nobody attends it.
    let pulse =
      session.demo == nil
      ? WatchPulse(
        folder: session.folder, lease: lease, epoch: store.epoch, session.surroundings,
        notice: notice, canKeep: { store.keeping.isWell })
      : nil
    pulse?.start(watch) { request in
      switch request {
      case .probe(let source): watch.look(at: source)
      case .lease(let pid, let host): asked?("process \(pid) on \(host.shortened(to: 80))")
      }
    } stalled: { span in
      news(
        .stalled(
          span,
          "the watch itself stands still: its loop has not turned for \(span.text); nothing is "
            + "judged and nobody is told"))
    } say: { text in
      news(.say(text))
    }
    let deadMan = session.deadMan.map { deadMan in Task.detached { await deadMan.run(watch) } }
    metrics?.start(watch)
    let ending = await watch.run()
    if let metrics {
      await PosixThread.run(named: "metrics end") { metrics.end(isOver: ending == .stopped) }
    }
    deadMan?.cancel()
    pulse?.stop()
    following.cancel()
    return ending
  }
}
