extension WatchPlan {
  /// Who is told of what, as the journal's newest rules have it: for whoever reads a state folder and
  /// not its configuration. Roles, how their members are reached and when they are at work, and which
  /// role is a source's own.
  ///
  /// - Parameter zone: a time zone by its IANA name. Hours of a zone that is not known here are left out:
  ///   those who have them are taken to be at work always.
  public init(rulesOf picture: Picture, zone: (String) -> ZoneOffsets?) {
    self.init()
    for json in picture.snapshots[.roster]?.content.array ?? [] {
      guard let role = Role(json: json, zone: zone) else { continue }
      roles.append(role)
      // Who is of several roles stands with each of them.
      people += Person.own(json: json, zone: zone).filter { person($0.name) == nil }
    }
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
  fileprivate init?(json: JSON, zone: (String) -> ZoneOffsets?) {
    guard let name = json["role"]?.string else { return nil }
    func words(_ key: String) -> [String] { (json[key]?.array ?? []).compactMap(\.string) }
    self.init(
      name: name, members: words("members"), channels: words("channels"),
      acknowledgeWithin: json["ack_within"]?.string.flatMap(Expectation.span) ?? .minutes(15),
      then: json["then"]?.string,
      least: json["least"]?.string.flatMap(Priority.init) ?? .low,
      hours: WatchHours(json: json, zone: zone))
    for member in json["restore_within"]?.members ?? [] {
      guard let priority = Priority(rawValue: member.key) else { continue }
      restoreWithin[priority] = member.value.string.flatMap(Expectation.span)
    }
  }
}

extension Person {
  /// Those of a role who have channels or hours of their own.
  fileprivate static func own(json: JSON, zone: (String) -> ZoneOffsets?) -> [Person] {
    (json["people"]?.members ?? []).map { member in
      Person(
        name: member.key,
        channels: member.value["channels"]?.array?.compactMap(\.string),
        hours: WatchHours(json: member.value, zone: zone))
    }
  }
}

extension WatchHours {
  /// `hours`, as ``text`` has them, and `free`, the days that the text only counts. Nil where there are
  /// none, or of a zone that is not known.
  fileprivate init?(json: JSON, zone: (String) -> ZoneOffsets?) {
    let words = (json["hours"]?.string ?? "").split(separator: " ")
    guard words.count >= 3, let days = WatchHours.days(String(words[0])) else { return nil }
    let times = words[1].split(separator: "-", omittingEmptySubsequences: false)
    let name = words[2].last == "," ? words[2].dropLast() : words[2]
    guard times.count == 2, let from = WatchHours.minute(String(times[0])),
      let to = WatchHours.minute(String(times[1])), let zone = zone(String(name))
    else { return nil }
    let free = (json["free"]?.array ?? []).compactMap { day in
      Timestamp(iso: "\(day.string ?? "")T00:00:00Z").map { Int($0.millis / 86_400_000) }
    }
    self.init(zone: zone, days: days, from: from, to: to, except: Set(free))
  }
}
