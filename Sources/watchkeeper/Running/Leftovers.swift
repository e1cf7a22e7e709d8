import Synchronization
import WatchEngine

/// What a watch could not finish before another took its place: kept until there is somebody to take it.
final class Leftovers: Sendable {
  private struct State {
    var taker: (@Sendable (Unfinished) -> Void)?
    var kept: [Unfinished] = []
  }

  private let state = Mutex(State())

  func leave(_ unfinished: Unfinished) {
    let taker = state.withLock { state in
      if state.taker == nil { state.kept.append(unfinished) }
      return state.taker
    }
    taker?(unfinished)
  }

  /// From now on, and what was kept.
  func hand(to taker: @escaping @Sendable (Unfinished) -> Void) {
    let kept = state.withLock { state in
      defer { state.kept = [] }
      state.taker = taker
      return state.kept
    }
    kept.forEach(taker)
  }
}
