import Synchronization

/// The seconds of the screen's own loop, for tasks to wait for. A timer of their own would wake the
/// process four more times a second: the timer's thread, and those that it hands the work to.
final class SecondHand: Sendable {
  private let waiting = Mutex<[UnsafeContinuation<Void, Never>]>([])

  /// Waits for the next second; for ever when the loop has ended.
  func next() async {
    await withUnsafeContinuation { continuation in
      waiting.withLock { $0.append(continuation) }
    }
  }

  func tick() {
    let due = waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
    for continuation in due { continuation.resume() }
  }
}
