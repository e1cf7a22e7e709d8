import Foundation
import Testing

@testable import CloudAPI

@Suite struct TextToolsTests {
  @Test(arguments: [
    ("a b", "a b"), ("  a\n\tb  ", "a b"), ("a\u{1b}[2Jb", "a[2Jb"), ("\u{202e}x\u{200f}", "x"),
    ("a\0b", "ab"), ("", ""), ("é日😀", "é日😀"), (String(repeating: "x", count: 50), "xxxxxxxxx…"),
  ])
  func plainLines(_ text: String, _ wanted: String) {
    #expect(PlainLine.make(text, limit: 10) == wanted)
  }

  @Test(arguments: [
    ("a b", ["a", "b"]), ("", []), ("  a  ", ["a"]), ("a 'b c' d", ["a", "b c", "d"]),
    (#"a\ b "c\"d" e"#, ["a b", "c\"d", "e"]), ("''", [""]), (#"x"y"'z'"#, ["xyz"]),
    (#""a\nb""#, [#"a\nb"#]), ("'$(rm) `x` ~ *'", ["$(rm) `x` ~ *"]), ("a;b|c", ["a;b|c"]),
    ("a\\\nb", ["ab"]),
  ])
  func shellWords(_ line: String, _ words: [String]) {
    #expect(ShellWords.split(line) == words)
  }

  @Test(arguments: [
    ("audit", "audit"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"), ("$(x)", "'$(x)'"),
    ("~a", "'~a'"), ("arn:aws:x/y", "arn:aws:x/y"),
  ])
  func shellQuotes(_ word: String, _ quoted: String) {
    #expect(ShellWords.quote(word) == quoted)
    #expect(ShellWords.split(quoted) == [word])
  }

  @Test(arguments: ["'a", "\"a", "a\\", "\"a\\"])
  func openQuotes(_ line: String) {
    #expect(ShellWords.split(line) == nil)
  }

  @Test func percentEncoding() {
    #expect(PercentEncoding.encode("a/b c+~é") == "a%2Fb%20c%2B~%C3%A9")
    #expect(PercentEncoding.encode("a/b", keepingSlashes: true) == "a/b")
    #expect(
      PercentEncoding.query([(name: "a b", value: "1&2"), (name: "c", value: "")])
        == "a%20b=1%262&c=")
    #expect(PercentEncoding.decode("a%2Fb+c%C3%A9") == "a/b cé")
    for bad in ["%", "%4", "%zz", "%+1", "%ff"] { #expect(PercentEncoding.decode(bad) == nil) }
  }

  @Test(arguments: [
    ("https://h/p?q=1#f", "https", "h", "/p", "q=1"), ("HTTP://H:80", "http", "h:80", "", nil),
    ("http://[::1]:8080/", "http", "[::1]:8080", "/", nil),
    ("https://h?x/y", "https", "h", "", "x/y"),
  ])
  func urlParts(_ url: String, _ scheme: String, _ at: String, _ path: String, _ query: String?)
    throws
  {
    let parts = try #require(URLParts(url))
    #expect(parts.scheme == scheme)
    #expect(parts.authority == at)
    #expect(parts.path == path)
    #expect(parts.query == query)
  }

  @Test(arguments: [
    "https://user:pass@h/", "https://h:0/", "https://h:x/", "https://h:99999/", "https://:80/",
    "https://[::1/", "https://h\n/", "https://é/", "file:///etc/passwd", "h/p", "https://[::1]x/",
  ])
  func badURLs(_ url: String) {
    #expect(URLParts(url) == nil)
  }

  @Test func hostHeadersLeaveTheUsualPortOut() {
    #expect(URLParts("https://h:443/")?.hostHeader == "h")
    #expect(URLParts("http://h:443/")?.hostHeader == "h:443")
    #expect(URLParts("http://[::1]:80/")?.hostHeader == "[::1]")
    #expect(URLParts("http://[::1]:81/")?.host == "::1")
  }

  @Test func secretsDoNotShow() {
    let keys = AWSCredentials(
      accessKeyID: "AKIA1", secretAccessKey: Secret("hush-key"), sessionToken: Secret("hush-token"),
      source: "test")
    let access = AWSAccess(
      externalID: "hush-id", environment: ["AWS_SECRET_ACCESS_KEY": "hush-env"])
    let recipe = CredentialRecipe.process(command: Secret("tool --hush"), source: "profile x")
    var shown =
      "\(keys) \(access) \(recipe) \(String(reflecting: keys)) \(String(reflecting: access))"
    for value in [keys, access, recipe, FakeAccount(FakeHTTP([])).client] as [Any] {
      dump(value, to: &shown)
    }
    #expect(shown.contains("AKIA1"))
    #expect(!shown.contains("hush"))
    #expect(!shown.contains("very-secret-key"))
  }

  @Test(arguments: [
    (1, false, 0.0, 1.0, 0.2), (2, false, 0, 1, 0.4), (3, false, 0, 1, 0.8), (1, true, 0, 1, 1),
    (4, true, 0, 1, 8), (9, true, 0, 1, 10), (1, false, 0, 0, 0.02), (1, false, 7, 0, 7),
    (2_000_000, false, 0, 1, 10), (0, false, 0, 1, 0.2),
  ])
  func backoff(
    _ attempt: Int, _ throttled: Bool, _ atLeast: Double, _ random: Double, _ wait: Double
  ) {
    let given = Backoff().wait(
      attempt: attempt, throttled: throttled, atLeast: atLeast, random: random)
    #expect(abs(given - wait) < 1e-9)
  }

  @Test(arguments: [
    ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    ),
    ("https://my-sso.awsapps.com/start", "a00fce5cb007c23a469c136160398db65edcb180"),
  ])
  func sha1(_ text: String, _ digest: String) {
    #expect(SHA1.hex(Array(text.utf8)) == digest)
  }
}
