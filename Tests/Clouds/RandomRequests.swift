import CloudAPI
import Foundation
import Transfer

/// Requests that nobody would write by hand, the same ones in every run: odd paths, repeated query
/// names, spaces in headers, bytes of every value.
struct RandomRequests {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// One request with the signer that is to sign it, and when (whole seconds).
  struct Case {
    var signer: SigV4Signer
    var request: HTTPRequest
    var at: Date
    var secret: String
    var token: String?
  }

  mutating func next() -> Case {
    let service = pick(["cloudtrail", "s3", "ec2", "sts", "logs", "lambda", "monitoring", "kms"])
    let region = pick(["us-east-1", "eu-west-1", "us-gov-west-1", "cn-north-1"])
    let secret = text(40, from: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=")
    let token = chance(3) ? text(below(300) + 1, from: "abcXYZ019+/=") : nil
    let credentials = AWSCredentials(
      accessKeyID: "AKIA" + text(16, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
      secretAccessKey: Secret(secret), sessionToken: token.map { Secret($0) }, source: "a test")
    let port = chance(3) ? ":\(1024 + below(60_000))" : ""
    let url =
      "\(pick(["http", "https"]))://\(service).\(region).example.com\(port)\(path(service))\(query())"
    let request = HTTPRequest(
      method: pick(["GET", "POST", "PUT", "HEAD", "DELETE"]), url: url, headers: headers(),
      body: chance(2) ? [] : (0..<below(200)).map { _ in UInt8(below(256)) })
    return Case(
      signer: SigV4Signer(service: service, region: region, credentials: credentials),
      request: request, at: Date(timeIntervalSince1970: Double(below(4_000_000_000))),
      secret: secret, token: token)
  }

  /// Keys as they are for S3; elsewhere also what must be made plain first: `//`, `.` and `..`.
  private mutating func path(_ service: String) -> String {
    let plain = (0..<below(5)).map { _ in
      chance(4) ? pick([".", "..", "", "a"]) : PercentEncoding.encode(word())
    }
    return "/" + plain.joined(separator: "/") + (chance(4) && !plain.isEmpty ? "/" : "")
  }

  private mutating func query() -> String {
    let pairs = (0..<below(6)).map { _ in
      let name =
        chance(3) ? pick(["a", "A", "a-b", "a.b", "prefix"]) : PercentEncoding.encode(word())
      return chance(6) ? name : "\(name)=\(PercentEncoding.encode(word()))"
    }
    return pairs.isEmpty ? "" : "?\(pairs.joined(separator: "&"))"
  }

  private mutating func headers() -> [HTTPHeader] {
    let names = [
      "Content-Type", "X-Amz-Target", "x-amz-meta-a", "X-Amz-Meta-A", "Range", "User-Agent",
    ]
    return (0..<below(6)).map { _ in
      HTTPHeader(pick(names), text(below(20) + 1, from: "  abc:;,=\"'/*"))
    }
  }

  private mutating func word() -> String {
    text(below(12) + 1, from: "abcXYZ019-_.~ +=&?%#/:;@!$'()*,[]{}|\\^`<>\"éß日本🔐\u{7f}\u{1}")
  }

  private mutating func text(_ count: Int, from alphabet: String) -> String {
    let letters = Array(alphabet.unicodeScalars)
    var text = String.UnicodeScalarView()
    for _ in 0..<count { text.append(letters[below(letters.count)]) }
    return String(text)
  }

  private mutating func pick(_ words: [String]) -> String { words[below(words.count)] }

  /// True once in that many.
  private mutating func chance(_ times: Int) -> Bool { below(times) == 0 }

  private mutating func below(_ limit: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
