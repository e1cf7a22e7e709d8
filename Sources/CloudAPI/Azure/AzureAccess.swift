/// How one Azure tenant is reached: what the configuration says, and the surroundings to look in.
public struct AzureAccess: Sendable {
  /// Where tokens may come from (names of the SDKs' credentials in `AZURE_TOKEN_CREDENTIALS`).
  public enum Source: String, Sendable, Equatable, CaseIterable {
    /// AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH.
    case environment = "environment"
    case workloadIdentity = "workload-identity"
    case managedIdentity = "managed-identity"
    case cli = "cli"
  }

  /// Endpoints other than the cloud's own: a test server, a private cloud. Each a base URL; an
  /// audience stays the cloud's unless it is given too.
  public struct Overrides: Sendable, Equatable {
    public var authority: String?
    public var resourceManager: String?
    public var resourceManagerAudience: String?
    /// Log Analytics queries, without `/v1`.
    public var logs: String?
    public var logsAudience: String?
    /// `{account}` stands for the storage account's name.
    public var blob: String?
    public var queue: String?
    public var storageAudience: String?
    /// Instead of `http://169.254.169.254`.
    public var metadata: String?

    public init() {}
  }

  /// Nil: by the environment's authority host, else the public one.
  public var cloud: AzureCloud?
  /// Beats AZURE_TENANT_ID.
  public var tenantID: String?
  /// Beats AZURE_CLIENT_ID.
  public var clientID: String?
  /// The only source that is asked; nil for the SDKs' order.
  public var source: Source?
  public var overrides: Overrides
  public var environment: [String: String]
  /// For `~/` in file names.
  public var homeDirectory: String
  /// One call, with all its retries, takes no longer, in seconds.
  public var callSeconds: Double
  public var backoff: Backoff

  public init(
    cloud: AzureCloud? = nil, tenantID: String? = nil, clientID: String? = nil,
    source: Source? = nil, overrides: Overrides = Overrides(),
    environment: [String: String] = [:], homeDirectory: String = "/nonexistent",
    callSeconds: Double = 30, backoff: Backoff = Backoff()
  ) {
    self.cloud = cloud
    self.tenantID = tenantID
    self.clientID = clientID
    self.source = source
    self.overrides = overrides
    self.environment = environment
    self.homeDirectory = homeDirectory
    self.callSeconds = callSeconds
    self.backoff = backoff
  }
}

/// The environment holds secrets: it is never printed.
extension AzureAccess: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String {
    "AzureAccess(tenant: \(tenantID ?? "none"), client: \(clientID ?? "none"))"
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror {
    Mirror(self, children: ["tenantID": tenantID as Any, "clientID": clientID as Any])
  }

  /// A variable that is set and not empty.
  func variable(_ name: String) -> String? {
    guard let value = environment[name], !value.isEmpty else { return nil }
    return value
  }

  /// `~/…` under the home directory, everything else as it is.
  func path(_ text: String) -> String {
    text.hasPrefix("~/") ? "\(homeDirectory)/\(text.dropFirst(2))" : text
  }
}
