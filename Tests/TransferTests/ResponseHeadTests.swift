import Testing

@testable import Transfer

@Suite struct ResponseHeadTests {
  func collect(_ lines: [String]) -> (head: ResponseHead, isWithinBounds: Bool) {
    var head = ResponseHead()
    for line in lines {
      var line = line
      let goesOn = line.withUTF8 { head.take(UnsafeRawBufferPointer($0)) }
      if !goesOn { return (head, false) }
    }
    return (head, true)
  }

  @Test func `lines become headers`() {
    let (head, isWithinBounds) = collect([
      "HTTP/1.1 200 OK\r\n", "A: 1\r\n", "a:2 \t\r\n", "Empty:\r\n", "no colon\r\n",
      "Long: one\r\n", "\t two\r\n", "Time: 12:30\r\n", "Bad: \u{fffd}\r\n", "\r\n",
    ])
    #expect(isWithinBounds)
    #expect(
      head.headers == [
        HTTPHeader("A", "1"), HTTPHeader("a", "2"), HTTPHeader("Empty", ""),
        HTTPHeader("Long", "one two"), HTTPHeader("Time", "12:30"), HTTPHeader("Bad", "\u{fffd}"),
      ])
  }

  @Test func `only the answer proper counts`() {
    let (head, _) = collect([
      "HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: 1\r\n",
      "\r\n", "Trailer: evil\r\n", "HTTP/1.1 500 Later\r\n", "B: 2\r\n",
    ])
    #expect(head.headers == [HTTPHeader("A", "1")])
  }

  @Test func `bounds`() {
    let fitting = Array(repeating: "A: 1\r\n", count: ResponseHead.countLimit)
    #expect(collect(fitting).isWithinBounds)
    #expect(!collect(fitting + ["A: 1\r\n"]).isWithinBounds)
    let long = "A: " + String(repeating: "x", count: ResponseHead.byteLimit)
    #expect(!collect([long]).isWithinBounds)
    let endless = "HTTP/1.1 100 Continue\r\n" + String(repeating: "x", count: 1000)
    #expect(!collect(Array(repeating: endless, count: 100)).isWithinBounds)
  }
}
