extension PriceList {
  /// Prices of us-east-1 as known in the middle of 2025. They could not be held against AWS's pages
  /// when this was written, and other regions and partitions differ: docs/cost.md says so.
  public static let aws = PriceList(
    asOf: "2025-06", region: "us-east-1", isVerified: false,
    prices: [s3List, s3Get, kms, sqs, cloudWatch, sns, free])

  static let s3List = CallPrice(
    "S3 LIST", 0.005, per: 1_000, source: "aws.amazon.com/s3/pricing")
  /// "GET, SELECT, and all other requests": bucket settings too.
  static let s3Get = CallPrice("S3 GET", 0.0004, per: 1_000, source: "aws.amazon.com/s3/pricing")
  static let kms = CallPrice("KMS", 0.03, per: 10_000, source: "aws.amazon.com/kms/pricing")
  static let sqs = CallPrice(
    "SQS", 0.40, per: 1_000_000, free: 1_000_000, source: "aws.amazon.com/sqs/pricing")
  static let cloudWatch = CallPrice(
    "CloudWatch", 0.01, per: 1_000, free: 1_000_000, source: "aws.amazon.com/cloudwatch/pricing")
  static let sns = CallPrice(
    "SNS", 0.50, per: 1_000_000, free: 1_000_000, source: "aws.amazon.com/sns/pricing")
  /// Nothing is asked for: CloudTrail's status, settings and Event history, CloudWatch Logs' reads
  /// (storage, ingestion and Insights queries are what it charges for), EventBridge's rules, IAM,
  /// STS, regions.
  static let free = CallPrice(
    "without charge", 0, per: 1_000, source: "aws.amazon.com/cloudtrail/pricing")

  /// By the action that allows a call.
  static func awsPrice(of action: String) -> CallPrice {
    switch action {
    case "s3:ListBucket", "s3:ListBucketVersions", "s3:ListAllMyBuckets": return s3List
    default: break
    }
    switch action.split(separator: ":").first {
    case "s3"?: return s3Get
    case "kms"?: return kms
    case "sqs"?: return sqs
    case "cloudwatch"?: return cloudWatch
    case "sns"?: return sns
    default: return free
    }
  }
}
