import Glibc
import Synchronization

/// Signals become bytes in a wake pipe, so that they are handled in order by the loop.
public enum Signals {
  /// Where the handler writes; -1 until `install`.
  private static let target = Atomic<Int32>(-1)

  /// Never let go: a handler may be about to write.
  private static let kept = Mutex<[WakePipe]>([])

  /// From now on each of `signals` leaves its number as one byte in `pipe`. There is one pipe for
  /// the whole process: a second call moves all of them to the new one.
  public static func install(_ signals: [Int32], into pipe: WakePipe) throws(PosixError) {
    kept.withLock { $0.append(pipe) }
    // Also makes sure that the atomic exists before a handler reads it.
    target.store(pipe.writeDescriptor, ordering: .sequentiallyConsistent)
    for signal in signals {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in Signals.leave(number) }
      action.sa_flags = SA_RESTART
      sigfillset(&action.sa_mask)
      try check("sigaction") { sigaction(signal, &action, nil) }
    }
  }

  /// Writing to a closed pipe or socket is then EPIPE, to a file that may not grow EFBIG: an error like
  /// others, and not the end.
  public static func ignoreBrokenPipe() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Runs inside the signal: one write(2), errno kept (signal-safety(7)).
  private static func leave(_ number: Int32) {
    let saved = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(target.load(ordering: .relaxed), &byte, 1)
    errno = saved
  }
}
