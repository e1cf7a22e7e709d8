import CloudAPI
import WatchCore

/// An account's settings as its client takes them. The environment is the user's own.
extension AzureAccess {
  public init(_ account: CloudAccount, environment: [String: String], home: String) {
    let azure = account.azure ?? AzureAccount()
    var overrides = Overrides()
    overrides.authority = azure.endpoints["authority"]
    overrides.resourceManager = azure.endpoints["resource_manager"]
    overrides.logs = azure.endpoints["logs"]
    overrides.blob = azure.endpoints["blob"]
    overrides.queue = azure.endpoints["queue"]
    overrides.metadata = azure.endpoints["metadata"]
    self.init(
      cloud: azure.cloud == "public" ? nil : AzureCloud.named(azure.cloud),
      tenantID: azure.tenant, clientID: azure.client,
      source: azure.credential.flatMap(Self.source), overrides: overrides,
      environment: Self.narrowed(environment, azure.credential), homeDirectory: home)
  }

  private static func source(_ credential: String) -> Source? {
    switch credential {
    case "secret", "certificate": .environment
    case "workload": .workloadIdentity
    case "managed": .managedIdentity
    case "cli": .cli
    default: nil
    }
  }

  /// One kind of sign-in and no other: the variables of the others are not seen.
  private static func narrowed(
    _ environment: [String: String], _ credential: String?
  ) -> [String: String] {
    var environment = environment
    switch credential {
    case "certificate": environment["AZURE_CLIENT_SECRET"] = nil
    case "secret": environment["AZURE_CLIENT_CERTIFICATE_PATH"] = nil
    case "managed": environment["AZURE_FEDERATED_TOKEN_FILE"] = nil
    default: break
    }
    return environment
  }
}

extension GCPAccess {
  public init(_ account: CloudAccount, environment: [String: String], home: String) {
    let gcp = account.gcp ?? GCPAccount()
    let source: Source =
      switch gcp.credential {
      case nil: .automatic
      case "gcloud"?: .gcloud
      case "metadata"?: .metadata
      case let path?: .file(path)
      }
    var endpoints: [GCPService: String] = [:]
    for (name, service) in Self.services { endpoints[service] = gcp.endpoints[name] }
    self.init(
      source: source, impersonate: gcp.impersonate, quotaProject: gcp.quotaProject,
      endpoints: endpoints, environment: Self.signIn(environment, gcp.endpoints),
      homeDirectory: home)
  }

  private static let services: [(String, GCPService)] = [
    ("logging", .logging), ("monitoring", .monitoring), ("resource_manager", .resourceManager),
    ("storage", .storage), ("pubsub", .pubSub), ("bigquery", .bigQuery), ("sts", .sts),
    ("iamcredentials", .iamCredentials),
  ]

  /// Google's own tools name these two by variables.
  private static func signIn(
    _ environment: [String: String], _ endpoints: [String: String]
  ) -> [String: String] {
    var environment = environment
    if let token = endpoints["token"] { environment["CLOUDSDK_AUTH_TOKEN_HOST"] = token }
    if let url = endpoints["metadata"].flatMap({ URLParts($0) }) {
      environment["GCE_METADATA_HOST"] = url.hostHeader
    }
    return environment
  }
}
