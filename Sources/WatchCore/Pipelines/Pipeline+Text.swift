extension Pipeline {
  /// The pipeline in plain lines: every part below the one that hands on to it, with the last proof
  /// of that, then the single points of silence. No line holds a control character.
  public func lines(at now: Timestamp) -> [String] {
    var writer = PipelineLines(pipeline: self, now: now)
    writer.write()
    return writer.lines.map(\.plainLine)
  }
}

/// Writes a pipeline as an indented tree.
private struct PipelineLines {
  let pipeline: Pipeline
  let now: Timestamp
  var lines: [String] = []
  private var written: Set<PipelineNode.ID> = []

  init(pipeline: Pipeline, now: Timestamp) {
    self.pipeline = pipeline
    self.now = now
  }

  mutating func write() {
    let targets = Set(pipeline.edges.map(\.to))
    for node in pipeline.nodes where node.id.kind == .trail || !targets.contains(node.id) {
      if !written.contains(node.id) { write(node, by: nil, depth: 0) }
    }
    // What only a circle leads to.
    for node in pipeline.nodes where !written.contains(node.id) { write(node, by: nil, depth: 0) }
    if pipeline.nodes.isEmpty { lines.append("no part of the pipeline could be seen") }
    lines += [""] + points
  }

  private mutating func write(_ node: PipelineNode, by edge: PipelineEdge?, depth: Int) {
    let verb = edge.map { "\($0.verb) " } ?? ""
    let isAgain = !written.insert(node.id).inserted
    let state = isAgain ? "(above)" : Self.text(node.state)
    let head = "\(String(repeating: "  ", count: min(depth, 12)))\(verb)\(node.id.kind.rawValue) "
    lines.append("\(head)\(node.label.shortened(to: 80)): \(state)\(edge.map(proof) ?? "")")
    guard !isAgain else { return }
    for edge in pipeline.edges where edge.from == node.id {
      let next = pipeline.node(edge.to) ?? PipelineNode(id: edge.to, label: edge.to.name)
      write(next, by: edge, depth: depth + 1)
    }
  }

  private static func text(_ state: PipelineNode.State) -> String {
    switch state {
    case .works: "works"
    case .broken(let why): "BROKEN, \(why.shortened(to: 160))"
    case .unknown(let why): "unknown, \(why.shortened(to: 160))"
    case .unseen: "not looked at"
    }
  }

  private func proof(_ edge: PipelineEdge) -> String {
    let what = edge.proof.shortened(to: 120)
    guard let proven = edge.proven else {
      return what.isEmpty ? "; never proven" : "; not proven: \(what)"
    }
    let by = what.isEmpty ? "" : " by \(what)"
    return "; proven \(proven.age(at: now).text) ago\(by)"
  }

  private var points: [String] {
    let heard = pipeline.heard
    guard !heard.isEmpty else { return ["Nobody is told: no way leads from a trail to a human."] }
    let points = pipeline.singlePoints
    let names = heard.map { name($0) }.joined(separator: ", ")
    guard !points.isEmpty else {
      return ["Told: \(names). No single part's loss mutes anybody."]
    }
    return ["Told: \(names). Who can mute them:"]
      + points.enumerated().map { index, point in
        let whom =
          point.mutesEverybody
          ? "everybody" : point.mutes.map { name($0) }.joined(separator: ", ")
        let rest =
          point.mutesEverybody
          ? "Nobody else is told."
          : "Still told: \(point.told.map { name($0) }.joined(separator: ", "))."
        return "\(index + 1). \(point.node.kind.rawValue) \(point.label.shortened(to: 80)) mutes "
          + "\(whom), \(point.quietness.word). \(point.how) \(rest)"
      }
  }

  private func name(_ id: PipelineNode.ID) -> String {
    (pipeline.node(id)?.label ?? id.name).shortened(to: 60)
  }
}
