import WatchCore

/// Judges a request by printed policy documents as IAM would (IAM User Guide, "Policy evaluation
/// logic"): an explicit Deny wins, then an Allow is needed. Just the elements that we print.
struct PolicyEvaluator {
  enum Decision: Equatable {
    case allowed
    case denied
    /// Nothing allows it.
    case notAllowed
  }

  private var statements: [JSON] = []

  /// From the documents' exact text.
  init(_ documents: [String]) throws {
    for text in documents {
      let document = try JSON(text: text)
      guard document["Version"]?.string == "2012-10-17", let list = document["Statement"]?.array
      else { throw NoPolicy() }
      statements += list
    }
  }

  struct NoPolicy: Error {}

  func decide(_ action: String, on resource: String, _ context: [String: String] = [:]) -> Decision
  {
    let fitting = statements.filter { fits($0, action, resource, context) }
    if fitting.contains(where: { $0["Effect"]?.string == "Deny" }) { return .denied }
    return fitting.contains { $0["Effect"]?.string == "Allow" } ? .allowed : .notAllowed
  }

  private func fits(
    _ statement: JSON, _ action: String, _ resource: String, _ context: [String: String]
  ) -> Bool {
    Self.texts(statement["Action"]).contains { Self.like($0.lowercased(), action.lowercased()) }
      && Self.texts(statement["Resource"]).contains { Self.like($0, resource) }
      && (statement["Condition"]?.members ?? []).allSatisfy { test in
        (test.value.members ?? []).allSatisfy { key in
          Self.holds(test.key, Self.texts(key.value), Self.value(key.key, context))
        }
      }
  }

  private static func value(_ key: String, _ context: [String: String]) -> String? {
    context.first { $0.key.lowercased() == key.lowercased() }?.value
  }

  private static func holds(_ test: String, _ wanted: [String], _ value: String?) -> Bool {
    let ifExists = test.hasSuffix("IfExists")
    let name = ifExists ? String(test.dropLast(8)) : test
    guard let value else { return ifExists || name.contains("Not") }
    switch name {
    case "StringEquals", "Bool": return wanted.contains(value)
    case "StringLike", "ArnLike": return wanted.contains { like($0, value) }
    case "ArnNotLike": return !wanted.contains { like($0, value) }
    default: return false
    }
  }

  private static func texts(_ value: JSON?) -> [String] {
    value?.string.map { [$0] } ?? value?.array?.compactMap(\.string) ?? []
  }

  /// `*` and `?` of IAM's patterns.
  static func like(_ pattern: String, _ text: String) -> Bool {
    let (p, t) = (Array(pattern), Array(text))
    var row = Array(repeating: false, count: t.count + 1)
    row[0] = true
    for symbol in p {
      var next = Array(repeating: false, count: t.count + 1)
      next[0] = row[0] && symbol == "*"
      for i in 0..<t.count {
        next[i + 1] =
          symbol == "*" ? row[i + 1] || next[i] : row[i] && (symbol == "?" || symbol == t[i])
      }
      row = next
    }
    return row[t.count]
  }
}
