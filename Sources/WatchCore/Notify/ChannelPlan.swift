/// A way to tell people, as the configuration names it. Holds places of secrets, never secrets.
public struct ChannelPlan: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case slack, teams, pagerduty, jira, email, sns, webhook, command
  }

  public var name: String
  public var kind: Kind
  /// Where the address is to be read whose knowledge is enough to post (Slack, Teams, webhook).
  public var url: SecretPlace?
  /// Where the key is to be read (PagerDuty's routing key, Jira's token, a mail password, the key
  /// that signs a webhook's body).
  public var key: SecretPlace?
  /// The lowest priority that is told by it.
  public var least: Priority
  /// What else its kind asks for, by the configuration's key: `project`, `topic`, `from`, `to` ….
  public var settings: [String: [String]]

  public init(
    name: String, kind: Kind, url: SecretPlace? = nil, key: SecretPlace? = nil,
    least: Priority = .low, settings: [String: [String]] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.url = url
    self.key = key
    self.least = least
    self.settings = settings
  }

  /// The first value of a setting.
  public func setting(_ key: String) -> String? { settings[key]?.first }
}

/// Where a secret is read when it is used: an environment variable, or a file that nobody else may
/// read (0600).
public enum SecretPlace: Hashable, Sendable {
  case environment(String)
  case file(String)

  /// `env:NAME` or `file:PATH`; nil for anything else.
  public init?(_ text: String) {
    for (mark, make) in [("env:", SecretPlace.environment), ("file:", SecretPlace.file)] {
      guard text.hasPrefix(mark), text.count > mark.count else { continue }
      self = make(String(text.dropFirst(mark.count)))
      return
    }
    return nil
  }

  public var text: String {
    switch self {
    case .environment(let name): "env:\(name)"
    case .file(let path): "file:\(path)"
    }
  }
}
