import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// What stands around the demo's trails answers as AWS does, whatever names it has.
struct DemoPipelineTests {
  private static let names = ["stop-logging", "messy-estate", "hostile"]

  @Test(arguments: names) func `every setting of the log bucket is there, or missing as in S3`(
    _ name: String
  ) async throws {
    let desk = try DemoDesk(name)
    let bucket = try #require(desk.scenario.estate.trails.first).bucket
    for setting in DemoBucketSetting.all {
      let answer = try await desk.s3(bucket, "/", setting.name)
      if answer.status == 404 {
        let error = try XMLReader.read(answer.body)
        #expect(error.text("Code") == setting.missing, "\(setting.name)")
      } else if let root = setting.root {
        #expect(try XMLReader.read(answer.body).name == root)
      } else {
        #expect(try JSONReader.read(answer.body)["Statement"]?.array?.isEmpty == false)
      }
    }
    #expect(try await desk.s3("nobody-has-this", "/", "policy").status == 404)
  }

  @Test(arguments: names) func `every call on the way to a human is answered`(
    _ name: String
  ) async throws {
    let desk = try DemoDesk(name)
    desk.set(20)
    let settings = desk.scenario.pipeline.settings([])
    let group = try #require(settings.at("groups", "us-east-1")?.members?.first?.name)
    let key = try #require(settings["keys"]?.members?.first?.name)
    let role = try #require(settings["roles"]?.members?.first?.name)
    let topic = try #require(settings["topics"]?.members?.first?.name)
    let rule = try #require(settings.at("rules", "us-east-1")?.members?.first?.name)
    let json: [(String, String, [String: JSONValue], String)] = [
      ("logs", "DescribeLogGroups", [:], "logGroups"),
      ("logs", "DescribeLogStreams", ["logGroupName": .string(group)], "logStreams"),
      ("logs", "DescribeMetricFilters", ["logGroupName": .string(group)], "metricFilters"),
      ("logs", "FilterLogEvents", ["logGroupName": .string(group)], "events"),
      ("kms", "DescribeKey", ["KeyId": .string(key)], "KeyMetadata"),
      ("kms", "GetKeyPolicy", ["KeyId": .string(key)], "Policy"),
      ("kms", "GetKeyRotationStatus", ["KeyId": .string(key)], "KeyRotationEnabled"),
      ("events", "ListRules", [:], "Rules"),
      ("events", "DescribeRule", ["Name": .string(rule)], "EventPattern"),
      ("events", "ListTargetsByRule", ["Rule": .string(rule)], "Targets"),
      ("monitoring", "DescribeAlarms", [:], "MetricAlarms"),
      ("cloudtrail", "ListTrails", [:], "Trails"),
    ]
    for (service, operation, parameters, member) in json {
      let answer = try await desk.json(service, operation, parameters)
      #expect(answer.status == 200 && answer.body[member] != nil, "\(operation)")
    }
    let forms: [(String, String, [(name: String, value: String)])] = [
      ("iam", "GetRole", [("RoleName", role)]), ("iam", "ListRolePolicies", [("RoleName", role)]),
      ("iam", "ListAttachedRolePolicies", [("RoleName", role)]),
      ("sns", "GetTopicAttributes", [("TopicArn", topic)]),
      ("sns", "ListSubscriptionsByTopic", [("TopicArn", topic)]), ("sns", "ListTopics", []),
      ("monitoring", "DescribeAlarms", []),
    ]
    for (service, operation, parameters) in forms {
      let answer = try await desk.form(service, operation, parameters)
      #expect(answer.status == 200 && answer.body["\(operation)Result"] != nil, "\(operation)")
    }
  }

