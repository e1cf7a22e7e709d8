import Posix
import Synchronization
import Transfer
import WatchCore
import WatchEngine
import WatchJournal

/// The watch's figures for Prometheus, as long as it stands: a file, a page on a loopback port. On a
/// thread of its own, which also sees whether the watch's loop turns: a figure that was true once must
/// not look as if it were.
final class MetricsOutput: Sendable {
  private struct State {
    var board: Board?
    var turns = -1
    /// When it last turned, by the machine's clock and by the wall's.
    var turned: (millis: Int64, at: Timestamp)?
    var lastSaid: [String: String] = [:]
  }

  private let plan: MetricsPlan
  private let holder: JournalLock.Holder
  private let clock: ProgramClock
  private let say: @Sendable (String) -> Void
  private let wake: WakePipe
  private let isEnding = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  private let state = Mutex(State())

  private static let sampleMillis: Int64 = 2000
  private static let writeMillis: Int64 = 15_000
  /// As long as a console waits.
  private static let stillMillis: Int64 = 10_000

  init?(
    _ session: ConsoleSession, role: JournalLock.Role, say: @escaping @Sendable (String) -> Void
  ) {
    guard session.demo == nil, let plan = session.plan.metrics, let wake = try? WakePipe() else {
      return nil
    }
    (self.plan, self.wake, self.say, clock) = (plan, wake, say, session.clock)
    holder = JournalLock.Holder(
      pid: session.surroundings.pid, host: session.surroundings.host, role: role)
  }

  func take(_ news: WatchNews) {
    guard case .board(let board) = news else { return }
    let isNew = state.withLock { state in
      defer { state.board = board }
      return state.board?.picture.head?.seq != board.picture.head?.seq
    }
    if isNew { wake.wake() }
  }

  func start(_ watch: Watch) {
    do throws(PosixError) {
      try PosixThread.start(named: "metrics") { self.run(watch) }
    } catch {
      hasEnded.store(true, ordering: .releasing)
      say("no metrics: \(error)")
    }
  }

  /// Ends it; port and file are the next watch's when this returns. Blocks for some milliseconds.
  ///
  /// - Parameter isOver: false where another watch has taken over already, and writes that file.
  func end(isOver: Bool) {
    isEnding.store(true, ordering: .releasing)
    wake.wake()
    let limit = MonotonicClock.millis() + 3000
    while !hasEnded.load(ordering: .acquiring), MonotonicClock.millis() < limit {
      _ = Poller.wait([], timeoutMillis: 5)
    }
    if isOver { write(MetricsText.ended(at: clock.now(), version: Program.version)) }
  }

  private func run(_ watch: Watch) {
    var server: PageServer?
    var (written, listened) = (Int64.min / 2, Int64.min / 2)
    var isWanted = true
    while !isEnding.load(ordering: .acquiring) {
      let now = MonotonicClock.millis()
      sample(watch.turns, now)
      if server == nil, plan.listen != nil, now - listened >= Self.writeMillis {
        listened = now
        server = serve()
      }
      let isDue = now - written >= (isWanted ? Self.sampleMillis / 2 : Self.writeMillis)
      if isDue, let reading = reading() {
        (written, isWanted) = (now, false)
        write(MetricsText.text(reading, version: Program.version))
      }
      // However many entries a flood brings, it is written once a second.
      let rest = isWanted ? Self.sampleMillis / 2 : Self.sampleMillis
      _ = Poller.wait([wake.readDescriptor], timeoutMillis: Int(rest))
      isWanted = !wake.drain().isEmpty || isWanted
    }
    server?.stop()
    hasEnded.store(true, ordering: .releasing)
  }

  private func sample(_ turns: Int, _ now: Int64) {
    state.withLock { state in
      guard state.turns != turns else { return }
      state.turns = turns
      state.turned = (now, clock.now())
    }
  }

  /// Nil until there is a board.
  private func reading() -> StatusReading? {
    let (board, turned) = state.withLock { ($0.board, $0.turned) }
    guard var board else { return nil }
    let now = clock.now()
    board.clouds = board.clouds.map { $0.judged(board.picture, at: now) }
    let isAlive = turned.map { MonotonicClock.millis() - $0.millis < Self.stillMillis } ?? false
    let looked = board.clouds.flatMap(\.paths).compactMap(\.looked).max()
    return StatusReading(
      board: board,
      watch: WatchPresence(
        isAlive: isAlive, holder: holder, beat: turned?.at,
        since: WatchPresence.start(board.picture), lastLook: looked), now: now)
  }

  private func serve() -> PageServer? {
    guard let address = plan.listen else { return nil }
    do throws(PosixError) {
      let server = try PageServer(host: address.host, port: address.port) { [weak self] path in
        guard path == "/metrics", let self else { return nil }
        guard let reading = self.reading() else {
          return PageAnswer(
            status: 503, type: "text/plain; charset=utf-8",
            body: Array("nothing was looked at yet\n".utf8))
        }
        return PageAnswer(
          type: MetricsText.contentType,
          body: Array(MetricsText.text(reading, version: Program.version).utf8))
      }
      tell("listen", "metrics: http://\(address.text)/metrics")
      return server
    } catch {
      tell("listen", "no metrics at \(address.text): \(error.reason)")
      return nil
    }
  }

  private func write(_ text: String) {
    guard let path = plan.file else { return }
    do throws(PosixError) {
      // Others read it: node_exporter is another user.
      try File.replace(path, with: Array(text.utf8), mode: 0o644, synced: false)
      tell("file", nil)
    } catch {
      tell("file", "no metrics in \(path): \(error.reason)")
    }
  }

  /// Each once, until it is another.
  private func tell(_ what: String, _ text: String?) {
    let isNew = state.withLock { state in
      defer { state.lastSaid[what] = text }
      return state.lastSaid[what] != text
    }
    if isNew, let text { say(text) }
  }
}
