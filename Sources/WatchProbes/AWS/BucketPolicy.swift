import CloudAPI
import WatchCore

/// Who writes log files: CloudTrail on behalf of one trail.
struct LogWriter: Hashable, Sendable {
  var arn: TrailARN
  var bucket: String
  var prefix: String?
  var isOrganization = false
  /// The organization of the trail's account, where it is known.
  var organizationID: String?

  static let service = "cloudtrail.amazonaws.com"
  static let action = "s3:PutObject"

  var bucketARN: String { "arn:\(arn.partition):s3:::\(bucket)" }

  /// An object as CloudTrail would write it at that time. For an organization the folder of its own
  /// account stands for all.
  func resource(at time: Timestamp) -> String {
    object(in: isOrganization ? "o-aaaaaaaaaa" : nil, at: time)
  }

  /// An object in the folder of an organization, or in the account's own.
  func object(in organization: String?, at time: Timestamp) -> String {
    let layout = LogLayout(
      prefix: prefix, organization: organization, account: arn.account, region: arn.homeRegion)
    return "\(bucketARN)/\(layout.start(time))_aaaaaaaaaaaaaaaa.json.gz"
  }

  /// CloudTrail's write of an object.
  func write(of resource: String) -> PolicyRequest {
    var more = context
    more["s3:x-amz-acl"] = .value("bucket-owner-full-control")
    return .cloudTrail(arn, Self.action, on: resource, more: more)
  }

  /// What CloudTrail's calls carry besides the trail's own name.
  var context: [String: PolicyRequest.Context] {
    organizationID.map { ["aws:sourceorgid": .value($0)] } ?? [:]
  }
}

/// A bucket's policy.
typealias BucketPolicy = PolicyDocument

extension PolicyDocument {
  /// Whether it refuses CloudTrail's writes.
  func refuses(_ writer: LogWriter, at time: Timestamp) -> Holds {
    let request = writer.write(of: writer.resource(at: time))
    let allowed = Holds.any(statements.filter(\.allows).map { $0.applies(to: request) })
    // An organization's folder is named by an id that we do not know: not matching proves nothing.
    let missing = writer.isOrganization && allowed == .no ? Holds.unknown : !allowed
    return .any([denies(request), missing])
  }
}
