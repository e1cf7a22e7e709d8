extension WatchPlan {
  /// Who is told of what, as the journal's newest rules have it: for whoever reads a state folder and
  /// not its configuration. Roles, how their members are reached, and which role is a source's own.
  public init(rulesOf picture: Picture) {
    self.init()
    roles = (picture.snapshots[.roster]?.content.array ?? []).compactMap(Role.init(json:))
    people = (picture.snapshots[.roster]?.content.array ?? []).flatMap(Person.own(json:))
    let configuration = picture.snapshots[.configuration]?.content
    channels = (configuration?["channels"]?.members ?? []).compactMap { member in
      member.value["kind"]?.string.flatMap(ChannelPlan.Kind.init).map { kind in
        ChannelPlan(
          name: member.key, kind: kind,
          least: member.value["least"]?.string.flatMap(Priority.init) ?? .low)
      }
    }
    accounts = (configuration?["accounts"]?.array ?? []).compactMap { json in
      guard let cloud = json["cloud"]?.string.flatMap(Cloud.init(rawValue:)),
        let name = json["name"]?.string
      else { return nil }
      return CloudAccount(cloud: cloud, name: name, role: json["role"]?.string)
    }
    sources = (configuration?["sources"]?.array ?? []).compactMap { json in
      json["id"]?.string.flatMap(SourceID.init(text:)).map {
        SourcePlan(id: $0, role: json["role"]?.string)
      }
    }
  }
}

extension Role {
  /// Reads what ``WatchPlan/rosterJSON`` wrote.
  fileprivate init?(json: JSON) {
    guard let name = json["role"]?.string else { return nil }
    func words(_ key: String) -> [String] { (json[key]?.array ?? []).compactMap(\.string) }
    self.init(
      name: name, members: words("members"), channels: words("channels"),
      acknowledgeWithin: json["ack_within"]?.string.flatMap(Expectation.span) ?? .minutes(15),
      then: json["then"]?.string,
      least: json["least"]?.string.flatMap(Priority.init) ?? .low)
    for member in json["restore_within"]?.members ?? [] {
      guard let priority = Priority(rawValue: member.key) else { continue }
      restoreWithin[priority] = member.value.string.flatMap(Expectation.span)
    }
  }
}

extension Person {
  /// Those of a role who have channels of their own.
  fileprivate static func own(json: JSON) -> [Person] {
    (json["people"]?.members ?? []).compactMap { member in
      guard let channels = member.value["channels"]?.array else { return nil }
      return Person(name: member.key, channels: channels.compactMap(\.string))
    }
  }
}
