import Testing

@testable import CloudAPI

/// Host names as botocore's endpoint rules give them (1.43.11), and overrides.
@Suite struct EndpointTests {
  struct Row: Sendable {
    var service: AWSService
    var region: String
    var variant: AWSEndpoint.Variant
    var host: String

    init(_ service: AWSService, _ region: String, _ fips: Bool, _ dualStack: Bool, _ host: String) {
      self.service = service
      self.region = region
      variant = AWSEndpoint.Variant(fips: fips, dualStack: dualStack)
      self.host = host
    }
  }

  static let rows = [
    Row(.cloudTrail, "us-east-1", false, false, "cloudtrail.us-east-1.amazonaws.com"),
    Row(.cloudTrail, "us-east-1", false, true, "cloudtrail.us-east-1.api.aws"),
    Row(.cloudTrail, "us-east-1", true, false, "cloudtrail-fips.us-east-1.amazonaws.com"),
    Row(.cloudTrail, "us-east-1", true, true, "cloudtrail-fips.us-east-1.api.aws"),
    Row(.cloudTrail, "eu-south-2", false, false, "cloudtrail.eu-south-2.amazonaws.com"),
    Row(.cloudTrail, "eu-south-2", false, true, "cloudtrail.eu-south-2.api.aws"),
    Row(.cloudTrail, "eu-south-2", true, false, "cloudtrail-fips.eu-south-2.amazonaws.com"),
    Row(.cloudTrail, "eu-south-2", true, true, "cloudtrail-fips.eu-south-2.api.aws"),
    Row(.cloudTrail, "us-gov-east-1", false, false, "cloudtrail.us-gov-east-1.amazonaws.com"),
    Row(.cloudTrail, "us-gov-east-1", false, true, "cloudtrail.us-gov-east-1.api.aws"),
    Row(.cloudTrail, "us-gov-east-1", true, false, "cloudtrail.us-gov-east-1.amazonaws.com"),
    Row(.cloudTrail, "us-gov-east-1", true, true, "cloudtrail-fips.us-gov-east-1.api.aws"),
    Row(.cloudTrail, "cn-north-1", false, false, "cloudtrail.cn-north-1.amazonaws.com.cn"),
    Row(
      .cloudTrail, "cn-north-1", false, true, "cloudtrail.cn-north-1.api.amazonwebservices.com.cn"),
    Row(.cloudTrail, "cn-north-1", true, false, "cloudtrail-fips.cn-north-1.amazonaws.com.cn"),
    Row(
      .cloudTrail, "cn-north-1", true, true,
      "cloudtrail-fips.cn-north-1.api.amazonwebservices.com.cn"),
    Row(.cloudTrail, "us-iso-east-1", false, false, "cloudtrail.us-iso-east-1.c2s.ic.gov"),
    Row(.cloudTrail, "us-iso-east-1", true, true, "cloudtrail-fips.us-iso-east-1.api.aws.ic.gov"),
    Row(.cloudTrail, "us-isob-east-1", false, false, "cloudtrail.us-isob-east-1.sc2s.sgov.gov"),
    Row(.cloudTrail, "us-isob-east-1", true, true, "cloudtrail-fips.us-isob-east-1.api.aws.scloud"),
    Row(.cloudTrail, "eu-isoe-west-1", false, false, "cloudtrail.eu-isoe-west-1.cloud.adc-e.uk"),
    Row(
      .cloudTrail, "eu-isoe-west-1", true, true,
      "cloudtrail-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"),
    Row(.cloudTrail, "us-isof-south-1", false, false, "cloudtrail.us-isof-south-1.csp.hci.ic.gov"),
    Row(
      .cloudTrail, "us-isof-south-1", true, true,
      "cloudtrail-fips.us-isof-south-1.api.aws.hci.ic.gov"),
    Row(.cloudTrail, "eusc-de-east-1", false, false, "cloudtrail.eusc-de-east-1.amazonaws.eu"),
    Row(
      .cloudTrail, "eusc-de-east-1", true, true,
      "cloudtrail-fips.eusc-de-east-1.api.amazonwebservices.eu"),
    Row(.sts, "us-east-1", false, false, "sts.us-east-1.amazonaws.com"),
    Row(.sts, "us-east-1", false, true, "sts.us-east-1.api.aws"),
    Row(.sts, "us-east-1", true, false, "sts-fips.us-east-1.amazonaws.com"),
    Row(.sts, "us-east-1", true, true, "sts-fips.us-east-1.api.aws"),
    Row(.sts, "us-gov-east-1", false, false, "sts.us-gov-east-1.amazonaws.com"),
    Row(.sts, "us-gov-east-1", false, true, "sts.us-gov-east-1.api.aws"),
    Row(.sts, "us-gov-east-1", true, false, "sts.us-gov-east-1.amazonaws.com"),
    Row(.sts, "us-gov-east-1", true, true, "sts-fips.us-gov-east-1.api.aws"),
    Row(.s3, "us-east-1", false, false, "s3.us-east-1.amazonaws.com"),
    Row(.s3, "us-east-1", false, true, "s3.dualstack.us-east-1.amazonaws.com"),
    Row(.s3, "us-east-1", true, false, "s3-fips.us-east-1.amazonaws.com"),
    Row(.s3, "us-east-1", true, true, "s3-fips.dualstack.us-east-1.amazonaws.com"),
    Row(.s3, "eu-south-2", false, false, "s3.eu-south-2.amazonaws.com"),
    Row(.s3, "eu-south-2", false, true, "s3.dualstack.eu-south-2.amazonaws.com"),
    Row(.s3, "eu-south-2", true, false, "s3-fips.eu-south-2.amazonaws.com"),
    Row(.s3, "eu-south-2", true, true, "s3-fips.dualstack.eu-south-2.amazonaws.com"),
    Row(.s3, "us-gov-east-1", false, false, "s3.us-gov-east-1.amazonaws.com"),
    Row(.s3, "us-gov-east-1", false, true, "s3.dualstack.us-gov-east-1.amazonaws.com"),
    Row(.s3, "us-gov-east-1", true, false, "s3-fips.us-gov-east-1.amazonaws.com"),
    Row(.s3, "us-gov-east-1", true, true, "s3-fips.dualstack.us-gov-east-1.amazonaws.com"),
    Row(.s3, "cn-north-1", false, false, "s3.cn-north-1.amazonaws.com.cn"),
    Row(.s3, "cn-north-1", false, true, "s3.dualstack.cn-north-1.amazonaws.com.cn"),
    Row(.s3, "us-iso-east-1", false, false, "s3.us-iso-east-1.c2s.ic.gov"),
    Row(.s3, "us-isob-east-1", false, false, "s3.us-isob-east-1.sc2s.sgov.gov"),
    Row(.s3, "eu-isoe-west-1", false, false, "s3.eu-isoe-west-1.cloud.adc-e.uk"),
    Row(.s3, "us-isof-south-1", false, false, "s3.us-isof-south-1.csp.hci.ic.gov"),
    Row(.s3, "eusc-de-east-1", false, false, "s3.eusc-de-east-1.amazonaws.eu"),
    Row(.ec2, "us-east-1", false, false, "ec2.us-east-1.amazonaws.com"),
    Row(.ec2, "us-east-1", false, true, "ec2.us-east-1.api.aws"),
    Row(.ec2, "us-east-1", true, false, "ec2-fips.us-east-1.amazonaws.com"),
    Row(.ec2, "us-east-1", true, true, "ec2-fips.us-east-1.api.aws"),
    Row(.ec2, "us-gov-east-1", false, false, "ec2.us-gov-east-1.amazonaws.com"),
    Row(.ec2, "us-gov-east-1", false, true, "ec2.us-gov-east-1.api.aws"),
    Row(.ec2, "us-gov-east-1", true, false, "ec2.us-gov-east-1.amazonaws.com"),
    Row(.ec2, "us-gov-east-1", true, true, "ec2-fips.us-gov-east-1.api.aws"),
    Row(.ssoPortal, "us-east-1", false, false, "portal.sso.us-east-1.amazonaws.com"),
    Row(.ssoPortal, "us-east-1", false, true, "portal.sso.us-east-1.api.aws"),
    Row(.ssoPortal, "us-east-1", true, false, "portal.sso-fips.us-east-1.amazonaws.com"),
    Row(.ssoPortal, "us-east-1", true, true, "portal.sso-fips.us-east-1.api.aws"),
    Row(.ssoPortal, "us-gov-east-1", false, false, "portal.sso.us-gov-east-1.amazonaws.com"),
    Row(.ssoPortal, "us-gov-east-1", false, true, "portal.sso.us-gov-east-1.api.aws"),
    Row(.ssoPortal, "us-gov-east-1", true, false, "portal.sso.us-gov-east-1.amazonaws.com"),
    Row(.ssoPortal, "us-gov-east-1", true, true, "portal.sso-fips.us-gov-east-1.api.aws"),
  ]

