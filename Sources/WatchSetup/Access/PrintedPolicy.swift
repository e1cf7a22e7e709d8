import WatchCore

/// A policy document, ready to be printed.
public struct PrintedPolicy: Hashable, Sendable {
  /// What it is for, as a file may be named: `watchkeeper-prod`.
  public var name: String
  /// One line: to whom or what it is to be attached.
  public var use: String
  public var statements: [PrintedStatement]
  /// Characters that it may have, white space apart.
  public var limit: Int

  public init(_ name: String, use: String, _ statements: [PrintedStatement], limit: Int) {
    self.name = name
    self.use = use
    self.statements = statements
    self.limit = limit
  }

  /// A customer managed policy (IAM User Guide, "IAM and AWS STS quotas": white space is not
  /// counted).
  public static let managedLimit = 6_144
  /// A service control policy (AWS Organizations User Guide, "Quotas": white space counts unless
  /// the console saves it, so it is counted and uploaded without).
  public static let controlLimit = 5_120
  /// A role's trust policy (IAM quotas: 2,048 by default).
  public static let trustLimit = 2_048

  public var json: JSON {
    .object([
      JSON.Member("Version", "2012-10-17"),
      JSON.Member("Statement", .array(statements.map(\.json))),
    ])
  }

  /// Without white space.
  public var minified: String { json.line }

  public var characters: Int { minified.unicodeScalars.count }

  /// As many documents as the limit asks for; statements keep their order.
  public static func packed(
    _ name: String, use: String, _ statements: [PrintedStatement], limit: Int
  ) -> [PrintedPolicy] {
    var documents: [PrintedPolicy] = []
    var rest = statements[...].map { $0 }
    var open = PrintedPolicy(name, use: use, [], limit: limit)
    while !rest.isEmpty {
      let next = rest.removeFirst()
      var wider = open
      wider.statements.append(next)
      if wider.characters <= limit {
        open = wider
      } else if !open.statements.isEmpty {
        documents.append(open)
        open.statements = []
        rest.insert(next, at: 0)
      } else if let (first, second) = next.halves {
        rest.insert(contentsOf: [first, second], at: 0)
      } else {
        open.statements = [next]
      }
    }
    if !open.statements.isEmpty || documents.isEmpty { documents.append(open) }
    guard documents.count > 1 else { return documents }
    return documents.enumerated().map { index, document in
      var document = document
      document.name += "-\(index + 1)"
      return document
    }
  }
}
