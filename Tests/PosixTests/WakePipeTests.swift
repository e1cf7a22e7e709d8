import Foundation
import Posix
import Testing

@Suite struct WakePipeTests {
  @Test func `wakes from another thread`() async throws {
    let pipe = try WakePipe()
    try PosixThread.start(named: "waker") { pipe.wake(42) }
    let outcome = await PosixThread.run(named: "sleeper") {
      Poller.wait([pipe.readDescriptor], timeoutMillis: 120_000)
    }
    #expect(outcome == .ready(.init(readable: [pipe.readDescriptor])))
    #expect(pipe.drain() == [42])
    #expect(pipe.drain() == [])
  }

  @Test func `never blocks, even when nobody reads`() throws {
    let pipe = try WakePipe()
    for _ in 0..<100_000 { pipe.wake() }
    #expect(pipe.drain().count >= 4096)
    pipe.wake(1)
    #expect(pipe.drain() == [1])
  }

  @Test func `is not inherited by programs`() throws {
    let pipe = try WakePipe()
    for descriptor in [pipe.readDescriptor, pipe.writeDescriptor] {
      #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
    }
  }
}
