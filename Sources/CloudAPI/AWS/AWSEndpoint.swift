/// Where a service's calls for a region go, and which region the signature names.
public struct AWSEndpoint: Sendable, Equatable {
  public var scheme: String
  /// Host, and port if it is not the scheme's own.
  public var authority: String
  /// What stands before every path: empty, or `/prefix` of an override.
  public var basePath: String
  public var signingRegion: String
  /// An override from the settings: S3 then uses path style, and plain http is allowed.
  public var isOverride: Bool

  /// Which of AWS's own host names are wanted.
  public struct Variant: Sendable, Equatable {
    public var fips: Bool
    public var dualStack: Bool

    public init(fips: Bool = false, dualStack: Bool = false) {
      self.fips = fips
      self.dualStack = dualStack
    }
  }

  /// Why there is no endpoint.
  public enum Problem: Error, Sendable, Equatable {
    case badRegion(String)
    case badOverride(String)
    /// AWS itself refuses it: nobody could say whether the override is a FIPS endpoint.
    case overrideWithFIPS(String)
    case noFIPS(service: String, partition: String)
  }

  /// AWS's own endpoint (botocore endpoint rules; tests compare a table made by them).
  public static func standard(
    _ service: AWSService, region: String, variant: Variant = Variant(),
    partition: AWSPartition? = nil
  ) throws(Problem) -> AWSEndpoint {
    guard AWSPartition.isRegionName(region) else {
      throw .badRegion(PlainLine.make(region, limit: 40))
    }
    let partition = partition ?? .of(region: region)
    if service == .iam { return try iam(variant, partition) }
    let host =
      service == .s3 || service == .s3Control
      ? try s3Host(service, region, variant, partition)
      : regionalHost(service, region, variant, partition)
    return AWSEndpoint(
      scheme: "https", authority: host, basePath: "", signingRegion: region, isOverride: false)
  }

  /// An endpoint that the settings name: `https://host[:port][/prefix]`, or plain http, which is
  /// for people who mean it.
  public static func override(
    _ url: String, region: String, variant: Variant = Variant()
  ) throws(Problem) -> AWSEndpoint {
    let shown = withoutSecrets(url)
    guard AWSPartition.isRegionName(region) else {
      throw .badRegion(PlainLine.make(region, limit: 40))
    }
    guard let parts = URLParts(url), parts.query == nil else { throw .badOverride(shown) }
    if variant.fips { throw .overrideWithFIPS(shown) }
    let path = parts.path.hasSuffix("/") ? String(parts.path.dropLast()) : parts.path
    return AWSEndpoint(
      scheme: parts.scheme, authority: parts.hostHeader, basePath: path, signingRegion: region,
      isOverride: true)
  }

  /// An endpoint as an error may show it: what stands before an `@` or after a `?` may be a secret.
  private static func withoutSecrets(_ url: String) -> String {
    let start = url.range(of: "://").map { String(url[..<$0.upperBound]) } ?? ""
    let rest = url.dropFirst(start.count).prefix { $0 != "?" }
    let host = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    return PlainLine.make(start + host, limit: 120)
  }

  /// One endpoint a partition, signed for the region that it lives in.
  private static func iam(
    _ variant: Variant, _ partition: AWSPartition
  ) throws(Problem) -> AWSEndpoint {
    let fips = variant.fips ? "-fips" : ""
    let (host, region): (String, String)
    switch (partition.id, variant.dualStack) {
    case ("aws", false): (host, region) = ("iam\(fips).amazonaws.com", "us-east-1")
    case ("aws", true): (host, region) = ("iam\(fips).global.api.aws", "us-east-1")
    case ("aws-us-gov", false): (host, region) = ("iam.us-gov.amazonaws.com", "us-gov-west-1")
    case ("aws-us-gov", true): (host, region) = ("iam.us-gov.api.aws", "us-gov-west-1")
    case _ where variant.fips: throw .noFIPS(service: "iam", partition: partition.id)
    case ("aws-cn", false): (host, region) = ("iam.cn-north-1.amazonaws.com.cn", "cn-north-1")
    case ("aws-cn", true):
      (host, region) = ("iam.global.api.amazonwebservices.com.cn", "cn-north-1")
    default:
      region = partition.defaultRegion
      host =
        variant.dualStack
        ? "iam.\(partition.dualStackSuffix)" : "iam.\(region).\(partition.suffix)"
    }
    return AWSEndpoint(
      scheme: "https", authority: host, basePath: "", signingRegion: region, isOverride: false)
  }

  private static func s3Host(
    _ service: AWSService, _ region: String, _ variant: Variant, _ partition: AWSPartition
  ) throws(Problem) -> String {
    if variant.fips, partition.id == "aws-cn" { throw .noFIPS(service: "s3", partition: "aws-cn") }
    let dual = variant.dualStack ? ".dualstack" : ""
    return
      "\(service.endpointPrefix)\(variant.fips ? "-fips" : "")\(dual).\(region).\(partition.suffix)"
  }

  /// In GovCloud the plain host is the FIPS host, for every service that we ask but KMS.
  private static func regionalHost(
    _ service: AWSService, _ region: String, _ variant: Variant, _ partition: AWSPartition
  ) -> String {
    let plainIsFIPS = partition.id == "aws-us-gov" && !variant.dualStack && service != .kms
    let fips = variant.fips && !plainIsFIPS ? "-fips" : ""
    let suffix = variant.dualStack ? partition.dualStackSuffix : partition.suffix
    return "\(service.endpointPrefix)\(fips).\(region).\(suffix)"
  }
}
