import Foundation
import Posix
import Synchronization
import Testing

@testable import Transfer

/// The page for Prometheus: GET, this machine, and nothing else.
@Suite struct PageServerTests {
  private static func head(_ lines: String...) -> [UInt8] {
    Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }

  private static let plain = head("GET /metrics HTTP/1.1", "Host: 127.0.0.1:9464")

  @Test(
    "Requests that are taken",
    arguments: [
      plain, head("GET /metrics HTTP/1.0"),
      head("GET /metrics?a=b HTTP/1.1", "host: localhost", "Accept: application/openmetrics-text"),
      head("GET /metrics HTTP/1.1", "Host:\t[::1]:9464  ", "Content-Length: 0"),
      head("GET /metrics HTTP/1.1", "Host: 127.8.9.10"),
    ])
  func taken(_ bytes: [UInt8]) {
    #expect(PageRequest.read(bytes) == .get(path: "/metrics"))
    for end in 0..<bytes.count { #expect(PageRequest.read(Array(bytes[..<end])) == .more) }
  }

  @Test(
    "Requests that are refused, each with its status",
    arguments: [
      (head("POST /metrics HTTP/1.1", "Host: localhost"), 405),
      (head("HEAD /metrics HTTP/1.1", "Host: localhost"), 405),
      (head("GET /metrics HTTP/2.0", "Host: localhost"), 505),
      (head("GET  /metrics HTTP/1.1", "Host: localhost"), 400),
      (head("GET /metrics"), 400), (head(""), 400),
      (head("GET /metrics HTTP/1.1"), 400),
      (head("GET /metrics HTTP/1.1", "Host: localhost", "Host: localhost"), 400),
      (head("GET /metrics HTTP/1.1", "Host: evil.example"), 421),
      (head("GET /metrics HTTP/1.1", "Host: 127.0.0.1.evil.example"), 421),
      (head("GET /metrics HTTP/1.1", "Host: localhost.evil.example:80"), 421),
      (head("GET /metrics HTTP/1.1", "Host: localhost", "Content-Length: 5"), 400),
      (head("GET /metrics HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked"), 400),
      (head("GET /metrics HTTP/1.1", "Host: localhost", " folded: x"), 400),
      (head("GET /metrics HTTP/1.1", "Host: localhost", "Bad Name: x"), 400),
      (head("GET /metrics HTTP/1.1", "Host: localhost", "a: b\nc: d"), 400),
      (head("GET /metrics HTTP/1.1", "Host: localhost", "a: \u{0}"), 400),
      (head("GET /m\u{e9} HTTP/1.1", "Host: localhost"), 400),
      (Array(repeating: UInt8(ascii: "a"), count: 9000), 431),
      (head("GET /metrics HTTP/1.1", "a: " + String(repeating: "b", count: 9000)), 431),
    ] as [([UInt8], Int)])
  func refused(_ bytes: [UInt8], _ status: Int) {
    guard case .refused(let answer) = PageRequest.read(bytes) else {
      Issue.record("\(String(decoding: bytes.prefix(80), as: UTF8.self))")
      return
    }
    #expect(answer.status == status)
  }

  private static func server(
    _ limits: PageServer.Limits = .init(), bytes: Int = 3 << 20
  ) throws -> PageServer {
    try PageServer(host: "127.0.0.1", port: 0, limits: limits) { path in
      path == "/metrics"
        ? PageAnswer(type: "text/plain", body: Array(repeating: 0x61, count: bytes)) : nil
    }
  }

  /// Sends bytes and reads to the end.
  private static func ask(_ server: PageServer, _ bytes: [UInt8]) async throws -> String {
    try await PosixThread.run(named: "ask") { () throws(PosixError) in
      let client = try LoopbackClient(port: server.port)
      client.send(bytes)
      return String(decoding: client.readAll(), as: UTF8.self)
    }
  }

  @Test("It answers with the page, whole, and closes")
  func answers() async throws {
    let server = try Self.server()
    defer { server.stop() }
    for _ in 0..<3 {
      let answer = try await Self.ask(server, Self.plain)
      #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"))
      #expect(answer.utf8.count > 3 << 20 && answer.hasSuffix("aaaa"))
    }
    let none = try await Self.ask(server, Self.head("GET / HTTP/1.1", "Host: localhost"))
    #expect(none.hasPrefix("HTTP/1.1 404 "))
    let long = try await Self.ask(server, Array(repeating: UInt8(ascii: "a"), count: 60_000))
    #expect(long.hasPrefix("HTTP/1.1 431 "))
  }

  @Test("Whoever is slow is dropped, and keeps nobody else waiting")
  func slow() async throws {
    var limits = PageServer.Limits()
    (limits.connections, limits.requestMillis, limits.answerMillis) = (2, 200, 1000)
    // More than the system keeps for somebody who does not read.
    let server = try Self.server(limits, bytes: 64 << 20)
    defer { server.stop() }
    try await PosixThread.run(named: "slow") { () throws(PosixError) in
      // One says half a request, one asks and never reads: each holds one of two places.
      let half = try LoopbackClient(port: server.port)
      half.send(Array(Self.plain.prefix(20)))
      let deaf = try LoopbackClient(port: server.port)
      deaf.send(Self.plain)
      let third = try LoopbackClient(port: server.port)
      third.send(Self.head("GET / HTTP/1.1", "Host: localhost"))
      #expect(String(decoding: third.readAll(), as: UTF8.self).hasPrefix("HTTP/1.1 404"))
      #expect(half.readAll().isEmpty, "nothing was answered, and it was hung up on")
      // It reads again long after its time was over: what the system kept for it is not all.
      let later = MonotonicClock.millis() + 5000
      while MonotonicClock.millis() < later { _ = Poller.wait([], timeoutMillis: 100) }
      #expect(deaf.readAll().count < 64 << 20, "cut off")
    }
  }

  @Test("A connection that cannot be taken is asked for some times a second, and not all the time")
  func rests() async throws {
    let asked = Mutex<[Int64]>([])
    let server = try PageServer(
      host: "127.0.0.1", port: 0, limits: .init(),
      accept: { listener in
        let isTaken = asked.withLock { asked in
          asked.append(MonotonicClock.millis())
          return asked.count > 3
        }
        return isTaken ? listener.accept() : nil
      }, page: { _ in nil })
    defer { server.stop() }
    #expect(try await Self.ask(server, Self.plain).hasPrefix("HTTP/1.1 404 "))
    let times = asked.withLock { $0 }
    #expect(times.count == 4)
    for (one, next) in zip(times, times.dropFirst()) {
      #expect(next - one >= PageServer.restMillis)
    }
  }

  @Test("Its port is free again when it has stopped, and another's is said")
  func port() async throws {
    let first = try Self.server()
    #expect(throws: PosixError.self) {
      try LoopbackListener(host: "127.0.0.1", port: first.port)
    }
    let port = first.port
    first.stop()
    let second = try PageServer(host: "127.0.0.1", port: port) { _ in nil }
    second.stop()
  }

  @Test(
    "No address but loopback is ever listened at",
    arguments: ["0.0.0.0", "10.0.0.1", "::", "localhost", "127.0.0.1.example", "128.0.0.1", ""])
  func loopback(_ host: String) {
    #expect(throws: PosixError.self) { try LoopbackListener(host: host, port: 0) }
  }
}

/// A client that reads and writes as a test wants it. Blocks, for at most ten seconds.
final class LoopbackClient: Sendable {
  private let descriptor: Int32

  init(port: Int) throws(PosixError) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, size)
      }
    }
    guard code == 0 else { throw PosixError(code: errno, call: "connect") }
  }

  deinit { close(descriptor) }

  func send(_ bytes: [UInt8]) {
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  func readAll() -> [UInt8] {
    var (all, piece) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    let limit = MonotonicClock.millis() + 10_000
    while MonotonicClock.millis() < limit {
      guard case .ready = Poller.wait([descriptor], timeoutMillis: 10_000) else { return all }
      let count = recv(descriptor, &piece, piece.count, 0)
      if count <= 0 { return all }
      all += piece[..<count]
    }
    return all
  }
}
