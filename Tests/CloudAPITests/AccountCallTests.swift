import Foundation
import Testing

@testable import CloudAPI

@Suite struct AccountCallTests {
  static func regions(_ items: [(String, String)]) -> FakeHTTP.Answer {
    let list = items.map {
      "<item><regionName>\($0.0)</regionName><regionEndpoint>x</regionEndpoint>"
        + ($0.1.isEmpty ? "" : "<optInStatus>\($0.1)</optInStatus>") + "</item>"
    }
    return .xml(
      "<DescribeRegionsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
        + "<requestId>r</requestId><regionInfo>\(list.joined())</regionInfo>"
        + "</DescribeRegionsResponse>")
  }

  @Test func namesRegionsThatAreEnabledInThePartition() async throws {
    let account = FakeAccount(
      FakeHTTP([
        Self.regions([
          ("us-east-1", "opt-in-not-required"), ("af-south-1", "not-opted-in"),
          ("ap-east-1", "opted-in"), ("us-gov-west-1", "opt-in-not-required"), ("eu-west-1", ""),
        ])
      ]))
    let names = try await account.client.enabledRegions(region: "us-east-1")
    #expect(names == ["ap-east-1", "eu-west-1", "us-east-1"])
    #expect(account.http.requests.first?.text == "Action=DescribeRegions&Version=2016-11-15")
    #expect(account.calls.all == ["ec2:DescribeRegions:us-east-1"])
  }

  @Test(arguments: [
    (FakeHTTP.Answer.xml("<DescribeRegionsResponse/>"), "it has no regionInfo"),
    (regions([]), "it names no region at all"),
    (regions([("us-east-1.evil.example/", "")]), "a region has no usable name"),
    (regions([("", "")]), "a region has no usable name"),
  ])
  func halfAnswersAreUnreadable(_ answer: FakeHTTP.Answer, _ reason: String) async {
    await #expect(
      throws: AWSError.unreadable(
        UnreadableAnswer(
          operation: "DescribeRegions", status: 200, reason: reason, requestID: "id-2"))
    ) { try await FakeAccount(FakeHTTP([answer])).client.enabledRegions(region: "us-east-1") }
  }

  @Test func unauthorizedOperationIsDenied() async {
    let answer = FakeHTTP.Answer.xml(
      "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>m</Message></Error>"
        + "</Errors><RequestID>r-9</RequestID></Response>", status: 403)
    let error = await #expect(throws: AWSError.self) {
      try await FakeAccount(FakeHTTP([answer])).client.enabledRegions(region: "us-east-1")
    }
    guard case .denied(let denied) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(denied.code == "UnauthorizedOperation")
    #expect(error?.plain.hasPrefix("Not allowed to call DescribeRegions in us-east-1: ") == true)
  }

  @Test func assumesARole() async throws {
    let account = FakeAccount(FakeHTTP([CredentialFetchTests.assumed("AssumeRole")]))
    let keys = try await account.client.assumeRole(
      arn: "arn:aws:iam::1:role/x", externalID: Secret("hush"), durationSeconds: 900)
    #expect(keys.accessKeyID == "ASIAROLE")
    #expect(keys.expires == TimeText.iso8601(CredentialFetchTests.expiry))
    #expect(
      account.http.requests.first?.text.hasSuffix("&ExternalId=hush&DurationSeconds=900") == true)
  }

  @Test func identityNeedsAccountAndARN() async {
    let answer = FakeHTTP.Answer.xml(
      "<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>")
    await #expect(
      throws: AWSError.unreadable(
        UnreadableAnswer(
          operation: "GetCallerIdentity", status: 200,
          reason: "it does not name account and ARN", requestID: "id-2"))
    ) { try await FakeAccount(FakeHTTP([answer])).client.callerIdentity() }
  }

  @Test func noRegionStillAsksSTS() async throws {
    var environment = FakeAccount.keys
    environment["AWS_REGION"] = nil
    let account = FakeAccount(
      FakeHTTP([AWSExchangeTests.good]),
      access: AWSAccess(partition: .govCloud, environment: environment))
    _ = try await account.client.callerIdentity()
    #expect(account.http.requests.first?.url == "https://sts.us-gov-west-1.amazonaws.com/")
  }
}
