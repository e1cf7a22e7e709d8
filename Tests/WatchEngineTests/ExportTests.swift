import Testing
import WatchCore
import WatchEngine

/// Diagnostic settings, sinks, exclusions and audit configs, compared with what they were.
struct ExportTests {
  struct Case: Sendable {
    var cloud: Cloud
    var from: PipelineSetting
    var to: PipelineSetting
    var code: FailureCode?
    var says: String
  }

  static let cases: [Case] = [
    Case(
      cloud: .azure, from: Units.exporting,
      to: Units.exporting.with("categories", .covers(["Administrative", "Policy"])),
      code: "azure.setting.narrowed", says: "NARROWED: export, categories: Security gone"),
    Case(
      cloud: .azure, from: Units.exporting,
      to: Units.exporting.with(
        "categories", .covers(["Administrative", "Security", "Policy", "Alert"])),
      code: nil, says: "categories: Alert new"),
    Case(
      cloud: .azure, from: Units.exporting,
      to: Units.exporting.with("workspaceId", .place("other")),
      code: "azure.setting.remapped",
      says: "REMAPPED: to other instead of central, workspaceId: export"),
    Case(
      cloud: .azure, from: Units.exporting,
      to: Units.exporting.with("storageAccountId", .place("archive")), code: nil,
      says: "storageAccountId none -> archive"),
    Case(
      cloud: .gcp, from: Units.archiving,
      to: Units.archiving.with("filter", .filter("severity>=ERROR", covers: [])),
      code: "gcp.sink.narrowed", says: "activity no longer let through"),
    Case(
      cloud: .gcp, from: Units.archiving,
      to: Units.archiving.with(
        "filter", .filter("logName:cloudaudit OR x", covers: ["activity", "data_access"])),
      code: nil, says: "filter logName:cloudaudit -> logName:cloudaudit OR x"),
    Case(
      cloud: .gcp, from: Units.archiving,
      to: Units.archiving.with("filter", .filter("f(x)", covers: nil)),
      code: "gcp.sink.narrowed", says: "what it lets through cannot be told"),
    Case(
      cloud: .gcp, from: Units.archiving,
      to: Units.archiving.with("exclusions", .leavesOut(["drop-admin"])),
      code: "gcp.sink.narrowed", says: "exclusions: drop-admin new"),
    Case(
      cloud: .gcp, from: Units.archiving,
      to: Units.archiving.with("destination", .place("storage.googleapis.com/elsewhere")),
      code: "gcp.sink.narrowed", says: "destination storage.googleapis.com/acme-audit -> "),
    Case(
      cloud: .gcp, from: Units.archiving, to: Units.archiving.with("enabled", .on(false)),
      code: nil, says: "enabled true -> false"),
    Case(
      cloud: .gcp, from: Units.excluding,
      to: Units.excluding.with("exclusions", .leavesOut(["no-audit"])),
      code: "gcp.exclusion.added", says: "EXCLUDED: no-audit new"),
    Case(
      cloud: .gcp, from: Units.auditing,
      to: Units.auditing.with("exempted", .leavesOut(["user:dev@acme.example DATA_READ"])),
      code: "gcp.auditconfig.weakened", says: "exempted: user:dev@acme.example DATA_READ new"),
    Case(
      cloud: .gcp, from: Units.auditing,
      to: Units.auditing.with("types", .covers(["allServices ADMIN_READ"])),
      code: "gcp.auditconfig.weakened", says: "types: allServices DATA_READ gone"),
  ]

  private static func unit(_ cloud: Cloud) -> String { cloud == .azure ? "dev" : "acme-1" }

  @Test(arguments: cases) func `what shrinks or moves coverage is raised once, the rest is written`(
    _ row: Case
  ) {
    var rig = Units.rig()
    let unit = Self.unit(row.cloud)
    rig.saw([Units.settings([row.from], row.cloud, unit)])
    #expect(rig.queue.isEmpty)
    rig.pass(.minutes(5))
    for _ in 0..<3 {
      rig.saw([Units.settings([row.to], row.cloud, unit)])
      rig.pass(.minutes(1))
    }
    #expect(rig.queue.map(\.code) == (row.code.map { [$0] } ?? []))
    let lines = rig.picture.baselines[Units.source(row.cloud)]?.difference ?? []
    let told = rig.queue.map(\.what) + lines
    #expect(told.contains { $0.contains(row.says) }, "\(told)")
  }

  @Test(arguments: [("drop-admin", "drop-admin"), ("noisy: data_access", "noisy")])
  func `the runbook's command has the name of the exclusion that was added`(
    _ said: String, _ name: String
  ) {
    var rig = Units.rig()
    rig.saw([Units.settings([Units.excluding], .gcp, "acme-1")])
    rig.pass(.minutes(5))
    let more = Units.excluding.with("exclusions", .leavesOut([said]))
    rig.saw([Units.settings([more], .gcp, "acme-1")])
    let values = rig.queue.first.map { RunbookValues(alert: $0, at: rig.wall) }
    #expect(values?[.exclusion] == name)
  }

