import WatchCore

extension UnitMatrixCauses {
  static let gcp: [UnitMatrixCause] = gcpAges + gcpSinks + gcpOthers

  private static let ages: Set<FailureCode> = ["gcp.audit.late", "gcp.audit.silent"]

  private static let gcpAges: [UnitMatrixCause] = [
    UnitMatrixCause(.gcp, "entries late", "gcp.audit.late", after: .minutes(22)) {
      $0.cut[.entries] = $1
    },
    UnitMatrixCause(
      .gcp, "entries silent", "gcp.audit.silent", folds: ["gcp.audit.late"], after: .minutes(40)
    ) { $0.cut[.entries] = $1 },
    UnitMatrixCause(.gcp, "export late", "gcp.audit.late", after: .minutes(30)) {
      $0.cut[.export] = $1
    },
    UnitMatrixCause(
      .gcp, "export silent", "gcp.audit.silent", folds: ["gcp.audit.late"], after: .minutes(50)
    ) { $0.cut[.export] = $1 },
    UnitMatrixCause(
      .gcp, "entries cut in silence, with the echo", "gcp.echo.missing", folds: ages,
      after: .minutes(60), hasEcho: true
    ) { $0.cut[.entries] = $1 },
    UnitMatrixCause(
      .gcp, "never: entries", "gcp.source.never", before: .minutes(36),
      from: { world, _ in world.empty = [.entries] }),
    UnitMatrixCause(
      .gcp, "never: export", "gcp.source.never", before: .minutes(46),
      from: { world, _ in world.empty = [.export] }),
  ]

  private static func sink(_ name: String, _ value: PipelineSetting.Value) -> [PipelineSetting] {
    [Units.archiving.with(name, value), Units.excluding, Units.auditing]
  }

  private static let gcpSinks: [UnitMatrixCause] = [
    UnitMatrixCause(.gcp, "sink deleted", "gcp.sink.deleted") { world, _ in
      world.settings.removeAll { $0.kind == .sink }
    },
    UnitMatrixCause(
      .gcp, "sink deleted, by somebody known, and nothing is handed on", "gcp.sink.deleted",
      folds: ages.union(["gcp.sink.none"]), after: .minutes(60)
    ) { world, now in
      world.settings.removeAll { $0.kind == .sink }
      world.failing = ["gcp.sink.exists"]
      world.changes = [deletion(now)]
      world.cut[.export] = now
    },
    UnitMatrixCause(
      .gcp, "sink deleted and made again between two looks", "gcp.sink.deleted"
    ) { world, now in world.changes = [deletion(now)] },
    UnitMatrixCause(
      .gcp, "sink disabled, and nothing is handed on", "gcp.sink.disabled", folds: ages,
      after: .minutes(60), needs: "gcp.sink.enabled"
    ) { world, now in
      world.settings = sink("enabled", .on(false))
      world.failing = ["gcp.sink.enabled"]
      world.cut[.export] = now
    },
    UnitMatrixCause(
      .gcp, "sink error, and nothing is handed on", "gcp.sink.error", folds: ages,
      after: .minutes(60), needs: "gcp.sink.errors"
    ) { world, now in
      world.failing = ["gcp.sink.errors"]
      world.cut[.export] = now
    },
    UnitMatrixCause(.gcp, "sink narrowed: filter", "gcp.sink.narrowed") { world, _ in
      world.settings = sink("filter", .filter("severity>=ERROR", covers: []))
    },
    UnitMatrixCause(.gcp, "sink narrowed: a filter that cannot be told", "gcp.sink.narrowed") {
      world, _ in world.settings = sink("filter", .filter("f(x)", covers: nil))
    },
    UnitMatrixCause(.gcp, "sink narrowed: exclusion", "gcp.sink.narrowed") { world, _ in
      world.settings = sink("exclusions", .leavesOut(["drop"]))
    },
    UnitMatrixCause(
      .gcp, "sink narrowed: destination, and nothing is handed on", "gcp.sink.narrowed",
      folds: ages, after: .minutes(60)
    ) { world, now in
      world.settings = sink("destination", .place("storage.googleapis.com/elsewhere"))
      world.cut[.export] = now
    },
    UnitMatrixCause(.gcp, "sink widened") { world, _ in
      world.settings = sink(
        "filter", .filter("x OR y", covers: ["activity", "data_access", "policy"]))
    },
  ]

  private static let gcpOthers: [UnitMatrixCause] = [
    UnitMatrixCause(.gcp, "exclusion added", "gcp.exclusion.added") { world, _ in
      let dropping = Units.excluding.with("exclusions", .leavesOut(["no-audit"]))
      world.settings = [Units.archiving, dropping, Units.auditing]
    },
    UnitMatrixCause(.gcp, "exclusion added, by somebody known", "gcp.exclusion.added") {
      world, now in
      let dropping = Units.excluding.with("exclusions", .leavesOut(["no-audit"]))
      world.settings = [Units.archiving, dropping, Units.auditing]
      world.changes = [
        act(.gcp, .export, .changes, now, on: PipelineNode.ID(.sink, Units.excluding.id))
      ]
    },
    UnitMatrixCause(.gcp, "member exempted", "gcp.auditconfig.weakened") { world, _ in
      let exempting = Units.auditing.with("exempted", .leavesOut(["user:dev DATA_READ"]))
      world.settings = [Units.archiving, Units.excluding, exempting]
    },
    UnitMatrixCause(.gcp, "Data Access type removed", "gcp.auditconfig.weakened") { world, _ in
      let fewer = Units.auditing.with("types", .covers(["allServices ADMIN_READ"]))
      world.settings = [Units.archiving, Units.excluding, fewer]
    },
  ]

  private static func deletion(_ now: Timestamp) -> PipelineChange {
    act(
      .gcp, .export, .cuts, now, on: PipelineNode.ID(.sink, Units.sink), code: "gcp.sink.deleted")
  }
}
