/// An export of logs (Diagnostic Settings, 2021-05-01-preview). That it exists does not mean that it
/// exports: look at the enabled categories and at the destinations.
public struct DiagnosticSetting: Sendable, Equatable {
  /// Azure leaves the slash at the start away for those of subscriptions; here all have it.
  public var id: AzureID
  public var name: String
  public var workspaceID: AzureID?
  public var storageAccountID: AzureID?
  public var eventHubRuleID: AzureID?
  public var eventHubName: String?
  public var serviceBusRuleID: AzureID?
  public var partnerID: AzureID?
  /// `Dedicated` for tables of their own, else nil.
  public var destinationType: String?
  public var logs: [Selection]

  /// One category, or one group of them: Azure sends either.
  public struct Selection: Sendable, Equatable {
    public var category: String?
    /// `audit`, `allLogs`.
    public var group: String?
    public var isEnabled: Bool

    public init(category: String? = nil, group: String? = nil, isEnabled: Bool) {
      self.category = category
      self.group = group
      self.isEnabled = isEnabled
    }
  }

  public init(id: AzureID, name: String, logs: [Selection] = []) {
    self.id = id
    self.name = name
    self.logs = logs
  }

  /// Enabled categories and groups, as sent.
  public var enabledCategories: [String] { logs.filter(\.isEnabled).compactMap(\.category) }
  public var enabledGroups: [String] { logs.filter(\.isEnabled).compactMap(\.group) }

  public var hasDestination: Bool {
    workspaceID != nil || storageAccountID != nil || eventHubRuleID != nil
      || serviceBusRuleID != nil || partnerID != nil
  }
}

/// What a resource can log (Diagnostic Settings Category - List).
public struct DiagnosticCategory: Sendable, Equatable {
  public var name: String
  /// `Logs` or `Metrics`.
  public var type: String?
  /// `audit`, `allLogs`.
  public var groups: [String]

  public init(name: String, type: String? = nil, groups: [String] = []) {
    self.name = name
    self.type = type
    self.groups = groups
  }
}
