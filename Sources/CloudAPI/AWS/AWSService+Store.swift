extension AWSService {
  /// What S3 keeps of an account, and not of a bucket.
  public static let s3Control = AWSService(
    endpointPrefix: "s3-control", signingName: "s3", settingName: "S3_CONTROL", actionPrefix: "s3")

  /// One endpoint a partition, in its first region.
  public static let organizations = AWSService(
    endpointPrefix: "organizations", signingName: "organizations", settingName: "ORGANIZATIONS")
}
