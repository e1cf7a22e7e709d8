import Synchronization
import WatchCore
import WatchProbes

/// The running watch: one loop that takes inputs one after another, does what the engine asks in
/// order, and tells what came of it. The only place where the engine meets journal and clouds.
public final class Watch: Sendable {
  enum Message: Sendable {
    case input(EngineInput)
    case command(Int, Command, Operator)
    case probed(String, ProbeReport)
    case probe(SourceID?)
  }

  private let mailbox: AsyncStream<Message>
  private let post: AsyncStream<Message>.Continuation
  private let engine: Engine
  private let me: Operator
  private let demo: String?
  private let probes: [Probe]
  private let readers: [EventReader]
  private let bills: [CallBill]
  private let ports: WatchPorts
  private let news: @Sendable (WatchNews) -> Void
  private let ticks = Atomic<Int>(0)
  private let unsaved = Atomic<Int>(0)
  private let last = Mutex(Last())
  private let remedies: RunningRemedies

  /// What was said of the end before it came.
  private struct Last {
    var text: String?
    var lost: String?
    var handsOver = false
  }

  /// - Parameter remedies: of the process, where it may stand or attend more than this watch.
  public init(
    engine: Engine, me: Operator, demo: String? = nil, probes: [Probe],
    readers: [EventReader] = [], bills: [CallBill] = [], ports: WatchPorts,
    remedies: RunningRemedies = RunningRemedies(), news: @escaping @Sendable (WatchNews) -> Void
  ) {
    self.remedies = remedies
    self.readers = readers
    self.bills = bills
    self.engine = engine
    self.me = me
    self.demo = demo
    self.probes = probes
    self.ports = ports
    self.news = news
    (mailbox, post) = AsyncStream.makeStream(of: Message.self)
  }

  /// An operator's command; the outcome comes by `news` under the same number.
  /// False where the watch has ended, and nothing comes of it.
  @discardableResult
  public func send(_ command: Command, by who: Operator, number: Int) -> Bool {
    if case .terminated = post.yield(.command(number, command, who)) { return false }
    return true
  }

  /// Entries that others wrote to the journal.
  public func follow(_ entries: [Entry]) {
    post.yield(.input(.entries(entries)))
  }

  /// Looks now: at what sees a source, or at everything.
  public func look(at source: SourceID?) {
    post.yield(.probe(source))
  }

  /// What came of a runbook's command that another watch began, which has ended since.
  /// False where this one has ended too, and nothing comes of it.
  @discardableResult
  public func take(_ ran: Remedy) -> Bool {
    remedies.hand(ran) {
      if case .terminated = post.yield(.input(.remedied(ran))) { false } else { true }
    }
  }

  /// What the dead man's switch outside said.
  public func take(_ answer: DeadManAnswer) {
    post.yield(.input(.deadMan(answer)))
  }

  /// Ends ``run()`` after what was sent before.
  ///
  /// - Parameters:
  ///   - text: for the last entry: why.
  ///   - handsOver: this process goes on, and what is not finished goes to
  ///     ``WatchPorts/leave``; of a command that still runs it is written otherwise that nobody waited.
  public func stop(saying text: String? = nil, handsOver: Bool = false) {
    last.withLock { ($0.text, $0.handsOver) = (text, handsOver) }
    post.finish()
  }

  /// Ends ``run()`` without a last entry: the lease is another's.
  public func giveUp(_ why: String) {
    last.withLock { $0.lost = why }
    post.finish()
  }

  /// Seconds that the loop has dealt with: as long as it rises, the watch lives.
  public var turns: Int { ticks.load(ordering: .relaxed) }

  /// Seconds for which the journal could not be written: nobody is told of anything meanwhile.
  public var unsavedSeconds: Int { unsaved.load(ordering: .relaxed) }

  /// Watches until ``stop(saying:handsOver:)``, or until another watch has taken over.
  @discardableResult
  public func run() async -> WatchEnding {
    var loop = WatchLoop(
      engine: engine, me: me, demo: demo, bills: bills, ports: ports, news: news)
    await loop.begin()
    var schedule = ProbeSchedule(probes)
    launch(schedule.due(at: ports.clock().boot), at: loop.now)
    let ticker = Task { [post, ports] in
      while !Task.isCancelled {
        await ports.sleep(.seconds(1))
        if case .terminated = post.yield(.input(.tick)) { return }
      }
    }
    for reader in readers { receive(reader, at: loop.now) }
    var lost: String?
    for await message in mailbox {
      lost = lost ?? last.withLock { $0.lost }
      if lost != nil {
        leave(message)
        continue
      }
      await take(message, &loop, &schedule)
      if let why = loop.superseded {
        lost = why
        post.finish()
        continue
      }
      start(loop.requests(), &schedule, at: loop.now)
      launch(schedule.due(at: ports.clock().boot), at: loop.now)
    }
    ticker.cancel()
    if let why = lost ?? last.withLock({ $0.lost }) {
      for ran in loop.unwritten { ports.leave(.remedied(ran)) }
      return .superseded(why)
    }
    await end(&loop)
    return .stopped
  }

