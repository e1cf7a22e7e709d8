import Testing
import WatchCore
import WatchEngine

/// What ends an alert over a setting or sink that was deleted, and over a subscription that is listed
/// no more.
struct ExportProofTests {
  private static let gone = "azure.setting.deleted"

  /// The setting is deleted at once after a first quiet look; gives when.
  private static func deleted(_ rig: inout Rig) -> Timestamp {
    rig.saw([
      Units.settings([Units.exporting], .azure, "dev"),
      Units.arrival(.activity, .azure, "dev", rig.wall - .minutes(1)),
    ])
    rig.pass(.minutes(2))
    let at = rig.wall
    rig.saw([
      Units.settings([], .azure, "dev"), Units.history(.azure, "dev", activity: [at], at: at),
    ])
    rig.pass(.minutes(2))
    return at
  }

  @Test func `a setting that is back proves nothing before a row comes`() {
    var rig = Units.rig()
    let at = Self.deleted(&rig)
    #expect(rig.queue.map(\.code.text) == [Self.gone])
    for _ in 1...20 {
      rig.saw([
        Units.settings([Units.exporting], .azure, "dev"),
        Units.history(.azure, "dev", activity: [at], at: rig.wall),
        Units.arrival(.activity, .azure, "dev", at - .minutes(3)),
      ])
      rig.pass(.minutes(1))
    }
    #expect(rig.queue.first { $0.code.text == Self.gone }?.clearedAt == nil)
    rig.saw([Units.arrival(.activity, .azure, "dev", rig.wall - .seconds(10))])
    #expect(rig.queue.first { $0.code.text == Self.gone }?.clearedAt != nil)
  }

  @Test func `rows that were under way do not prove it, nor a row while it is gone`() {
    var rig = Units.rig()
    let at = Self.deleted(&rig)
    // Those come by another setting, or late.
    rig.saw([
      Units.settings([], .azure, "dev"), Units.arrival(.activity, .azure, "dev", at + .minutes(1)),
    ])
    #expect(rig.queue.first?.clearedAt == nil)
    rig.pass(.minutes(2))
    rig.saw([Units.settings([Units.exporting], .azure, "dev")])
    #expect(rig.queue.first?.clearedAt == nil)
    rig.pass(.minutes(2))
    rig.saw([Units.arrival(.activity, .azure, "dev", rig.wall)])
    #expect(rig.queue.first?.clearedAt != nil)
  }

  @Test func `one that no look ever showed is not there because others are`() {
    var rig = Units.rig()
    let act = Units.act(
      "Microsoft.Insights/diagnosticSettings/delete",
      on: PipelineNode.ID(.setting, Units.setting + "-2"), .azure, "dev", at: rig.wall,
      harm: .cuts, code: "azure.setting.deleted")
    rig.saw([Units.settings([Units.exporting], .azure, "dev")])
    rig.saw([Units.history(.azure, "dev", [act], at: rig.wall)])
    for _ in 1...5 {
      rig.pass(.minutes(1))
      rig.saw([
        Units.settings([Units.exporting], .azure, "dev"),
        Units.arrival(.activity, .azure, "dev", rig.wall),
      ])
    }
    #expect(rig.queue.map(\.code.text) == [Self.gone])
    #expect(rig.queue.first?.clearedAt == nil)
  }

  @Test func `a sink that is back proves nothing before it hands something on`() {
    var rig = Units.rig()
    func looks(_ sinks: [PipelineSetting], _ exported: Timestamp?) -> [Look] {
      [
        Units.settings(sinks, .gcp, "acme-1"),
        Units.arrival(.export, .gcp, "acme-1", exported, member: "audit-archive"),
      ]
    }
    let old = rig.wall
    rig.saw(looks([Units.archiving], old))
    rig.pass(.minutes(2))
    rig.saw(looks([], old))
    rig.pass(.minutes(2))
    rig.saw(looks([Units.archiving], old))
    #expect(rig.queue.first { $0.code == "gcp.sink.deleted" }?.clearedAt == nil)
    rig.pass(.minutes(2))
    rig.saw(looks([Units.archiving], rig.wall))
    #expect(rig.queue.first { $0.code == "gcp.sink.deleted" }?.clearedAt != nil)
  }

  // MARK: What is listed no more

  private static func region(_ cloud: Cloud, _ unit: String, _ result: RegionSighting?) -> Look {
    let path = PathID(
      source: SourceID(
        cloud: cloud, account: cloud == .azure ? "dev" : "analytics", name: "regions"),
      kind: .region, region: unit)
    return result.map { Look(path: path, result: .saw(.region($0))) } ?? Units.blind(path)
  }