  @Test(arguments: [(Cloud.azure, Units.exporting), (.gcp, Units.archiving)])
  func `a setting that is gone is raised with who did it, and clears when it is back`(
    _ cloud: Cloud, _ setting: PipelineSetting
  ) throws {
    var rig = Units.rig()
    let unit = Self.unit(cloud)
    let kind: PipelineNode.Kind = cloud == .azure ? .setting : .sink
    rig.saw([Units.settings([setting], cloud, unit)])
    rig.pass(.minutes(5))
    let at = rig.wall
    rig.saw([Units.settings([], cloud, unit)])
    let code = try #require(setting.goneCode)
    #expect(rig.queue.map(\.code) == [code])
    // The history is some minutes late.
    rig.pass(.minutes(6))
    let act = Units.act(
      "Delete", on: PipelineNode.ID(kind, setting.id), cloud, unit, at: at - .minutes(1),
      harm: .cuts, code: code)
    rig.saw([Units.history(cloud, unit, [act], at: rig.wall)])
    #expect(rig.queue.map(\.code) == [code])
    #expect(rig.queue.first?.cause?.actor == "dev@acme.example")
    // A watch that starts anew still knows what was there.
    var other = Units.rig()
    other.adopt(rig.entries)
    other.pass(rig.wall - other.wall + .minutes(1))
    other.saw([Units.settings([], cloud, unit)])
    #expect(other.queue.map(\.what) == rig.queue.map(\.what))
    #expect(other.queue.first?.clearedAt == nil)
    other.pass(.minutes(2))
    other.saw([Units.settings([setting], cloud, unit)])
    other.pass(.minutes(2))
    // A row by it is the proof; a sink whose end nobody looks at has none but itself.
    if cloud == .azure { other.saw([Units.arrival(.activity, .azure, unit, other.wall)]) }
    #expect(other.queue.first?.clearedAt != nil)
  }

  @Test func `the act alone raises it, and the look that follows finds the same alert`() {
    var rig = Units.rig()
    rig.saw([Units.settings([Units.exporting], .azure, "dev")])
    rig.pass(.minutes(5))
    let act = Units.act(
      "Microsoft.Insights/diagnosticSettings/delete",
      on: PipelineNode.ID(.setting, Units.setting), .azure, "dev", at: rig.wall, harm: .cuts,
      code: "azure.setting.deleted")
    rig.saw([Units.history(.azure, "dev", [act], at: rig.wall)])
    #expect(rig.queue.map(\.code) == ["azure.setting.deleted"])
    #expect(
      rig.queue.first?.what
        == "SETTING DELETED by dev@acme.example: export, "
        + "Microsoft.Insights/diagnosticSettings/delete")
    #expect(rig.hurried.contains(Units.activity), "the setting itself is looked at")
    rig.pass(.minutes(1))
    rig.saw([Units.settings([], .azure, "dev")])
    #expect(rig.story() == ["raise A-0001"])
  }

  @Test func `who narrowed it is told when the history has it`() {
    var rig = Units.rig()
    rig.saw([Units.settings([Units.archiving], .gcp, "acme-1")])
    rig.pass(.minutes(5))
    let narrowed = Units.archiving.with("filter", .filter("severity>=ERROR", covers: []))
    rig.saw([Units.settings([narrowed], .gcp, "acme-1")])
    let at = rig.wall
    rig.pass(.minutes(3))
    let act = Units.act(
      "google.logging.v2.ConfigServiceV2.UpdateSink", on: PipelineNode.ID(.sink, Units.sink), .gcp,
      "acme-1", at: at - .seconds(20))
    rig.saw([Units.history(.gcp, "acme-1", [act], at: rig.wall)])
    #expect(rig.story() == ["raise A-0001", "cause A-0001"])
    #expect(rig.queue.first?.what.hasPrefix("NARROWED by dev@acme.example: audit-archive") == true)
  }

  @Test func `a failed act is an entry and no alert`() {
    var rig = Units.rig()
    rig.saw([Units.settings([Units.exporting], .azure, "dev")])
    let act = Units.act(
      "Microsoft.Insights/diagnosticSettings/delete",
      on: PipelineNode.ID(.setting, Units.setting), .azure, "dev", at: rig.wall, harm: .cuts,
      code: "azure.setting.deleted", error: "Forbidden")
    rig.saw([Units.history(.azure, "dev", [act], at: rig.wall)])
    #expect(rig.queue.isEmpty)
    #expect(rig.story() == ["change"])
  }

  @Test(arguments: [
    (PipelineChange.Stage.detection, "alertpath.silenced"), (.people, "alertpath.silenced"),
    (.bucket, "pipeline.tampered"), (.group, "pipeline.tampered"), (.role, "pipeline.tampered"),
  ])
  func `an act on the rest of the pipeline is raised by its stage`(
    _ stage: PipelineChange.Stage, _ rest: String
  ) {
    for cloud in [Cloud.azure, .gcp] {
      var rig = Units.rig()
      rig.pass(.minutes(1))
      let act = Units.act(
        "Delete", on: PipelineNode.ID(.alarm, "rule-1"), cloud, Self.unit(cloud), at: rig.wall,
        stage: stage, harm: .cuts)
      rig.saw([Units.history(cloud, Self.unit(cloud), [act], at: rig.wall)])
      #expect(rig.queue.map(\.code) == [cloud.code(rest)])
    }
  }
}
