import TextCanvas
import Testing
import WatchCore

@testable import WatchConsole

/// "Who can mute me?"
@Suite struct GraphTests {
  private func id(_ kind: PipelineNode.Kind, _ name: String = "x") -> PipelineNode.ID {
    PipelineNode.ID(kind, name)
  }

  @Test("Each part once with what follows; a part that is reached twice says that it is above")
  func tree() {
    let tree = GraphTree(SampleBoard.trail, SampleBoard.pipeline)
    let firsts = tree.rows.filter { !$0.isRepeat }.map(\.node.id)
    #expect(Set(firsts).count == firsts.count)
    // A human whom nothing but an edge names is there, too.
    #expect(firsts.count == SampleBoard.pipeline.nodes.count + 1)
    #expect(tree.rows.filter(\.isRepeat).map(\.node.label) == ["sec-alerts"])
    #expect(tree.rows.count == SampleBoard.pipeline.edges.count + 1)
    #expect(tree.rows.first?.node.id.kind == .trail)
  }

  @Test("A cycle, an edge to itself and a chain without end are drawn and end")
  func cycles() {
    let (a, b) = (id(.rule), id(.queue))
    let pipeline = Pipeline(
      nodes: [PipelineNode(id: a, label: "a")],
      edges: [
        PipelineEdge(from: a, to: b, verb: "feeds"), PipelineEdge(from: b, to: a, verb: "feeds"),
        PipelineEdge(from: b, to: b, verb: "feeds"),
      ])
    let tree = GraphTree(SampleBoard.trail, pipeline)
    #expect(tree.rows.map(\.node.id) == [a, b, a, b])
    let deep = GraphTree(SampleBoard.trail, Hostile.pipeline)
    #expect(deep.rows.allSatisfy { $0.goesOn.count <= 24 })
    #expect(Set(deep.rows.map(\.node.id)).count == PipelineNode.Kind.allCases.count + 61)
  }

  @Test("State by mark and word, proof by age, whatever the colour", arguments: Alphabet.allCases)
  func words(_ alphabet: Alphabet) {
    var desk = Desk(width: 120, height: 40)
    desk.press("5")
    desk.state.alphabet = alphabet
    desk.state.theme = .mono
    let text = desk.text
    let glyphs = Glyphs(alphabet)
    for (part, state, proof) in [
      ("alarm stop", glyphs.strip(.failing).string + " BROKEN", "never actions are disabled"),
      ("key alias/audit", glyphs.strip(.blind).string + " UNKNOWN", "22m02s GetKeyPolicy"),
      ("queue watchkeeper", glyphs.strip(.ok).string + " works", "11m06s the newest message"),
      ("human m***@example.com", glyphs.strip(.never).string + " unseen", "never mail tells"),
    ] {
      let row = text.first { $0.contains(part) } ?? ""
      #expect(row.contains(state) && row.contains(proof), "\(part): \(row)")
    }
  }

  @Test("Single points of silence by rank; nobody told is said in capitals")
  func points() {
    var desk = Desk(width: 120, height: 40)
    desk.press("5")
    let text = desk.text.joined(separator: "\n")
    #expect(text.contains("SINGLE POINTS OF SILENCE \(SampleBoard.pipeline.singlePoints.count)"))
    #expect(text.contains(" 1 rule trail-changes mutes everybody, silently."))
    #expect(text.contains("told: m***@example.com"))
    for index in SampleBoard.pipeline.nodes.indices {
      let posture = desk.state.board.postures[SampleBoard.trail]
      desk.state.board.postures[SampleBoard.trail]?.pipeline.nodes[index].state = .broken("off")
      if posture == nil { Issue.record("no posture") }
    }
    #expect(desk.text.contains { $0.contains("NOBODY IS TOLD") })
  }
}
