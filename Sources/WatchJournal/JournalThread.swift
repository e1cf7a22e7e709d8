import Posix
import Synchronization

/// The journal's own thread: disk and lock waits happen here and never on the pool of Tasks. It is
/// the actor's executor, and also waits for the file to change.
final class JournalThread: SerialExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var watch: Watch?
    var isStopped = false
  }

  private struct Watch {
    var files: FileWatch
    var onChange: @Sendable ([FileWatch.Change]) -> Void
  }

  /// inotify is blind on network file systems: look by ourselves this often.
  private static let slowLookMillis = 10_000

  private let state = Mutex(State())
  private let wake: WakePipe

  private init(wake: WakePipe) {
    self.wake = wake
  }

  /// Starts the thread; it ends after `stop`.
  static func start() throws(PosixError) -> JournalThread {
    let thread = JournalThread(wake: try WakePipe())
    try PosixThread.start(named: "journal") { thread.run() }
    return thread
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    wake.wake()
  }

  /// From now on `onChange` is called on this thread for what happens to the files of a directory,
  /// and now and then without any change.
  func watch(
    _ files: FileWatch, onChange: @escaping @Sendable ([FileWatch.Change]) -> Void
  ) {
    state.withLock { $0.watch = Watch(files: files, onChange: onChange) }
    wake.wake()
  }

  func stop() {
    state.withLock { $0.isStopped = true }
    wake.wake()
  }

  private func run() {
    while true {
      let watch = state.withLock { $0.watch }
      let descriptors = [wake.readDescriptor] + (watch.map { [$0.files.descriptor] } ?? [])
      let outcome = Poller.wait(
        descriptors, timeoutMillis: watch == nil ? nil : Self.slowLookMillis)
      _ = wake.drain()
      if let watch {
        let changes = watch.files.changes()
        if !changes.isEmpty || outcome == .timedOut { watch.onChange(changes) }
      }
      guard runJobs() else { return }
    }
  }

  /// False when there will be no more.
  private func runJobs() -> Bool {
    while true {
      let (jobs, isStopped) = state.withLock { state in
        defer { state.jobs = [] }
        return (state.jobs, state.isStopped)
      }
      if jobs.isEmpty { return !isStopped }
      for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
  }
}
