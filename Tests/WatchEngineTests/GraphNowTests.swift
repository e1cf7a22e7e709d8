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
}
