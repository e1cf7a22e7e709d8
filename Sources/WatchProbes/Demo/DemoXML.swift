import CloudAPI

/// JSON of an answer's shape as AWS's XML: members are elements, `@name` is an attribute.
enum DemoXML {
  /// How a list stands: S3 repeats the element; the query protocol puts `member` elements inside.
  enum Lists {
    case repeated
    case members
  }

  static func element(_ name: String, _ value: JSONValue, _ lists: Lists) -> String {
    switch value {
    case .null: return ""
    case .bool(let value): return "<\(name)>\(value)</\(name)>"
    case .number(let text): return "<\(name)>\(text)</\(name)>"
    case .string(let text): return "<\(name)>\(DemoTemplates.escaped(text))</\(name)>"
    case .array(let elements):
      if lists == .repeated || name == "entry" || name == "Attribute" {
        return elements.map { element(name, $0, lists) }.joined()
      }
      return "<\(name)>\(elements.map { element("member", $0, lists) }.joined())</\(name)>"
    case .object(let members):
      let attributes = members.filter { $0.name.hasPrefix("@") }.map { member in
        " \(member.name.dropFirst())=\"\(DemoTemplates.escaped(member.value.string ?? ""))\""
      }
      let inner = members.filter { !$0.name.hasPrefix("@") }
        .map { element($0.name, $0.value, lists) }
      return "<\(name)\(attributes.joined())>\(inner.joined())</\(name)>"
    }
  }

  /// A map of the query protocol: `<Attributes><entry><key>…`, each entry repeated.
  static func map(_ value: JSONValue) -> JSONValue {
    .object([
      JSONMember(
        "entry",
        .array(
          (value.members ?? []).map {
            .object([
              JSONMember("key", .string($0.name)),
              JSONMember("value", .string($0.value.string ?? $0.value.text)),
            ])
          }))
    ])
  }
}
