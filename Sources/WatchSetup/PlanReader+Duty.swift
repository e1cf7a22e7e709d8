import WatchCore

extension PlanReader {
  mutating func readDuty(_ value: JSON5Value) {
    guard let fields = fields(value, "duty", ["roles", "people", "why"]) else { return }
    plan.why = text(fields, "why")
    if let people = fields["people"] { readPeople(people.value) }
    guard let roles = fields["roles"], let members = object(roles.value, "duty.roles") else {
      return
    }
    let names = members.map(\.key)
    for member in members {
      guard let name = nameOf(member, "a role") else { continue }
      readRole(member.value, name, names)
    }
    refuseCircles(members)
  }

  mutating func nameOf(_ member: JSON5Member, _ what: String) -> String? {
    guard !member.key.isEmpty, isName(member.key), member.key.plainLine == member.key else {
      problem(
        member.place, "\(what) is named \(named(member.key))", "write one word, without a slash")
      return nil
    }
    return member.key
  }

  private mutating func readRole(_ value: JSON5Value, _ name: String, _ roles: [String]) {
    let known = ["members", "channels", "ack_within", "then", "least", "restore_within", "hours"]
    guard let fields = fields(value, "a role", known) else { return }
    let people = fields["members"].map { texts($0.value, "members") } ?? []
    if people.isEmpty {
      problem(
        fields["members"]?.value.place ?? value.place, "role \(named(name)) has no members",
        "name who is alerted, in order: members: [\"mira\", \"jon\"]")
    }
    let used = channelNames(fields) ?? []
    let then = text(fields, "then")
    if let then, !roles.contains(then), let place = fields["then"]?.value.place {
      problem(place, "there is no role \(named(then))", Nearest.advice(then, roles))
    }
    plan.roles.append(
      Role(
        name: name, members: people.map(\.text), channels: used,
        acknowledgeWithin: acknowledgeWithin(fields) ?? .minutes(15), then: then,
        least: priority(fields, "least") ?? .low, restoreWithin: restoreWithin(fields),
        hours: workingHours(fields)))
  }

  private mutating func acknowledgeWithin(_ fields: Fields) -> Duration? {
    guard let value = fields["ack_within"]?.value, let text = text(value, "ack_within") else {
      return nil
    }
    if let span = Expectation.span(text), span >= .minutes(1), span <= .hours(24) { return span }
    problem(value.place, "ack_within is \(named(text))", "write 1m to 24h, such as \"15m\"")
    return nil
  }

  /// `then` must come to an end.
  private mutating func refuseCircles(_ members: [JSON5Member]) {
    for role in plan.roles {
      var next = role.then
      var seen: Set<String> = [role.name]
      while let name = next, seen.insert(name).inserted {
        next = plan.roles.first { $0.name == name }?.then
      }
      if next == role.name, let member = members.first(where: { $0.key == role.name }) {
        problem(
          member.place, "role \(named(role.name)) comes after itself by then",
          "let the last role have no then")
      }
    }
  }
}
