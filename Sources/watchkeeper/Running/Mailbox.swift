import Posix
import Synchronization
import WatchCore
import WatchEngine

/// What tasks and threads leave for the main thread, which sleeps in `poll` until the pipe wakes it.
final class Mailbox: Sendable {
  let pipe: WakePipe
  private let letters = Mutex<[WatchNews]>([])
  private let ended = Atomic<Bool>(false)

  init() throws(PosixError) {
    pipe = try WakePipe()
  }

  func post(_ news: WatchNews) {
    letters.withLock { letters in
      // Of several boards only the newest is of use.
      if case .board = news { letters.removeAll { if case .board = $0 { true } else { false } } }
      letters.append(news)
    }
    pipe.wake()
  }

  func take() -> [WatchNews] {
    letters.withLock { letters in
      defer { letters = [] }
      return letters
    }
  }

  /// The watch has ended; the main thread may go on to leave.
  func end() {
    ended.store(true, ordering: .releasing)
    pipe.wake()
  }

  var isEnded: Bool { ended.load(ordering: .acquiring) }
}
