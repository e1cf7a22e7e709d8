extension PipelineSetting {
  /// As the journal's baseline holds it.
  public var json: JSON {
    .object([
      JSON.Member("kind", .string(kind.rawValue)), JSON.Member("id", .string(id)),
      JSON.Member("name", .string(name)),
      JSON.Member("facts", .array(facts.map(\.json))),
    ])
  }

  public init?(json: JSON) {
    guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
      let id = json["id"]?.string, let name = json["name"]?.string
    else { return nil }
    let facts = (json["facts"]?.array ?? []).compactMap(Fact.init(json:))
    self.init(kind: kind, id: id, name: name, facts: facts)
  }
}

extension PipelineSetting.Fact {
  var json: JSON {
    func list(_ items: [String]) -> JSON { .array(items.map(JSON.string)) }
    let value: (String, JSON)
    switch self.value {
    case .covers(let items): value = ("covers", list(items))
    case .leavesOut(let items): value = ("leaves_out", list(items))
    case .place(let place): value = ("place", place.map(JSON.string) ?? .null)
    case .on(let flag): value = ("on", .bool(flag))
    case .note(let note): value = ("note", note.map(JSON.string) ?? .null)
    case .filter(let text, let covers):
      return .facts([
        ("name", .string(name)), ("filter", .string(text)), ("covers", covers.map(list)),
      ])
    case .exclusion(let text, let logs):
      return .facts([
        ("name", .string(name)), ("exclusion", .string(text)), ("of", list(logs)),
      ])
    }
    return .object([JSON.Member("name", .string(name)), JSON.Member(value.0, value.1)])
  }

  init?(json: JSON) {
    guard let name = json["name"]?.string else { return nil }
    func list(_ key: String) -> [String]? { json[key]?.array?.compactMap(\.string) }
    if let filter = json["filter"]?.string {
      self.init(name, .filter(filter, covers: list("covers")))
    } else if let exclusion = json["exclusion"]?.string {
      self.init(name, .exclusion(exclusion, of: list("of") ?? []))
    } else if let covers = list("covers") {
      self.init(name, .covers(covers))
    } else if let items = list("leaves_out") {
      self.init(name, .leavesOut(items))
    } else if let flag = json["on"]?.bool {
      self.init(name, .on(flag))
    } else if let place = json["place"] {
      self.init(name, .place(place.string))
    } else if let note = json["note"] {
      self.init(name, .note(note.string))
    } else {
      return nil
    }
  }
}
