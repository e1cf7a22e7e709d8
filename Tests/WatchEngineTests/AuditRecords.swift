import CloudAPI
import Foundation
import WatchCore

@testable import WatchProbes

/// Audit records in CloudTrail's own shape, made up.
enum AuditRecords {
  static let account = "111122223333"

  /// The whole record as JSON text.
  static func text(
    _ service: String, _ action: String, _ parameters: String, at time: Timestamp,
    event: String = "e-1", error: String? = nil, response: String = "null",
    region: String = "us-east-1"
  ) -> String {
    let refused = error.map { #","errorCode":"\#($0)","errorMessage":"not authorized""# } ?? ""
    return """
      {"eventVersion":"1.09","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:dev",\
      "arn":"arn:aws:sts::111122223333:assumed-role/Admin/dev","accountId":"111122223333",\
      "accessKeyId":"ASIAEXAMPLEEXAMPLE00","sessionContext":{"sessionIssuer":{"type":"Role",\
      "principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/Admin",\
      "accountId":"111122223333","userName":"Admin"},"attributes":{"creationDate":\
      "2026-11-20T02:55:00Z","mfaAuthenticated":"false"}}},"eventTime":"\(time.iso)",\
      "eventSource":"\(service).amazonaws.com","eventName":"\(action)","awsRegion":"\(region)",\
      "sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2.17.0 Python/3.11",\
      "requestParameters":\(parameters),"responseElements":\(response),\
      "requestID":"7d2f2a5e-0001","eventID":"\(event)","readOnly":false,\
      "eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333",\
      "eventCategory":"Management"\(refused)}
      """
  }

  static func record(
    _ service: String, _ action: String, _ parameters: String, at time: Timestamp = Rig.start,
    event: String = "e-1", error: String? = nil, response: String = "null",
    region: String = "us-east-1"
  ) throws -> AuditRecord {
    let text = text(
      service, action, parameters, at: time, event: event, error: error, response: response,
      region: region)
    var found = CloudTrailEvent(
      eventID: event, eventTime: Date(timeIntervalSince1970: Double(time.millis) / 1000))
    found.record = CloudTrailRecord(try JSONReader.read(Array(text.utf8)))
    found.eventName = action
    found.eventSource = "\(service).amazonaws.com"
    found.text = text
    guard let record = AuditRecord(found, region: region) else { throw Unmade() }
    return record
  }

  struct Unmade: Error {}

  /// The parts of the watched pipeline: what the trail names, and what a posture look has seen.
  static func parts(_ source: SourceID = Rig.use1) -> PipelineParts {
    var trail = Trail(arn: Rig.trail)
    (trail.name, trail.s3BucketName) = ("use1", "acme-audit-logs")
    trail.kmsKeyID = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d"
    trail.logRoleARN = "arn:aws:iam::111122223333:role/service/CloudTrailToLogs"
    trail.logGroupARN = "arn:aws:logs:us-east-1:111122223333:log-group:org-trail:*"
    trail.snsTopicARN = "arn:aws:sns:us-east-1:111122223333:trail-topic"
    let plan = SourcePlan(id: source, trail: Rig.trail)
    let nodes: [(PipelineNode.Kind, String)] = [
      (.alarm, "arn:aws:cloudwatch:us-east-1:111122223333:alarm:tamper"),
      (.rule, "arn:aws:events:us-east-1:111122223333:rule/tamper"),
      (.rule, "arn:aws:events:us-east-1:111122223333:rule/audit/forward"),
      (.target, "arn:aws:lambda:us-east-1:111122223333:function:notify"),
      (.target, "arn:aws:scheduler:us-east-1:111122223333:schedule/default/nightly"),
      (.topic, "arn:aws:sns:us-east-1:111122223333:alarms"),
      (.subscription, "arn:aws:sns:us-east-1:111122223333:alarms:1f0a"),
    ]
    return PipelineParts(
      PipelineParts.parts(of: trail, plan)
        + nodes.map { KnownPart(id: .init($0.0, $0.1), source: source, retentionDays: 365) },
      sources: [source], queue: "https://sqs.us-east-1.amazonaws.com/111122223333/watch")
  }

  /// Somebody else's, of the same kinds.
  static let others: PipelineParts = {
    var all = parts()
    for index in all.parts.indices {
      let name = all.parts[index].id.name
      all.parts[index].id.name =
        name.hasPrefix("arn:") ? name.replacing("111122223333", with: "444455556666") : "others"
    }
    all.queue = "https://sqs.us-east-1.amazonaws.com/444455556666/watch"
    return all
  }()
}
