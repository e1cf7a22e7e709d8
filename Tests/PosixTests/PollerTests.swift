import Foundation
import Posix
import Testing

@Suite struct PollerTests {
  @Test func `time is over`() throws {
    let pipe = try WakePipe()
    #expect(Poller.wait([pipe.readDescriptor], timeoutMillis: 0) == .timedOut)
    #expect(Poller.wait([], timeoutMillis: 1) == .timedOut)
    #expect(Poller.wait([], timeoutMillis: -5) == .timedOut)
  }

  @Test func `writable, hung up, not open`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    #expect(
      Poller.wait([ends[0]], writable: [ends[1]], timeoutMillis: nil)
        == .ready(.init(writable: [ends[1]])))
    close(ends[1])
    #expect(Poller.wait([ends[0]], timeoutMillis: nil) == .ready(.init(hungUp: [ends[0]])))
    close(ends[0])
    #expect(Poller.wait([1_000_000], timeoutMillis: nil) == .ready(.init(hungUp: [1_000_000])))
  }
}
