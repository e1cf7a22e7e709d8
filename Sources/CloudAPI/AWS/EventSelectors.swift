/// Which events a trail keeps (CloudTrail API Reference, `GetEventSelectors`). A trail has classic
/// or advanced selectors, never both; both empty means that the answer named none.
public struct EventSelectors: Sendable, Equatable {
  public var trailARN: String?
  public var classic: [Classic]
  public var advanced: [Advanced]

  public init(trailARN: String? = nil, classic: [Classic] = [], advanced: [Advanced] = []) {
    self.trailARN = trailARN
    self.classic = classic
    self.advanced = advanced
  }

  public struct Classic: Sendable, Equatable {
    /// `All`, `ReadOnly` or `WriteOnly`; AWS's default is `All`.
    public var readWriteType: String
    /// AWS's default is true.
    public var includesManagementEvents: Bool
    public var dataResources: [DataResource]
    /// `kms.amazonaws.com`, `rdsdata.amazonaws.com`.
    public var excludedManagementSources: [String]

    public init(
      readWriteType: String = "All", includesManagementEvents: Bool = true,
      dataResources: [DataResource] = [], excludedManagementSources: [String] = []
    ) {
      self.readWriteType = readWriteType
      self.includesManagementEvents = includesManagementEvents
      self.dataResources = dataResources
      self.excludedManagementSources = excludedManagementSources
    }
  }

  public struct DataResource: Sendable, Equatable {
    public var type: String
    public var values: [String]

    public init(type: String, values: [String]) {
      self.type = type
      self.values = values
    }
  }

  public struct Advanced: Sendable, Equatable {
    public var name: String?
    public var fields: [Field]

    public init(name: String? = nil, fields: [Field]) {
      self.name = name
      self.fields = fields
    }
  }

  /// One condition: the field must match one of each list that is not empty.
  public struct Field: Sendable, Equatable {
    public var field: String
    public var equals: [String] = []
    public var startsWith: [String] = []
    public var endsWith: [String] = []
    public var notEquals: [String] = []
    public var notStartsWith: [String] = []
    public var notEndsWith: [String] = []

    public init(field: String) {
      self.field = field
    }
  }
}
