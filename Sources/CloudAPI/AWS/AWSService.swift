/// One AWS service as calls name it.
public struct AWSService: Sendable, Hashable {
  /// The first label of its host names.
  public var endpointPrefix: String
  /// The service's name in a signature's scope.
  public var signingName: String
  /// The suffix of `AWS_ENDPOINT_URL_…`; in lower case the name in a `services` section.
  public var settingName: String
  /// What IAM calls it, before the colon of an action: what `onCall` is told.
  public var actionPrefix: String

  public init(
    endpointPrefix: String, signingName: String, settingName: String, actionPrefix: String? = nil
  ) {
    self.endpointPrefix = endpointPrefix
    self.signingName = signingName
    self.settingName = settingName
    self.actionPrefix = actionPrefix ?? endpointPrefix
  }

  public static let cloudTrail = AWSService("cloudtrail")
  public static let s3 = AWSService("s3")
  public static let ec2 = AWSService("ec2")
  public static let sts = AWSService("sts")
  public static let iam = AWSService("iam")
  public static let kms = AWSService("kms")
  public static let logs = AWSService(
    endpointPrefix: "logs", signingName: "logs", settingName: "CLOUDWATCH_LOGS")
  public static let cloudWatch = AWSService(
    endpointPrefix: "monitoring", signingName: "monitoring", settingName: "CLOUDWATCH",
    actionPrefix: "cloudwatch")
  public static let events = AWSService(
    endpointPrefix: "events", signingName: "events", settingName: "EVENTBRIDGE")
  public static let sns = AWSService("sns")
  public static let sqs = AWSService("sqs")
  public static let ssoPortal = AWSService(
    endpointPrefix: "portal.sso", signingName: "awsssoportal", settingName: "SSO")

  private init(_ name: String) {
    self.init(endpointPrefix: name, signingName: name, settingName: name.uppercased())
  }
}