  @Test(arguments: rows) func hostsAreAWSs(_ row: Row) throws {
    let endpoint = try AWSEndpoint.standard(row.service, region: row.region, variant: row.variant)
    #expect(endpoint.authority == row.host)
    #expect(endpoint.scheme == "https")
    #expect(endpoint.signingRegion == row.region)
  }

  /// IAM has one endpoint a partition; the signature names where it lives.
  @Test(arguments: [
    ("us-east-1", false, false, "iam.amazonaws.com", "us-east-1"),
    ("eu-west-1", true, false, "iam-fips.amazonaws.com", "us-east-1"),
    ("eu-west-1", false, true, "iam.global.api.aws", "us-east-1"),
    ("us-gov-east-1", true, false, "iam.us-gov.amazonaws.com", "us-gov-west-1"),
    ("us-gov-east-1", false, true, "iam.us-gov.api.aws", "us-gov-west-1"),
    ("cn-northwest-1", false, false, "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    ("us-iso-east-1", false, false, "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    ("eusc-de-east-1", false, true, "iam.api.amazonwebservices.eu", "eusc-de-east-1"),
  ])
  func iamIsGlobal(
    _ region: String, _ fips: Bool, _ dual: Bool, _ host: String, _ signing: String
  ) throws {
    let endpoint = try AWSEndpoint.standard(
      .iam, region: region, variant: AWSEndpoint.Variant(fips: fips, dualStack: dual))
    #expect(endpoint.authority == host)
    #expect(endpoint.signingRegion == signing)
  }

  @Test(arguments: [
    (AWSService.logs, "us-east-1", true, "logs-fips.us-east-1.amazonaws.com"),
    (.cloudWatch, "us-gov-west-1", true, "monitoring.us-gov-west-1.amazonaws.com"),
    (.events, "cn-north-1", false, "events.cn-north-1.amazonaws.com.cn"),
    (.sns, "us-gov-west-1", true, "sns.us-gov-west-1.amazonaws.com"),
    (.sqs, "us-east-1", false, "sqs.us-east-1.amazonaws.com"),
    (.kms, "us-gov-west-1", true, "kms-fips.us-gov-west-1.amazonaws.com"),
  ])
  func alertPathHosts(
    _ service: AWSService, _ region: String, _ fips: Bool, _ host: String
  ) throws {
    let variant = AWSEndpoint.Variant(fips: fips)
    #expect(
      try AWSEndpoint.standard(service, region: region, variant: variant).authority == host)
  }

