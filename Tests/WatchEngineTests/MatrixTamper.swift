import WatchCore

@testable import WatchProbes

/// Each row of the table of actions, at its worst: what it must be raised as while the trail goes on
/// saying that it logs. What a record of each comes to is TamperTableTests'.
enum MatrixTamper {
  static let all: [MatrixCause] = TamperTable.all.map(cause) + harmless

  private static func cause(_ row: TamperAction) -> MatrixCause {
    let widens = ["StartLogging", "CreateTrail"].contains(row.name)
    let harm: PipelineChange.Harm =
      widens ? .widens : row.stage == .trail || row.stage == .lake ? .shrinks : .cuts
    var cause = MatrixCause("act \(row.service) \(row.name)") { world, now in
      world.changes = [change(row.name, row.stage, harm, at: now)]
    }
    cause.leads = widens ? [] : codes(row)
    return cause.soon
  }

  private static func codes(_ row: TamperAction) -> Set<FailureCode> {
    switch row.stage {
    case .trail:
      switch row.name {
      case "StopLogging": ["aws.trail.stopped"]
      case "DeleteTrail": ["aws.trail.deleted"]
      default: ["aws.trail.narrowed"]
      }
    case .bucket: ["aws.bucket.blocked"]
    case .key: ["aws.key.unusable"]
    case .organization: ["aws.org.left"]
    case .detection, .routing, .people, .queue: ["aws.alertpath.silenced"]
    case .export, .lake, .role, .group, .evasion: ["aws.pipeline.tampered"]
    case .neighbour: []
    }
  }

  static func change(
    _ name: String, _ stage: PipelineChange.Stage, _ harm: PipelineChange.Harm,
    at now: Timestamp
  ) -> PipelineChange {
    let part = part(stage)
    let cause = Cause(
      actor: "dev", action: name, region: MatrixWorld.region, at: now, from: "203.0.113.9",
      event: "e-\(name)-\(harm.rawValue)", subject: part?.name)
    return PipelineChange(
      cause: cause, trail: stage == .trail ? MatrixWorld.trail : nil,
      bucket: stage == .bucket ? "acme-audit-logs" : nil, part: part, stage: stage,
      sources: [Rig.use1], harm: harm)
  }

  private static func part(_ stage: PipelineChange.Stage) -> PipelineNode.ID? {
    let home = "\(MatrixWorld.region):111122223333"
    switch stage {
    case .trail: return PipelineNode.ID(.trail, MatrixWorld.trail)
    case .bucket: return PipelineNode.ID(.bucket, "acme-audit-logs")
    case .key: return PipelineNode.ID(.key, "arn:aws:kms:\(home):key/k1")
    case .role: return PipelineNode.ID(.role, "arn:aws:iam::111122223333:role/to-logs")
    case .group: return PipelineNode.ID(.group, MatrixWorld.group)
    case .detection: return PipelineNode.ID(.alarm, "arn:aws:cloudwatch:\(home):alarm:trail")
    case .routing: return PipelineNode.ID(.rule, "arn:aws:events:\(home):rule/tamper")
    case .people: return PipelineNode.ID(.topic, "arn:aws:sns:\(home):audit")
    case .queue: return PipelineNode.ID(.queue, "arn:aws:sqs:\(home):watch")
    case .export, .lake, .organization, .neighbour, .evasion: return nil
    }
  }

  /// What only changes or widens is an entry and no alert; a refused act too.
  private static let harmless: [MatrixCause] =
    PipelineChange.Stage.allCases.filter { $0 != .trail }.map { stage in
      MatrixCause("act that widens, \(stage.rawValue)") { world, now in
        world.changes = [
          change("Something", stage, .widens, at: now), change("Other", stage, .changes, at: now),
        ]
      }.soon
    } + [
      MatrixCause("act that was refused") { world, now in
        var refused = change("DisableKey", .key, .cuts, at: now)
        refused.cause.error = "AccessDenied"
        world.changes = [refused]
      }.soon
    ]
}
