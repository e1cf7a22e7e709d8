import Foundation
import Posix
import Synchronization
import Testing

@Suite(.serialized) struct SignalsTests {
  @Test func `a signal becomes a byte`() async throws {
    let pipe = try WakePipe()
    try Signals.install([SIGUSR1, SIGUSR2], into: pipe)
    for number in [SIGUSR1, SIGUSR2] {
      kill(getpid(), number)
      let outcome = await PosixThread.run(named: "sleeper") {
        Poller.wait([pipe.readDescriptor], timeoutMillis: 120_000)
      }
      #expect(outcome == .ready(.init(readable: [pipe.readDescriptor])))
      #expect(pipe.drain() == [UInt8(number)])
    }
  }

  @Test func `a wait is interrupted`() async throws {
    let pipe = try WakePipe()
    try Signals.install([SIGUSR1], into: pipe)
    let sleeper = Atomic<UInt>(0)
    async let outcome = PosixThread.run(named: "sleeper") {
      var mask = sigset_t()
      sigemptyset(&mask)
      sigaddset(&mask, SIGUSR1)
      pthread_sigmask(SIG_UNBLOCK, &mask, nil)
      sleeper.store(UInt(pthread_self()), ordering: .sequentiallyConsistent)
      let outcome = Poller.wait([], timeoutMillis: 120_000)
      sleeper.store(1, ordering: .sequentiallyConsistent)
      return outcome
    }
    // Again and again: the first may come before the wait.
    await PosixThread.run(named: "caller") {
      while sleeper.load(ordering: .sequentiallyConsistent) != 1 {
        let thread = sleeper.load(ordering: .sequentiallyConsistent)
        if thread > 1 { pthread_kill(pthread_t(thread), SIGUSR1) }
        usleep(1000)
      }
    }
    #expect(await outcome == .interrupted)
  }

  @Test func `a broken pipe is an error, not the end`() async {
    await #expect(processExitsWith: .exitCode(17)) {
      Signals.ignoreBrokenPipe()
      var ends: [Int32] = [0, 0]
      _ = pipe(&ends)
      close(ends[0])
      let count = write(ends[1], "x", 1)
      exit(count == -1 && errno == EPIPE ? 17 : 1)
    }
  }
}
