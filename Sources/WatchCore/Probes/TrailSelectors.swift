/// Which events a trail keeps, as far as that is compared: data and other events by selector, and
/// what is left out of the management events (CloudTrail API Reference, `PutEventSelectors`).
public struct TrailSelectors: Hashable, Sendable {
  /// Classic data resources: a type, and ARNs or prefixes of them.
  public var resources: [Resource]
  /// Advanced selectors; each passes the events that fit all of its fields.
  public var advanced: [Advanced]
  /// Services whose management events are left out, sorted.
  public var exclusions: [String]

  public struct Resource: Hashable, Sendable {
    /// `AWS::S3::Object`
    public var type: String
    /// `arn:aws:s3:::bucket/prefix`; `arn:aws:s3` for all buckets.
    public var value: String
    /// `All`, `ReadOnly`, `WriteOnly`.
    public var reads: String

    public init(type: String, value: String, reads: String) {
      self.type = type
      self.value = value
      self.reads = reads
    }

    public var text: String { "\(type) \(value)" + (reads == "All" ? "" : " \(reads)") }

    /// Whether this keeps all that the other one keeps.
    func covers(_ other: Resource) -> Bool {
      type == other.type && other.value.hasPrefix(value) && (reads == "All" || reads == other.reads)
    }
  }

  public struct Advanced: Hashable, Sendable {
    public var fields: [Field]

    public init(fields: [Field]) {
      self.fields = fields
    }

    public var category: String? {
      fields.first { $0.name == "eventCategory" }?.values("equals").first
    }

    public var text: String { fields.map(\.text).joined(separator: ", ") }

    /// Whether this keeps all that the other one keeps: each of its conditions is implied there.
    func covers(_ other: Advanced) -> Bool {
      fields.allSatisfy { condition in
        condition.isImplied(by: other.fields.filter { $0.name == condition.name })
      }
    }
  }

  /// Conditions on one field: by operator, the values.
  public struct Field: Hashable, Sendable {
    public var name: String
    public var conditions: [String: [String]]

    public init(name: String, conditions: [String: [String]]) {
      self.name = name
      self.conditions = conditions.mapValues { $0.sorted() }.filter { !$0.value.isEmpty }
    }

    func values(_ operation: String) -> [String] { conditions[operation] ?? [] }

    static let operations = [
      "equals", "startsWith", "endsWith", "notEquals", "notStartsWith", "notEndsWith",
    ]

    var text: String {
      let words = Self.operations.compactMap { name in
        conditions[name].map { "\(name) \($0.joined(separator: "|"))" }
      }
      return "\(self.name) \(words.joined(separator: " and "))"
    }

    func isImplied(by others: [Field]) -> Bool {
      let exact = others.flatMap { $0.values("equals") }
      let starts = others.flatMap { $0.values("startsWith") }
      let ends = others.flatMap { $0.values("endsWith") }
      func holds(_ values: [String], _ test: (String) -> Bool) -> Bool {
        !values.isEmpty && values.allSatisfy(test)
      }
      return conditions.allSatisfy { operation, wanted in
        switch operation {
        case "equals": holds(exact) { wanted.contains($0) }
        case "startsWith":
          holds(exact + starts) { value in wanted.contains { value.hasPrefix($0) } }
        case "endsWith":
          holds(exact + ends) { value in wanted.contains { value.hasSuffix($0) } }
        case "notEquals":
          wanted.allSatisfy { value in
            others.contains { $0.values("notEquals").contains(value) }
              || holds(exact) { $0 != value }
          }
        case "notStartsWith":
          wanted.allSatisfy { value in
            others.contains { $0.values("notStartsWith").contains { value.hasPrefix($0) } }
              || holds(exact) { !$0.hasPrefix(value) }
          }
        default:
          wanted.allSatisfy { value in
            others.contains { $0.values(operation).contains { value.hasSuffix($0) } }
              || holds(exact) { !$0.hasSuffix(value) }
          }
        }
      }
    }
  }

  public init(
    resources: [Resource] = [], advanced: [Advanced] = [], exclusions: [String] = []
  ) {
    self.resources = resources.sorted { $0.text < $1.text }
    self.advanced = advanced.sorted { $0.text < $1.text }
    self.exclusions = Set(exclusions).sorted()
  }
}
