import Foundation
import Testing
import Transfer

@testable import CloudAPI

@Suite struct KeyCallTests {
  @Test func aKeyThatWaitsForItsEnd() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          #"{"KeyMetadata":{"Arn":"arn:k","KeyId":"k","KeyState":"PendingDeletion","#
            + #""DeletionDate":1795748426.5,"KeyManager":"CUSTOMER","Origin":"AWS_KMS","#
            + #""KeySpec":"SYMMETRIC_DEFAULT"}}"#)
      ]))
    let key = try await account.client.describeKey("alias/trail", region: "eu-west-1")
    #expect(key.state == "PendingDeletion" && key.arn == "arn:k" && key.manager == "CUSTOMER")
    #expect(key.deletion == Date(timeIntervalSince1970: 1_795_748_426.5))
    let request = try #require(account.http.requests.first)
    #expect(request.url == "https://kms.eu-west-1.amazonaws.com/")
    #expect(request.header("X-Amz-Target") == "TrentService.DescribeKey")
    #expect(request.text == #"{"KeyId":"alias/trail"}"#)
    #expect(account.calls.all == ["kms:DescribeKey:eu-west-1"])
  }

  @Test func policyAndRotation() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(#"{"Policy":"{\"Statement\":[]}","PolicyName":"default"}"#),
        .json(#"{"KeyRotationEnabled":false}"#),
      ]))
    #expect(
      try await account.client.keyPolicy("k", region: "eu-west-1") == #"{"Statement":[]}"#)
    #expect(try await !account.client.keyIsRotated("k", region: "eu-west-1"))
    #expect(account.http.requests.first?.text == #"{"KeyId":"k","PolicyName":"default"}"#)
  }

  @Test(arguments: ["{}", "[]", "", #"{"KeyMetadata":{}}"#, "<html>"])
  func halfAnswersAreUnreadable(_ body: String) async {
    let client = FakeAccount(FakeHTTP([.json(body)])).client
    for call in [
      { _ = try await client.describeKey("k", region: "eu-west-1") },
      { _ = try await client.keyPolicy("k", region: "eu-west-1") },
      { _ = try await client.keyIsRotated("k", region: "eu-west-1") },
      { _ = try await client.organization() },
      { _ = try await client.trailTags(arn: "a", region: "eu-west-1") },
      { _ = try await client.insightSelectors(arnOrName: "a", region: "eu-west-1") },
    ] as [() async throws -> Void] {
      let error = await #expect(throws: AWSError.self) { try await call() }
      guard case .unreadable = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  @Test func insights() async throws {
    let on = FakeAccount(
      FakeHTTP([
        .json(#"{"TrailARN":"t","InsightSelectors":[{"InsightType":"ApiCallRateInsight"}]}"#)
      ]))
    #expect(
      try await on.client.insightSelectors(arnOrName: "t", region: "eu-west-1")
        == ["ApiCallRateInsight"])
    let off = FakeAccount(
      FakeHTTP([.json(#"{"__type":"InsightNotEnabledException","message":"m"}"#, status: 400)]))
    #expect(try await off.client.insightSelectors(arnOrName: "t", region: "eu-west-1") == nil)
    let empty = FakeAccount(FakeHTTP([.json(#"{"TrailARN":"t"}"#)]))
    #expect(try await empty.client.insightSelectors(arnOrName: "t", region: "eu-west-1") == [])
  }

  @Test func tags() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          #"{"ResourceTagList":[{"ResourceId":"t","TagsList":[{"Key":"Environment","Value":"prod"},"#
            + #"{"Key":"Purpose"}]}]}"#)
      ]))
    #expect(
      try await account.client.trailTags(arn: "t", region: "eu-west-1")
        == ["Environment": "prod", "Purpose": ""])
    #expect(account.http.requests.first?.text == #"{"ResourceIdList":["t"]}"#)
  }

  @Test func theOrganization() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(#"{"Organization":{"Id":"o-abcdefghij","MasterAccountId":"999988887777"}}"#)
      ]))
    #expect(
      try await account.client.organization()
        == OrganizationFacts(id: "o-abcdefghij", managementAccount: "999988887777"))
    let request = try #require(account.http.requests.first)
    #expect(request.url == "https://organizations.us-east-1.amazonaws.com/")
    #expect(
      request.header("X-Amz-Target") == "AWSOrganizationsV20161128.DescribeOrganization")
    let none = FakeAccount(
      FakeHTTP([.json(#"{"__type":"AWSOrganizationsNotInUseException"}"#, status: 400)]))
    #expect(try await none.client.organization() == nil)
  }
}
