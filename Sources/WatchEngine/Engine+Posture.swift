import WatchCore

extension Engine {
  /// How the pipeline around a source is set up. A check that could not be looked at makes the path
  /// blind: what the others say stands all the same.
  mutating func take(_ posture: PostureSighting, on path: PathID) {
    knowledge.postures[path] = SeenPosture(sighting: posture, at: lookedAt)
    if knowledge.firstPosture[path.source] == nil { knowledge.firstPosture[path.source] = now }
    let shutting = posture.checks.filter { $0.rule == Self.ingests }
    if !shutting.isEmpty {
      let resources = knowledge.order.filter { $0.kind == .resource }
      for check in shutting { shut(check, at: lookedAt, resources) }
    }
    let unknown = posture.checks.compactMap { check in
      if case .unknown(let why) = check.verdict, why.kind != .undecided {
        (check.rule, why)
      } else {
        nil
      }
    }
    guard let first = unknown.first else {
      knowledge.heartbeats[path]?.looked(at: lookedAt, newest: nil)
      return
    }
    let detail =
      "\(unknown.count) of \(posture.checks.count) checks unknown: \(first.0), \(first.1.detail)"
    couldNotLook(path, Blindness(kind: first.1.kind, detail: detail))
  }

  /// A workspace that says itself that it takes nothing: what leads there fails, however young its newest
  /// row is. Billable tables stop at the cap, which a resource's log is in; the Activity Log goes on.
  private mutating func shut(_ check: PostureCheck, at time: Timestamp, _ paths: [PathID]) {
    let workspace = check.subject.lowercased()
    for path in paths where sourcePlan(path.source)?.azure?.workspace?.lowercased() == workspace {
      switch check.verdict {
      case .fails:
        let name = Engine.shortName(check.subject)
        knowledge.heartbeats[path]?.fails("\(name): \(check.seen)", since: time)
      case .holds: knowledge.heartbeats[path]?.works(since: time)
      case .unknown, .info, .none: break
      }
    }
  }

  /// The workspace was looked at before the resource's path was known.
  mutating func shut(_ path: PathID) {
    for seen in knowledge.postures.values.sorted(by: { $0.at < $1.at }) {
      for check in seen.sighting.checks where check.rule == Self.ingests {
        shut(check, at: seen.at, [path])
      }
    }
  }

  private static let ingests = "azure.workspace.ingests"

  /// What was last seen of each source's set-up, of all its posture paths together.
  public func postures() -> [SourceID: PostureSighting] {
    var all: [SourceID: PostureSighting] = [:]
    for (path, seen) in knowledge.postures.sorted(by: { $0.key < $1.key }) {
      let known = all[path.source] ?? PostureSighting(checks: [])
      all[path.source] = PostureSighting(
        checks: known.checks + seen.sighting.checks,
        pipeline: known.pipeline.merged(with: seen.sighting.pipeline))
    }
    for (source, posture) in all {
      let seen = withTrailNow(posture, source)
      let exports = knowledge.exports.filter { $0.key.source == source }
      let gone = Engine.gone(exports, since: picture.baselines[source])
      let off = exports.values.flatMap(\.settings).filter(\.isOff)
      all[source] = seen
      all[source]?.pipeline = seen.pipeline.with(off: off).with(gone: gone)
        .told(apart: units(of: source))
    }
    return all
  }

  private func units(of source: SourceID) -> [CloudUnit] {
    plan.account(source.cloud, source.account)?.units ?? []
  }

  /// The settings by which records left that a baseline has, and the cloud has no more.
  public static func gone(
    _ seen: [PathID: SettingsSighting], since baseline: Snapshot?
  ) -> [PipelineSetting] {
    let units = units(in: baseline)
    return seen.sorted { $0.key < $1.key }.flatMap { path, sighting in
      (units[path.listing] ?? []).filter { old in
        old.goneCode != nil && sighting.lacks(old.id)
      }
    }
  }

  /// A trail is asked far more often than its set-up is looked at: what its own path says counts.
  private func withTrailNow(_ posture: PostureSighting, _ source: SourceID) -> PostureSighting {
    guard let home = homeSighting(source)?.region,
      let heartbeat = knowledge.heartbeats[PathID(source: source, kind: .trail, region: home)]
    else { return posture }
    var posture = posture
    for index in posture.pipeline.nodes.indices
    where posture.pipeline.nodes[index].id.kind == .trail {
      switch heartbeat.state {
      case .failing: posture.pipeline.nodes[index].state = .broken(heartbeat.reason)
      case .blind: posture.pipeline.nodes[index].state = .unknown(heartbeat.reason)
      default: break
      }
    }
    return posture
  }

  public var echoes: [PathID: EchoSighting] { knowledge.echoes }
}

/// A posture look and when it was taken.
struct SeenPosture: Hashable, Sendable {
  var sighting: PostureSighting
  var at: Timestamp
}

/// One weakness: a check that fails on a subject.
struct Weakness: Hashable, Sendable, Comparable {
  var rule: String
  var subject: String

  var text: String { "\(rule) \(subject)" }

  static func < (left: Weakness, right: Weakness) -> Bool { left.text < right.text }
}
