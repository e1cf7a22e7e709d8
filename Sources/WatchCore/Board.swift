/// Everything that a screen shows: the journal's picture, the last sightings and the watch's own
/// state. A value; made anew for each change.
public struct Board: Hashable, Sendable {
  public var picture: Picture
  /// Always all three, in order; one without sources reads NOT SET UP.
  public var clouds: [CloudStatus]
  public var journal: JournalLife
  public var watch: WatchLife
  public var me: Operator
  /// The demo's scenario; nil when live.
  public var demo: String?
  public var plan: WatchPlan
  public var chain: ChainLife
  /// The newest posture look at each source.
  public var postures: [SourceID: PostureSighting]
  /// The newest echo look at each `.echo` path.
  public var echoes: [PathID: EchoSighting]
  /// The newest look at the settings of each `.setting` path.
  public var settings: [PathID: SettingsSighting]
  /// What the watch's own calls cost, an account each.
  public var bills: [CallBill]

  public init(
    picture: Picture = Picture(), clouds: [CloudStatus] = [], journal: JournalLife = .saved(nil),
    watch: WatchLife = .starting, me: Operator, demo: String? = nil, plan: WatchPlan = WatchPlan(),
    chain: ChainLife = .unchecked, postures: [SourceID: PostureSighting] = [:],
    echoes: [PathID: EchoSighting] = [:], settings: [PathID: SettingsSighting] = [:],
    bills: [CallBill] = []
  ) {
    self.settings = settings
    self.postures = postures
    self.echoes = echoes
    self.bills = bills
    self.picture = picture
    self.clouds = clouds
    self.journal = journal
    self.watch = watch
    self.me = me
    self.demo = demo
    self.plan = plan
    self.chain = chain
  }
}

/// Whether what was done is on disk.
public enum JournalLife: Hashable, Sendable {
  /// Time of the newest entry; nil for an empty journal.
  case saved(Timestamp?)
  /// Why the last append failed, and what to do.
  case notSaved(String)
}

/// Whether somebody is looking.
public enum WatchLife: Hashable, Sendable {
  case starting
  /// When the watch last finished a look or its tick.
  case alive(Timestamp)
  /// Nobody looks: since when, and why.
  case gone(since: Timestamp, String)
}

/// Whether the journal's chain was verified.
public enum ChainLife: Hashable, Sendable {
  case unchecked
  case ok(entries: Int, at: Timestamp)
  case broken(String)
}
