import Glibc
import Posix
import Testing

@testable import Transfer

/// What servers, networks and attackers do wrong.
@Suite struct BadServerTests {
  let client: HTTPClient

  init() throws {
    client = try CurlTransfer.client()
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    "HTTP/1.1 200 OK\r\nContent-Len", "",
  ])
  func `a cut answer is no answer`(text: String) async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(text)
    }
    let error = await failure(client, HTTPRequest(url: server.url(), limits: patient))
    guard case .cut = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a reset`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
      connection.reset()
    }
    let error = await failure(client, HTTPRequest(url: server.url(), limits: patient))
    guard case .cut = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `more than announced is not taken, nor read as the next answer`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(response(200, "ab") + response(500, "smuggled"))
      connection.waitForEnd()
    }
    for _ in 0..<2 {
      let answer = try await client.send(HTTPRequest(url: server.url(), limits: patient))
      #expect(answer.status == 200)
      #expect(answer.body == Array("ab".utf8))
    }
  }

  @Test func `nobody there`() async throws {
    let (socket, port) = try LoopbackServer.listen(backlog: nil)
    defer { close(socket) }
    let error = await failure(
      client, HTTPRequest(url: "http://127.0.0.1:\(port)/", limits: patient))
    guard case .connectFailed(host: "127.0.0.1", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `a name that cannot be`() async throws {
    let error = await failure(client, HTTPRequest(url: "https://no.such.invalid/", limits: patient))
    #expect(error == .nameNotResolved(host: "no.such.invalid"))
  }

  @Test func `no TLS on the other side`() async throws {
    let server = try LoopbackServer { connection in
      connection.send("HTTP/1.1 400 Bad\r\n\r\n")
      connection.waitForEnd()
    }
    let url = "https://127.0.0.1:\(server.port)/"
    let error = await failure(client, HTTPRequest(url: url, limits: patient))
    guard case .tls(host: "127.0.0.1", _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func `authorities that are not there`() async throws {
    let client = try CurlTransfer.client(TransferSettings(caBundle: "/nowhere/ca.pem"))
    let server = try LoopbackServer { $0.waitForEnd() }
    let url = "https://127.0.0.1:\(server.port)/"
    let error = await failure(client, HTTPRequest(url: url, limits: patient))
    guard case .tls = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(arguments: [true, false])
  func `a body past the limit`(isAnnounced: Bool) async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send(
        isAnnounced
          ? "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"
          : "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
      while connection.send([UInt8](repeating: 0, count: 65_536)) {}
    }
    var limits = patient
    limits.bodyBytes = 1_000_000
    let error = await failure(client, HTTPRequest(url: server.url(), limits: limits))
    #expect(error == .bodyTooLarge(limit: 1_000_000))
  }

  @Test func `a body of exactly the limit`() async throws {
    let server = try LoopbackServer.answering { _, _ in
      response(200, String(repeating: "x", count: 1000))
    }
    var limits = patient
    limits.bodyBytes = 1000
    #expect(
      try await client.send(HTTPRequest(url: server.url(), limits: limits)).body.count == 1000)
    limits.bodyBytes = 999
    let error = await failure(client, HTTPRequest(url: server.url(), limits: limits))
    #expect(error == .bodyTooLarge(limit: 999))
  }

  @Test func `headers without end`() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.request()
      connection.send("HTTP/1.1 200 OK\r\n")
      while connection.send("X-Again: and again\r\n") {}
    }
    let error = await failure(client, HTTPRequest(url: server.url(), limits: patient))
    #expect(error == .headersTooLarge(limit: ResponseHead.byteLimit))
  }

  @Test func `what is refused is never sent`() async throws {
    let server = try LoopbackServer.answering { _, _ in response() }
    let evil = HTTPRequest(url: server.url(), headers: [HTTPHeader("X", "a\r\nEvil: b")])
    #expect(await failure(client, evil) == .badHeader(name: "X"))
    let split = HTTPRequest(url: server.url("/ HTTP/1.1\r\nEvil: b"))
    #expect(await failure(client, split) == .badURL("characters that need percent-encoding"))
    let plain = HTTPRequest(url: "http://sts.amazonaws.com/")
    #expect(await failure(client, plain) == .plainRefused(host: "sts.amazonaws.com"))
    #expect(server.connectionCount == 0)
  }

  @Test func `plain http where the user allowed it`() async throws {
    let request = HTTPRequest(url: "http://no.such.invalid/", limits: patient, allowPlain: true)
    #expect(await failure(client, request) == .nameNotResolved(host: "no.such.invalid"))
  }
}
