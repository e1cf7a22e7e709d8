import Synchronization

/// How far this machine's clock is ahead of a cloud's, by the last answer's Date header, in seconds.
final class ClockSkew: Sendable {
  private let state = Mutex<Double?>(nil)

  var seconds: Double? { state.withLock { $0 } }

  func learn(_ seconds: Double) {
    state.withLock { $0 = seconds }
  }
}
