import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// AWS's own examples, signature for signature: the IAM User Guide's ListUsers, cases of the
/// published test suite, and the four of the S3 API Reference ("Authenticating Requests").
@Suite struct SigV4SignerTests {
  struct Example: Sendable, CustomTestStringConvertible {
    var name: String
    var service = "service"
    var date = "2015-08-30T12:36:00Z"
    var request: HTTPRequest
    var signedHeaders: String
    var signature: String
    var secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    var token: String?
    var keyID = "AKIDEXAMPLE"

    var testDescription: String { name }
  }

  static let suite: [Example] = [
    Example(
      name: "IAM ListUsers", service: "iam",
      request: HTTPRequest(
        url: "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
        headers: [HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]),
      signedHeaders: "content-type;host;x-amz-date",
      signature: "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
    Example(
      name: "get-vanilla", request: HTTPRequest(url: "https://example.amazonaws.com/"),
      signedHeaders: "host;x-amz-date",
      signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
    Example(
      name: "get-vanilla-query-order-key-case",
      request: HTTPRequest(url: "https://example.amazonaws.com/?Param2=value2&Param1=value1"),
      signedHeaders: "host;x-amz-date",
      signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
    Example(
      name: "post-vanilla",
      request: HTTPRequest(method: "POST", url: "https://example.amazonaws.com/"),
      signedHeaders: "host;x-amz-date",
      signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"),
    Example(
      name: "get-slashes normalised",
      request: HTTPRequest(url: "https://example.amazonaws.com//example//"),
      signedHeaders: "host;x-amz-date",
      signature: "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
    Example(
      name: "get-relative normalised",
      request: HTTPRequest(url: "https://example.amazonaws.com/example/.."),
      signedHeaders: "host;x-amz-date",
      signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
  ]

  static let s3: [Example] = [
    Example(
      name: "S3 GetObject", service: "s3", date: "2013-05-24T00:00:00Z",
      request: HTTPRequest(
        url: "https://examplebucket.s3.amazonaws.com/test.txt",
        headers: [HTTPHeader("Range", "bytes=0-9")]),
      signedHeaders: "host;range;x-amz-content-sha256;x-amz-date",
      signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
      secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", keyID: "AKIAIOSFODNN7EXAMPLE"),
    Example(
      name: "S3 PutObject", service: "s3", date: "2013-05-24T00:00:00Z",
      request: HTTPRequest(
        method: "PUT", url: "https://examplebucket.s3.amazonaws.com/test%24file.text",
        headers: [
          HTTPHeader("Date", "Fri, 24 May 2013 00:00:00 GMT"),
          HTTPHeader("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ], body: Array("Welcome to Amazon S3.".utf8)),
      signedHeaders: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
      signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
      secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", keyID: "AKIAIOSFODNN7EXAMPLE"),
    Example(
      name: "S3 GetBucketLifecycle", service: "s3", date: "2013-05-24T00:00:00Z",
      request: HTTPRequest(url: "https://examplebucket.s3.amazonaws.com/?lifecycle"),
      signedHeaders: "host;x-amz-content-sha256;x-amz-date",
      signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
      secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", keyID: "AKIAIOSFODNN7EXAMPLE"),
    Example(
      name: "S3 ListObjects", service: "s3", date: "2013-05-24T00:00:00Z",
      request: HTTPRequest(url: "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J"),
      signedHeaders: "host;x-amz-content-sha256;x-amz-date",
      signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
      secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", keyID: "AKIAIOSFODNN7EXAMPLE"),
  ]

  @Test(arguments: suite + s3) func signsTheExample(_ example: Example) throws {
    let date = try #require(TimeText.iso8601(example.date))
    let keys = AWSCredentials(
      accessKeyID: example.keyID, secretAccessKey: Secret(example.secret), source: "test")
    let signer = SigV4Signer(service: example.service, region: "us-east-1", credentials: keys)
    let signed = try signer.signed(example.request, at: date)
    let day = example.date.prefix(10).replacingOccurrences(of: "-", with: "")
    let scope = "\(day)/us-east-1/\(example.service)/aws4_request"
    #expect(
      signed.headers.last?.value
        == "AWS4-HMAC-SHA256 Credential=\(example.keyID)/\(scope), "
        + "SignedHeaders=\(example.signedHeaders), Signature=\(example.signature)")
    #expect(signed.url == example.request.url)
    #expect(signed.body == example.request.body)
  }

  @Test func tokenIsSignedAndOldSignatureIsReplaced() throws {
    let keys = AWSCredentials(
      accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("k"), sessionToken: Secret("t"),
      source: "test")
    let signer = SigV4Signer(service: "sts", region: "us-east-1", credentials: keys)
    let request = HTTPRequest(url: "https://sts.us-east-1.amazonaws.com/")
    let once = try signer.signed(request, at: Date(timeIntervalSince1970: 0))
    let twice = try signer.signed(once, at: Date(timeIntervalSince1970: 0))
    #expect(once == twice)
    #expect(once.headers.last?.value.contains("host;x-amz-date;x-amz-security-token") == true)
    #expect(once.headers.contains(HTTPHeader("X-Amz-Security-Token", "t")))
  }

  @Test(arguments: ["", "example.com", "ftp://example.com/", "https://", "https://a b/"])
  func refusesWhatIsNoURL(_ url: String) {
    let keys = AWSCredentials(accessKeyID: "A", secretAccessKey: Secret("k"), source: "test")
    let signer = SigV4Signer(service: "s3", region: "us-east-1", credentials: keys)
    #expect(throws: SigV4Signer.Problem.badURL) {
      try signer.signed(HTTPRequest(url: url), at: Date(timeIntervalSince1970: 0))
    }
  }
}