  private static func listed(_ units: [String], covering: [String] = ["export"]) -> RegionSighting {
    RegionSighting(covering: covering, trails: covering, listed: units)
  }

  @Test(arguments: [Cloud.azure, .gcp])
  func `a subscription or project that is gone from the list is no blindness`(_ cloud: Cloud) {
    var rig = Units.rig()
    var stray = Self.listed(["own", "stray"], covering: [])
    stray.activity = 2
    stray.activeSince = rig.wall - .minutes(5)
    rig.saw([
      Self.region(cloud, "own", Self.listed(["own", "stray"])),
      Self.region(cloud, "stray", stray),
    ])
    let code = cloud == .azure ? "azure.setting.none" : "gcp.sink.none"
    func regions() -> [Alert] { rig.queue.filter { $0.source.name == "regions" } }
    #expect(regions().map(\.code.text) == [code])
    for _ in 1...60 {
      rig.pass(.minutes(1))
      rig.saw([Self.region(cloud, "own", Self.listed(["own"]))])
    }
    #expect(regions().map(\.code.text) == [code])
    #expect(regions().first?.clearProof?.contains("stray is listed no more") == true)
    #expect(!rig.engine.paths().contains { $0.id.region == "stray" })
  }

  @Test func `a list that could not be read drops nothing`() {
    var rig = Units.rig()
    let both = ["own", "stray"]
    rig.saw(both.map { Self.region(.azure, $0, Self.listed(both)) })
    for _ in 1...60 {
      rig.pass(.minutes(1))
      rig.saw([Self.region(.azure, "own", nil)])
    }
    #expect(rig.engine.paths().contains { $0.id.region == "stray" && $0.state == .blind })
    #expect(rig.queue.contains { $0.code == "azure.probe.blind" })
  }

  @Test func `an event after the newest row's is owed, however late that row came`() {
    var rig = Units.rig()
    let event = rig.wall
    rig.pass(.minutes(13))
    let came = rig.wall
    let path = Units.path(.activity, .azure, "dev")
    let arrival = Arrival(newest: came, newestEvent: event, record: "row", count: 1)
    let owed = event + .minutes(10)
    for _ in 1...60 {
      rig.saw([
        Units.history(.azure, "dev", activity: [event, owed], at: rig.wall),
        Look(path: path, result: .saw(.arrival(arrival))),
      ])
      rig.pass(.minutes(1))
    }
    #expect(rig.engine.paths().first { $0.id == path }?.state == .silent)
    // The same event by both is settled, to the second.
    var quiet = Units.rig()
    for _ in 1...60 {
      quiet.saw([
        Units.history(.azure, "dev", activity: [event + .milliseconds(400)], at: quiet.wall),
        Look(path: path, result: .saw(.arrival(arrival))),
      ])
      quiet.pass(.minutes(1))
    }
    #expect(quiet.engine.paths().first { $0.id == path }?.state == .okQuiet)
  }

  // MARK: What a setting's loss explains

  static let explained: [(PipelineSetting, PipelineSetting?, Bool)] = [
    (Units.exporting, nil, true),
    // To an event hub: the workspace's rows have another reason to stop.
    (Units.exporting.with("workspaceId", .place(nil)), nil, false),
    (
      Units.exporting,
      Units.exporting.with("categories", .covers(["Security", "Policy"])), true
    ),
    (
      Units.exporting.with("categories", .covers(["Administrative", "ServiceHealth"])),
      Units.exporting.with("categories", .covers(["Administrative"])), false
    ),
    (Units.exporting, Units.exporting.with("workspaceId", .place("/other")), true),
    (
      Units.exporting.with("storageAccountId", .place("/store")),
      Units.exporting.with("storageAccountId", .place("/other")), false
    ),
  ]

  @Test(arguments: explained)
  func `a setting explains the silence of what it carried, and of nothing else`(
    _ before: PipelineSetting, _ after: PipelineSetting?, _ isExplained: Bool
  ) throws {
    var rig = Units.rig()
    let old = rig.wall
    rig.saw([Units.settings([before], .azure, "dev")])
    for _ in 1...60 {
      rig.pass(.minutes(1))
      rig.saw([
        Units.settings([after].compactMap { $0 }, .azure, "dev"),
        Units.history(.azure, "dev", activity: [old + .minutes(1)], at: rig.wall),
        Units.arrival(.activity, .azure, "dev", old),
      ])
    }
    let silent = try #require(rig.picture.open.first { $0.code == "azure.activity.silent" })
    #expect((silent.under != nil) == isExplained)
  }
}
