/// The settings by which records leave one unit (an Azure subscription, a GCP project), read whole
/// and fit to be compared with the journal's baseline: what was asked for and is not in it is not
/// there any more.
public struct SettingsSighting: Hashable, Sendable {
  /// One of the lists that were read: a subscription's own settings, a resource's, a named sink.
  public struct Scope: Hashable, Sendable {
    /// What the ids of its settings are, or begin with (and a `/` after it).
    public var id: String
    /// The resource's name; nil: the unit itself.
    public var name: String?

    public init(id: String, name: String? = nil) {
      self.id = id
      self.name = name
    }

    public func holds(_ setting: String) -> Bool {
      setting == id || setting.hasPrefix("\(id)/")
    }
  }

  public var settings: [PipelineSetting]
  /// They are there and nobody asks for them as they are now: one that the baseline has is not gone, and
  /// is compared with what it was.
  public var others: [PipelineSetting]
  /// All that was asked for; nil: all that the unit has. What a changed configuration no longer asks for
  /// is missing from the settings and not gone.
  public var scopes: [Scope]?
  /// As received, bounded, for the raw view.
  public var raw: String

  public init(
    settings: [PipelineSetting], others: [PipelineSetting] = [], scopes: [Scope]? = nil,
    raw: String = ""
  ) {
    self.settings = settings
    self.others = others
    self.scopes = scopes
    self.raw = raw
  }

  /// With those of the others that the baseline has.
  public func joined(with known: [PipelineSetting]) -> SettingsSighting {
    let ours = Set(known.map(\.id))
    var whole = self
    whole.settings += others.filter { ours.contains($0.id) }
    whole.others = []
    return whole
  }

  /// Whether a setting of that id would be in it, if it is there.
  public func asked(_ id: String) -> Bool {
    scopes.map { $0.contains { $0.holds(id) } } ?? true
  }

  /// It was asked for, and is not there.
  public func lacks(_ id: String) -> Bool {
    asked(id) && !settings.contains { $0.id == id }
  }
}

/// One setting of the pipeline: a diagnostic setting, a sink, a project's exclusions.
public struct PipelineSetting: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Azure: a diagnostic setting of a subscription or of a resource.
    case diagnosticSetting = "diagnostic setting"
    /// GCP.
    case sink
    /// GCP: all exclusions of a project, folder or organization, as one setting.
    case exclusions
    /// GCP: the audit configs of a project's, folder's or organization's policy, as one setting.
    case auditConfig = "audit config"
  }

  public var kind: Kind
  /// Stable, as ``PipelineChange/part`` names it: an ARM id in lower case, a sink's resource name.
  public var id: String
  /// Short, for people.
  public var name: String
  public var facts: [Fact]

  /// One thing that the setting says.
  public struct Fact: Hashable, Sendable {
    /// As the cloud's API names it: `categories`, `destination`.
    public var name: String
    public var value: Value

    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// A fact's value, and with it what a change of it means.
  public enum Value: Hashable, Sendable {
    /// What comes through; to lose one narrows.
    case covers([String])
    /// What is kept from coming through; one more narrows.
    case leavesOut([String])
    /// Where it goes; another place is a remapping.
    case place(String?)
    /// Whether it does anything at all.
    case on(Bool)
    /// A filter: its text, and which audit logs it lets through; nil where that cannot be told.
    case filter(String, covers: [String]?)
    /// A filter of what is kept back: its text, and the audit logs that it takes something of.
    case exclusion(String, of: [String])
    /// Shown where it changes, and no harm.
    case note(String?)
  }

  public init(kind: Kind, id: String, name: String, facts: [Fact]) {
    self.kind = kind
    self.id = id
    self.name = name
    self.facts = facts
  }

  /// Whether records leave by it; the others say what is left out, or recorded at all. A diagnostic
  /// setting with nothing enabled, or without a destination, is there and carries nothing.
  public var carriesOut: Bool {
    switch kind {
    case .diagnosticSetting:
      facts.contains { if case .covers(let items) = $0.value { !items.isEmpty } else { false } }
        && facts.contains { if case .place(_?) = $0.value { true } else { false } }
    case .sink: true
    case .exclusions, .auditConfig: false
    }
  }

  public var isOff: Bool { facts.contains { $0.value == .on(false) } }

  public func fact(_ name: String) -> Value? {
    facts.first { $0.name == name }?.value
  }
}
