import WatchCore

/// One statement of an IAM policy, as it will be printed.
public struct PrintedStatement: Hashable, Sendable {
  public enum Effect: String, Hashable, Sendable {
    case allow = "Allow"
    case deny = "Deny"
  }

  /// An operator, a key, and the values of which one must fit: `StringLike`, `s3:prefix`, …
  public struct Condition: Hashable, Sendable {
    public var test: String
    public var key: String
    public var values: [String]

    public init(_ test: String, _ key: String, _ values: [String]) {
      self.test = test
      self.key = key
      self.values = values
    }
  }

  /// Letters and digits.
  public var sid: String
  public var effect: Effect
  public var actions: [String]
  /// None in a trust policy.
  public var resources: [String]
  public var conditions: [Condition]
  /// AWS principals: in a trust policy alone.
  public var principals: [String]

  public init(
    _ sid: String, _ effect: Effect, actions: [String], resources: [String],
    conditions: [Condition] = [], principals: [String] = []
  ) {
    self.sid = sid
    self.effect = effect
    self.actions = actions
    self.resources = resources
    self.conditions = conditions
    self.principals = principals
  }

  var json: JSON {
    .facts([
      ("Sid", .string(sid)), ("Effect", .string(effect.rawValue)),
      (
        "Principal",
        principals.isEmpty ? nil : .object([JSON.Member("AWS", Self.values(principals))])
      ),
      ("Action", Self.values(actions)),
      ("Resource", resources.isEmpty ? nil : Self.values(resources)),
      ("Condition", conditions.isEmpty ? nil : conditionJSON),
    ])
  }

  private var conditionJSON: JSON {
    var tests: [String] = []
    for condition in conditions where !tests.contains(condition.test) {
      tests.append(condition.test)
    }
    return .object(
      tests.map { test in
        let keys = conditions.filter { $0.test == test }
        return JSON.Member(
          test, .object(keys.map { JSON.Member($0.key, Self.values($0.values)) }))
      })
  }

  /// One value stands alone, as the console writes it.
  private static func values(_ texts: [String]) -> JSON {
    texts.count == 1 ? .string(texts[0]) : .array(texts.map(JSON.string))
  }

  /// The same statement on half of its actions each; nil where there is nothing to halve.
  var halves: (PrintedStatement, PrintedStatement)? {
    guard actions.count > 1 else { return nil }
    var (first, second) = (self, self)
    first.actions = Array(actions.prefix(actions.count / 2))
    second.actions = Array(actions.dropFirst(actions.count / 2))
    first.sid += "A"
    second.sid += "B"
    return (first, second)
  }
}
