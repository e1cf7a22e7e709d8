import Testing
import WatchCore
import WatchEngine

/// A workspace that says itself that it takes nothing: what leads there is not ok, however young its
/// newest row; and one thing has one beginning wherever it shows.
@Suite struct ShutWorkspaceTests {
  private func state(_ rig: Rig, _ kind: PathKind) -> HeartbeatState? {
    rig.engine.paths().first { $0.id.kind == kind && $0.id.region == "dev" }?.state
  }

  @Test("Capped: the resource's log fails at once, the Activity Log goes on, and both end by proof")
  func capped() {
    var world = UnitMatrixWorld(.azure)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    rig.live(world, .minutes(12))
    #expect(state(rig, .resource)?.isProven == true)
    world.failing = ["azure.workspace.ingests"]
    rig.live(world, .minutes(4))
    #expect(state(rig, .resource) == .failing)
    #expect(state(rig, .activity)?.isProven == true)
    let azure = rig.engine.clouds().first { $0.cloud == .azure }
    #expect(azure?.label == "FAILING" && azure?.worst?.reason.contains("as it is") == true)
    #expect(rig.queue.map(\.code) == ["azure.store.capped"])
    world.failing = []
    rig.live(world, .minutes(25))
    #expect(state(rig, .resource)?.isProven == true)
  }

  @Test("A resource's path that becomes known after the workspace was looked at fails as well")
  func cappedBefore() {
    var world = UnitMatrixWorld(.azure)
    var rig = world.rig
    world.failing = ["azure.workspace.ingests"]
    let looks = world.looks(at: rig.wall)
    rig.saw(looks.filter { $0.path.kind == .posture })
    #expect(state(rig, .resource) == nil)
    rig.pass(.seconds(5))
    rig.saw(looks.filter { $0.path.kind == .resource })
    #expect(state(rig, .resource) == .failing)
  }

  @Test("A subscription whose only setting is gone fails since its setting does")
  func oneBeginning() throws {
    var world = UnitMatrixWorld(.azure)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    rig.live(world, .minutes(10))
    world.settings = []
    rig.live(world, .minutes(5))
    let region = PathID(source: Rig.azureRegions, kind: .region, region: "dev")
    let bare = RegionSighting(covering: [], trails: [])
    rig.saw([Look(path: region, result: .saw(.region(bare)))])
    rig.live(world, .minutes(2))
    let paths = rig.engine.paths()
    let own = try #require(paths.first { $0.id == region })
    let setting = try #require(
      paths.first { $0.id.kind == .setting && $0.id.region == "dev" && $0.state == .failing })
    #expect(own.state == .failing && own.since == setting.since)
  }
}

extension Rig {
  fileprivate static let azureRegions = SourceID(cloud: .azure, account: "dev", name: "regions")
}
