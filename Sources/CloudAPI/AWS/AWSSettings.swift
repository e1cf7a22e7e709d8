/// `AWSAccess` and the shared files, resolved: which profile, region and endpoints hold.
/// (AWS SDKs and Tools Reference Guide: "Region", "FIPS endpoints", "Service-specific endpoints".)
struct AWSSettings: Sendable {
  let access: AWSAccess
  let config: AWSSharedConfig
  /// The profile in use: chosen, from AWS_PROFILE, or `default`.
  let profileName: String
  /// True when somebody named the profile, so that its absence is an error.
  let profileIsNamed: Bool

  init(access: AWSAccess, files: CredentialFiles) throws(CredentialError) {
    self.access = access
    let named = access.profile ?? access.variable("AWS_PROFILE")
    profileName = named ?? "default"
    profileIsNamed = named != nil
    config = AWSSharedConfig(
      config: try Self.file(access, "AWS_CONFIG_FILE", "config", files),
      credentials: try Self.file(access, "AWS_SHARED_CREDENTIALS_FILE", "credentials", files))
    if profileIsNamed, config.profile(profileName) == nil {
      throw .noProfile(PlainLine.make(profileName, limit: 80))
    }
  }

  var profile: AWSConfigFile.Section? { config.profile(profileName) }

  /// Explicit, AWS_REGION, AWS_DEFAULT_REGION, then the profile's.
  var region: String? {
    access.region ?? access.variable("AWS_REGION") ?? access.variable("AWS_DEFAULT_REGION")
      ?? profile?.plain("region")
  }

  /// Where calls go that belong to no region: the region, or else the partition's default.
  var homeRegion: String { region ?? (access.partition ?? .aws).defaultRegion }

  var variant: AWSEndpoint.Variant {
    AWSEndpoint.Variant(
      fips: access.fips ?? flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint"),
      dualStack: access.dualStack ?? flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint"))
  }

  func endpoint(
    for service: AWSService, region: String
  ) throws(AWSEndpoint.Problem) -> AWSEndpoint {
    if let url = overrideURL(for: service) {
      return try .override(url, region: region, variant: variant)
    }
    return try .standard(service, region: region, variant: variant, partition: access.partition)
  }

  /// Explicit, then the environment's (service before general), then the profile's.
  private func overrideURL(for service: AWSService) -> String? {
    if let explicit = access.endpoint { return explicit }
    if flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") { return nil }
    if let url = access.variable("AWS_ENDPOINT_URL_\(service.settingName)") { return url }
    if let url = access.variable("AWS_ENDPOINT_URL") { return url }
    let section = profile?.plain("services").flatMap { config.services($0) }
    let inSection = section?.nested[service.settingName.lowercased()]?["endpoint_url"]
    return inSection ?? profile?.plain("endpoint_url")
  }

  private func flag(_ variable: String, _ setting: String) -> Bool {
    (access.variable(variable) ?? profile?.plain(setting))?.lowercased() == "true"
  }

  /// The file's path: the variable's (`~/` is the home directory), or `~/.aws/NAME`.
  private static func file(
    _ access: AWSAccess, _ variable: String, _ name: String, _ files: CredentialFiles
  ) throws(CredentialError) -> AWSConfigFile? {
    let path = access.path(access.variable(variable) ?? "~/.aws/\(name)")
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch .missing {
      return nil
    } catch {
      throw .file(path: path, error)
    }
    do {
      return try AWSConfigFile.parse(bytes)
    } catch {
      throw .badFile(path: path, error)
    }
  }
}

extension AWSAccess {
  /// `~/…` under the home directory, everything else as it is.
  func path(_ text: String) -> String {
    text.hasPrefix("~/") ? "\(homeDirectory)/\(text.dropFirst(2))" : text
  }
}
