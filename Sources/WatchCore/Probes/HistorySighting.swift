/// What Event history (LookupEvents) holds of one region: it ignores trail settings, and so is the
/// independent witness.
public struct HistorySighting: Hashable, Sendable {
  /// The window that was read whole.
  public var from: Timestamp
  public var to: Timestamp
  /// Changes to the audit pipeline's own parts, newest first.
  public var changes: [PipelineChange]
  /// Times of write events that were not made by a service nor by our own principal, newest first,
  /// bounded: the activity that a pipeline owes us records of.
  public var activity: [Timestamp]
  /// Whether there was more activity in the window than was read.
  public var activityCut: Bool
  /// The newest of that activity: by whom, what.
  public var latest: Cause?

  public init(
    from: Timestamp, to: Timestamp, changes: [PipelineChange] = [], activity: [Timestamp] = [],
    activityCut: Bool = false, latest: Cause? = nil
  ) {
    self.from = from
    self.to = to
    self.changes = changes
    self.activity = activity
    self.activityCut = activityCut
    self.latest = latest
  }
}

/// Somebody changed a part of the audit pipeline, or tried to.
public struct PipelineChange: Hashable, Sendable {
  public var cause: Cause
  /// What was acted on, as the request names it: trail name or ARN, bucket name.
  public var trail: String?
  public var bucket: String?
  /// For a bucket policy that was written: whether it refuses CloudTrail's writes, by its meaning;
  /// nil where that cannot be told.
  public var refusesTrail: Bool?
  /// Which part of the pipeline was acted on: `key`, `topic` … and its id (an ARN, or a bucket's
  /// name) as ``Pipeline`` knows it; nil where the record does not name it, or it is none of these.
  public var part: PipelineNode.ID?
  /// Where in the pipeline the action belongs.
  public var stage: Stage
  /// The watched sources that the part belongs to; all of the account's where that cannot be told.
  public var sources: [SourceID]
  /// Of a trail's update: the settings that the request sets, named as ``TrailSettings/json`` names
  /// them; `null` takes a setting away.
  public var settings: JSON?
  /// What the action does to the pipeline, as far as the record tells.
  public var harm: Harm
  /// What it is raised as where it harms, by the table of the cloud's actions; nil: by its stage.
  public var code: FailureCode?
  /// What changed, field by field, where the record or the journal's baseline tells:
  /// `treatMissingData breaching -> notBreaching`.
  public var difference: [String]
  /// Who told: `Event history`, `queue`.
  public var witness: String
  /// The record as received, bounded.
  public var raw: String

  /// What a change does to the pipeline.
  public enum Harm: String, Hashable, Sendable {
    /// Nothing comes through any more: StopLogging, DeleteTrail, DisableKey …
    case cuts
    /// Less is recorded, kept, proven or told than before.
    case shrinks
    /// Something is another than before, and that may or may not be harm.
    case changes
    /// More is recorded, kept or told than before; or nothing was changed.
    case widens
  }

  /// Parts of the pipeline by what they do in it; the rows of the table of actions.
  public enum Stage: String, Hashable, Sendable, CaseIterable {
    case trail
    /// A diagnostic setting of Azure; a sink, an exclusion, an audit config of GCP.
    case export
    /// CloudTrail Lake, an audit store beside the trails.
    case lake
    case bucket, key, role, group, detection, routing, people
    /// The watch's own queue.
    case queue
    case organization
    /// Other services that guard the account: shown, and no alarm of ours.
    case neighbour
    /// Requests made so large that CloudTrail leaves their parameters out.
    case evasion
  }

  /// The witness that trail settings cannot blind.
  public static let history = "Event history"
  /// The fast witness.
  public static let queue = "queue"

  public init(
    cause: Cause, trail: String? = nil, bucket: String? = nil, refusesTrail: Bool? = nil,
    part: PipelineNode.ID? = nil, stage: Stage = .trail, sources: [SourceID] = [],
    harm: Harm = .changes, code: FailureCode? = nil, difference: [String] = [],
    settings: JSON? = nil, witness: String = PipelineChange.history, raw: String = ""
  ) {
    self.part = part
    self.stage = stage
    self.sources = sources
    self.settings = settings
    self.harm = harm
    self.code = code
    self.difference = difference
    self.witness = witness
    self.cause = cause
    self.trail = trail
    self.bucket = bucket
    self.refusesTrail = refusesTrail
    self.raw = raw
  }
}

/// One region of an account: whether something done there would be recorded.
public struct RegionSighting: Hashable, Sendable {
  /// Trails, by ARN, that have the region in scope and are switched on.
  public var covering: [String]
  /// All trails of the account that are visible there, by name, on or off.
  public var trails: [String]
  /// Write activity (as in ``HistorySighting``) since `activeSince`; looked up where nothing covers.
  public var activity: Int
  public var activeSince: Timestamp?
  public var latest: Cause?
  /// The first activity's record: who began to work there.
  public var first: Cause?
  /// The window of Event history that was read, where it was.
  public var readFrom: Timestamp?
  /// All regions (subscriptions, projects) of a list that was read whole: what else was once seen is not
  /// there any more, or not for us. Nil: no list was read.
  public var listed: [String]?

  public init(
    covering: [String], trails: [String], activity: Int = 0, activeSince: Timestamp? = nil,
    latest: Cause? = nil, first: Cause? = nil, readFrom: Timestamp? = nil,
    listed: [String]? = nil
  ) {
    self.covering = covering
    self.trails = trails
    self.activity = activity
    self.activeSince = activeSince
    self.latest = latest
    self.first = first
    self.readFrom = readFrom
    self.listed = listed
  }
}
