import WatchCore

/// Who is called to what, how soon it must be mended, and how people are reached without us.
extension PlanReader {
  mutating func readPeople(_ value: JSON5Value) {
    for member in object(value, "duty.people") ?? [] {
      guard let name = nameOf(member, "a person"),
        let fields = fields(
          member.value, "a person", ["phone", "mail", "text", "channels", "hours"])
      else { continue }
      plan.people.append(
        Person(
          name: name, phone: text(fields, "phone"), mail: text(fields, "mail"),
          text: text(fields, "text"), channels: channelNames(fields),
          hours: workingHours(fields)))
    }
  }

  /// Names from `channels`; nil where the key is missing.
  mutating func channelNames(_ fields: Fields) -> [String]? {
    guard let value = fields["channels"]?.value else { return nil }
    let used = texts(value, "channels")
    for channel in used where channels[channel.text] == nil {
      problem(
        channel.place, "there is no channel \(named(channel.text))",
        channels.isEmpty
          ? "add it to channels" : Nearest.advice(channel.text, channels.keys.sorted()))
    }
    return used.map(\.text)
  }

  mutating func priority(_ fields: Fields, _ key: String) -> Priority? {
    guard let value = fields[key]?.value, let text = text(value, key) else { return nil }
    if let priority = Priority(rawValue: text) { return priority }
    let known = Priority.allCases.map(\.rawValue)
    problem(value.place, "\(key) is \(named(text))", Nearest.advice(text, known))
    return nil
  }

  /// `restore_within: { high: "1h", medium: "8h" }`, or one span for all.
  mutating func restoreWithin(_ fields: Fields) -> [Priority: Duration] {
    guard let value = fields["restore_within"]?.value else { return [:] }
    if case .string = value.content {
      guard let span = restoreSpan(value) else { return [:] }
      return Dictionary(uniqueKeysWithValues: Priority.allCases.map { ($0, span) })
    }
    let known = Priority.allCases.map(\.rawValue)
    guard let spans = self.fields(value, "restore_within", known) else { return [:] }
    var found: [Priority: Duration] = [:]
    for priority in Priority.allCases {
      found[priority] = spans[priority.rawValue].flatMap { restoreSpan($0.value) }
    }
    return found
  }

  private mutating func restoreSpan(_ value: JSON5Value) -> Duration? {
    guard let text = text(value, "restore_within") else { return nil }
    if let span = Expectation.span(text), span >= .minutes(1), span <= .hours(24 * 30) {
      return span
    }
    problem(
      value.place, "restore_within is \(named(text))", "write 1m to 30d, such as \"1h\"")
    return nil
  }

  /// The role that a source or an account names; whether it is there is known when all are read.
  mutating func roleName(_ members: [JSON5Member]) -> String? {
    guard let member = members.first(where: { $0.key == "role" }), member.value.content != .null,
      let name = text(member.value, "role")
    else { return nil }
    rolesAsked.append((name, member.value.place))
    return name
  }

  mutating func refuseUnknownRoles() {
    let known = plan.roles.map(\.name)
    for asked in rolesAsked where !known.contains(asked.name) {
      problem(
        asked.place, "there is no role \(named(asked.name))",
        known.isEmpty ? "add it to duty.roles" : Nearest.advice(asked.name, known))
    }
  }
}
