/// What is to be watched, by which expectations, and who is to be told: the configuration as the
/// engine understands it (WatchSetup reads it, docs/configuration.md describes it).
public struct WatchPlan: Hashable, Sendable {
  public var accounts: [CloudAccount]
  public var sources: [SourcePlan]
  public var roles: [Role]
  public var channels: [ChannelPlan]
  /// How the people of the roles are reached without us.
  public var people: [Person]
  /// Why the roster is as it is, as the configuration says.
  public var why: String?
  /// When an alert chatters.
  public var chatter = ChatterRule.standard
  /// How many must agree to a command that changes something.
  public var approval = Approval.one
  /// Why the file was last changed, as it says itself.
  public var reason: String?
  /// Who is told outside that the watch itself lives.
  public var deadMan: DeadManPlan?
  /// Where its figures go; nil: nowhere.
  public var metrics: MetricsPlan?

  public init(
    accounts: [CloudAccount] = [], sources: [SourcePlan] = [], roles: [Role] = [],
    channels: [ChannelPlan] = [], people: [Person] = [], why: String? = nil
  ) {
    self.people = people
    self.why = why
    self.accounts = accounts
    self.sources = sources
    self.roles = roles
    self.channels = channels
  }

  public func person(_ name: String) -> Person? { people.first { $0.name == name } }

  public func channel(_ name: String) -> ChannelPlan? {
    channels.first { $0.name == name }
  }

  public func account(_ cloud: Cloud, _ name: String) -> CloudAccount? {
    accounts.first { $0.cloud == cloud && $0.name == name }
  }

  public func source(_ id: SourceID) -> SourcePlan? {
    sources.first { $0.id == id }
  }
}

/// An account, tenant or project set and how it is reached. Holds names and places, never secrets.
public struct CloudAccount: Hashable, Sendable {
  public var cloud: Cloud
  public var name: String
  public var profile: String?
  public var roleARN: String?
  public var externalID: String?
  /// Nil: every enabled region.
  public var regions: [String]?
  public var partition: String?
  public var fips: Bool
  public var dualStack: Bool
  public var endpoint: String?
  /// The queue to which audit events are pushed; the watch reads it and deletes what the journal has.
  /// AWS: URL of an SQS queue. Azure: URL of a storage queue. GCP: `projects/P/subscriptions/S`.
  public var queue: String?
  /// Where the cloud is Azure.
  public var azure: AzureAccount?
  /// Where the cloud is GCP.
  public var gcp: GCPAccount?
  /// Who is called to what happens here, where it is not the first role.
  public var role: String?

  public init(
    cloud: Cloud, name: String, profile: String? = nil, roleARN: String? = nil,
    externalID: String? = nil, regions: [String]? = nil, partition: String? = nil,
    fips: Bool = false, dualStack: Bool = false, endpoint: String? = nil, queue: String? = nil,
    azure: AzureAccount? = nil, gcp: GCPAccount? = nil, role: String? = nil
  ) {
    self.role = role
    self.azure = azure
    self.gcp = gcp
    self.queue = queue
    self.cloud = cloud
    self.name = name
    self.profile = profile
    self.roleARN = roleARN
    self.externalID = externalID
    self.regions = regions
    self.partition = partition
    self.fips = fips
    self.dualStack = dualStack
    self.endpoint = endpoint
  }
}

/// One source: a stream with its expectations.
public struct SourcePlan: Hashable, Sendable {
  public var id: SourceID
  /// AWS: the trail's ARN (or its name, in the account's own region). Empty for the other clouds.
  public var trail: String
  /// Where the cloud is Azure.
  public var azure: AzureSource?
  /// Where the cloud is GCP.
  public var gcp: GCPSource?
  public var expect: [PathKind: Expectation]
  /// What is expected where `expect` does not say.
  public var profile: SourceProfile
  /// Outside of these hours the clock of expectation stands still; nil: it never does.
  public var hours: WatchHours?
  /// Paths whose period is learned.
  public var learned: [PathKind: Learning]
  /// Paths that are looked at and never alarm by themselves.
  public var optional: Set<PathKind>
  /// Switched off: by whom, why, since when, as the configuration says.
  public var off: String?
  /// Whether the watch's own audited calls are looked for at the end of the pipeline.
  public var echo: Echo
  /// How long records must be kept, at least; the posture of bucket and log group is judged by it.
  public var retention: RetentionBar
  /// ARNs (or their prefixes) of what data events must be recorded for.
  public var dataEvents: [String]
  /// Who is called to what happens here, where it is not its account's role.
  public var role: String?

  /// Where the echo is looked for.
  public enum Echo: String, Hashable, Sendable {
    case off
    /// In the trail's home region.
    case home
    /// In every watched region of the trail's scope.
    case all
  }

  public init(
    id: SourceID, trail: String = "", azure: AzureSource? = nil, gcp: GCPSource? = nil,
    expect: [PathKind: Expectation] = [:],
    optional: Set<PathKind> = [], off: String? = nil, echo: Echo = .off,
    retention: RetentionBar = .standard, dataEvents: [String] = [], role: String? = nil,
    profile: SourceProfile = .busy, hours: WatchHours? = nil, learned: [PathKind: Learning] = [:]
  ) {
    self.role = role
    self.profile = profile
    self.hours = hours
    self.learned = learned
    self.azure = azure
    self.gcp = gcp
    self.echo = echo
    self.retention = retention
    self.dataEvents = dataEvents
    self.id = id
    self.trail = trail
    self.expect = expect
    self.optional = optional
    self.off = off
  }

  public func expectation(_ kind: PathKind) -> Expectation? {
    guard var expectation = expect[kind] ?? profile.expectation(kind) else { return nil }
    // A digest comes at any hour, and so does our own call.
    guard Learning.suits(kind) else { return expectation }
    expectation.hours = hours
    expectation.learning = learned[kind]
    return expectation
  }
}

/// Who is to be alerted: the answer to NIST SP 800-171A 3.3.4[a].
public struct Role: Hashable, Sendable {
  public var name: String
  /// In the order in which they are told.
  public var members: [String]
  public var channels: [String]
  public var acknowledgeWithin: Duration
  /// The role that is told next.
  public var then: String?
  /// The lowest priority that it is called to, where no source or account names it.
  public var least: Priority
  /// How soon after it was raised an alert of each priority must have cleared; absent: no promise.
  public var restoreWithin: [Priority: Duration]
  /// When its members are at work; nil: always.
  public var hours: WatchHours?

  public init(
    name: String, members: [String], channels: [String] = [],
    acknowledgeWithin: Duration = .minutes(15), then: String? = nil, least: Priority = .low,
    restoreWithin: [Priority: Duration] = [:], hours: WatchHours? = nil
  ) {
    self.hours = hours
    self.least = least
    self.restoreWithin = restoreWithin
    self.name = name
    self.members = members
    self.channels = channels
    self.acknowledgeWithin = acknowledgeWithin
    self.then = then
  }
}
