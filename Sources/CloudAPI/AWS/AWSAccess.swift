/// How one AWS account is reached: what the configuration says, and the surroundings to look in.
public struct AWSAccess: Sendable {
  /// A profile chosen on purpose: keys in the environment are then not looked at.
  public var profile: String?
  /// A role to assume on top of whatever credentials are found.
  public var roleARN: String?
  public var externalID: String?
  public var sessionName: String
  /// Beats the environment and the profile.
  public var region: String?
  /// For regions whose name does not tell; normally left to the region's prefix.
  public var partition: AWSPartition?
  /// One endpoint for every service: a test server, a VPC endpoint.
  public var endpoint: String?
  public var fips: Bool?
  public var dualStack: Bool?
  public var environment: [String: String]
  /// Where `~/.aws` is.
  public var homeDirectory: String
  /// One typed call's page, with all its retries, takes no longer, in seconds.
  public var callSeconds: Double
  public var backoff: Backoff

  public init(
    profile: String? = nil, roleARN: String? = nil, externalID: String? = nil,
    sessionName: String = "watchkeeper", region: String? = nil, partition: AWSPartition? = nil,
    endpoint: String? = nil, fips: Bool? = nil, dualStack: Bool? = nil,
    environment: [String: String] = [:], homeDirectory: String = "/nonexistent",
    callSeconds: Double = 30, backoff: Backoff = Backoff()
  ) {
    self.profile = profile
    self.roleARN = roleARN
    self.externalID = externalID
    self.sessionName = sessionName
    self.region = region
    self.partition = partition
    self.endpoint = endpoint
    self.fips = fips
    self.dualStack = dualStack
    self.environment = environment
    self.homeDirectory = homeDirectory
    self.callSeconds = callSeconds
    self.backoff = backoff
  }
}

/// The environment holds secrets, and an external id is half of one: neither is ever printed.
extension AWSAccess: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String {
    "AWSAccess(profile: \(profile ?? "none"), role: \(roleARN ?? "none"), region: \(region ?? "none"))"
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror {
    Mirror(
      self,
      children: ["profile": profile as Any, "roleARN": roleARN as Any, "region": region as Any])
  }

  /// A variable that is set and not empty.
  func variable(_ name: String) -> String? {
    guard let value = environment[name], !value.isEmpty else { return nil }
    return value
  }
}
