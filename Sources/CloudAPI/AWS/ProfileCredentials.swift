/// What a profile says about credentials, followed through `source_profile`.
struct ProfileCredentials {
  typealias Section = AWSConfigFile.Section

  let plan: CredentialPlan

  private var settings: AWSSettings { plan.settings }

  /// The profile's role, if it has one.
  func role(
    _ name: String, after names: [String] = []
  ) throws(CredentialError) -> CredentialRecipe? {
    guard let section = settings.config.profile(name), let arn = section.plain("role_arn") else {
      return nil
    }
    let source = sourceName(name)
    if section.plain("mfa_serial") != nil {
      throw .needsPerson(source: source, setting: "mfa_serial")
    }
    let request = RoleRequest(
      arn: arn,
      sessionName: section.plain("role_session_name") ?? settings.access.sessionName,
      externalID: section.secret("external_id"), durationSeconds: try duration(section, source))
    if let file = section.plain("web_identity_token_file") {
      return .webIdentity(request, tokenFile: settings.access.path(file))
    }
    return .role(request, from: try base(name, section, after: names + [name]))
  }

  /// The profile's own keys, sign-in or command.
  func ownSource(_ name: String) throws(CredentialError) -> CredentialRecipe? {
    guard let section = settings.config.profile(name) else { return nil }
    if let login = try sso(name, section) { return .sso(login) }
    if let keys = try keys(name, section) { return .keys(keys) }
    if let command = section.secret("credential_process") {
      return .process(command: command, source: "credential_process of \(sourceName(name))")
    }
    return nil
  }

  private func sourceName(_ name: String) -> String { "profile \(PlainLine.make(name, limit: 80))" }

  private func base(
    _ name: String, _ section: Section, after names: [String]
  ) throws(CredentialError) -> CredentialRecipe {
    switch (section.plain("source_profile"), section.plain("credential_source")) {
    case (nil, nil):
      throw .incomplete(source: sourceName(name), missing: "source_profile or credential_source")
    case (_?, _?):
      throw .badSetting(
        source: sourceName(name), setting: "credential_source",
        reason: "source_profile is set as well")
    case (let other?, nil): return try sourceProfile(other, of: name, after: names)
    case (nil, let source?): return try credentialSource(source, of: name)
    }
  }

  /// A profile may name itself: then its own keys assume the role.
  private func sourceProfile(
    _ other: String, of name: String, after names: [String]
  ) throws(CredentialError) -> CredentialRecipe {
    guard settings.config.profile(other) != nil else {
      throw .noProfile(PlainLine.make(other, limit: 80))
    }
    if other != name {
      if names.contains(other) {
        throw .profileLoop((names + [other]).map { PlainLine.make($0, limit: 40) })
      }
      if let role = try role(other, after: names) { return role }
    }
    if let own = try ownSource(other) { return own }
    throw .incomplete(source: sourceName(other), missing: "keys, a sign-in or a command")
  }

  private func credentialSource(
    _ source: String, of name: String
  ) throws(CredentialError) -> CredentialRecipe {
    switch source {
    case "Environment":
      if let keys = try plan.environmentKeys() { return .keys(keys) }
      throw .incomplete(source: "environment", missing: "AWS_ACCESS_KEY_ID")
    case "Ec2InstanceMetadata":
      return .instance(isLastResort: false)
    case "EcsContainer":
      if let container = try plan.container() { return .container(container) }
      throw .incomplete(
        source: "environment", missing: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or …_FULL_URI")
    default:
      throw .badSetting(
        source: sourceName(name), setting: "credential_source",
        reason: "it is none of Environment, Ec2InstanceMetadata, EcsContainer")
    }
  }

  private func keys(_ name: String, _ section: Section) throws(CredentialError) -> AWSCredentials? {
    let source = sourceName(name)
    switch (section.plain("aws_access_key_id"), section.secret("aws_secret_access_key")) {
    case (nil, nil): return nil
    case (_, nil): throw .incomplete(source: source, missing: "aws_secret_access_key")
    case (nil, _): throw .incomplete(source: source, missing: "aws_access_key_id")
    case (let id?, let key?):
      return AWSCredentials(
        accessKeyID: id, secretAccessKey: key, sessionToken: section.secret("aws_session_token"),
        source: source)
    }
  }

  /// `sso_session` names a section; older profiles hold the start URL and region themselves.
  private func sso(_ name: String, _ section: Section) throws(CredentialError) -> SSOLogin? {
    let session = section.plain("sso_session")
    guard session != nil || section.plain("sso_start_url") != nil else { return nil }
    var place = section
    if let session {
      guard let found = settings.config.ssoSession(session) else {
        throw .incomplete(
          source: sourceName(name), missing: "a section [sso-session \(session)]")
      }
      place = found
    }
    let start = try need("sso_start_url", in: place, name)
    return SSOLogin(
      profile: PlainLine.make(name, limit: 80), cacheName: session ?? start,
      region: try need("sso_region", in: place, name),
      accountID: try need("sso_account_id", in: section, name),
      roleName: try need("sso_role_name", in: section, name))
  }

  private func need(
    _ setting: String, in section: Section, _ name: String
  ) throws(CredentialError) -> String {
    guard let value = section.plain(setting) else {
      throw .incomplete(source: sourceName(name), missing: setting)
    }
    return value
  }

  /// 900 s to 12 h (STS AssumeRole, DurationSeconds).
  private func duration(_ section: Section, _ source: String) throws(CredentialError) -> Int? {
    guard let text = section.plain("duration_seconds") else { return nil }
    guard let seconds = Int(text), (900...43_200).contains(seconds) else {
      throw .badSetting(
        source: source, setting: "duration_seconds", reason: "it is not 900 to 43200")
    }
    return seconds
  }
}
