extension WatchPlan {
  /// The ways to tell people, as the journal keeps them: places of secrets, never secrets.
  public var channelsJSON: JSON {
    .object(
      channels.map { channel in
        var facts: [(String, JSON?)] = [
          ("kind", .string(channel.kind.rawValue)),
          ("url_from", channel.url.map { .string($0.text) }),
          ("key_from", channel.key.map { .string($0.text) }),
          ("least", channel.least == .low ? nil : .string(channel.least.rawValue)),
        ]
        for (key, values) in channel.settings.sorted(by: { $0.key < $1.key }) {
          let texts = values.map(JSON.string)
          facts.append((key, texts.count == 1 ? texts[0] : .array(texts)))
        }
        return JSON.Member(channel.name, .facts(facts))
      })
  }
}
