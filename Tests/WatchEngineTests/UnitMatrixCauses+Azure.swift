import WatchCore

extension UnitMatrixCauses {
  static let azure: [UnitMatrixCause] = azureAges + azureNever + azureSettings

  private static let gone: Set<FailureCode> = [
    "azure.setting.none", "azure.activity.late", "azure.activity.silent",
  ]

  private static let azureAges: [UnitMatrixCause] = [
    UnitMatrixCause(.azure, "workspace late", "azure.activity.late", after: .minutes(30)) {
      $0.cut[.activity] = $1
    },
    UnitMatrixCause(
      .azure, "workspace silent", "azure.activity.silent", folds: ["azure.activity.late"],
      after: .minutes(50)
    ) { $0.cut[.activity] = $1 },
    UnitMatrixCause(
      .azure, "archive late", "azure.activity.late", after: .minutes(60), before: .minutes(40)
    ) { $0.cut[.archive] = $1 },
    UnitMatrixCause(
      .azure, "archive silent", "azure.activity.silent", folds: ["azure.activity.late"],
      after: .minutes(100), before: .minutes(40)
    ) { $0.cut[.archive] = $1 },
    UnitMatrixCause(.azure, "resource late", "azure.resource.late", after: .minutes(90)) {
      $0.cut[.resource] = $1
    },
    UnitMatrixCause(
      .azure, "resource silent", "azure.resource.silent", folds: ["azure.resource.late"],
      after: .minutes(130)
    ) { $0.cut[.resource] = $1 },
    UnitMatrixCause(
      .azure, "workspace cut in silence, with the echo", "azure.echo.missing",
      folds: ["azure.activity.late", "azure.activity.silent"], after: .minutes(60), hasEcho: true
    ) { $0.cut[.activity] = $1 },
    UnitMatrixCause(
      .azure, "workspace capped, and the resource's rows stop", "azure.store.capped",
      folds: ["azure.resource.late", "azure.resource.silent"], after: .minutes(130),
      needs: "azure.workspace.ingests"
    ) { world, now in
      world.failing = ["azure.workspace.ingests"]
      world.cut[.resource] = now
    },
    UnitMatrixCause(
      .azure, "archive's key is gone, and its blobs stop", "azure.store.capped",
      folds: ["azure.activity.late", "azure.activity.silent"], after: .minutes(190),
      needs: "azure.archive.key"
    ) { world, now in
      world.failing = ["azure.archive.key"]
      world.cut[.archive] = now
    },
    UnitMatrixCause(
      .azure, "setting deleted, and a resource's rows stop for another reason",
      "azure.setting.deleted", "azure.resource.silent", folds: ["azure.resource.late"],
      after: .minutes(130)
    ) { world, now in
      world.settings = []
      world.cut[.resource] = now
    },
  ]

  private static let azureNever: [UnitMatrixCause] =
    [PathKind.activity, .archive, .resource].map { kind in
      UnitMatrixCause(
        .azure, "never: \(kind.rawValue)", "azure.source.never", before: .minutes(126),
        from: { world, _ in world.empty = [kind] })
    }

  private static let azureSettings: [UnitMatrixCause] = [
    UnitMatrixCause(.azure, "setting deleted", "azure.setting.deleted") { world, _ in
      world.settings = []
    },
    UnitMatrixCause(
      .azure, "setting deleted, by somebody known", "azure.setting.deleted",
      folds: ["azure.setting.none"]
    ) { world, now in
      world.settings = []
      world.failing = ["azure.setting.exists"]
      world.changes = [deletion(now)]
    },
    UnitMatrixCause(
      .azure, "setting deleted, and rows stop", "azure.setting.deleted", folds: gone,
      after: .minutes(130)
    ) { world, now in
      world.settings = []
      world.failing = ["azure.setting.exists", "azure.setting.workspace", "azure.setting.archive"]
      (world.cut[.activity], world.cut[.archive]) = (now, now)
    },
    UnitMatrixCause(
      .azure, "setting deleted, with the echo", "azure.setting.deleted",
      folds: gone.union(["azure.echo.missing"]), after: .minutes(60), hasEcho: true
    ) { world, now in
      world.settings = []
      (world.cut[.activity], world.cut[.archive]) = (now, now)
    },
    UnitMatrixCause(
      .azure, "setting deleted and made again between two looks", "azure.setting.deleted"
    ) { world, now in world.changes = [deletion(now)] },
    UnitMatrixCause(.azure, "deletion that was refused") { world, now in
      var change = deletion(now)
      change.cause.error = "Forbidden"
      world.changes = [change]
    },
    UnitMatrixCause(.azure, "setting narrowed", "azure.setting.narrowed") { world, _ in
      world.settings = [
        UnitMatrixWorld.exporting.with("categories", .covers(["Security", "Policy"]))
      ]
    },
    UnitMatrixCause(.azure, "setting narrowed, by somebody known", "azure.setting.narrowed") {
      world, now in
      world.settings = [
        UnitMatrixWorld.exporting.with("categories", .covers(["Security", "Policy"]))
      ]
      world.changes = [
        act(.azure, .export, .changes, now, on: PipelineNode.ID(.setting, Units.setting))
      ]
    },
    UnitMatrixCause(.azure, "setting widened") { world, _ in
      world.settings = [
        UnitMatrixWorld.exporting.with(
          "categories", .covers(["Administrative", "Security", "Policy", "Alert"]))
      ]
    },
    UnitMatrixCause(.azure, "setting remapped", "azure.setting.remapped") { world, _ in
      world.settings = [UnitMatrixWorld.exporting.with("workspaceId", .place("elsewhere"))]
    },
    UnitMatrixCause(
      .azure, "setting remapped, and rows stop", "azure.setting.remapped",
      folds: ["azure.activity.late", "azure.activity.silent"], after: .minutes(60)
    ) { world, now in
      world.settings = [UnitMatrixWorld.exporting.with("workspaceId", .place("elsewhere"))]
      world.cut[.activity] = now
    },
    UnitMatrixCause(.azure, "setting without its workspace", "azure.setting.remapped") {
      world, _ in world.settings = [UnitMatrixWorld.exporting.with("workspaceId", .place(nil))]
    },
    UnitMatrixCause(.azure, "a second setting") { world, _ in
      var second = UnitMatrixWorld.exporting
      second.id += "-2"
      world.settings.append(second)
    },
  ]

  private static func deletion(_ now: Timestamp) -> PipelineChange {
    act(
      .azure, .export, .cuts, now, on: PipelineNode.ID(.setting, Units.setting),
      code: "azure.setting.deleted")
  }
}
