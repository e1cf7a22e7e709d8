import Synchronization
import WatchCore

/// The turns of a queue's reader: before the next one it waits, where the last ones failed, or did not
/// wait for messages as they were asked to.
final class QueuePatience: Sendable {
  private let state = Mutex((failures: 0, isIdle: false))

  /// 5 s to 60 s after failures; nil where the last turn was good.
  private var pause: Duration? {
    let (failures, isIdle) = state.withLock { $0 }
    if failures > 0 { return .seconds(min(60, 5 << min(failures - 1, 4))) }
    return isIdle ? .seconds(2) : nil
  }

  /// One turn, as the report on the queue's path.
  func report(
    id: String, path: PathID, at now: Timestamp, clock: ProbeClock,
    look: (Timestamp) async -> Look.Result
  ) async -> ProbeReport {
    if let pause { await clock.sleep(pause) }
    let start = clock.uptime()
    let result = await look(now)
    let took = clock.uptime() - start
    state.withLock { state in
      switch result {
      case .blind: state = (state.failures + 1, false)
      case .saw(.queue(let seen)): state = (0, seen.receipts.isEmpty && took < .seconds(1))
      case .saw: state = (0, false)
      }
    }
    return ProbeReport(
      probe: id, began: now, ended: now + took, looks: [Look(path: path, result: result)])
  }
}
