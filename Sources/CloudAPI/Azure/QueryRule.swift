/// An alert on a log query (Scheduled Query Rules, 2023-12-01).
public struct QueryRule: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  public var isEnabled: Bool
  /// 0 (worst) to 4.
  public var severity: Int?
  /// Workspaces, mostly.
  public var scopes: [AzureID]
  /// ISO 8601 durations, as sent: `PT5M`.
  public var evaluationFrequency: String?
  public var windowSize: String?
  public var criteria: [Criterion]
  public var actionGroups: [AzureID]
  /// ISO 8601 duration: no further notice for so long after one.
  public var mutedFor: String?
  public var resolvesItself: Bool?

  public struct Criterion: Sendable, Equatable {
    /// KQL.
    public var query: String?
    /// `Count`, `Average`, `Minimum`, `Maximum`, `Total`.
    public var aggregation: String?
    public var measureColumn: String?
    /// `LessThan`, `GreaterThan`, `Equal`, …
    public var comparison: String?
    public var threshold: Double?

    public init(query: String? = nil) {
      self.query = query
    }
  }

  public init(id: AzureID, name: String, isEnabled: Bool) {
    self.id = id
    self.name = name
    self.isEnabled = isEnabled
    scopes = []
    criteria = []
    actionGroups = []
  }
}
