/// What is known of one path now: the judgement and what it rests on. Sightings are kept outside of
/// the journal (losing them loses no evidence) and shown to every console.
public struct PathStatus: Hashable, Sendable {
  public var id: PathID
  public var state: HeartbeatState
  /// Since when this state holds: the moment it began, not the moment we noticed.
  public var since: Timestamp
  /// When the newest record arrived.
  public var newest: Timestamp?
  /// When that record's event happened, where records are read: the other of the two ages.
  public var newestEvent: Timestamp?
  /// Records in the last look's window; nil where none are counted.
  public var count: Int?
  /// When we last looked, whatever came of it.
  public var looked: Timestamp?
  /// When we last saw a proof: a record, a status, a witness; nil if never.
  public var proven: Timestamp?
  public var expectation: Expectation?
  /// What it is judged by besides: hours, or what was learned, in a line.
  public var judgedBy: String?
  /// A source is as bad as its worst *required* path.
  public var required: Bool
  /// Why, in a few words, from the cloud or from us: `AccessDenied`, `stopped`, `in use, no trail`.
  public var reason: String
  /// What the path leads to, to tell paths of one kind apart: the trail's or the group's name.
  public var name: String
  /// Changes of state over the last 24 h, oldest first: the strip.
  public var history: [StateChange]

  public init(
    id: PathID, state: HeartbeatState, since: Timestamp, newest: Timestamp? = nil,
    newestEvent: Timestamp? = nil, count: Int? = nil, looked: Timestamp? = nil,
    proven: Timestamp? = nil, expectation: Expectation? = nil, judgedBy: String? = nil,
    required: Bool = true, reason: String = "", name: String = "", history: [StateChange] = []
  ) {
    self.id = id
    self.state = state
    self.since = since
    self.newest = newest
    self.newestEvent = newestEvent
    self.count = count
    self.looked = looked
    self.proven = proven
    self.expectation = expectation
    self.judgedBy = judgedBy
    self.required = required
    self.reason = reason
    self.name = name
    self.history = history
  }
}

/// A path took this state at this time.
public struct StateChange: Hashable, Sendable {
  public var at: Timestamp
  public var state: HeartbeatState

  public init(at: Timestamp, state: HeartbeatState) {
    self.at = at
    self.state = state
  }

  /// The worst state that held in each of `cells` equal parts of the time before `end`; nil where
  /// nothing was known yet. `changes` are oldest first.
  public static func strip(
    _ changes: [StateChange], end: Timestamp, span: Duration, cells: Int
  ) -> [HeartbeatState?] {
    guard cells > 0 else { return [] }
    let start = end - span
    let width = span.millis / Int64(cells)
    return (0..<cells).map { cell in
      let from = Timestamp(millis: start.millis + Int64(cell) * width)
      let to = cell == cells - 1 ? end : Timestamp(millis: from.millis + width)
      let before = changes.last { $0.at <= from }
      let within = changes.filter { $0.at > from && $0.at <= to }
      return HeartbeatState.worst(([before].compactMap { $0 } + within).map(\.state))
    }
  }
}
