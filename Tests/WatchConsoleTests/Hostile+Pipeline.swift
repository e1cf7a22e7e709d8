import WatchCore

@testable import WatchConsole

/// Posture, graph, echo and bill with hostile text wherever text may be.
extension Hostile {
  static func desk(_ name: String) -> Desk {
    var desk = Desk(story)
    desk.state.board.postures = [SampleBoard.trail: posture, evil: posture]
    desk.state.board.echoes = Dictionary(
      uniqueKeysWithValues: SampleBoard.echoes.keys.map { ($0, echo) })
    desk.state.board.bills = [
      CallBill(
        cloud: .aws, account: text,
        lines: [.init(what: text, callsPerMonth: .max, dollars: .infinity)]),
      CallBill(
        cloud: .aws, account: text, lines: [.init(what: text, callsPerMonth: 0, dollars: .nan)]),
    ]
    switch name {
    case "hostile posture": desk.press("4F")
    case "hostile graph": desk.press("5jj")
    default: desk.state.show(.cloud(.aws))
    }
    return desk
  }

  private static let evil = SourceID(cloud: .aws, account: text, name: text)

  static let posture: PostureSighting = {
    let verdicts: [PostureCheck.Verdict] = [
      .fails, .holds, .info, .none, .unknown(Blindness(kind: .other, detail: text)),
    ]
    let checks = verdicts.enumerated().map { index, verdict in
      PostureCheck(
        rule: index == 0 ? "bucket.tls-only" : "\(text)\(index)", subject: text, verdict: verdict,
        seen: text, raw: text)
    }
    return PostureSighting(checks: checks, pipeline: pipeline)
  }()

  /// Every kind, hostile names, a cycle, an edge to nowhere, and deeper than any screen.
  static let pipeline: Pipeline = {
    let ids = PipelineNode.Kind.allCases.map { PipelineNode.ID($0, text) }
    let states: [PipelineNode.State] = [.works, .broken(text), .unknown(text), .unseen]
    let nodes = ids.enumerated().map { index, id in
      PipelineNode(id: id, label: text, state: states[index % 4])
    }
    let chain = zip(ids, ids.dropFirst() + [ids[0]]).map { from, to in
      PipelineEdge(from: from, to: to, verb: text, proven: SampleBoard.now, proof: text)
    }
    let deep = (0..<60).map { level in
      PipelineEdge(
        from: PipelineNode.ID(.human, "\(level)"), to: PipelineNode.ID(.human, "\(level + 1)"),
        verb: text)
    }
    return Pipeline(nodes: nodes, edges: chain + deep)
  }()

  static let echo = EchoSighting(
    legs: [PathKind.s3, .group, .history].map { kind in
      EchoLeg(
        kind: kind, sent: Timestamp(millis: .min), returned: Timestamp(millis: .max), record: text,
        p50: .seconds(-5), p95: .hours(100_000), owed: Timestamp(millis: 0),
        blind: kind == .s3 ? Blindness(kind: .other, detail: text) : nil)
    })
}
