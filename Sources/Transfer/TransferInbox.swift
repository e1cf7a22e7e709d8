import Posix
import Synchronization

/// An exchange on its way to the transfer thread.
struct TransferJob: Sendable {
  var id: UInt64
  /// Monotonic milliseconds; the total limit counts from here, the wait for a connection included.
  var submittedMillis: Int64
  var work: Work

  enum Work: Sendable {
    case http(HTTPWork)
    case mail(MailWork)
  }

  /// The task goes on without an answer.
  func fail(_ error: HTTPError) {
    switch work {
    case .http(let work): work.waiting.resume(returning: .failure(error))
    case .mail(let work): work.waiting.resume(returning: .failure(.network(error)))
    }
  }
}

/// One HTTP request, checked, and the task that waits for its answer.
struct HTTPWork: Sendable {
  typealias Answer = Result<HTTPResponse, HTTPError>

  var request: HTTPRequest
  var target: RequestTarget
  var head: RequestHead
  var waiting: CheckedContinuation<Answer, Never>
}

/// Where tasks leave jobs and cancellations for the transfer thread. Its lock is held for a few
/// instructions and never while a task is resumed: that is what makes `onCancel` safe to call it.
final class TransferInbox: Sendable {
  /// Readable when there is something to take.
  let wake: WakePipe
  private let state = Mutex(State())

  private struct State {
    var lastID: UInt64 = 0
    /// Exchanges that are not over.
    var phases: [UInt64: Phase] = [:]
    var jobs: [TransferJob] = []
    var cancelled: [UInt64] = []
    var isStopped = false
  }

  private enum Phase {
    case announced, submitted, cancelledEarly
  }

  struct Contents {
    var jobs: [TransferJob]
    var cancelled: [UInt64]
    var isStopped: Bool
  }

  init() throws(PosixError) {
    wake = try WakePipe()
  }

  /// A number for an exchange that may be cancelled from now on.
  func announce() -> UInt64 {
    state.withLock { state in
      state.lastID += 1
      state.phases[state.lastID] = .announced
      return state.lastID
    }
  }

  /// False when it was cancelled meanwhile or the thread is gone: the caller answers.
  func submit(_ job: TransferJob) -> Bool {
    let isTaken = state.withLock { state in
      guard !state.isStopped, state.phases[job.id] == .announced else {
        state.phases[job.id] = nil
        return false
      }
      state.phases[job.id] = .submitted
      state.jobs.append(job)
      return true
    }
    if isTaken { wake.wake() }
    return isTaken
  }

  /// Does nothing for an exchange that is over.
  func cancel(_ id: UInt64) {
    let isOnItsWay = state.withLock { state in
      guard let phase = state.phases[id] else { return false }
      guard phase == .submitted else {
        state.phases[id] = .cancelledEarly
        return false
      }
      state.cancelled.append(id)
      return true
    }
    if isOnItsWay { wake.wake() }
  }

  /// The thread ends after it has answered everything.
  func stop() {
    state.withLock { $0.isStopped = true }
    wake.wake()
  }

  /// For the thread: what came since the last time.
  func take() -> Contents {
    _ = wake.drain()
    return state.withLock { state in
      defer {
        state.jobs = []
        state.cancelled = []
      }
      return Contents(jobs: state.jobs, cancelled: state.cancelled, isStopped: state.isStopped)
    }
  }

  /// For the thread: the exchange is over. Call it before the task is resumed.
  func forget(_ id: UInt64) {
    state.withLock { $0.phases[id] = nil }
  }
}