  @Test func chinaHasNoS3FIPS() {
    #expect(throws: AWSEndpoint.Problem.noFIPS(service: "s3", partition: "aws-cn")) {
      try AWSEndpoint.standard(
        .s3, region: "cn-north-1", variant: AWSEndpoint.Variant(fips: true))
    }
  }

  @Test(arguments: [
    "", "us-east-1.evil.com/", "US-EAST-1", "us east 1", "-us-east-1", "us-east-1\n", "evil@x",
    "abc", "us-east-1\u{0}", "ус-east-1",
  ])
  func regionsThatMayNotBecomeHosts(_ region: String) {
    #expect(throws: AWSEndpoint.Problem.self) { try AWSEndpoint.standard(.sts, region: region) }
  }

  @Test(arguments: [
    ("us-gov-west-1", "aws-us-gov"), ("cn-north-1", "aws-cn"), ("us-east-1", "aws"),
    ("us-iso-west-1", "aws-iso"), ("us-isob-east-1", "aws-iso-b"), ("mx-central-1", "aws"),
    ("eusc-de-east-1", "aws-eusc"),
  ])
  func partitionsByPrefix(_ region: String, _ id: String) {
    #expect(AWSPartition.of(region: region).id == id)
    #expect(AWSPartition.named(id)?.id == id)
  }

  @Test(arguments: [
    ("https://vpce-1.example.com", "https", "vpce-1.example.com", ""),
    ("http://127.0.0.1:5000/", "http", "127.0.0.1:5000", ""),
    ("http://[::1]:5000/aws/", "http", "[::1]:5000", "/aws"),
    ("https://Host:443/x", "https", "host", "/x"),
  ])
  func overrides(_ url: String, _ scheme: String, _ authority: String, _ path: String) throws {
    let endpoint = try AWSEndpoint.override(url, region: "eu-west-1")
    #expect(endpoint.scheme == scheme)
    #expect(endpoint.authority == authority)
    #expect(endpoint.basePath == path)
    #expect(endpoint.isOverride)
  }

  @Test func badOverrides() {
    let rows = [
      ("", ""), ("localhost:5000", "localhost:5000"), ("ftp://x/", "ftp://x/"),
      ("https://h/?hush", "https://h/"), ("https://me:hush@h/", "https://h/"),
      ("hush@h", "h"),
    ]
    for (url, shown) in rows {
      #expect(throws: AWSEndpoint.Problem.badOverride(shown)) {
        try AWSEndpoint.override(url, region: "eu-west-1")
      }
    }
    #expect(throws: AWSEndpoint.Problem.overrideWithFIPS("https://h/")) {
      try AWSEndpoint.override(
        "https://h/", region: "eu-west-1", variant: AWSEndpoint.Variant(fips: true))
    }
  }

  @Test(arguments: [
    ("logs-1", "https://logs-1.s3.eu-west-1.amazonaws.com/?prefix=a%2Fb"),
    ("logs.example.com", "https://s3.eu-west-1.amazonaws.com/logs.example.com?prefix=a%2Fb"),
    ("Old_Bucket", "https://s3.eu-west-1.amazonaws.com/Old_Bucket?prefix=a%2Fb"),
    ("a/../b", "https://s3.eu-west-1.amazonaws.com/a%2F..%2Fb?prefix=a%2Fb"),
  ])
  func bucketsInHostOrPath(_ bucket: String, _ url: String) throws {
    let call = AWSCall.s3(
      "ListObjectsV2", bucket: bucket, region: "eu-west-1", query: [(name: "prefix", value: "a/b")])
    let endpoint = try AWSEndpoint.standard(.s3, region: "eu-west-1")
    #expect(call.request(at: endpoint).url == url)
  }

  @Test func overriddenS3UsesThePath() throws {
    let call = AWSCall.s3("HeadBucket", bucket: "logs-1", region: "eu-west-1", method: "HEAD")
    let endpoint = try AWSEndpoint.override("http://127.0.0.1:5000/p", region: "eu-west-1")
    #expect(call.request(at: endpoint).url == "http://127.0.0.1:5000/p/logs-1")
  }
}
