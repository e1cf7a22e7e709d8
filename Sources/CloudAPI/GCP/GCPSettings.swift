/// `GCPAccess` and the credential file, resolved: which credentials, endpoints and quota project
/// hold. Read afresh for each call: one small file, and an edit takes effect without a restart.
struct GCPSettings: Sendable {
  let access: GCPAccess
  let recipe: GCPCredentialRecipe
  let universe: String
  let quotaProject: String?
  /// The project that the surroundings name, if any.
  let project: String?

  static let defaultUniverse = "googleapis.com"

  init(access: GCPAccess, files: CredentialFiles) throws(CloudError) {
    self.access = access
    let found: GCPCredentialFile?
    do {
      found = try GCPCredentialFile.find(access, files)
      universe = try Self.universe(access, found)
    } catch {
      throw .signIn(error)
    }
    quotaProject = try Self.header(
      access.quotaProject ?? access.variable("GOOGLE_CLOUD_QUOTA_PROJECT") ?? found?.quotaProject,
      "the quota project")
    project =
      access.variable("GOOGLE_CLOUD_PROJECT") ?? access.variable("GCLOUD_PROJECT")
      ?? access.variable("CLOUDSDK_CORE_PROJECT") ?? found?.project
    let base = found?.recipe ?? Self.withoutFile(access)
    guard let email = access.impersonate else {
      recipe = base
      return
    }
    let endpoint = try Self.endpoint(access, .iamCredentials, universe)
    let account = PercentEncoding.encode(email)
    recipe = .impersonation(
      Impersonation(
        source: "service account \(PlainLine.make(email, limit: 120))",
        url: "\(endpoint.base)/v1/projects/-/serviceAccounts/\(account):generateAccessToken",
        isOverride: endpoint.isOverride),
      from: base)
  }

  func endpoint(for service: GCPService) throws(CloudError) -> GCPEndpoint {
    try Self.endpoint(access, service, universe)
  }

  /// Explicit for the service, explicit for all, gcloud's variable, then Google's own.
  private static func endpoint(
    _ access: GCPAccess, _ service: GCPService, _ universe: String
  ) throws(CloudError) -> GCPEndpoint {
    if let url = access.endpoints[service] {
      return try .override(url, service, setting: "the endpoint of \(service.rawValue)")
    }
    if let url = access.endpoint { return try .override(url, service, setting: "the endpoint") }
    if let url = access.variable(service.overrideVariable) {
      return try .override(url, service, setting: service.overrideVariable)
    }
    return .standard(service, universe: universe)
  }

  private static func withoutFile(_ access: GCPAccess) -> GCPCredentialRecipe {
    switch access.source {
    case .metadata: return .metadata
    case .gcloud: return .gcloud
    case .automatic, .file:
      let isOff = ["true", "1", "yes"].contains(access.variable("NO_GCE_CHECK")?.lowercased() ?? "")
      var looked = [
        "GOOGLE_APPLICATION_CREDENTIALS (not set)",
        "\(GCPCredentialFile.defaultPath(access)) (no such file)",
      ]
      if isOff { looked.append("the metadata server (NO_GCE_CHECK)") }
      return .lastResorts(looked: looked, metadata: !isOff)
    }
  }

  /// A token of one universe is worth nothing in another: nothing is sent.
  private static func universe(
    _ access: GCPAccess, _ file: GCPCredentialFile?
  ) throws(SignInError) -> String {
    let asked = access.universe ?? access.variable("GOOGLE_CLOUD_UNIVERSE_DOMAIN")
    let universe = asked ?? file?.universe ?? defaultUniverse
    guard URLParts("https://\(universe)")?.authority == universe else {
      throw .badSetting(
        source: "environment", setting: "the universe domain", reason: "it is not a host name")
    }
    if let file, file.universe != universe {
      throw .badSetting(
        source: file.path, setting: "universe_domain",
        reason: "it is \(PlainLine.make(file.universe, limit: 80)), and \(universe) is asked")
    }
    return universe
  }

  /// A header's value: it must not add headers of its own.
  private static func header(_ text: String?, _ setting: String) throws(CloudError) -> String? {
    guard let text, !text.isEmpty else { return nil }
    guard BearerToken.isUsable(text) else {
      throw .settings(setting: setting, reason: "it holds characters that no project's name has")
    }
    return text
  }
}
