import Foundation
import Testing
import Transfer

@testable import CloudAPI

@Suite struct TrailCallTests {
  static let arn = "arn:aws:cloudtrail:us-east-1:111122223333:trail/main"

  @Test func describesTrails() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          """
          {"trailList":[{"Name":"main","S3BucketName":"logs","S3KeyPrefix":"p","SnsTopicARN":"",
          "IncludeGlobalServiceEvents":true,"IsMultiRegionTrail":false,"HomeRegion":"us-east-1",
          "TrailARN":"\(Self.arn)","LogFileValidationEnabled":true,"IsOrganizationTrail":null,
          "CloudWatchLogsLogGroupArn":"arn:g","KmsKeyId":"arn:k","HasCustomEventSelectors":true,
          "SomethingNew":[1]},{"TrailARN":"arn:2"}]}
          """)
      ]))
    let trails = try await account.client.describeTrails(region: "us-east-1")
    var wanted = Trail(arn: Self.arn)
    wanted.name = "main"
    wanted.s3BucketName = "logs"
    wanted.s3KeyPrefix = "p"
    wanted.includesGlobalServiceEvents = true
    wanted.isMultiRegion = false
    wanted.homeRegion = "us-east-1"
    wanted.validatesLogFiles = true
    wanted.logGroupARN = "arn:g"
    wanted.kmsKeyID = "arn:k"
    wanted.hasCustomEventSelectors = true
    #expect(trails == [wanted, Trail(arn: "arn:2")])
    let request = try #require(account.http.requests.first)
    #expect(request.url == "https://cloudtrail.us-east-1.amazonaws.com/")
    #expect(request.header("Content-Type") == "application/x-amz-json-1.1")
    #expect(
      request.header("X-Amz-Target")
        == "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails")
    #expect(request.text == #"{"includeShadowTrails":true}"#)
    #expect(account.calls.all == ["cloudtrail:DescribeTrails:us-east-1"])
  }

  @Test func noTrailsIsAnAnswer() async throws {
    let account = FakeAccount(FakeHTTP([.json(#"{"trailList":[]}"#)]))
    #expect(try await account.client.describeTrails(region: "us-east-1").isEmpty)
  }

  @Test func readsEveryFieldOfAStatus() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          """
          {"IsLogging":true,"LatestDeliveryError":"AccessDenied","LatestNotificationError":"n",
          "LatestDeliveryTime":1795213583.25,"LatestNotificationTime":"2026-11-20T22:26:23Z",
          "StartLoggingTime":1,"StopLoggingTime":2.0E0,"LatestCloudWatchLogsDeliveryError":"c",
          "LatestCloudWatchLogsDeliveryTime":3,"LatestDigestDeliveryTime":4,
          "LatestDigestDeliveryError":"d","LatestDeliveryAttemptTime":"2026-11-20T22:26:23Z",
          "LatestNotificationAttemptTime":"","LatestNotificationAttemptSucceeded":"x",
          "LatestDeliveryAttemptSucceeded":"y","TimeLoggingStarted":"z","TimeLoggingStopped":7}
          """)
      ]))
    let status = try await account.client.trailStatus(arnOrName: Self.arn, region: "us-east-1")
    var wanted = TrailStatus(isLogging: true)
    wanted.latestDeliveryError = "AccessDenied"
    wanted.latestNotificationError = "n"
    wanted.latestDeliveryTime = Date(timeIntervalSince1970: 1_795_213_583.25)
    wanted.latestNotificationTime = Date(timeIntervalSince1970: 1_795_213_583)
    wanted.startLoggingTime = Date(timeIntervalSince1970: 1)
    wanted.stopLoggingTime = Date(timeIntervalSince1970: 2)
    wanted.latestCloudWatchLogsDeliveryError = "c"
    wanted.latestCloudWatchLogsDeliveryTime = Date(timeIntervalSince1970: 3)
    wanted.latestDigestDeliveryTime = Date(timeIntervalSince1970: 4)
    wanted.latestDigestDeliveryError = "d"
    wanted.deprecated.latestDeliveryAttemptTime = "2026-11-20T22:26:23Z"
    wanted.deprecated.latestNotificationAttemptSucceeded = "x"
    wanted.deprecated.latestDeliveryAttemptSucceeded = "y"
    wanted.deprecated.timeLoggingStarted = "z"
    wanted.deprecated.timeLoggingStopped = "7"
    #expect(status == wanted)
    #expect(account.http.requests.first?.text == #"{"Name":"\#(Self.arn)"}"#)
  }

  @Test func neverStartedIsNotAnError() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(#"{"IsLogging":false,"LatestDeliveryTime":"","LatestDeliveryError":null}"#)
      ]))
    let status = try await account.client.trailStatus(arnOrName: "main", region: "us-east-1")
    #expect(status == TrailStatus(isLogging: false))
  }

  @Test func readsBothKindsOfSelectors() async throws {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          """
          {"TrailARN":"\(Self.arn)","EventSelectors":[{"ReadWriteType":"WriteOnly",
          "IncludeManagementEvents":false,"DataResources":[{"Type":"AWS::S3::Object",
          "Values":["arn:aws:s3"]}],"ExcludeManagementEventSources":["kms.amazonaws.com"]},{}],
          "AdvancedEventSelectors":[{"Name":"n","FieldSelectors":[{"Field":"eventCategory",
          "Equals":["Management"],"NotStartsWith":["x"]}]}]}
          """)
      ]))
    let found = try await account.client.eventSelectors(arnOrName: "main", region: "us-east-1")
    var field = EventSelectors.Field(field: "eventCategory")
    field.equals = ["Management"]
    field.notStartsWith = ["x"]
    #expect(
      found
        == EventSelectors(
          trailARN: Self.arn,
          classic: [
            EventSelectors.Classic(
              readWriteType: "WriteOnly", includesManagementEvents: false,
              dataResources: [
                EventSelectors.DataResource(type: "AWS::S3::Object", values: ["arn:aws:s3"])
              ], excludedManagementSources: ["kms.amazonaws.com"]),
            EventSelectors.Classic(),
          ], advanced: [EventSelectors.Advanced(name: "n", fields: [field])]))
    #expect(account.http.requests.first?.text == #"{"TrailName":"main"}"#)
  }

  @Test func serviceErrorsKeepWhatAWSSaid() async {
    let account = FakeAccount(
      FakeHTTP([
        .json(
          #"{"__type":"com.amazonaws.x#TrailNotFoundException","message":"Unknown\u001b[2J trail"}"#,
          status: 400)
      ]))
    let error = await #expect(throws: AWSError.self) {
      try await account.client.trailStatus(arnOrName: "x", region: "us-east-1")
    }
    #expect(
      error
        == .service(
          AWSServiceError(
            operation: "GetTrailStatus", service: "cloudtrail", region: "us-east-1", status: 400,
            code: "TrailNotFoundException", message: "Unknown[2J trail", requestID: "id-1")))
    #expect(
      error?.plain == "GetTrailStatus in us-east-1 was refused: "
        + "TrailNotFoundException (HTTP 400, request id-1): Unknown[2J trail")
  }
}
