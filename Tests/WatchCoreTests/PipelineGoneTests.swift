import Testing
import WatchCore

/// What is missing and what is called alike, in a pipeline.
struct PipelineGoneTests {
  private static let workspace = "/subscriptions/0f/resourcegroups/sec/providers/x/central"
  private static let none = "/subscriptions/0f/providers/microsoft.insights/diagnosticsettings"
  private static let setting = PipelineSetting(
    kind: .diagnosticSetting, id: "\(none)/export", name: "export",
    facts: [.init("workspaceId", .place(workspace.uppercased()))])

  @Test func `a setting that is gone stands for the none, and leads where it led`() {
    let store = PipelineNode(id: .init(.workspace, Self.workspace), label: "central", state: .works)
    let empty = PipelineNode(
      id: .init(.setting, Self.none), label: "none", state: .broken("no diagnostic setting"))
    let pipeline = Pipeline(nodes: [empty, store]).with(gone: [Self.setting])
    #expect(pipeline.nodes.map(\.label) == ["export", "central"])
    #expect(pipeline.nodes.map(\.state.isBroken) == [true, false])
    #expect(pipeline.edges.map(\.to) == [store.id])
    #expect(pipeline.heard.isEmpty)
  }

  @Test func `parts that are called alike are told apart, others keep their names`() {
    let nodes = [
      ("/subscriptions/0f/providers/m/to-siem", "to-siem"),
      ("/subscriptions/0e/providers/m/to-siem", "to-siem"),
      ("/subscriptions/0f/providers/m/other", "other"),
    ].map { PipelineNode(id: .init(.setting, $0.0), label: $0.1) }
    let groups = ["a", "b"].map {
      PipelineNode(
        id: .init(.actions, "/subscriptions/0f/resourcegroups/\($0)/providers/m/security"),
        label: "security")
    }
    let units = [CloudUnit(id: "0f", label: "dev"), CloudUnit(id: "0e", label: "test")]
    let pipeline = Pipeline(nodes: nodes + groups).told(apart: units)
    #expect(
      pipeline.nodes.map(\.label) == [
        "to-siem of dev", "to-siem of test", "other", "security of dev of a",
        "security of dev of b",
      ])
    let sinks = ["acme-1", "acme-2"].map {
      PipelineNode(id: .init(.sink, "projects/\($0)/sinks/audit"), label: "audit")
    }
    let told = Pipeline(nodes: sinks).told(
      apart: ["acme-1", "acme-2"].map { CloudUnit(id: "projects/\($0)") })
    #expect(told.nodes.map(\.label) == ["audit of acme-1", "audit of acme-2"])
  }

  @Test(
    arguments: [
      ("Activity Log dev", PipelineChange.history),
      ("Admin Activity log acme-1, 03:01:02Z", "Event history"),
      ("Event history us-east-1", "Event history"), ("queue dev", "queue"),
      ("posture probe, 03:00:00Z", nil),
    ] as [(String, String?)])
  func `the two witnesses by whatever name`(_ seen: String, _ witness: String?) {
    #expect(PipelineChange.witness(in: seen) == witness)
  }
}
