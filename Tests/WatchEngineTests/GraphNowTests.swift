import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// The graph is drawn from posture looks, ten minutes apart: its trail is as the trail's own path says.
struct GraphNowTests {
  private static func rig() -> Rig {
    var rig = Rig()
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
    let nodes = [
      PipelineNode(id: .init(.trail, Rig.trail), label: "use1", state: .works),
      PipelineNode(id: .init(.bucket, "acme-audit-logs"), label: "acme-audit-logs", state: .works),
    ]
    let seen = PostureSighting(checks: [], pipeline: Pipeline(nodes: nodes))
    let path = PathID(source: Rig.use1, kind: .posture, region: "us-east-1")
    rig.saw([Look(path: path, result: .saw(.posture(seen)))])
    return rig
  }

  private static func states(_ rig: Rig) -> [PipelineNode.State] {
    rig.engine.postures()[Rig.use1]?.pipeline.nodes.map(\.state) ?? []
  }

  @Test func `while the trail works nothing is changed`() {
    #expect(Self.states(Self.rig()) == [.works, .works])
  }

  @Test func `a stopped trail is broken at once, and it alone`() throws {
    var rig = Self.rig()
    rig.pass(.minutes(1))
    rig.saw([.trail(logging: false, stopped: rig.wall)])
    let states = Self.states(rig)
    guard case .broken(let why)? = states.first else {
      Issue.record("\(states)")
      return
    }
    #expect(!why.isEmpty && states.last == .works)
  }

  @Test func `a trail that cannot be asked is unknown`() {
    var rig = Self.rig()
    rig.pass(.minutes(1))
    rig.saw([.blind(.trail)])
    guard case .unknown? = Self.states(rig).first else {
      Issue.record("\(Self.states(rig))")
      return
    }
  }

  @Test func `started again it works again`() {
    var rig = Self.rig()
    rig.pass(.minutes(1))
    rig.saw([.trail(logging: false, stopped: rig.wall)])
    rig.pass(.minutes(1))
    rig.saw([.trail(started: rig.wall, delivered: rig.wall)])
    #expect(Self.states(rig) == [.works, .works])
  }

  // MARK: Settings and sinks

  private static func look(_ cloud: Cloud, _ settings: [PipelineSetting]) -> [Look] {
    let unit = cloud == .azure ? "dev" : "acme-1"
    let kind: PipelineNode.Kind = cloud == .azure ? .setting : .sink
    let nodes = settings.map {
      PipelineNode(id: PipelineNode.ID(kind, $0.id), label: $0.name, state: .works)
    }
    let posture = PostureSighting(checks: [], pipeline: Pipeline(nodes: nodes))
    return [
      Units.settings(settings, cloud, unit),
      Look(
        path: Units.path(.posture, cloud, unit), result: .saw(.posture(posture))),
    ]
  }

  private static func parts(_ rig: Rig, _ cloud: Cloud) -> [PipelineNode] {
    rig.engine.postures()[Units.source(cloud)]?.pipeline.nodes ?? []
  }

  @Test(arguments: [(Cloud.azure, Units.exporting), (.gcp, Units.archiving)])
  func `what is missing is a broken part, also after the next look at the set-up`(
    _ cloud: Cloud, _ setting: PipelineSetting
  ) {
    var rig = Units.rig()
    rig.saw(Self.look(cloud, [setting]))
    #expect(Self.parts(rig, cloud).map(\.state) == [.works])
    rig.pass(.minutes(5))
    rig.saw([Self.look(cloud, [])[0]])
    #expect(Self.parts(rig, cloud).map(\.label) == [setting.name])
    #expect(Self.parts(rig, cloud).allSatisfy { $0.state.isBroken })
    rig.pass(.minutes(10))
    rig.saw(Self.look(cloud, []))
    #expect(Self.parts(rig, cloud).map(\.label) == [setting.name])
    #expect(Self.parts(rig, cloud).allSatisfy { $0.state.isBroken })
    rig.pass(.minutes(5))
    rig.saw(Self.look(cloud, [setting]))
    #expect(Self.parts(rig, cloud).map(\.state) == [.works])
  }

  @Test func `a sink that is switched off is broken at once`() {
    var rig = Units.rig()
    rig.saw(Self.look(.gcp, [Units.archiving]))
    rig.pass(.minutes(1))
    rig.saw([Self.look(.gcp, [Units.archiving.with("enabled", .on(false))])[0]])
    #expect(Self.parts(rig, .gcp).map(\.state.isBroken) == [true])
  }
}
