/// What one run of a probe saw. Evidence, never a judgement; a probe never throws: that it could
/// not look is what it saw.
public struct ProbeReport: Hashable, Sendable {
  public var probe: String
  /// When the looking began, and when its answer was complete.
  public var began: Timestamp
  public var ended: Timestamp
  public var looks: [Look]
  /// How far the cloud's clock is ahead of ours, where an answer carried its time.
  public var clockSkew: Duration?

  public init(
    probe: String, began: Timestamp, ended: Timestamp, looks: [Look], clockSkew: Duration? = nil
  ) {
    self.probe = probe
    self.began = began
    self.ended = ended
    self.looks = looks
    self.clockSkew = clockSkew
  }
}

/// What was seen of one path.
public struct Look: Hashable, Sendable {
  public var path: PathID
  public var result: Result

  public enum Result: Hashable, Sendable {
    case saw(Sighting)
    case blind(Blindness)
  }

  public init(path: PathID, result: Result) {
    self.path = path
    self.result = result
  }
}

/// Why we could not look.
public struct Blindness: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case denied, credentials, throttled, timedOut = "timed out", unreachable, unreadable
    case clock, missing, other
    /// Another account's, which does not let us look: no trouble of ours, and no proof either.
    case elsewhere = "managed elsewhere"
    /// It is not set up (any more), by its own settings: no alarm, and not green either.
    case unset = "not set up"
    /// It was seen, and its own rules do not say what it comes to: shown as unknown, and no blindness.
    case undecided
  }

  public var kind: Kind
  /// One short line for people: operation and the service's code; no secrets, no control characters.
  public var detail: String

  public init(kind: Kind, detail: String) {
    self.kind = kind
    self.detail = detail
  }
}

/// What a look saw.
public enum Sighting: Hashable, Sendable {
  case arrival(Arrival)
  case trail(TrailSighting)
  case history(HistorySighting)
  case region(RegionSighting)
  case echo(EchoSighting)
  case posture(PostureSighting)
  case queue(QueueSighting)
  case settings(SettingsSighting)
}

/// The newest record at the end of a delivering path.
public struct Arrival: Hashable, Sendable {
  /// When the newest record arrived (an object's LastModified); nil: none was ever seen.
  public var newest: Timestamp?
  /// When the newest record's event happened, where the records were read: the other of the two
  /// ages (an event can be old when it arrives).
  public var newestEvent: Timestamp?
  /// What it is: an object's key.
  public var record: String?
  /// Records seen in this look's window; a bound, not a census.
  public var count: Int
  /// The delivering set-up's name, to tell paths apart: the trail's or group's.
  public var name: String
  /// Records in this look's window whose time of arrival lies in the future; never the newest.
  public var futureDated: Int

  public init(
    newest: Timestamp?, newestEvent: Timestamp? = nil, record: String? = nil, count: Int = 0,
    name: String = "", futureDated: Int = 0
  ) {
    self.newest = newest
    self.newestEvent = newestEvent
    self.record = record
    self.count = count
    self.name = name
    self.futureDated = futureDated
  }
}
