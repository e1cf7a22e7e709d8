import Synchronization
import Testing
import WatchCore
import WatchProbes

@testable import WatchEngine

/// What a watch had begun when it ended is written, or handed to whoever comes after it.
@Suite(.timeLimit(.minutes(2))) struct WatchEndTests {
  /// A watch with a journal in memory, whose commands take as long as a test wants, and whose second
  /// never comes.
  private final class Stand: Sendable {
    let watch: Watch
    let written = Mutex<[Event]>([])
    let left = Mutex<[Unfinished]>([])
    let isLost = Mutex(false)
    let begun: AsyncStream<Void>
    let ran: AsyncStream<Void>.Continuation
    let outcomes: AsyncStream<CommandOutcome>

    /// Closed: what is to be written waits.
    let gate = Mutex<AsyncStream<Void>?>(nil)

    init(probes: [Probe] = [], ticks: Int = 0, remedies: RunningRemedies = RunningRemedies()) {
      var rig = Rig()
      rig.saw([.trail(logging: false, stopped: rig.wall - .minutes(1))])
      let reading = rig.reading
      let (begun, begin) = AsyncStream.makeStream(of: Void.self)
      let (ran, run) = AsyncStream.makeStream(of: Void.self)
      let (outcomes, outcome) = AsyncStream.makeStream(of: CommandOutcome.self)
      (self.begun, self.outcomes, self.ran) = (begun, outcomes, run)
      let seq = Mutex(rig.entries.count)
      let me = Mutex<Stand?>(nil)
      let seconds = Mutex(ticks)
      var ports = WatchPorts(
        clock: { reading },
        sleep: { _ in
          let goesOn = seconds.withLock { left in
            left -= 1
            return left >= 0
          }
          if !goesOn { try? await Task.sleep(for: .seconds(3600)) }
        },
        append: { events in
          guard let stand = me.withLock({ $0 }), !stand.isLost.withLock({ $0 }) else {
            return .superseded("another watch has taken over")
          }
          if let gate = stand.gate.withLock({ $0 }) { for await _ in gate { break } }
          stand.written.withLock { $0 += events }
          return .written(
            events.map { event in
              let number = seq.withLock { seq in
                seq += 1
                return seq
              }
              return Entry(
                seq: number, prev: "", at: reading.wall, boot: 0, event: event, hash: "\(number)")
            })
        },
        verify: { .unchecked }, keep: { _, _ in },
        gap: { _, _ in .blind(Blindness(kind: .other, detail: "")) })
      ports.remedy = { remedy in
        begin.yield()
        for await _ in ran { break }
        var remedy = remedy
        (remedy.status, remedy.output) = (0, "")
        return remedy
      }
      ports.leave = { unfinished in me.withLock { $0 }?.left.withLock { $0.append(unfinished) } }
      watch = Watch(
        engine: rig.engine, me: Rig.mira, probes: probes, ports: ports, remedies: remedies
      ) { news in
        if case .outcome(_, let said) = news { outcome.yield(said) }
      }
      me.withLock { $0 = self }
    }

    var ends: [Int?] {
      written.withLock { written in
        written.compactMap {
          if case .remedy(let remedy) = $0 { .some(remedy.status) } else { nil }
        }
      }
    }

    var remediesLeft: [Int?] {
      left.withLock { left in
        left.compactMap { if case .remedied(let remedy) = $0 { .some(remedy.status) } else { nil } }
      }
    }
  }

  private static let command = Command.remedy(
    AlertID(1), runbook: "aws-trail-stopped", step: 3, command: "aws cloudtrail start-logging")

  /// A watch whose command runs.
  private static func running(
    _ remedies: RunningRemedies = RunningRemedies()
  ) async -> (Stand, Task<WatchEnding, Never>) {
    let stand = Stand(remedies: remedies)
    let watching = Task { await stand.watch.run() }
    stand.watch.send(command, by: Rig.mira, number: 1)
    for await _ in stand.begun { break }
    for await _ in stand.outcomes { break }
    return (stand, watching)
  }

  /// What was left, once there is something: it comes from a task of its own.
  private static func left(_ stand: Stand) async -> [Int?] {
    while stand.remediesLeft.isEmpty, !Task.isCancelled { await Task.yield() }
    return stand.remediesLeft
  }

  @Test("A command that runs when the watch is given away: its end goes to the next")
  func handedOver() async {
    let (stand, watching) = await Self.running()
    stand.watch.stop(saying: "gives the watch to process 4711", handsOver: true)
    #expect(await watching.value == .stopped)
    #expect(stand.ends == [nil])
    stand.ran.yield()
    #expect(await Self.left(stand) == [0])
    let next = Stand()
    guard case .remedied(let ran)? = stand.left.withLock({ $0.first }) else {
      Issue.record("its end was left to nobody")
      return
    }
    #expect(next.watch.take(ran))
    next.watch.stop()
    _ = await next.watch.run()
    #expect(next.ends == [0], "written by whoever watches then")
  }

  @Test("A command that runs when the console is closed: it is written that nobody waited for it")
  func unwaited() async {
    let (stand, watching) = await Self.running()
    stand.watch.stop()
    #expect(await watching.value == .stopped)
    #expect(stand.ends == [nil, 125])
    stand.ran.yield()
  }

  @Test(
    "A command that a watch before this one began: the last of the process writes its end",
    arguments: [true, false])
  func unwaitedAfterAnother(isSuperseded: Bool) async {
    let remedies = RunningRemedies()
    let (first, watching) = await Self.running(remedies)
    if isSuperseded {
      first.watch.giveUp("another watch has taken the lease over")
    } else {
      first.watch.stop(saying: "gives the watch to process 4711", handsOver: true)
    }
    _ = await watching.value
    #expect(first.ends == [nil])
    let last = Stand(remedies: remedies)
    last.watch.stop()
    _ = await last.watch.run()
    #expect(last.ends == [125])
    #expect(remedies.isEmpty)
    // It ends after all, and has its end already.
    first.ran.yield()
    #expect(await Self.left(first) == [0])
    #expect(!last.watch.take(Self.ran(first)) && remedies.isEmpty)
  }

  private static func ran(_ stand: Stand) -> Remedy {
    let all = stand.left.withLock { left in
      left.compactMap { if case .remedied(let remedy) = $0 { remedy } else { nil } }
    }
    return all.first
      ?? Remedy(alert: AlertID(1), runbook: "", step: 0, command: "", by: Rig.mira)
  }

  @Test("A command that ends while its watch does: its end is written, once")
  func endsMeanwhile() async {
    let (stand, watching) = await Self.running()
    let (gate, open) = AsyncStream.makeStream(of: Void.self)
    stand.gate.withLock { $0 = gate }
    stand.watch.send(.act(.ack, AlertID(1)), by: Rig.mira, number: 2)
    stand.watch.stop()
    stand.ran.yield()
    #expect(await Self.left(stand) == [0], "nobody takes it any more")
    open.finish()
    #expect(await watching.value == .stopped)
    #expect(stand.ends == [nil, 0])
  }

  @Test("Superseded while a command runs: its end goes to the next, and is not lost")
  func superseded() async {
    let (stand, watching) = await Self.running()
    stand.watch.giveUp("another watch has taken the lease over")
    #expect(await watching.value == .superseded("another watch has taken the lease over"))
    stand.ran.yield()
    #expect(await Self.left(stand) == [0])
  }

  @Test("Superseded with the end of a command in hand: the same")
  func supersededAtTheEnd() async {
    let (stand, watching) = await Self.running()
    stand.isLost.withLock { $0 = true }
    stand.ran.yield()
    #expect(await watching.value == .superseded("another watch has taken over"))
    #expect(await Self.left(stand) == [0])
    #expect(stand.ends == [nil])
  }

  @Test("What an operator did while the watch was superseded is answered by the next")
  func commands() async {
    let stand = Stand()
    stand.isLost.withLock { $0 = true }
    for number in 1...3 {
      stand.watch.send(.act(.ack, AlertID(1)), by: Rig.mira, number: number)
    }
    #expect(await stand.watch.run() == .superseded("another watch has taken over"))
    let left = stand.left.withLock { left in
      left.compactMap { if case .command(let number, _, _) = $0 { number } else { nil } }
    }
    // The first one showed it, and was told.
    #expect(left == [2, 3] || left == [1, 2, 3])
    #expect(!stand.watch.send(.verify, by: Rig.mira, number: 4))
  }

  @Test(
    "A probe that never comes back is blind after three missed looks and a minute, and asked again")
  func hangs() async {
    let asked = Mutex(0)
    let path = PathID(source: Rig.use1, kind: .s3, region: "us-east-1")
    let probe = Probe(id: "aws.s3 hangs", permissions: [], paths: [path]) { now in
      asked.withLock { $0 += 1 }
      try? await Task.sleep(for: .seconds(3600))
      return ProbeReport(probe: "aws.s3 hangs", began: now, ended: now, looks: [])
    }
    let stand = Stand(probes: [probe], ticks: ProbeSchedule.patience(probe) + 2)
    let watching = Task { await stand.watch.run() }
    while asked.withLock({ $0 }) < 2, !Task.isCancelled { await Task.yield() }
    #expect(asked.withLock { $0 } >= 2)
    #expect(stand.watch.turns > 240)
    stand.watch.stop()
    _ = await watching.value
  }
}
