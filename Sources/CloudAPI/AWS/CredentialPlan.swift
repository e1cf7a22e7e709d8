/// Chooses the source of credentials, in the order in which AWS's own tools look: keys in the
/// environment, the profile's role, a web identity, the profile's other sources, container,
/// instance. A profile that was chosen on purpose beats the environment.
/// (AWS SDKs and Tools Reference Guide, "Standardized credential providers".)
struct CredentialPlan {
  let settings: AWSSettings

  private var access: AWSAccess { settings.access }
  private var ignoresEnvironment: Bool { access.profile != nil }

  func recipe() throws(CredentialError) -> CredentialRecipe {
    let base = try chain()
    guard let arn = access.roleARN else { return base }
    let role = RoleRequest(
      arn: arn, sessionName: access.sessionName, externalID: access.externalID.map { Secret($0) })
    return .role(role, from: base)
  }

  private func chain() throws(CredentialError) -> CredentialRecipe {
    if !ignoresEnvironment, let keys = try environmentKeys() { return .keys(keys) }
    let profile = ProfileCredentials(plan: self)
    if let role = try profile.role(settings.profileName) { return role }
    if !ignoresEnvironment, let identity = try environmentIdentity() { return identity }
    if let other = try profile.ownSource(settings.profileName) { return other }
    if let container = try container() { return .container(container) }
    if access.variable("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" {
      throw .nothingConfigured(tried: tried(instance: "switched off"))
    }
    return .instance(isLastResort: true)
  }

  /// Every source in the order of looking, and why it gave nothing, in few words: the line must fit
  /// beside a path's state.
  func tried(instance: String) -> [String] {
    let passedOver = ignoresEnvironment ? "passed over for the profile" : "not set"
    let profile = PlainLine.make(settings.profileName, limit: 30)
    return [
      "environment (\(passedOver))",
      "profile \(profile) (\(settings.profile == nil ? "missing" : "without keys"))",
      "web identity (\(passedOver == "not set" ? passedOver : "passed over"))",
      "container (not set)", "instance metadata (\(instance))",
    ]
  }

  func environmentKeys() throws(CredentialError) -> AWSCredentials? {
    let id = access.variable("AWS_ACCESS_KEY_ID")
    let key = access.variable("AWS_SECRET_ACCESS_KEY")
    switch (id, key) {
    case (nil, nil): return nil
    case (_, nil): throw .incomplete(source: "environment", missing: "AWS_SECRET_ACCESS_KEY")
    case (nil, _): throw .incomplete(source: "environment", missing: "AWS_ACCESS_KEY_ID")
    case (let id?, let key?):
      let token = access.variable("AWS_SESSION_TOKEN") ?? access.variable("AWS_SECURITY_TOKEN")
      return AWSCredentials(
        accessKeyID: id, secretAccessKey: Secret(key), sessionToken: token.map { Secret($0) },
        source: "environment")
    }
  }

  private func environmentIdentity() throws(CredentialError) -> CredentialRecipe? {
    guard let file = access.variable("AWS_WEB_IDENTITY_TOKEN_FILE") else { return nil }
    guard let arn = access.variable("AWS_ROLE_ARN") else {
      throw .incomplete(source: "environment", missing: "AWS_ROLE_ARN")
    }
    let name = access.variable("AWS_ROLE_SESSION_NAME") ?? access.sessionName
    return .webIdentity(RoleRequest(arn: arn, sessionName: name), tokenFile: access.path(file))
  }

  /// The relative form goes to ECS's fixed address; the full form must be safe to send a token to.
  func container() throws(CredentialError) -> ContainerSource? {
    let url: String
    if let relative = access.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") {
      guard relative.hasPrefix("/") else {
        throw .badSetting(
          source: "environment", setting: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
          reason: "it does not start with /")
      }
      url = "http://169.254.170.2\(relative)"
    } else if let full = access.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") {
      url = full
      try Self.checkLocal(full, "AWS_CONTAINER_CREDENTIALS_FULL_URI")
    } else {
      return nil
    }
    return ContainerSource(
      url: url,
      tokenFile: access.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").map { access.path($0) },
      token: access.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN").map { Secret($0) })
  }

  /// https anywhere; plain http only to this machine or its link.
  static func checkLocal(_ url: String, _ setting: String) throws(CredentialError) {
    guard let parts = URLParts(url) else {
      throw .badSetting(source: "environment", setting: setting, reason: "it is not a URL")
    }
    if parts.scheme == "https" || LocalAddress.isLocal(parts.host) { return }
    throw .addressNotAllowed(setting: setting, host: PlainLine.make(parts.host, limit: 80))
  }
}
