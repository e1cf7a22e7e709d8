import Posix
import Synchronization
import WatchCore
import WatchEngine
import WatchJournal

/// The pulse of a watch that runs, on a thread of its own: beats while the watch's loop turns, tells
/// the service manager the same, takes what others ask, and notices when the lease is lost, or when the
/// loop does not turn any more.
final class WatchPulse: Sendable {
  private let folder: StateFolder
  private let lease: JournalLock
  private let epoch: Int
  private let pid: Int
  private let host: String
  private let notice: NotifySocket?
  private let canKeep: @Sendable () -> Bool
  private let end: WakePipe?
  private let isEnded = Atomic<Bool>(false)

  /// - Parameter canKeep: whether what is seen can be kept for consoles.
  init(
    folder: StateFolder, lease: JournalLock, epoch: Int, _ surroundings: Surroundings,
    notice: NotifySocket?, canKeep: @escaping @Sendable () -> Bool
  ) {
    self.canKeep = canKeep
    self.folder = folder
    self.lease = lease
    self.epoch = epoch
    self.notice = notice
    (pid, host) = (surroundings.pid, surroundings.host)
    end = try? WakePipe()
  }

  /// Without a thread to be had the watch goes on, and consoles say that it does not beat.
  func start(
    _ watch: Watch, asked: @escaping @Sendable (WatchRequest) -> Void,
    stalled: @escaping @Sendable (Duration) -> Void, say: @escaping @Sendable (String) -> Void
  ) {
    do throws(PosixError) {
      try PosixThread.start(named: "pulse") { self.run(watch, asked, stalled, say) }
    } catch {
      say("consoles cannot see that this watch lives: \(error)")
    }
  }

  func stop() {
    isEnded.store(true, ordering: .releasing)
    end?.wake()
  }

  private func run(
    _ watch: Watch, _ asked: @Sendable (WatchRequest) -> Void,
    _ stalled: @Sendable (Duration) -> Void, _ say: @Sendable (String) -> Void
  ) {
    let requests = RequestFolder(folder)
    try? Directory.create(requests.path)
    let files = try? FileWatch(directory: requests.path)
    let descriptors = [end?.readDescriptor, files?.descriptor].compactMap { $0 }
    // What was asked of an earlier watch is over.
    _ = requests.take()
    var (turns, next, missed) = (-1, MonotonicClock.millis(), 0)
    while !isEnded.load(ordering: .acquiring) {
      guard lease.isOurs else {
        watch.giveUp("another watch has taken the lease over")
        return
      }
      if MonotonicClock.millis() >= next {
        next = MonotonicClock.millis() + WatchBeat.everyMillis
        // Counted in beats of this thread: while the machine sleeps, none is missed.
        missed = watch.turns == turns ? missed + 1 : 0
        turns = watch.turns
        if missed == 0 { beat(canWrite: canKeep() && watch.unsavedSeconds == 0) }
        if missed == Self.stalledAfter { stalled(.milliseconds(WatchBeat.everyMillis) * missed) }
      }
      let taken = requests.take()
      taken.requests.forEach(asked)
      taken.problems.forEach(say)
      _ = Poller.wait(descriptors, timeoutMillis: Int(max(0, next - MonotonicClock.millis())))
      _ = files?.changes()
      _ = end?.drain()
    }
  }

  private static let stalledAfter = 5

  /// Consoles that attend a watch that cannot write hear nothing of it by any file's content.
  private func beat(canWrite: Bool) {
    do throws(JournalError) {
      try WatchBeat.beat(folder, pid: pid, host: host, epoch: epoch)
      if !canWrite { lease.touch() }
    } catch {
      lease.touch()
    }
    notice?.send("WATCHDOG=1")
  }
}
