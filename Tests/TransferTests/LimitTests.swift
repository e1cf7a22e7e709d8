import Foundation
import Posix
import Testing

@testable import Transfer

/// The limits on time. Each bound is from below and a little lower (libcurl counts by a clock of its
/// own): a busy machine may take longer.
@Suite struct LimitTests {
  let client: HTTPClient

  init() throws {
    client = try CurlTransfer.client()
  }

  /// The milliseconds of a `.timedOut`; records an issue for anything else.
  func timeOut(_ request: HTTPRequest) async -> Int {
    let error = await failure(client, request)
    guard case .timedOut(let millis) = error else {
      Issue.record("\(String(describing: error))")
      return -1
    }
    return millis
  }

  @Test func `silence after the head`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
      connection.waitForEnd()
    }
    var limits = patient
    limits.idleSeconds = 1
    #expect(await timeOut(HTTPRequest(url: server.url(), limits: limits)) >= 900)
  }

  @Test func `a drip that never ends`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
      while connection.send("x") { usleep(20_000) }
    }
    var limits = patient
    limits.totalMillis = 400
    #expect(await timeOut(HTTPRequest(url: server.url(), limits: limits)) >= 380)
  }

  @Test func `a black hole`() async throws {
    let hole = try BlackHole()
    var limits = patient
    limits.connectMillis = 300
    #expect(await timeOut(HTTPRequest(url: hole.url, limits: limits)) >= 280)
  }

  @Test func `the wait for a connection counts`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.waitForEnd()
    }
    let client = try CurlTransfer.client(TransferSettings(connectionsPerHost: 1))
    let first = Task {
      await failure(client, HTTPRequest(url: server.url(), limits: patient))
    }
    var limits = patient
    limits.totalMillis = 300
    let error = await failure(client, HTTPRequest(url: server.url(), limits: limits))
    guard case .timedOut(let millis) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(millis >= 280)
    first.cancel()
    #expect(await first.value == .cancelled)
  }
}

/// A port that accepts no connection and refuses none: its queue is full.
final class BlackHole {
  private let listener: Int32
  private var fillers: [Int32] = []
  let url: String

  init() throws {
    let port: UInt16
    (listener, port) = try LoopbackServer.listen(backlog: 0)
    url = "http://127.0.0.1:\(port)/"
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    address.sin_port = port.bigEndian
    for _ in 0..<8 {
      let filler = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
      _ = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(filler, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      fillers.append(filler)
    }
  }

  deinit {
    for socket in fillers + [listener] { close(socket) }
  }
}
