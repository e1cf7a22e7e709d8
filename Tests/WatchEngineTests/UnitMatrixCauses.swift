import WatchCore

/// Azure's and Google Cloud's causes, stage by stage.
enum UnitMatrixCauses {
  static let all = (azure + gcp + both(.azure) + both(.gcp)).filter { cause in
    cause.needs.map { PostureCatalogue.rule($0) != nil } ?? true
  }

  static func rules(_ cloud: Cloud) -> [PostureRule] {
    PostureCatalogue.all.filter { $0.code.text.hasPrefix(cloud.rawValue + ".") }
  }

  static func codes(_ cloud: Cloud) -> [FailureCode] {
    FailureCatalogue.all.map(\.code).filter { $0.text.hasPrefix(cloud.rawValue + ".") }
  }

  // MARK: Of both

  private static func both(_ cloud: Cloud) -> [UnitMatrixCause] {
    sight(cloud) + posture(cloud) + acts(cloud) + [
      UnitMatrixCause(
        cloud, "work in a unit that nobody watches", Self.code(cloud, "setting.none", "sink.none")
      ) { world, now in
        world.stranger = Cause(
          actor: "dev", action: "Write", region: "forgotten", at: now - .minutes(2))
      },
      UnitMatrixCause(
        cloud, "echo cut", cloud.code("echo.missing"), after: .minutes(50), hasEcho: true
      ) { $0.cut[.echo] = $1 },
    ]
  }

  private static func code(_ cloud: Cloud, _ azure: String, _ gcp: String) -> FailureCode {
    cloud.code(cloud == .azure ? azure : gcp)
  }

  /// One look that failed shows; the alert comes with the second.
  private static func sight(_ cloud: Cloud) -> [UnitMatrixCause] {
    let own: [PathKind] = cloud == .azure ? [.activity, .archive, .resource] : [.entries, .export]
    return (own + [.setting, .history, .region, .posture, .queue]).map { kind in
      UnitMatrixCause(
        cloud, "denied: \(kind.rawValue)", cloud.code("probe.blind"), after: .minutes(8)
      ) { world, _ in world.blind = [kind] }
    } + [
      UnitMatrixCause(
        cloud, "denied: echo", cloud.code("probe.blind"), hasEcho: true
      ) { world, _ in world.blind = [.echo] }
    ]
  }

  /// Each check of the posture catalogue that begins to fail; and what an estate has when we first
  /// look at it, which is one summary.
  private static func posture(_ cloud: Cloud) -> [UnitMatrixCause] {
    let weak = rules(cloud).filter { !$0.breaksNow }.map(\.id)
    let single = rules(cloud).map { rule in
      UnitMatrixCause(cloud, "posture \(rule.id)", rule.code) { world, _ in
        world.failing = [rule.id]
      }
    }
    guard !weak.isEmpty else { return [] }
    return single + [
      UnitMatrixCause(
        cloud, "a messy estate at first look", cloud.code("posture.weak"),
        from: { world, _ in world.failing = Set(weak) })
    ]
  }

  // MARK: Acts

  /// What cuts or shrinks is raised by its stage; what changes, widens, was refused, or is not of
  /// this pipeline, is none.
  private static func acts(_ cloud: Cloud) -> [UnitMatrixCause] {
    let stages: [PipelineChange.Stage] = [
      .export, .bucket, .key, .role, .group, .detection, .routing, .people, .queue,
    ]
    let raised = stages.flatMap { stage in
      [PipelineChange.Harm.cuts, .shrinks].map { harm in
        let code = cloud.code(
          [.detection, .routing, .people, .queue].contains(stage)
            ? "alertpath.silenced" : "pipeline.tampered")
        return UnitMatrixCause(cloud, "act that \(harm.rawValue), \(stage.rawValue)", code) {
          world, now in
          world.changes = [act(cloud, stage, harm, now)]
        }
      }
    }
    return raised + harmless(cloud, stages)
  }

  private static func harmless(
    _ cloud: Cloud, _ stages: [PipelineChange.Stage]
  ) -> [UnitMatrixCause] {
    [
      UnitMatrixCause(cloud, "acts that change or widen") { world, now in
        world.changes = stages.flatMap {
          [act(cloud, $0, .changes, now), act(cloud, $0, .widens, now)]
        }
      },
      UnitMatrixCause(cloud, "acts that were refused") { world, now in
        world.changes = stages.map {
          var change = act(cloud, $0, .cuts, now)
          change.cause.error = "Forbidden"
          return change
        }
      },
      UnitMatrixCause(cloud, "an act on a neighbour") { world, now in
        world.changes = [act(cloud, .neighbour, .cuts, now)]
      },
      UnitMatrixCause(
        cloud, "one act by history and queue", cloud.code("alertpath.silenced")
      ) { world, now in
        world.changes = [act(cloud, .detection, .cuts, now)]
        world.pushed = world.changes
      },
    ]
  }

  static func act(
    _ cloud: Cloud, _ stage: PipelineChange.Stage, _ harm: PipelineChange.Harm, _ now: Timestamp,
    on part: PipelineNode.ID? = nil, code: FailureCode? = nil
  ) -> PipelineChange {
    Units.act(
      code?.text.hasSuffix(".deleted") == true ? "Delete" : "Act",
      on: part ?? PipelineNode.ID(.alarm, "part-\(stage.rawValue)"), cloud,
      UnitMatrixWorld.units(cloud)[0], at: now, stage: stage, harm: harm, code: code,
      event: "e-\(stage.rawValue)-\(harm.rawValue)")
  }
}
