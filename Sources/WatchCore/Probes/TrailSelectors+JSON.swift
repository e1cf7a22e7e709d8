extension TrailSelectors {
  /// As the journal's baseline holds it.
  public var json: JSON {
    .object([
      JSON.Member("resources", .array(resources.map(\.json))),
      JSON.Member("advanced", .array(advanced.map(\.json))),
      JSON.Member("exclusions", .array(exclusions.map(JSON.string))),
    ])
  }

  public init?(json: JSON?) {
    guard let json, json.members != nil else { return nil }
    self.init(
      resources: (json["resources"]?.array ?? []).compactMap(Resource.init),
      advanced: (json["advanced"]?.array ?? []).compactMap(Advanced.init),
      exclusions: (json["exclusions"]?.array ?? []).compactMap(\.string))
  }
}

extension TrailSelectors.Resource {
  fileprivate var json: JSON {
    .facts([("type", .string(type)), ("value", .string(value)), ("reads", .string(reads))])
  }

  fileprivate init?(json: JSON) {
    guard let type = json["type"]?.string, let value = json["value"]?.string else { return nil }
    self.init(type: type, value: value, reads: json["reads"]?.string ?? "All")
  }
}

extension TrailSelectors.Advanced {
  fileprivate var json: JSON {
    .array(
      fields.map { field in
        .facts(
          [("field", JSON.string(field.name))]
            + TrailSelectors.Field.operations.map { name in
              (name, field.conditions[name].map { .array($0.map(JSON.string)) })
            })
      })
  }

  fileprivate init?(json: JSON) {
    guard let listed = json.array else { return nil }
    self.init(
      fields: listed.compactMap { entry in
        guard let name = entry["field"]?.string else { return nil }
        var conditions: [String: [String]] = [:]
        for operation in TrailSelectors.Field.operations {
          conditions[operation] = entry[operation]?.array?.compactMap(\.string)
        }
        return TrailSelectors.Field(name: name, conditions: conditions)
      })
  }
}
