import WatchCore

/// A part without which an alarm reaches fewer humans, or none.
struct SilencePoint: Hashable {
  var node: PipelineNode
  /// Humans who hear nothing without it.
  var cut: Int
  /// Humans who are reached at all.
  var of: Int

  var text: String {
    let whom = cut == of ? "nobody hears" : "\(cut) of \(of) humans hear nothing"
    return "\(node.id.kind.rawValue) \(node.label): muted, \(whom)"
  }

  /// The parts that cut most first, then in the order of the stages; a part that cuts nobody off is
  /// none.
  static func ranked(_ pipeline: Pipeline) -> [SilencePoint] {
    let next = Dictionary(grouping: pipeline.edges, by: \.from).mapValues { $0.map(\.to) }
    let trails = pipeline.nodes.map(\.id).filter { $0.kind == .trail }
    let heard = humans(from: trails, next, without: [])
    guard !heard.isEmpty else { return [] }
    return pipeline.nodes.filter { $0.id.kind != .human }.compactMap { node in
      let left = humans(from: trails, next, without: lost(node.id, pipeline, next))
      let cut = heard.count - left.count
      return cut > 0 ? SilencePoint(node: node, cut: cut, of: heard.count) : nil
    }.sorted { left, right in
      (right.cut, left.node.id.kind.order, left.node.id.name)
        < (left.cut, right.node.id.kind.order, right.node.id.name)
    }
  }

  /// What is lost with a part: a key or a role that parts need takes those along.
  private static func lost(
    _ id: PipelineNode.ID, _ pipeline: Pipeline, _ next: [PipelineNode.ID: [PipelineNode.ID]]
  ) -> Set<PipelineNode.ID> {
    let isNeeded = (id.kind == .key || id.kind == .role) && next[id] == nil
    return isNeeded ? Set(pipeline.edges.filter { $0.to == id }.map(\.from) + [id]) : [id]
  }

  private static func humans(
    from starts: [PipelineNode.ID], _ next: [PipelineNode.ID: [PipelineNode.ID]],
    without lost: Set<PipelineNode.ID>
  ) -> Set<PipelineNode.ID> {
    var seen = Set<PipelineNode.ID>()
    var open = starts.filter { !lost.contains($0) }
    while let id = open.popLast() {
      guard seen.insert(id).inserted else { continue }
      open += (next[id] ?? []).filter { !lost.contains($0) }
    }
    return seen.filter { $0.kind == .human }
  }
}
