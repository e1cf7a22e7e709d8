/// What the configuration and credentials files say together: profiles, SSO sessions, services.
struct AWSSharedConfig: Sendable, Equatable {
  typealias Section = AWSConfigFile.Section

  private var profiles: [String: Section] = [:]
  private var ssoSessions: [String: Section] = [:]
  private var services: [String: Section] = [:]

  init() {}

  /// Where both files hold a setting of a profile, the credentials file's wins.
  init(config: AWSConfigFile?, credentials: AWSConfigFile?) {
    for section in config?.sections ?? [] {
      let words = section.name.split(separator: " ", maxSplits: 1).map(String.init)
      switch (words[0], words.count) {
      case ("default", 1): if profiles["default"] == nil { profiles["default"] = section }
      case ("profile", 2): profiles[words[1]] = section
      case ("sso-session", 2): ssoSessions[words[1]] = section
      case ("services", 2): services[words[1]] = section
      default: break  // another tool's section
      }
    }
    for section in credentials?.sections ?? [] {
      profiles[section.name, default: Section(name: section.name)]
        .values.merge(section.values) { $1 }
    }
  }

  func profile(_ name: String) -> Section? { profiles[name] }
  func ssoSession(_ name: String) -> Section? { ssoSessions[name] }
  func services(_ name: String) -> Section? { services[name] }
}

extension AWSConfigFile.Section {
  /// A setting that is no secret; nil when missing or empty.
  func plain(_ name: String) -> String? {
    guard let value = values[name]?.reveal, !value.isEmpty else { return nil }
    return value
  }

  /// A setting that is a secret; nil when missing or empty.
  func secret(_ name: String) -> Secret? {
    guard let value = values[name], !value.isEmpty else { return nil }
    return value
  }
}
