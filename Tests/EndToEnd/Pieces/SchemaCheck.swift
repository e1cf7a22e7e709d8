import Foundation

/// As much of JSON Schema (draft 2020-12) as docs/status.schema.json uses; a keyword that it does not
/// know is a problem. Objects are held closed: the schema lets later versions add members, a test of
/// this one does not.
struct SchemaCheck {
  private(set) var problems: [String] = []

  /// - Parameter schema: as JSONSerialization reads it.
  init(_ value: Any, _ schema: [String: Any]) {
    check(value, schema, "$")
  }

  private static let known: Set<String> = [
    "$schema", "title", "description", "type", "properties", "required", "items", "enum", "const",
    "anyOf", "minimum", "minItems", "maxItems", "format", "pattern",
  ]

  private mutating func check(_ value: Any, _ schema: [String: Any], _ place: String) {
    for key in schema.keys where !Self.known.contains(key) { problems.append("\(place): \(key)?") }
    if let type = schema["type"] as? String, !Self.fits(value, type) {
      problems.append("\(place) is no \(type)")
      return
    }
    if let words = schema["enum"] as? [NSObject], !words.contains(value as? NSObject ?? NSNull()) {
      problems.append("\(place) is \(value)")
    }
    if let one = schema["const"] as? NSObject, one != value as? NSObject {
      problems.append("\(place) is \(value)")
    }
    if let least = schema["minimum"] as? Int, let number = value as? Int, number < least {
      problems.append("\(place) is \(number)")
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      problems.append("\(place) is \(text)")
    }
    if let object = value as? [String: Any] { check(object, schema, place) }
    if let items = value as? [Any] { check(items, schema, place) }
  }

  private mutating func check(_ object: [String: Any], _ schema: [String: Any], _ place: String) {
    let shapes = schema["properties"] as? [String: [String: Any]] ?? [:]
    for key in schema["required"] as? [String] ?? [] where object[key] == nil {
      problems.append("\(place).\(key) is missing")
    }
    for choices in [schema["anyOf"] as? [[String: [String]]] ?? []] where !choices.isEmpty {
      let fits = choices.contains { choice in
        (choice["required"] ?? []).allSatisfy { object[$0] != nil }
      }
      if !fits { problems.append("\(place) is none of its kinds") }
    }
    for (key, value) in object {
      guard let shape = shapes[key] else {
        problems.append("\(place).\(key) is not described")
        continue
      }
      check(value, shape, "\(place).\(key)")
    }
  }

  private mutating func check(_ items: [Any], _ schema: [String: Any], _ place: String) {
    if let least = schema["minItems"] as? Int, items.count < least {
      problems.append("\(place) has \(items.count)")
    }
    if let most = schema["maxItems"] as? Int, items.count > most {
      problems.append("\(place) has \(items.count)")
    }
    guard let shape = schema["items"] as? [String: Any] else { return }
    for (index, item) in items.enumerated() { check(item, shape, "\(place)[\(index)]") }
  }

  private static func fits(_ value: Any, _ type: String) -> Bool {
    let isFlag = (value as? NSNumber).map { CFBooleanLike.isBoolean($0) } ?? false
    switch type {
    case "object": return value is [String: Any]
    case "array": return value is [Any]
    case "string": return value is String
    case "boolean": return isFlag
    case "integer": return !isFlag && value is Int
    default: return false
    }
  }
}

/// NSNumber knows whether it was `true` or `1` by its type code alone.
private enum CFBooleanLike {
  static func isBoolean(_ number: NSNumber) -> Bool {
    number === NSNumber(value: true) || number === NSNumber(value: false)
      || String(cString: number.objCType) == "c"
  }
}
