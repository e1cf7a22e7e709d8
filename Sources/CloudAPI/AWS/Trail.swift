/// A trail as DescribeTrails shows it (CloudTrail API Reference, `Trail`). Members that AWS left
/// out are nil, never a default.
public struct Trail: Sendable, Equatable {
  public var name: String?
  public var arn: String
  public var homeRegion: String?
  public var s3BucketName: String?
  public var s3KeyPrefix: String?
  public var snsTopicARN: String?
  public var includesGlobalServiceEvents: Bool?
  public var isMultiRegion: Bool?
  public var isOrganization: Bool?
  public var validatesLogFiles: Bool?
  public var logGroupARN: String?
  public var logRoleARN: String?
  public var kmsKeyID: String?
  public var hasCustomEventSelectors: Bool?
  public var hasInsightSelectors: Bool?

  public init(arn: String) {
    self.arn = arn
  }
}
