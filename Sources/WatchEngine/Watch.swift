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
  private let last = Mutex(Last())

  /// What was said of the end before it came.
  private struct Last {
    var text: String?
    var lost: String?
  }

  public init(
    engine: Engine, me: Operator, demo: String? = nil, probes: [Probe],
    readers: [EventReader] = [], bills: [CallBill] = [], ports: WatchPorts,
    news: @escaping @Sendable (WatchNews) -> Void
  ) {
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

  /// What the dead man's switch outside said.
  public func take(_ answer: DeadManAnswer) {
    post.yield(.input(.deadMan(answer)))
  }

  /// Ends ``run()`` after what was sent before.
  ///
  /// - Parameter text: for the last entry: why.
  public func stop(saying text: String? = nil) {
    last.withLock { $0.text = text }
    post.finish()
  }

  /// Ends ``run()`` without a last entry: the lease is another's.
  public func giveUp(_ why: String) {
    last.withLock { $0.lost = why }
    post.finish()
  }

  /// Seconds that the loop has dealt with: as long as it rises, the watch lives.
  public var turns: Int { ticks.load(ordering: .relaxed) }

  /// Watches until ``stop(saying:)``, or until another watch has taken over.
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
    for await message in mailbox {
      switch message {
      case .input(let input):
        await loop.take(input)
        if case .tick = input { ticks.add(1, ordering: .relaxed) }
      case .probe(let source): schedule.hurry(source)
      case .command(let number, let command, let who):
        await loop.answer(number, command, by: who)
      case .probed(let id, let report):
        schedule.finished(id)
        await loop.take(.report(report))
        if let reader = readers.first(where: { $0.id == id }) { receive(reader, at: loop.now) }
      }
      if let why = loop.superseded ?? last.withLock({ $0.lost }) {
        post.finish()
        ticker.cancel()
        return .superseded(why)
      }
      start(loop.requests(), &schedule, at: loop.now)
      launch(schedule.due(at: ports.clock().boot), at: loop.now)
    }
    ticker.cancel()
    if let why = last.withLock({ $0.lost }) { return .superseded(why) }
    let text = last.withLock { $0.text }
    await loop.perform([.append([engine.stopEvent(saying: text)])])
    await loop.end()
    await loop.publish()
    return .stopped
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
        Task { [post, ports] in post.yield(.input(.remedied(await ports.remedy(remedy)))) }
      case .notify(let notification, let channel, let of):
        Task { [post, ports] in
          let answer = await ports.notify(notification, channel)
          post.yield(.input(.delivered(of: of, channel: channel, answer)))
        }
      case .release(let path, let receipts):
        guard let reader = readers.first(where: { $0.paths.contains(path) }) else { continue }
        Task { await reader.release(receipts) }
      }
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
