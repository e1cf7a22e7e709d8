import Foundation
import Testing

@testable import Posix

@Suite struct SystemTests {
  @Test func `clocks agree with Foundation's and go forward`() {
    let seconds = Date().timeIntervalSince1970
    #expect(abs(Double(WallClock.millis()) / 1000 - seconds) < 60)
    let first = MonotonicClock.millis()
    #expect(MonotonicClock.millis() >= first)
    #expect(BootClock.millis() >= MonotonicClock.millis() - 1)
  }

  @Test func `the machine's start has a name`() {
    let id = BootClock.bootID()
    #expect(id?.count == 36)
    #expect(id == BootClock.bootID())
  }

  @Test func `who and where`() throws {
    #expect(OSUser.current.uid == getuid())
    #expect(OSUser.current.name == NSUserName())
    #expect(OSUser.loginUID(Array("1000\n".utf8)) == 1000)
    #expect(OSUser.loginUID(Array("4294967295".utf8)) == nil, "nobody has signed in")
    #expect(OSUser.loginUID([]) == nil)
    let kernel = try File.readAll("/proc/sys/kernel/hostname", limit: 1000)
    #expect(Hostname.current == text(Array(kernel.dropLast())))
  }

  @Test func `the environment as it is`() {
    let expected = ProcessInfo.processInfo.environment
    #expect(Environment.all == expected)
    #expect(Environment.value("PATH") == expected["PATH"])
    #expect(Environment.value("NO_SUCH_VARIABLE") == nil)
  }
}
