import Testing

@testable import Transfer

@Suite struct RequestHeadTests {
  @Test func `what libcurl would add is taken away`() throws {
    let head = try RequestHead(HTTPRequest(url: "x", headers: [HTTPHeader("X-A", "1")]))
    #expect(head.lines == ["X-A: 1", "Accept:", "User-Agent:", "Expect:", "Content-Type:"])
  }

  @Test func `unless it was given`() throws {
    let headers = [HTTPHeader("accept", "a"), HTTPHeader("USER-AGENT", ""), HTTPHeader("x", " ")]
    let head = try RequestHead(HTTPRequest(url: "x", headers: headers))
    #expect(head.lines == ["accept: a", "USER-AGENT;", "x;", "Expect:", "Content-Type:"])
  }

  @Test(arguments: [
    HTTPHeader("X", "a\r\nY: b"), HTTPHeader("X", "a\nb"), HTTPHeader("X", "a\rb"),
    HTTPHeader("X", "\u{0}"), HTTPHeader("X", "\u{7f}"), HTTPHeader("X Y", "a"),
    HTTPHeader("X:", "a"), HTTPHeader("", "a"), HTTPHeader("X\n", "a"), HTTPHeader("é", "a"),
    HTTPHeader("content-length", "5"), HTTPHeader("Transfer-Encoding", "chunked"),
  ])
  func `headers refused`(header: HTTPHeader) {
    let name =
      ["content-length", "Transfer-Encoding"].contains(header.name)
      ? header.name.lowercased() : header.name
    #expect(throws: HTTPError.badHeader(name: name)) {
      try RequestHead(HTTPRequest(url: "x", headers: [header]))
    }
  }

  @Test func `methods refused`() {
    for request in [
      HTTPRequest(method: "", url: "x"), HTTPRequest(method: "GET /", url: "x"),
      HTTPRequest(method: "G\r\n", url: "x"), HTTPRequest(method: "HEAD", url: "x", body: [1]),
    ] {
      #expect(throws: HTTPError.badHeader(name: "(method)")) { try RequestHead(request) }
    }
  }

  @Test func `tabs and other languages pass`() throws {
    let headers = [HTTPHeader("X", "a\té"), HTTPHeader("Content-Length", "2")]
    let head = try RequestHead(HTTPRequest(url: "x", headers: headers, body: [1, 2]))
    #expect(head.lines.first == "X: a\té")
    #expect(head.lines.count == 5)
  }
}
