import WatchCore
import WatchEngine
import WatchJournal

/// One look at everything, on a state folder.
enum Round {
  /// - Parameter writes: whether what is found goes into the journal; where another watch holds the
  ///   folder it is that watch's to write, and this look keeps its findings to itself.
  /// - Parameters:
  ///   - lease: what it is written by; nothing is, once another has taken it over.
  ///   - patience: seconds after which what has not answered is blind.
  static func run(
    _ session: ConsoleSession, _ store: StateStore, writes: Bool, lease: JournalLock? = nil,
    patience: Double = patience
  ) async -> Board {
    let (clock, surroundings) = (session.clock, session.surroundings)
    let engine = Engine(
      plan: session.plan, picture: store.picture,
      mark: WatchMark(
        what: .start, epoch: store.picture.epoch, host: surroundings.host, pid: surroundings.pid,
        version: Program.version, by: surroundings.me),
      screen: nil, reading: clock.reading, earlier: store.earlier,
      gaps: store.gaps,
      lastSeen: store.lastSeen)
    var ports = store.ports(clock: clock, epoch: nil, gap: session.gap)
    if let lease {
      ports.append = { [append = ports.append] events in
        guard lease.isOurs else { return .superseded("another watch has taken the lease over") }
        return await append(events)
      }
    }
    if !writes {
      ports.append = Imagined(clock: clock, head: store.picture.head).append
      ports.keep = { _, _ in }
      ports.keepGaps = { _ in }
    }
    return await CheckRound.run(
      engine: engine, me: surroundings.me, probes: session.probes, ports: ports,
      patience: { try? await Task.sleep(for: .seconds(patience)) })
  }

  /// A monitoring system gives a check some half a minute; an endpoint that never answers must not
  /// use it up. One call's own limit is below.
  static let patience = 16.0
  /// One call's pages each, with retries, take that much of it at most.
  static let callShare = 0.75

  /// Entries as they would be, on no disk.
  private actor Imagined {
    private var seq: Int
    private let clock: ProgramClock

    init(clock: ProgramClock, head: Entry?) {
      self.clock = clock
      seq = head?.seq ?? 0
    }

    nonisolated var append: @Sendable ([Event]) async -> AppendOutcome {
      { events in .written(await self.entries(events)) }
    }

    private func entries(_ events: [Event]) -> [Entry] {
      events.map { event in
        seq += 1
        return Entry(
          seq: seq, prev: Entry.noPrevious, at: clock.now(), boot: clock.boot(), event: event)
      }
    }
  }
}
