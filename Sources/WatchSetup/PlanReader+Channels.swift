import WatchCore

/// `channels`: the ways to tell people (docs/configuration.md, docs/channels.md).
extension PlanReader {
  /// The keys of a kind besides `kind` and `least`; the first ones must be there.
  static func keys(
    _ kind: ChannelPlan.Kind
  ) -> (required: [(key: String, example: String)], optional: [String]) {
    let url = (key: "url_from", example: "env:WEBHOOK_URL")
    let key = (key: "key_from", example: "file:~/.config/watchkeeper/channel.key")
    return switch kind {
    case .slack, .teams: ([url], [])
    case .pagerduty: ([key], ["endpoint"])
    case .jira:
      (
        [
          (key: "site", example: "https://acme.atlassian.net"),
          (key: "user", example: "watch@example.com"), key, (key: "project", example: "SEC"),
        ], ["issue_type", "transition"]
      )
    case .email:
      (
        [(key: "from", example: "watch@example.com"), (key: "to", example: "mira@example.com")],
        ["server", "user", "key_from", "sendmail"]
      )
    case .sns:
      ([(key: "topic", example: "arn:aws:sns:us-east-1:111122223333:security")], ["account"])
    case .webhook: ([key], ["url_from", "url"])
    case .command: ([(key: "run", example: "/usr/local/bin/tell")], [])
    }
  }

  mutating func readChannels(_ value: JSON5Value) {
    guard let members = object(value, "channels") else { return }
    for member in members {
      guard let name = nameOf(member, "a channel") else { continue }
      channels[name] = member.place
      readChannel(member.value, name)
    }
  }

  private mutating func readChannel(_ value: JSON5Value, _ name: String) {
    guard let kind = channelKind(value) else { return }
    let keys = Self.keys(kind)
    let known = ["kind", "least"] + keys.required.map(\.key) + keys.optional
    guard let fields = fields(value, "a channel", known) else { return }
    for (key, example) in keys.required where fields[key] == nil {
      problem(fields.place, "\(key) is missing", "add \(key): \"\(example)\"")
    }
    var channel = ChannelPlan(
      name: name, kind: kind, url: place(fields, "url_from"), key: place(fields, "key_from"),
      least: channelPriority(fields) ?? .low)
    for key in known where !["kind", "least", "url_from", "key_from"].contains(key) {
      if let values = setting(fields, key, kind) { channel.settings[key] = values }
    }
    checkTogether(kind, fields)
    if kind == .sns { topics[plan.channels.count] = fields["account"]?.value.place ?? fields.place }
    plan.channels.append(channel)
  }

  /// Nil after a problem; the other keys are then held against all that any kind knows.
  private mutating func channelKind(_ value: JSON5Value) -> ChannelPlan.Kind? {
    let kinds = ChannelPlan.Kind.allCases
    if case .object(let members) = value.content,
      case .string(let text)? = members.first(where: { $0.key == "kind" })?.value.content,
      let kind = ChannelPlan.Kind(rawValue: text)
    {
      return kind
    }
    let all = kinds.flatMap { kind in
      Self.keys(kind).required.map(\.key) + Self.keys(kind).optional
    }
    guard let fields = fields(value, "a channel", ["kind", "least"] + Set(all).sorted()) else {
      return nil
    }
    if let text = required(fields, "kind", example: "slack") {
      problem(
        fields["kind"]?.value.place ?? fields.place, "\(named(text)) is not a kind of channel",
        Nearest.advice(text, kinds.map(\.rawValue)))
    }
    _ = (place(fields, "url_from"), place(fields, "key_from"))
    return nil
  }

  /// Where a secret is read. The value is not shown: it may be the secret itself.
  private mutating func place(_ fields: Fields, _ key: String) -> SecretPlace? {
    guard let value = fields[key]?.value, let text = text(value, key) else { return nil }
    switch SecretPlace(text) {
    case .environment(let name)? where Self.isVariable(name): return .environment(name)
    case .file(let path)? where path.hasPrefix("/") || path.hasPrefix("~/"): return .file(path)
    case .environment?:
      problem(value.place, "\(key) does not name a variable", "write \"env:NAME\"")
    case .file?:
      problem(
        value.place, "\(key) does not name a whole path",
        "write \"file:/PATH\" or \"file:~/PATH\"")
    case nil:
      problem(value.place, "\(key) does not name a place", "write \"env:NAME\" or \"file:PATH\"")
    }
    return nil
  }

  private static func isVariable(_ name: String) -> Bool {
    name.utf8.count <= 100 && name.first?.isNumber == false
      && name.unicodeScalars.allSatisfy { $0.isASCII && ($0.isWordOrDigit || $0 == "_") }
  }

  private mutating func channelPriority(_ fields: Fields) -> Priority? {
    guard let value = fields["least"]?.value, let text = text(value, "least") else { return nil }
    if let priority = Priority(rawValue: text) { return priority }
    problem(
      value.place, "least is \(named(text))",
      Nearest.advice(text, Priority.allCases.map(\.rawValue)))
    return nil
  }
}
