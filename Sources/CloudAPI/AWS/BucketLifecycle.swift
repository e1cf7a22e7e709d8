import Foundation

/// One rule of a bucket's lifecycle (S3 API Reference, `LifecycleRule`).
public struct LifecycleRule: Sendable, Equatable {
  public var id: String?
  public var isEnabled: Bool
  /// Empty: every object.
  public var prefix: String
  /// Objects must bear all of these.
  public var tags: [String: String]
  /// In bytes, exclusive.
  public var largerThan: Int?
  public var smallerThan: Int?
  /// Current versions are deleted, or hidden by a marker where versions are kept: so many days
  /// after they were written …
  public var expireDays: Int?
  /// … or at that time (UTC), all that are there.
  public var expireAt: Date?
  /// Older versions are deleted for good so many days after they were superseded …
  public var noncurrentDays: Int?
  /// … the newest of them excepted.
  public var noncurrentKept: Int?
  public var moves: [Move]

  /// A change of storage class.
  public struct Move: Sendable, Equatable {
    public var storageClass: String
    public var days: Int?
    public var at: Date?

    public init(storageClass: String, days: Int? = nil, at: Date? = nil) {
      self.storageClass = storageClass
      self.days = days
      self.at = at
    }
  }

  public init(
    id: String? = nil, isEnabled: Bool = true, prefix: String = "", tags: [String: String] = [:],
    largerThan: Int? = nil, smallerThan: Int? = nil, expireDays: Int? = nil, expireAt: Date? = nil,
    noncurrentDays: Int? = nil, noncurrentKept: Int? = nil, moves: [Move] = []
  ) {
    self.id = id
    self.isEnabled = isEnabled
    self.prefix = prefix
    self.tags = tags
    self.largerThan = largerThan
    self.smallerThan = smallerThan
    self.expireDays = expireDays
    self.expireAt = expireAt
    self.noncurrentDays = noncurrentDays
    self.noncurrentKept = noncurrentKept
    self.moves = moves
  }

  static func read(_ entry: XMLMembers) throws(AWSError) -> LifecycleRule {
    var rule = LifecycleRule(id: entry.text("ID"))
    rule.isEnabled = try entry.needWord("Status", of: ["Enabled", "Disabled"]) == "Enabled"
    // The rule's own Prefix is the older form, which S3 still gives back as it was written.
    rule.prefix = entry.text("Prefix") ?? ""
    if let filter = entry["Filter"] {
      try rule.readFilter(filter)
      if let several = filter["And"] { try rule.readFilter(several) }
    }
    if let expiration = entry["Expiration"] {
      rule.expireDays = try expiration.count("Days")
      rule.expireAt = try expiration.time("Date")
      let marker = try expiration.flag("ExpiredObjectDeleteMarker")
      if rule.expireDays == nil, rule.expireAt == nil, marker == nil {
        throw entry.answer.unreadable("an expiration has neither days, date nor marker")
      }
    }
    if let older = entry["NoncurrentVersionExpiration"] {
      guard let days = try older.count("NoncurrentDays") else {
        throw entry.answer.unreadable("NoncurrentVersionExpiration has no NoncurrentDays")
      }
      rule.noncurrentDays = days
      rule.noncurrentKept = try older.count("NewerNoncurrentVersions")
    }
    for move in entry.all("Transition") {
      rule.moves.append(
        Move(
          storageClass: try move.needText("StorageClass"), days: try move.count("Days"),
          at: try move.time("Date")))
    }
    return rule
  }

  private mutating func readFilter(_ filter: XMLMembers) throws(AWSError) {
    if let prefix = filter.text("Prefix") { self.prefix = prefix }
    for tag in filter.all("Tag") { tags[try tag.needText("Key")] = tag.text("Value") ?? "" }
    largerThan = try filter.count("ObjectSizeGreaterThan") ?? largerThan
    smallerThan = try filter.count("ObjectSizeLessThan") ?? smallerThan
  }
}