  private func take(
    _ message: Message, _ loop: inout WatchLoop, _ schedule: inout ProbeSchedule
  ) async {
    switch message {
    case .input(let input):
      await loop.take(input)
      guard case .tick = input else { return }
      ticks.add(1, ordering: .relaxed)
      unsaved.store(loop.isSaved ? 0 : unsavedSeconds + 1, ordering: .relaxed)
      for probe in schedule.second() { await loop.take(.report(Self.unanswered(probe, loop.now))) }
    case .probe(let source): schedule.hurry(source)
    case .command(let number, let command, let who):
      await loop.answer(number, command, by: who)
    case .probed(let id, let report):
      schedule.finished(id)
      await loop.take(.report(report))
      if let reader = readers.first(where: { $0.id == id }) { receive(reader, at: loop.now) }
    }
  }

  /// What is not to be lost with a watch that another one has superseded.
  private func leave(_ message: Message) {
    switch message {
    case .command(let number, let command, let who):
      ports.leave(.command(number, command, who))
    case .input(.remedied(let ran)): ports.leave(.remedied(ran))
    case .input, .probed, .probe: return
    }
  }

  private func end(_ loop: inout WatchLoop) async {
    let (text, handsOver) = last.withLock { ($0.text, $0.handsOver) }
    let running = handsOver ? [] : remedies.takeAll()
    let ran = (loop.unwritten + running).map(Event.remedy)
    await loop.perform([.append(ran + [engine.stopEvent(saying: text)])])
    if handsOver { for ran in loop.unwritten { ports.leave(.remedied(ran)) } }
    await loop.end()
    await loop.publish()
  }

  /// A probe that hangs is blind by its own report, and its next look begins.
  private static func unanswered(_ probe: Probe, _ now: Timestamp) -> ProbeReport {
    let after = Duration.seconds(ProbeSchedule.patience(probe))
    let why = Blindness(kind: .timedOut, detail: "no answer within \(after.text)")
    return ProbeReport(
      probe: probe.id, began: now, ended: now,
      looks: probe.paths.map { Look(path: $0, result: .blind(why)) })
  }

  private func start(
    _ requests: [WatchLoop.Request], _ schedule: inout ProbeSchedule, at now: Timestamp
  ) {
    for request in requests {
      switch request {
      case .probe(let source): schedule.hurry(source)
      case .gap(let alert, let question):
        Task { [post, ports] in
          post.yield(.input(.gap(alert, await ports.gap(question, now))))
        }
      case .remedy(let remedy):
        run(remedy)
      case .notify(let notification, let channel, let of):
        Task { [post, ports] in
          let answer = await ports.notify(notification, channel)
          post.yield(.input(.delivered(of: of, channel: channel, answer)))
        }
      case .lookThere(let id, let channel, let of):
        Task { [post, ports] in
          let answer = await ports.there(id, channel)
          post.yield(.input(.there(of: of, channel: channel, answer)))
        }
      case .release(let path, let receipts):
        guard let reader = readers.first(where: { $0.paths.contains(path) }) else { continue }
        Task { await reader.release(receipts) }
      }
    }
  }

  /// Commands take up to minutes: what came of one goes to whoever watches then.
  private func run(_ remedy: Remedy) {
    remedies.begin(remedy)
    Task { [self] in
      let ran = await ports.remedy(remedy)
      if !take(ran) { ports.leave(.remedied(ran)) }
    }
  }

  /// One turn at a queue; the next one begins when the engine has taken its report.
  private func receive(_ reader: EventReader, at now: Timestamp) {
    Task { [post] in post.yield(.probed(reader.id, await reader.receive(now))) }
  }

  private func launch(_ due: [Probe], at now: Timestamp) {
    for probe in due {
      Task { [post] in post.yield(.probed(probe.id, await probe.look(now))) }
    }
  }
}

/// How a watch came to its end.
public enum WatchEnding: Sendable, Equatable {
  case stopped
  /// Another one holds the lease; the sentence says how that showed.
  case superseded(String)
}
