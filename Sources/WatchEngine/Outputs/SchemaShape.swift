import WatchCore

/// Pieces of a JSON Schema, draft 2020-12 (https://json-schema.org/draft/2020-12).
enum SchemaShape {
  struct Member {
    var key: String
    var shape: JSON
    var isOptional: Bool

    init(_ key: String, _ shape: JSON, optional: Bool = false) {
      (self.key, self.shape, isOptional) = (key, shape, optional)
    }
  }

  static func text(_ what: String) -> JSON { one("string", what) }
  static func whole(_ what: String, least: Int64 = 0) -> JSON {
    .facts([("type", "integer"), ("minimum", .int(least)), ("description", .string(what))])
  }
  static func flag(_ what: String) -> JSON { one("boolean", what) }

  /// RFC 3339, UTC, with milliseconds.
  static func time(_ what: String) -> JSON {
    .facts([
      ("type", "string"), ("format", "date-time"),
      ("pattern", #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"#),
      ("description", .string(what)),
    ])
  }

  static func words(_ what: String, _ words: [String]) -> JSON {
    .facts([
      ("type", "string"), ("enum", .array(words.map(JSON.string))), ("description", .string(what)),
    ])
  }

  static func list(_ what: String, of shape: JSON, count: Int64? = nil) -> JSON {
    .facts([
      ("type", "array"), ("items", shape), ("minItems", count.map(JSON.int)),
      ("maxItems", count.map(JSON.int)), ("description", .string(what)),
    ])
  }

  /// Open: a later version may add members.
  static func object(_ what: String, _ members: [Member]) -> JSON {
    .facts([
      ("type", "object"), ("description", .string(what)),
      ("properties", .object(members.map { JSON.Member($0.key, $0.shape) })),
      ("required", .array(members.filter { !$0.isOptional }.map { .string($0.key) })),
    ])
  }

  private static func one(_ type: String, _ what: String) -> JSON {
    .facts([("type", .string(type)), ("description", .string(what))])
  }
}
