import Testing

@testable import CloudAPI

@Suite struct AWSSettingsTests {
  static let files = [
    "/home/mira/.aws/config": """
    [default]
    region = eu-central-1
    [profile audit]
    region = eu-north-1
    use_fips_endpoint = true
    services = local
    endpoint_url = http://general.profile:1
    [profile dual]
    use_dualstack_endpoint = TRUE
    [services local]
    cloudtrail =
      endpoint_url = http://cloudtrail.profile:2
    """
  ]

  private func settings(_ access: AWSAccess) throws -> AWSSettings {
    var access = access
    access.homeDirectory = "/home/mira"
    return try AWSSettings(access: access, files: .fake(Self.files))
  }

  struct RegionRow: Sendable {
    var access: AWSAccess
    var region: String
  }

  @Test(arguments: [
    RegionRow(access: AWSAccess(), region: "eu-central-1"),
    RegionRow(access: AWSAccess(profile: "audit"), region: "eu-north-1"),
    RegionRow(access: AWSAccess(environment: ["AWS_PROFILE": "audit"]), region: "eu-north-1"),
    RegionRow(
      access: AWSAccess(profile: "audit", environment: ["AWS_DEFAULT_REGION": "us-west-1"]),
      region: "us-west-1"),
    RegionRow(
      access: AWSAccess(
        environment: ["AWS_REGION": "us-west-2", "AWS_DEFAULT_REGION": "us-west-1"]),
      region: "us-west-2"),
    RegionRow(
      access: AWSAccess(region: "sa-east-1", environment: ["AWS_REGION": "us-west-2"]),
      region: "sa-east-1"),
    RegionRow(access: AWSAccess(profile: "dual", partition: .govCloud), region: "us-gov-west-1"),
    RegionRow(access: AWSAccess(profile: "dual", partition: .china), region: "cn-northwest-1"),
    RegionRow(access: AWSAccess(profile: "dual"), region: "us-east-1"),
    RegionRow(
      access: AWSAccess(environment: ["AWS_CONFIG_FILE": "~/none", "AWS_REGION": ""]),
      region: "us-east-1"),
  ])
  func regions(_ row: RegionRow) throws {
    #expect(try settings(row.access).homeRegion == row.region)
  }

  struct EndpointRow: Sendable {
    var access: AWSAccess
    var service = AWSService.cloudTrail
    var authority: String
  }

  @Test(arguments: [
    EndpointRow(access: AWSAccess(), authority: "cloudtrail.eu-west-1.amazonaws.com"),
    EndpointRow(
      access: AWSAccess(profile: "audit", fips: false), authority: "cloudtrail.profile:2"),
    EndpointRow(
      access: AWSAccess(profile: "audit", fips: false), service: .s3,
      authority: "general.profile:1"),
    EndpointRow(
      access: AWSAccess(
        profile: "audit", fips: false, environment: ["AWS_ENDPOINT_URL": "http://env:3"]),
      authority: "env:3"),
    EndpointRow(
      access: AWSAccess(environment: [
        "AWS_ENDPOINT_URL": "http://env:3", "AWS_ENDPOINT_URL_CLOUDTRAIL": "http://env:4",
      ]), authority: "env:4"),
    EndpointRow(
      access: AWSAccess(
        endpoint: "http://mine:5", environment: ["AWS_ENDPOINT_URL_CLOUDTRAIL": "http://env:4"]),
      authority: "mine:5"),
    EndpointRow(
      access: AWSAccess(
        profile: "audit", environment: ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]),
      authority: "cloudtrail-fips.eu-west-1.amazonaws.com"),
    EndpointRow(
      access: AWSAccess(environment: ["AWS_USE_FIPS_ENDPOINT": "true"]),
      authority: "cloudtrail-fips.eu-west-1.amazonaws.com"),
    EndpointRow(
      access: AWSAccess(environment: ["AWS_USE_DUALSTACK_ENDPOINT": "true"]), service: .s3,
      authority: "s3.dualstack.eu-west-1.amazonaws.com"),
    EndpointRow(access: AWSAccess(profile: "dual"), authority: "cloudtrail.eu-west-1.api.aws"),
    EndpointRow(
      access: AWSAccess(profile: "dual", dualStack: false),
      authority: "cloudtrail.eu-west-1.amazonaws.com"),
    EndpointRow(
      access: AWSAccess(partition: .china), authority: "cloudtrail.eu-west-1.amazonaws.com.cn"),
  ])
  func endpoints(_ row: EndpointRow) throws {
    let endpoint = try settings(row.access).endpoint(for: row.service, region: "eu-west-1")
    #expect(endpoint.authority == row.authority)
  }

  @Test func aFIPSWishIsNotDroppedSilently() throws {
    #expect(throws: AWSEndpoint.Problem.overrideWithFIPS("http://cloudtrail.profile:2")) {
      try settings(AWSAccess(profile: "audit")).endpoint(for: .cloudTrail, region: "eu-west-1")
    }
  }

  @Test func namedProfilesMustExist() {
    #expect(throws: CredentialError.noProfile("nobody")) {
      try settings(AWSAccess(profile: "nobody"))
    }
    #expect(throws: CredentialError.noProfile("nobody")) {
      try settings(AWSAccess(environment: ["AWS_PROFILE": "nobody"]))
    }
  }

  @Test func unreadableFilesAreErrorsAndMissingOnesAreNot() throws {
    let broken = CredentialFiles { (path) throws(CredentialFiles.Problem) in
      throw path.hasSuffix("config") ? .missing : .tooLarge(limit: 5)
    }
    #expect(throws: CredentialError.file(path: "/h/.aws/credentials", .tooLarge(limit: 5))) {
      try AWSSettings(access: AWSAccess(homeDirectory: "/h"), files: broken)
    }
    _ = try AWSSettings(access: AWSAccess(homeDirectory: "/h"), files: .none)
  }
}
