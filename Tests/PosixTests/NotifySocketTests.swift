import Glibc
import Testing

@testable import Posix

struct NotifySocketTests {
  @Test(arguments: [false, true]) func linesArriveAsOneDatagram(isAbstract: Bool) throws {
    let folder = try TemporaryDirectory()
    let name = isAbstract ? "@wk-notify-\(getpid())" : "\(folder.path)/notify"
    let manager = try Manager(name)
    let notice = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": name]))
    #expect(notice.send("READY=1", "STATUS=watching"))
    #expect(manager.receive() == "READY=1\nSTATUS=watching")
  }

  @Test(arguments: [
    [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "vsock:2:1"],
    ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)],
  ]) func whereNobodyListensThereIsNone(_ environment: [String: String]) {
    #expect(NotifySocket(environment: environment) == nil)
  }

  @Test func aManagerThatIsGoneIsNoFailure() throws {
    let notice = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": "/nonexistent/n"]))
    #expect(!notice.send("READY=1"))
  }

  @Test(
    arguments: [
      ("60000000", nil, 60_000), ("60000000", "7", 60_000), ("60000000", "8", nil), ("x", nil, nil),
      ("0", nil, nil),
    ] as [(String, String?, Int?)]) func theWatchdogIsForItsOwnProcess(
      _ micros: String, _ pid: String?, _ millis: Int?
    ) throws
  {
    var environment = ["NOTIFY_SOCKET": "/run/n", "WATCHDOG_USEC": micros]
    environment["WATCHDOG_PID"] = pid
    #expect(NotifySocket(environment: environment, pid: 7)?.watchdogMillis == millis)
  }

  /// A service manager's side.
  private final class Manager {
    private let descriptor: Int32

    init(_ name: String) throws {
      descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(name.utf8)) }
      if name.hasPrefix("@") { address.sun_path.0 = 0 }
      let length = socklen_t(MemoryLayout<sa_family_t>.size + name.utf8.count)
      let code = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, length)
        }
      }
      guard code == 0 else { throw PosixError(code: errno, call: "bind") }
    }

    deinit {
      close(descriptor)
    }

    func receive() -> String {
      var bytes = [UInt8](repeating: 0, count: 4096)
      let got = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      return String(decoding: bytes.prefix(max(0, got)), as: UTF8.self)
    }
  }
}
