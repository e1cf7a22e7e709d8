import Foundation
import Posix
import Testing

@Suite struct PosixThreadTests {
  /// With 8 of them in Tasks on 2 threads, none would ever see all.
  @Test func `blocked threads do not hold each other up`() async throws {
    let pipes = try (0..<8).map { _ in try WakePipe() }
    let outcomes = await withTaskGroup(of: Poller.Outcome.self) { group in
      for pipe in pipes {
        group.addTask {
          await PosixThread.run(named: "one of eight") {
            for other in pipes { other.wake() }
            return Poller.wait([pipe.readDescriptor], timeoutMillis: 120_000)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count == 8)
    #expect(!outcomes.contains(.timedOut))
  }

  @Test func `errors come through with their type`() async {
    await #expect(throws: PosixError(code: EIO, call: "test")) {
      try await PosixThread.run(named: "failing") { () throws(PosixError) -> Int in
        throw PosixError(code: EIO, call: "test")
      }
    }
  }

  @Test func `takes no signals but its own faults`() async {
    let blocked = await PosixThread.run(named: "mask") {
      var mask = sigset_t()
      pthread_sigmask(SIG_SETMASK, nil, &mask)
      return [SIGTERM, SIGWINCH, SIGSEGV].map { sigismember(&mask, $0) == 1 }
    }
    #expect(blocked == [true, true, false])
  }
}
