/// How a set of GCP projects is reached. Names and places, never secrets.
public struct GCPAccount: Hashable, Sendable {
  /// Watched projects, folders and organizations.
  public var units: [CloudUnit]
  /// One kind of sign-in and no other: a credential file's path, `gcloud`, `metadata`; nil:
  /// Application Default Credentials.
  public var credential: String?
  /// E-mail of the service account that is impersonated; nil: none.
  public var impersonate: String?
  /// The project that quota is charged to; nil: as the credentials say.
  public var quotaProject: String?
  /// Base URLs in place of Google's own: `logging`, `monitoring`, `resource_manager`, `storage`,
  /// `pubsub`, `bigquery`, `token`, `sts`, `iamcredentials`, `metadata`.
  public var endpoints: [String: String]

  public static let endpointNames = [
    "logging", "monitoring", "resource_manager", "storage", "pubsub", "bigquery", "token", "sts",
    "iamcredentials", "metadata",
  ]

  public init(
    units: [CloudUnit] = [], credential: String? = nil, impersonate: String? = nil,
    quotaProject: String? = nil, endpoints: [String: String] = [:]
  ) {
    self.units = units
    self.credential = credential
    self.impersonate = impersonate
    self.quotaProject = quotaProject
    self.endpoints = endpoints
  }
}

/// What is watched in GCP as one source: audit logs of some projects, and the sinks that carry them.
public struct GCPSource: Hashable, Sendable {
  /// Labels of the account's units; empty: all of them.
  public var units: [String]
  /// Audit logs that must arrive: `activity`, `data_access`, `system_event`, `policy`.
  public var logs: [String]
  /// Names of the sinks that must exist; `SINK` in every unit of the source, or `UNIT-LABEL/SINK`.
  public var sinks: [String]
  /// Name of the log-based metric whose absence policy must exist; nil: that there is some is judged.
  public var metric: String?
  /// `UNIT-LABEL/METRIC`: the metric of our own whose description the echo writes; nil: no echo.
  public var echoMetric: String?

  public static let logs = ["activity", "data_access", "system_event", "policy"]

  public init(
    units: [String] = [], logs: [String] = ["activity"], sinks: [String] = [],
    metric: String? = nil, echoMetric: String? = nil
  ) {
    self.units = units
    self.logs = logs
    self.sinks = sinks
    self.metric = metric
    self.echoMetric = echoMetric
  }
}

extension CloudAccount {
  /// What a region is to an AWS account: subscriptions, projects; empty where there are none.
  public var units: [CloudUnit] { azure?.subscriptions ?? gcp?.units ?? [] }
}

extension SourcePlan {
  /// The units of its account that a source of Azure or GCP is about.
  public func units(of account: CloudAccount) -> [CloudUnit] {
    let labels = azure?.subscriptions ?? gcp?.units ?? []
    return labels.isEmpty
      ? account.units : account.units.filter { labels.contains($0.label) || labels.contains($0.id) }
  }
}