  @Test func `what is not there is refused by the service's own code`() async throws {
    let desk = try DemoDesk("stop-logging")
    #expect(try await desk.form("sns", "GetTopicAttributes", [("TopicArn", "x")]).status == 404)
    let role = try await desk.form("iam", "GetRole", [("RoleName", "x")])
    #expect(role.status == 404 && role.body["Error"]?.text("Code") == "NoSuchEntity")
    let key = try await desk.json("kms", "DescribeKey", ["KeyId": .string("x")])
    #expect(key.status == 400 && key.body["__type"]?.string == "NotFoundException")
    let group = try await desk.json("logs", "FilterLogEvents", ["logGroupName": .string("x")])
    #expect(group.body["__type"]?.string == "ResourceNotFoundException")
    let rule = try await desk.json("events", "DescribeRule", ["Name": .string("x")])
    #expect(rule.body["__type"]?.string == "ResourceNotFoundException")
  }

  @Test(arguments: [(10, false), (60, true), (1_100, false)])
  func `the bucket's policy is what the accident made of it`(
    _ second: Int, _ blocks: Bool
  ) async throws {
    let desk = try DemoDesk("bucket-blocked")
    desk.set(second)
    let policy = try JSONReader.read(try await desk.s3("acme-audit-logs", "/", "policy").body)
    let names = (policy["Statement"]?.array ?? []).compactMap { $0["Sid"]?.string }
    #expect(names.contains("OnlyFromOurNetwork") == blocks)
    #expect(names.contains("AWSCloudTrailWrite"))
  }

  @Test(arguments: [
    (29, 2, true), (40, 1, true), (80, 1, false), (120, 0, false), (1_400, 2, true),
  ])
  func `muting the alarms leaves every log as it was`(
    _ second: Int, _ people: Int, _ rings: Bool
  ) async throws {
    let desk = try DemoDesk("alert-path")
    desk.set(second)
    let topic = "arn:aws:sns:us-east-1:111122223333:audit-alarms"
    let list = try await desk.form("sns", "ListSubscriptionsByTopic", [("TopicArn", topic)])
    let result = list.body["ListSubscriptionsByTopicResult"]
    #expect(result?["Subscriptions"]?.all("member").count == people)
    let alarms = try await desk.json(
      "monitoring", "DescribeAlarms", ["AlarmNames": .array([.string("audit-trail-changes")])])
    #expect(alarms.body["MetricAlarms"]?.array?.first?["ActionsEnabled"]?.bool == rings)
    let status = try await desk.json("cloudtrail", "GetTrailStatus", ["Name": .string("use1")])
    #expect(status.body["IsLogging"]?.bool == true)
    #expect(status.body["LatestDeliveryError"] == nil)
    let delivered = try #require(status.body["LatestDeliveryTime"]?.number)
    #expect((three + .seconds(second)).millis / 1_000 - Int64(delivered) <= 300)
  }

  @Test func `the messy estate is weak in twenty ways, and delivers`() async throws {
    let settings = try DemoDesk("messy-estate").scenario.pipeline.settings([])
    let bucket = try #require(settings.at("buckets", "nimbus-logs"))
    #expect(bucket.at("versioning", "Status")?.string == "Suspended")
    for missing in ["object-lock", "logging"] { #expect(bucket[missing] == nil) }
    #expect(bucket["policy"]?.text.contains("SecureTransport") == false)
    #expect(bucket["policy"]?.text.contains("SourceArn") == false)
    let alarms = settings.at("alarms", "us-east-1")?.values ?? []
    #expect(alarms.allSatisfy { $0["TreatMissingData"]?.string != "breaching" })
    #expect(settings.text.contains("PendingConfirmation"))
  }

  @Test func `a merge takes members over, and away where they are null`() throws {
    let base = try JSONReader.read(Array(#"{"a":{"b":1,"c":[1]},"d":2}"#.utf8))
    let other = try JSONReader.read(Array(#"{"a":{"c":[2],"e":3},"d":null,"f":null}"#.utf8))
    #expect(base.merged(with: other).text == #"{"a":{"b":1,"c":[2],"e":3}}"#)
  }
}
