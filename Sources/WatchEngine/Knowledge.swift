import WatchCore

/// What was last seen of the clouds: sightings and nothing judged.
struct Knowledge: Sendable {
  var heartbeats: [PathID: Heartbeat] = [:]
  /// The same paths by name.
  private(set) var order: [PathID] = []
  /// The same paths by source and region: a look at a trail is about those of one place.
  var spots: [Spot: [PathID]] = [:]
  /// The newest sighting of each trail, by source and region.
  var trails: [SourceID: [String: TrailSighting]] = [:]
  /// The newest whole look at the settings of each `.setting` path.
  var exports: [PathID: SettingsSighting] = [:]
  /// When that look was taken.
  var exportsAt: [PathID: Timestamp] = [:]
  /// When each setting was last seen as the baseline has it, by path and id.
  var shown: [PathID: [String: ShownSetting]] = [:]
  /// When settings were first seen to be otherwise than the baseline has them, by path.
  var differs: [PathID: Timestamp] = [:]
  var regions: [SourceID: [String: RegionSighting]] = [:]
  /// When the list of all that there is was last read whole, by the source that has it.
  var listed: [SourceID: Timestamp] = [:]
  /// The newest echo look at each `.echo` path.
  var echoes: [PathID: EchoSighting] = [:]
  /// The newest posture looks at each source, by path.
  var postures: [PathID: SeenPosture] = [:]
  /// When the first posture look at each source came in, in this watch.
  var firstPosture: [SourceID: Timestamp] = [:]
  /// Turns at the watch's own queue whose content is not yet in the journal, by path.
  var turns: [PathID: [QueueTurn]] = [:]
  /// Messages of each queue that nobody could read, and that are not yet told of.
  var unread: [PathID: UnreadMessages] = [:]
  /// What Event history last said of each region: a path that becomes known later is owed it too.
  var histories: [Place: (at: Timestamp, activity: [Timestamp])] = [:]
  /// Changes to the pipeline that were seen and not yet dealt with, by the cloud's event id.
  var changes: [PipelineChange] = []
  /// Audit records of changes, by event id; bounded, for evidence that is written later.
  var raws: [String: String] = [:]
  /// The same acts as another witness told them: evidence for the alerts that they are the cause of.
  var seconds: [String: PipelineChange] = [:]
  /// Who told of an act first, by event id, where it was not Event history; bounded like `raws`.
  var witnesses: [String: String] = [:]
  /// Acts that are no entry, since their source is watched no more.
  var dismissed: Set<String> = []
  /// For the message line, once.
  var remarks: [String] = []
  /// Bucket policies that do not refuse the trail, by event id: no cause of a refusal.
  var harmless: Set<String> = []
  /// What each path's newest record is called.
  var records: [PathID: String] = [:]
  var names: [PathID: String] = [:]
  /// When each path's newest record's event happened, where its records are read.
  var events: [PathID: Timestamp] = [:]
  /// Records in each path's last look's window.
  var counts: [PathID: Int] = [:]
  /// Paths of digests and groups that a probe of their own looks at: what the trail's status says of
  /// them is a second witness then, and neither hides a refusal nor proves an arrival.
  var direct: Set<PathID> = []
  /// Paths that end in another account, which does not let us look.
  var elsewhere: [PathID: Blindness] = [:]
  /// The past of the paths whose expectation is learned, and whether there is more of it than was stored.
  var gaps: [PathID: GapHistory] = [:]
  var newGaps = false
  /// When a trouble was first noticed, where the cloud does not say since when it holds.
  var noticed: [String: Timestamp] = [:]

  /// Keeps a new path's place in the order.
  mutating func note(_ path: PathID) {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      if order[middle] < path { low = middle + 1 } else { high = middle }
    }
    order.insert(path, at: low)
  }

  mutating func drop(_ path: PathID) {
    order.removeAll { $0 == path }
  }

  /// A trail's settings, from whichever region told them last.
  func settings(_ source: SourceID) -> TrailSettings? {
    let seen = trails[source] ?? [:]
    if let home = seen.values.compactMap(\.settings).first(where: { seen[$0.homeRegion] != nil }) {
      return home
    }
    return seen.values.compactMap(\.settings).first
  }

  /// The moment of first notice of a trouble; the same until ``forget(_:)``.
  mutating func firstNotice(_ key: String, at now: Timestamp) -> Timestamp {
    if let known = noticed[key] { return known }
    noticed[key] = now
    return now
  }

  mutating func forget(_ key: String) {
    noticed[key] = nil
  }
}

/// When a setting was seen to be as it is known.
struct ShownSetting: Hashable, Sendable {
  /// The newest look that showed it so.
  var held: Timestamp
  /// The first look that did; nil: a watch before this one saw it.
  var turned: Timestamp?
}

/// One source in one region.
struct Spot: Hashable, Sendable {
  var source: SourceID
  var region: String

  init(_ path: PathID) {
    source = path.source
    region = path.region
  }
}
