import Foundation
import Posix
import Testing

@Test func `an error says call, path and reason`() {
  let error = PosixError(code: ENOSPC, call: "write", path: "/var/log/x")
  #expect("\(error)" == "write /var/log/x: No space left on device")
  #expect("\(PosixError(code: EPIPE, call: "poll"))" == "poll: Broken pipe")
}
