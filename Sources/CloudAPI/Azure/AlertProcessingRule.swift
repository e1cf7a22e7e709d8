/// A rule that changes what alerts do (Alert Processing Rules, 2021-08-08): one that removes all
/// action groups makes alerts silent.
public struct AlertProcessingRule: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  public var isEnabled: Bool
  public var scopes: [AzureID]
  /// Which alerts; all of them must hold. None: every alert in the scopes.
  public var conditions: [Condition]
  /// `RemoveAllActionGroups`, `AddActionGroups`.
  public var actions: [String]
  /// When; nil for always.
  public var schedule: Schedule?

  public struct Condition: Sendable, Equatable {
    /// `AlertRuleName`, `AlertRuleId`, `Severity`, `MonitorService`, `TargetResource`, …
    public var field: String
    /// `Equals`, `NotEquals`, `Contains`, `DoesNotContain`.
    public var comparison: String
    public var values: [String]

    public init(field: String, comparison: String, values: [String]) {
      self.field = field
      self.comparison = comparison
      self.values = values
    }
  }

  public struct Schedule: Sendable, Equatable {
    /// Local to `timeZone`, as sent: `2026-11-20T18:00:00`.
    public var from: String?
    public var until: String?
    /// A Windows name: `W. Europe Standard Time`.
    public var timeZone: String?
    public var isRecurring: Bool

    public init(
      from: String? = nil, until: String? = nil, timeZone: String? = nil, isRecurring: Bool = false
    ) {
      self.from = from
      self.until = until
      self.timeZone = timeZone
      self.isRecurring = isRecurring
    }
  }

  public init(id: AzureID, name: String, isEnabled: Bool) {
    self.id = id
    self.name = name
    self.isEnabled = isEnabled
    scopes = []
    conditions = []
    actions = []
  }

  /// Silences alerts when it is in force.
  public var suppresses: Bool {
    isEnabled && actions.contains { $0.lowercased() == "removeallactiongroups" }
  }
}

/// A lock (Management Locks, 2020-05-01).
public struct ManagementLock: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  /// `CanNotDelete`, `ReadOnly`, `NotSpecified`.
  public var level: String
  public var notes: String?

  public init(id: AzureID, name: String, level: String, notes: String? = nil) {
    self.id = id
    self.name = name
    self.level = level
    self.notes = notes
  }

  /// What it protects: the part of its id before the lock's provider.
  public var scope: AzureID? {
    id.lowercased.range(of: "/providers/microsoft.authorization/locks/").flatMap { range in
      AzureID(String(id.text.prefix(id.lowercased[..<range.lowerBound].count)))
    }
  }
}
