/// One AWS service as calls name it.
public struct AWSService: Sendable, Hashable {
  /// The first label of its host names.
  public var endpointPrefix: String
  /// The service's name in a signature's scope.
  public var signingName: String
  /// The suffix of `AWS_ENDPOINT_URL_…`; in lower case the name in a `services` section.
  public var settingName: String

  public init(endpointPrefix: String, signingName: String, settingName: String) {
    self.endpointPrefix = endpointPrefix
    self.signingName = signingName
    self.settingName = settingName
  }

  public static let cloudTrail = AWSService("cloudtrail")
  public static let s3 = AWSService("s3")
  public static let ec2 = AWSService("ec2")
  public static let sts = AWSService("sts")
  public static let ssoPortal = AWSService(
    endpointPrefix: "portal.sso", signingName: "awsssoportal", settingName: "SSO")

  private init(_ name: String) {
    self.init(endpointPrefix: name, signingName: name, settingName: name.uppercased())
  }
}
