/// An alert on Activity Log events (Activity Log Alerts, 2020-10-01).
public struct ActivityLogAlert: Sendable, Equatable {
  public var id: AzureID
  public var name: String
  public var isEnabled: Bool
  public var scopes: [AzureID]
  /// All of them must hold.
  public var conditions: [Condition]
  public var actionGroups: [AzureID]

  /// Any of its leaves must hold: most conditions are one leaf.
  public struct Condition: Sendable, Equatable {
    public var anyOf: [Leaf]

    public init(anyOf: [Leaf]) {
      self.anyOf = anyOf
    }
  }

  public struct Leaf: Sendable, Equatable {
    /// `category`, `operationName`, `properties.status`, …; compare without case.
    public var field: String
    public var equals: String?
    public var containsAny: [String]

    public init(field: String, equals: String? = nil, containsAny: [String] = []) {
      self.field = field
      self.equals = equals
      self.containsAny = containsAny
    }
  }

  public init(id: AzureID, name: String, isEnabled: Bool) {
    self.id = id
    self.name = name
    self.isEnabled = isEnabled
    scopes = []
    conditions = []
    actionGroups = []
  }
}
