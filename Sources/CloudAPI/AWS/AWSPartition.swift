/// A separate set of regions with its own accounts, names and addresses.
/// (botocore's `partitions.json` and endpoint rules, read 2026-11.)
public struct AWSPartition: Sendable, Equatable {
  /// `aws`, `aws-us-gov`, `aws-cn` …: the second field of an ARN.
  public var id: String
  /// What plain and FIPS host names end in.
  public var suffix: String
  /// What dual-stack host names end in (S3 keeps the plain suffix).
  public var dualStackSuffix: String
  /// Where a call goes that belongs to no region, when none is configured.
  public var defaultRegion: String
  /// Region names of this partition start so; empty for `aws`, which takes all others.
  public var regionPrefix: String

  public static let aws = AWSPartition(
    id: "aws", suffix: "amazonaws.com", dualStackSuffix: "api.aws",
    defaultRegion: "us-east-1", regionPrefix: "")
  public static let govCloud = AWSPartition(
    id: "aws-us-gov", suffix: "amazonaws.com", dualStackSuffix: "api.aws",
    defaultRegion: "us-gov-west-1", regionPrefix: "us-gov-")
  public static let china = AWSPartition(
    id: "aws-cn", suffix: "amazonaws.com.cn", dualStackSuffix: "api.amazonwebservices.com.cn",
    defaultRegion: "cn-northwest-1", regionPrefix: "cn-")

  /// Every partition that is known by name.
  public static let all: [AWSPartition] = [
    .aws, .govCloud, .china,
    AWSPartition(
      id: "aws-iso", suffix: "c2s.ic.gov", dualStackSuffix: "api.aws.ic.gov",
      defaultRegion: "us-iso-east-1", regionPrefix: "us-iso-"),
    AWSPartition(
      id: "aws-iso-b", suffix: "sc2s.sgov.gov", dualStackSuffix: "api.aws.scloud",
      defaultRegion: "us-isob-east-1", regionPrefix: "us-isob-"),
    AWSPartition(
      id: "aws-iso-e", suffix: "cloud.adc-e.uk", dualStackSuffix: "api.cloud-aws.adc-e.uk",
      defaultRegion: "eu-isoe-west-1", regionPrefix: "eu-isoe-"),
    AWSPartition(
      id: "aws-iso-f", suffix: "csp.hci.ic.gov", dualStackSuffix: "api.aws.hci.ic.gov",
      defaultRegion: "us-isof-south-1", regionPrefix: "us-isof-"),
    AWSPartition(
      id: "aws-eusc", suffix: "amazonaws.eu", dualStackSuffix: "api.amazonwebservices.eu",
      defaultRegion: "eusc-de-east-1", regionPrefix: "eusc-"),
  ]

  /// The partition of that id (`aws`, `aws-us-gov`, …).
  public static func named(_ id: String) -> AWSPartition? {
    all.first { $0.id == id }
  }

  /// The partition that a region's name belongs to.
  public static func of(region: String) -> AWSPartition {
    all.first { !$0.regionPrefix.isEmpty && region.hasPrefix($0.regionPrefix) } ?? .aws
  }

  /// A name that may become part of a host name: letters, digits and hyphens. Answers of a
  /// hostile server must not choose where a signed request goes.
  public static func isRegionName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (5...32).contains(bytes.count), let first = bytes.first, let last = bytes.last else {
      return false
    }
    let isWord: (UInt8) -> Bool = { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
    guard isWord(first), isWord(last) else { return false }
    return bytes.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
  }
}
