import Testing

@testable import Transfer

@Suite struct RequestTargetTests {
  @Test(arguments: [
    ("https://sts.amazonaws.com", "sts.amazonaws.com"), ("HTTPS://Host:443/a", "host"),
    ("https://[fd00:EC2::254]:80/x", "fd00:ec2::254"), ("http://a?b=http://c", "a"),
    ("https://bucket.s3.amazonaws.com/a//b/../c%20d?x=@:/", "bucket.s3.amazonaws.com"),
  ])
  func `the host`(url: String, host: String) throws {
    #expect(try RequestTarget(url: url).host == host)
  }

  @Test(arguments: [
    "", "x", "//host/", "https:host", "https:/host", "ftp://host/", "file:///etc/passwd",
    "https://", "https:///path", "https://:443/", "https://user@host/", "https://127.0.0.1@evil/",
    "https://host:0/", "https://host:65536/", "https://host:x/", "https://host:/", "https://[::1/",
    "https://[::1]x/", "https://ho st/", "https://host/a b", "https://host/é", "https://host/#x",
    "https://host/\r\nX: y", "https://host\\@evil/", "https://host/\u{0}", "https://a[::1]/",
  ])
  func `refused`(url: String) {
    let error = #expect(throws: HTTPError.self) { try RequestTarget(url: url) }
    guard case .badURL(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // The URL may hold a token.
    #expect(url.isEmpty || !reason.contains(url) || url == "x")
  }

  @Test(arguments: [
    ("127.0.0.1", true, false), ("127.9.8.7", true, false), ("localhost", true, false),
    ("[::1]", true, false), ("169.254.169.254", false, true), ("169.254.170.2", false, true),
    ("[fd00:ec2::254]", false, true), ("metadata.google.internal", false, true),
    ("127.0.0.1.evil.example", false, false), ("127.1", false, false), ("128.0.0.1", false, false),
    ("127.0.0.256", false, false), ("127.0.0.0001", false, false), ("2130706433", false, false),
    ("localhost.evil.example", false, false), ("169.254.1.1", false, false),
    ("0.0.0.0", false, false), ("[::ffff:127.0.0.1]", false, false),
  ])
  func `who may be asked without TLS`(host: String, loopback: Bool, metadata: Bool) throws {
    let target = try RequestTarget(url: "http://\(host)/")
    #expect(target.isLoopback == loopback)
    #expect(target.isMetadata == metadata)
  }
}
