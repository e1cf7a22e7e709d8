/// How a tenant of Azure is reached. Names and places, never secrets.
public struct AzureAccount: Hashable, Sendable {
  /// GUID or domain; nil: as the environment says.
  public var tenant: String?
  /// Watched subscriptions.
  public var subscriptions: [CloudUnit]
  /// `public`, `usgovernment`, `china`.
  public var cloud: String
  /// One kind of sign-in and no other: `secret`, `certificate`, `workload`, `managed`, `cli`; nil:
  /// the official SDKs' order.
  public var credential: String?
  /// The client's id, where it is not AZURE_CLIENT_ID's.
  public var client: String?
  /// Base URLs in place of the cloud's own: `authority`, `resource_manager`, `logs`, `blob`, `queue`,
  /// `metadata`.
  public var endpoints: [String: String]

  public static let endpointNames = [
    "authority", "resource_manager", "logs", "blob", "queue", "metadata",
  ]
  public static let clouds = ["public", "usgovernment", "china"]
  public static let credentials = ["secret", "certificate", "workload", "managed", "cli"]

  public init(
    tenant: String? = nil, subscriptions: [CloudUnit] = [], cloud: String = "public",
    credential: String? = nil, client: String? = nil, endpoints: [String: String] = [:]
  ) {
    self.tenant = tenant
    self.subscriptions = subscriptions
    self.cloud = cloud
    self.credential = credential
    self.client = client
    self.endpoints = endpoints
  }
}

/// What is watched in Azure as one source: an Activity Log and where it goes, or resource logs.
public struct AzureSource: Hashable, Sendable {
  /// Labels of the account's subscriptions; empty: all of them.
  public var subscriptions: [String]
  /// ARM id of the Log Analytics workspace that records must reach; nil: none is expected.
  public var workspace: String?
  /// ARM id of the storage account that keeps the archive; nil: none is expected.
  public var archive: String?
  /// Resources whose own logs must arrive in the workspace.
  public var resources: [Resource]
  /// Names of activity log alerts and log search alerts that must exist, as ARM ids; empty: those
  /// that are found are judged, and that there is one which tells of a deleted diagnostic setting.
  public var alertRules: [String]
  /// Name of the empty resource group whose tag the echo writes, `SUBSCRIPTION-LABEL/NAME`; nil: no
  /// echo.
  public var echoGroup: String?

  /// A resource and the table that its log arrives in.
  public struct Resource: Hashable, Sendable {
    /// ARM id.
    public var id: String
    /// `AzureDiagnostics`, or a resource-specific table such as `AZKVAuditLogs`.
    public var table: String
    /// Categories that its diagnostic setting must carry; empty: any one.
    public var categories: [String]

    public init(id: String, table: String = "AzureDiagnostics", categories: [String] = []) {
      self.id = id
      self.table = table
      self.categories = categories
    }

    /// The last word of the id: `vault-dev`.
    public var name: String { id.split(separator: "/").last.map(String.init) ?? id }
  }

  public init(
    subscriptions: [String] = [], workspace: String? = nil, archive: String? = nil,
    resources: [Resource] = [], alertRules: [String] = [], echoGroup: String? = nil
  ) {
    self.subscriptions = subscriptions
    self.workspace = workspace
    self.archive = archive
    self.resources = resources
    self.alertRules = alertRules
    self.echoGroup = echoGroup
  }
}
