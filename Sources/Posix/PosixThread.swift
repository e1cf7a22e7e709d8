import CPosix
import Glibc

/// Threads of our own for what blocks: two blocked Tasks stop a machine with two cores.
public enum PosixThread {
  /// Starts a thread (its name is cut to 15 bytes) that takes no signals but those of its own faults.
  public static func start(
    named name: String, _ work: @escaping @Sendable () -> Void
  ) throws(PosixError) {
    var ours = faultlessMask()
    var before = sigset_t()
    pthread_sigmask(SIG_SETMASK, &ours, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }

    let box = Unmanaged.passRetained(Work(run: work))
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, runWork, box.toOpaque())
    guard code == 0 else {
      box.release()
      throw PosixError(code: code, call: "pthread_create")
    }
    pthread_setname_np(thread, String(name.prefix(15)))
    pthread_detach(thread)
  }

  /// Runs blocking work on a thread of its own and waits for it without holding up a Task thread.
  /// Not ended by cancellation: the work must have a limit of its own.
  public static func run<Value: Sendable, Failure: Error>(
    named name: String, _ work: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result = await withCheckedContinuation { waiting in
      do throws(PosixError) {
        try start(named: name) {
          waiting.resume(returning: Result { () throws(Failure) in try work() })
        }
      } catch {
        // No thread to be had: slow is better than lost.
        waiting.resume(returning: Result { () throws(Failure) in try work() })
      }
    }
    return try result.get()
  }

  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private static let runWork:
    @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
      { box in
        if let box { Unmanaged<Work>.fromOpaque(box).takeRetainedValue().run() }
        return nil
      }

  /// Every signal but the ones a crash handler must see.
  private static func faultlessMask() -> sigset_t {
    var mask = sigset_t()
    sigfillset(&mask)
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS, SIGQUIT] {
      sigdelset(&mask, fault)
    }
    return mask
  }
}
