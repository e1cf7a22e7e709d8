import Posix
import Testing

@testable import Transfer

/// Time limits are minutes where a test does not expect them: the machine may be busy.
let patient = HTTPLimits(connectMillis: 240_000, totalMillis: 240_000, idleSeconds: 240)

@Suite struct CurlTransferTests {
  let client: HTTPClient

  init() throws {
    client = try CurlTransfer.client()
  }

  @Test func `a request goes out as it was written`() async throws {
    let server = try LoopbackServer.answering { _, body in
      response(200, String(decoding: body.reversed(), as: UTF8.self), headers: ["X-Odd:  v "])
    }
    let path = "/a/../b/./c%2F%20//d?x=/../&y"
    let answer = try await client.send(
      HTTPRequest(
        url: server.url(path), headers: [HTTPHeader("x-MiXed", "a  b"), HTTPHeader("X-Empty", "")],
        limits: patient))
    #expect(answer.status == 200)
    #expect(answer.header("x-odd") == "v")
    #expect(answer.body.isEmpty)
    _ = try await client.send(
      HTTPRequest(
        method: "POST", url: server.url("/p"), headers: [HTTPHeader("Host", "other.example")],
        body: Array("drow".utf8), limits: patient))
    _ = try await client.send(
      HTTPRequest(method: "PUT", url: server.url("/empty"), limits: patient))
    let host = "Host: 127.0.0.1:\(server.port)"
    #expect(
      server.heads == [
        "GET \(path) HTTP/1.1\r\n\(host)\r\nx-MiXed: a  b\r\nX-Empty:\r\n\r\n",
        "POST /p HTTP/1.1\r\nHost: other.example\r\nContent-Length: 4\r\n\r\n",
        "PUT /empty HTTP/1.1\r\n\(host)\r\nContent-Length: 0\r\n\r\n",
      ])
    // Kept, unless the machine was so slow that the server had hung up.
    #expect(server.connectionCount <= 2)
  }

  @Test(arguments: [200, 204, 301, 304, 307, 401, 403, 407, 429, 500, 503])
  func `every status is an answer, and nothing is followed`(status: Int) async throws {
    let server = try LoopbackServer.answering { _, _ in
      response(
        status,
        headers: ["Location: /elsewhere", "WWW-Authenticate: Basic realm=x", "Set-Cookie: a=b"])
    }
    for _ in 0..<2 {
      let answer = try await client.send(
        HTTPRequest(
          url: server.url(), headers: [HTTPHeader("Authorization", "secret")], limits: patient))
      #expect(answer.status == status)
    }
    #expect(server.heads.count == 2)
    #expect(server.heads.allSatisfy { $0.hasPrefix("GET / ") && !$0.contains("Cookie") })
  }

  @Test func `HEAD, DELETE and bodies where they are rare`() async throws {
    let server = try LoopbackServer.answering { head, body in
      head.hasPrefix("HEAD")
        ? "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n" : response(200, "\(body.count)")
    }
    let head = try await client.send(
      HTTPRequest(method: "HEAD", url: server.url(), limits: patient))
    #expect(head.header("Content-Length") == "5000000000")
    for method in ["GET", "DELETE", "PATCH", "QUERY"] {
      let answer = try await client.send(
        HTTPRequest(method: method, url: server.url(), body: [1, 2, 3], limits: patient))
      #expect(String(decoding: answer.body, as: UTF8.self) == "3")
    }
    #expect(
      server.heads.map { $0.prefix { $0 != " " } } == ["HEAD", "GET", "DELETE", "PATCH", "QUERY"])
  }

  @Test func `two megabytes there and back`() async throws {
    let server = try LoopbackServer { connection in
      guard let request = connection.request() else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(request.body.count)\r\n\r\n")
      connection.send(request.body)
    }
    let body = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let answer = try await client.send(
      HTTPRequest(method: "POST", url: server.url(), body: body, limits: patient))
    #expect(answer.body == body)
    #expect(server.heads.allSatisfy { !$0.contains("Expect") })
  }

  @Test func `stored bytes stay as they are`() async throws {
    let server = try LoopbackServer.answering { _, _ in
      response(200, "not gzip", headers: ["Content-Encoding: gzip"])
    }
    let answer = try await client.send(HTTPRequest(url: server.url(), limits: patient))
    #expect(String(decoding: answer.body, as: UTF8.self) == "not gzip")
  }

  @Test func `chunks, interim answers and trailers`() async throws {
    let server = try LoopbackServer.answering { _, _ in
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n"
    }
    let answer = try await client.send(HTTPRequest(url: server.url(), limits: patient))
    #expect(String(decoding: answer.body, as: UTF8.self) == "abcde")
    #expect(answer.headers == [HTTPHeader("Transfer-Encoding", "chunked")])
  }

  @Test func `the library says its version`() {
    #expect(CurlTransfer.libraryVersion.hasPrefix("libcurl/"))
  }
}
