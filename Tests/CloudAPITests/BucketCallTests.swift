import Foundation
import Testing
import Transfer

@testable import CloudAPI

@Suite struct BucketCallTests {
  static func listing(
    _ keys: [String], prefixes: [String] = [], next: String? = nil, encoded: Bool = true
  ) -> FakeHTTP.Answer {
    let contents = keys.map {
      "<Contents><Key>\($0)</Key><LastModified>2026-11-20T03:01:00.000Z</LastModified>"
        + "<ETag>&quot;x&quot;</ETag><Size>7</Size></Contents>"
    }
    let common = prefixes.map { "<CommonPrefixes><Prefix>\($0)</Prefix></CommonPrefixes>" }
    let token = next.map { "<NextContinuationToken>\($0)</NextContinuationToken>" } ?? ""
    return .xml(
      "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
        + (encoded ? "<EncodingType>url</EncodingType>" : "") + "<Name>b</Name>"
        + "<IsTruncated>\(next != nil)</IsTruncated>" + token + (contents + common).joined()
        + "</ListBucketResult>")
  }

  @Test func listsPageAfterPage() async throws {
    let account = FakeAccount(
      FakeHTTP([
        Self.listing(["a%2Fb+c", "a%2F%C3%A9"], prefixes: ["a%2Fsub%2F"], next: "t+/="),
        Self.listing(["a%2Fz"]),
      ]))
    let listing = try await account.client.listObjects(
      bucket: "logs", prefix: "a/", startAfter: "a/a b", delimiter: "/", maxKeys: 2)
    #expect(listing.objects.map(\.key) == ["a/b c", "a/é", "a/z"])
    #expect(listing.objects.first?.lastModified == Date(timeIntervalSince1970: 1_795_143_660))
    #expect(listing.objects.first?.size == 7)
    #expect(listing.commonPrefixes == ["a/sub/"])
    #expect(!listing.isCut)
    let first =
      "https://logs.s3.eu-west-1.amazonaws.com/?list-type=2&encoding-type=url&max-keys=2"
      + "&prefix=a%2F&delimiter=%2F&start-after=a%2Fa%20b"
    #expect(
      account.http.requests.map(\.url) == [first, first + "&continuation-token=t%2B%2F%3D"])
    #expect(
      account.http.requests.first?.header("x-amz-content-sha256")
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(account.calls.all == ["s3:ListObjectsV2:eu-west-1", "s3:ListObjectsV2:eu-west-1"])
  }

  @Test func keysAreKeptAsSentWithoutEncoding() async throws {
    let account = FakeAccount(FakeHTTP([Self.listing(["a+b%2F &amp; c"], encoded: false)]))
    let listing = try await account.client.listObjects(bucket: "logs")
    #expect(listing.objects.map(\.key) == ["a+b%2F & c"])
  }

  @Test func thePageLimitCuts() async throws {
    let http = FakeHTTP { _, number in Self.listing(["k\(number)"], next: "t\(number)") }
    let listing = try await FakeAccount(http).client.listObjects(bucket: "logs", limitPages: 3)
    #expect(listing.objects.count == 3)
    #expect(listing.isCut)
  }

  @Test(arguments: [
    ("<ListBucketResult></ListBucketResult>", "it has no IsTruncated, so it is not a listing"),
    ("<Error><Code>InternalError</Code></Error>", "it has no IsTruncated, so it is not a listing"),
    ("<r><IsTruncated>true</IsTruncated></r>", "it is truncated and names no next page"),
    (
      "<r><IsTruncated>false</IsTruncated><Contents><Key>k</Key></Contents></r>",
      "an object lacks its key, time or size"
    ),
    (
      "<r><IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size>-1</Size>"
        + "<LastModified>2026-11-20T03:01:00Z</LastModified></Contents></r>",
      "an object lacks its key, time or size"
    ),
    ("<r><IsTruncated>false</IsTruncated><CommonPrefixes/></r>", "a common prefix cannot be read"),
  ])
  func halfListingsAreUnreadable(_ body: String, _ reason: String) async {
    let account = FakeAccount(FakeHTTP([.xml(body)]))
    await #expect(
      throws: AWSError.unreadable(
        UnreadableAnswer(
          operation: "ListObjectsV2", status: 200, reason: reason, requestID: "id-2"))
    ) { try await account.client.listObjects(bucket: "logs") }
  }

  static let moved = FakeHTTP.Answer.xml(
    "<Error><Code>PermanentRedirect</Code><Message>m</Message><Endpoint>evil.example</Endpoint></Error>",
    status: 301, headers: [HTTPHeader("x-amz-bucket-region", "ap-south-1")])
  static let malformed = FakeHTTP.Answer.xml(
    "<Error><Code>AuthorizationHeaderMalformed</Code><Region>ap-south-1</Region></Error>",
    status: 400)

  static let constrained = FakeHTTP.Answer.xml(
    "<Error><Code>IllegalLocationConstraintException</Code><Message>The ap-south-1 location "
      + "constraint is incompatible for the region specific endpoint this request was sent to."
      + "</Message></Error>", status: 400)

  @Test(arguments: [moved, malformed, constrained])
  func followsABucketOnceAndRemembers(_ answer: FakeHTTP.Answer) async throws {
    let account = FakeAccount(FakeHTTP([answer, Self.listing(["k"])]))
    _ = try await account.client.listObjects(bucket: "logs")
    _ = try await account.client.listObjects(bucket: "logs")
    #expect(
      account.http.requests.map { URLParts($0.url)?.host } == [
        "logs.s3.eu-west-1.amazonaws.com", "logs.s3.ap-south-1.amazonaws.com",
        "logs.s3.ap-south-1.amazonaws.com",
      ])
    let scopes = account.http.requests.map { $0.header("Authorization") ?? "" }
    #expect(scopes[1].contains("/ap-south-1/s3/aws4_request"))
    #expect(account.calls.all.last == "s3:ListObjectsV2:ap-south-1")
  }

  @Test func doesNotFollowTwiceNorElsewhere() async {
    let circle = FakeHTTP { _, number in
      .xml(
        "<Error><Code>PermanentRedirect</Code></Error>", status: 301,
        headers: [HTTPHeader("x-amz-bucket-region", number % 2 == 0 ? "ap-south-1" : "sa-east-1")])
    }
    await #expect(throws: AWSError.self) {
      try await FakeAccount(circle).client.listObjects(bucket: "logs")
    }
    #expect(circle.requests.count == 2)
    for region in ["evil.example/", "cn-north-1", "EU", ""] {
      let http = FakeHTTP([
        .xml(
          "<Error><Code>PermanentRedirect</Code></Error>", status: 301,
          headers: [HTTPHeader("x-amz-bucket-region", region)])
      ])
      await #expect(throws: AWSError.self) {
        try await FakeAccount(http).client.listObjects(bucket: "logs")
      }
      #expect(http.requests.count == 1)
    }
  }

  @Test func overriddenEndpointsAreKeptWhenABucketMoves() async throws {
    let access = AWSAccess(endpoint: "http://127.0.0.1:5000", environment: FakeAccount.keys)
    let account = FakeAccount(FakeHTTP([Self.moved, Self.listing(["k"])]), access: access)
    _ = try await account.client.listObjects(bucket: "logs")
    #expect(account.http.requests.allSatisfy { $0.url.hasPrefix("http://127.0.0.1:5000/logs?") })
    #expect(account.http.requests.allSatisfy { $0.allowPlain })
  }

  @Test func realEndpointsAreNeverPlain() async throws {
    let account = FakeAccount(FakeHTTP([Self.listing(["k"])]))
    _ = try await account.client.listObjects(bucket: "logs")
    #expect(account.http.requests.allSatisfy { !$0.allowPlain })
  }

  static func head(_ status: Int, _ region: String?) -> FakeHTTP.Answer {
    .success(
      HTTPResponse(
        status: status, headers: region.map { [HTTPHeader("x-amz-bucket-region", $0)] } ?? []))
  }

  @Test(arguments: [
    ([head(200, "eu-west-1")], "eu-west-1"), ([head(403, "eu-west-1")], "eu-west-1"),
    ([head(301, "sa-east-1"), head(200, "sa-east-1")], "sa-east-1"),
    ([head(403, "sa-east-1"), head(403, "sa-east-1")], "sa-east-1"),
  ])
  func findsABucketsRegion(_ answers: [FakeHTTP.Answer], _ region: String) async throws {
    #expect(try await FakeAccount(FakeHTTP(answers)).client.bucketRegion(bucket: "logs") == region)
  }

  @Test func aBucketThatIsNotThere() async {
    let account = FakeAccount(FakeHTTP([Self.head(404, nil)]))
    let error = await #expect(throws: AWSError.self) {
      try await account.client.bucketRegion(bucket: "logs")
    }
    #expect(error?.code == "HTTP 404")
    let denied = await #expect(throws: AWSError.self) {
      try await FakeAccount(FakeHTTP([Self.head(403, nil)])).client.bucketRegion(bucket: "logs")
    }
    guard case .denied = denied else {
      Issue.record("\(String(describing: denied))")
      return
    }
  }

  @Test func readsABucketPolicyOrItsAbsence() async throws {
    let policy = FakeAccount(FakeHTTP([.json(#"{"Version": "2012-10-17"}"#)]))
    #expect(
      try await policy.client.getBucketPolicy(bucket: "logs") == #"{"Version": "2012-10-17"}"#)
    #expect(policy.http.requests.first?.url == "https://logs.s3.eu-west-1.amazonaws.com/?policy=")
    let none = FakeAccount(
      FakeHTTP([.xml("<Error><Code>NoSuchBucketPolicy</Code></Error>", status: 404)]))
    #expect(try await none.client.getBucketPolicy(bucket: "logs") == nil)
  }
}
