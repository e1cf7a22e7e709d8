/// Which sources are asked, in which order (azure-identity 1.27, DefaultAzureCredential):
/// environment, workload identity, managed identity, Azure CLI. The first that is set up holds; only
/// the machine's metadata service has to be asked whether it is there.
struct AzureTokenPlan: Sendable {
  let settings: AzureSettings

  private var access: AzureAccess { settings.access }

  /// What the last error says when nothing is left.
  enum Skipped: Sendable, Equatable {
    case environment, workloadIdentity
    case machine(String)
    case cli(String)

    var inWords: String {
      switch self {
      case .environment: "environment (no AZURE_CLIENT_SECRET or certificate)"
      case .workloadIdentity: "workload identity (no AZURE_FEDERATED_TOKEN_FILE)"
      case .machine(let reason): "managed identity (\(reason))"
      case .cli(let reason): "Azure CLI (\(reason))"
      }
    }
  }

  /// At least one source, or an error.
  func sources() throws(CloudError) -> [AzureTokenSource] {
    let wanted = try wantedSources()
    var found: [AzureTokenSource] = []
    for source in wanted.order {
      switch source {
      case .environment: if let one = try environment() { return found + [one] }
      case .workloadIdentity: if let one = try workloadIdentity() { return found + [one] }
      case .managedIdentity:
        let one = try managedIdentity(isGuess: !wanted.isChosen)
        found.append(one)
        guard case .machine(_, _, isGuess: true) = one else { return found }
      case .cli: found.append(.cli(tenant: access.tenantID ?? access.variable("AZURE_TENANT_ID")))
      }
    }
    guard !found.isEmpty else {
      let tried = wanted.order.map { source in
        source == .environment ? Skipped.environment.inWords : Skipped.workloadIdentity.inWords
      }
      throw .signIn(.nothingConfigured(cloud: "Azure", tried: tried))
    }
    return found
  }

  /// AZURE_TOKEN_CREDENTIALS: `prod`, `dev`, or one credential's name.
  private func wantedSources() throws(CloudError) -> (
    order: [AzureAccess.Source], isChosen: Bool
  ) {
    if let source = access.source { return ([source], true) }
    guard let name = access.variable("AZURE_TOKEN_CREDENTIALS") else {
      return (AzureAccess.Source.allCases, false)
    }
    switch name.lowercased() {
    case "prod": return ([.environment, .workloadIdentity, .managedIdentity], false)
    case "dev", "azureclicredential": return ([.cli], true)
    case "environmentcredential": return ([.environment], true)
    case "workloadidentitycredential": return ([.workloadIdentity], true)
    case "managedidentitycredential": return ([.managedIdentity], true)
    default:
      throw .signIn(
        .badSetting(
          source: "environment", setting: "AZURE_TOKEN_CREDENTIALS",
          reason: "\"\(PlainLine.make(name, limit: 40))\" is not supported here"))
    }
  }

  private var clientID: String? { access.clientID ?? access.variable("AZURE_CLIENT_ID") }

  private func client(_ source: String) throws(CloudError) -> AzureClientID {
    guard let tenant = access.tenantID ?? access.variable("AZURE_TENANT_ID") else {
      throw .signIn(.incomplete(source: source, missing: "AZURE_TENANT_ID"))
    }
    guard let client = clientID else {
      throw .signIn(.incomplete(source: source, missing: "AZURE_CLIENT_ID"))
    }
    // A GUID or a domain: anything else would end up elsewhere in the URL.
    let isPlain = tenant.utf8.allSatisfy { byte in
      PercentEncoding.isUnreserved(byte) && byte != UInt8(ascii: "~")
    }
    guard isPlain, tenant != ".", tenant != ".." else {
      throw .signIn(
        .badSetting(
          source: source, setting: "AZURE_TENANT_ID", reason: "it is no GUID and no domain"))
    }
    return AzureClientID(tenant: tenant, client: client)
  }

  private func environment() throws(CloudError) -> AzureTokenSource? {
    if let secret = access.variable("AZURE_CLIENT_SECRET") {
      return .secret(try client("environment"), Secret(secret))
    }
    guard let path = access.variable("AZURE_CLIENT_CERTIFICATE_PATH") else {
      if access.source == .environment {
        throw .signIn(
          .incomplete(
            source: "environment", missing: "AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH"))
      }
      return nil
    }
    guard access.variable("AZURE_CLIENT_CERTIFICATE_PASSWORD") == nil else {
      throw .signIn(
        .badSetting(
          source: "environment", setting: "AZURE_CLIENT_CERTIFICATE_PASSWORD",
          reason: "only PEM files without a password can be read"))
    }
    return .certificate(try client("environment"), path: access.path(path))
  }

  private func workloadIdentity() throws(CloudError) -> AzureTokenSource? {
    guard let file = access.variable("AZURE_FEDERATED_TOKEN_FILE") else {
      if access.source == .workloadIdentity {
        throw .signIn(
          .incomplete(source: "workload identity", missing: "AZURE_FEDERATED_TOKEN_FILE"))
      }
      return nil
    }
    return .workloadIdentity(try client("workload identity"), tokenFile: access.path(file))
  }

  /// As the SDKs: federated variables first, then App Service's, then the machine.
  private func managedIdentity(isGuess: Bool) throws(CloudError) -> AzureTokenSource {
    if let federated = try workloadIdentity() { return federated }
    if let url = access.variable("IDENTITY_ENDPOINT") {
      guard let header = access.variable("IDENTITY_HEADER") else {
        throw .signIn(
          .incomplete(source: "managed identity (IDENTITY_ENDPOINT)", missing: "IDENTITY_HEADER"))
      }
      try Self.checkLocal(url, "IDENTITY_ENDPOINT")
      return .appService(url: url, header: Secret(header), clientID: clientID)
    }
    if let url = access.overrides.metadata {
      let base = try AzureSettings.base(url, "metadata endpoint")
      return .machine(base: base, clientID: clientID, isGuess: isGuess)
    }
    let variable = "AZURE_POD_IDENTITY_AUTHORITY_HOST"
    let url = access.variable(variable) ?? "http://169.254.169.254"
    try Self.checkLocal(url, variable)
    let base = try AzureSettings.base(url, variable)
    return .machine(base: base, clientID: clientID, isGuess: isGuess)
  }

  /// Plain http may not leave the machine's own network.
  private static func checkLocal(_ url: String, _ setting: String) throws(CloudError) {
    guard let parts = URLParts(url) else {
      throw .signIn(
        .badSetting(source: "environment", setting: setting, reason: "it is not a URL"))
    }
    if parts.scheme == "https" || LocalAddress.isLocal(parts.host) { return }
    throw .signIn(
      .addressNotAllowed(setting: setting, host: PlainLine.make(parts.host, limit: 80)))
  }
}
