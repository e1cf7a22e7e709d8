import TextCanvas
import WatchCore

/// A pipeline as a tree that can be read from top to bottom: each part under what hands on to it.
public struct GraphTree {
  /// Names a row: a part of a source's pipeline, and what it is reached from.
  public struct Key: Hashable, Sendable {
    public var source: SourceID
    public var from: PipelineNode.ID?
    public var to: PipelineNode.ID
  }

  public struct Row {
    public var key: Key
    public var node: PipelineNode
    /// What leads here; nil for a root.
    public var edge: PipelineEdge?
    /// For each level whether its line goes on below; the last one is the row's own.
    var goesOn: [Bool]
    /// The part stands above already, with what follows from it.
    public var isRepeat: Bool
  }

  public private(set) var rows: [Row] = []
  private let source: SourceID
  private let nodes: [PipelineNode.ID: PipelineNode]
  private let edges: [PipelineNode.ID: [PipelineEdge]]
  private var seen: Set<PipelineNode.ID> = []

  public init(_ source: SourceID, _ pipeline: Pipeline) {
    self.source = source
    nodes = Dictionary(pipeline.nodes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    edges = Dictionary(grouping: pipeline.edges, by: \.from)
    let ends = Set(pipeline.edges.map(\.to))
    let all = pipeline.nodes.map(\.id) + pipeline.edges.flatMap { [$0.from, $0.to] }
    for id in all.filter({ !ends.contains($0) }) + all where !seen.contains(id) {
      add(id, by: nil, [])
    }
  }

  /// Levels that are drawn; what lies deeper stands as a root of its own.
  private static let depth = 24

  private mutating func add(
    _ id: PipelineNode.ID, by edge: PipelineEdge?, _ goesOn: [Bool]
  ) {
    let isRepeat = !seen.insert(id).inserted
    let node = nodes[id] ?? PipelineNode(id: id, label: id.name)
    rows.append(
      Row(
        key: Key(source: source, from: edge?.from, to: id), node: node, edge: edge, goesOn: goesOn,
        isRepeat: isRepeat))
    guard !isRepeat, goesOn.count < Self.depth else { return }
    let next = (edges[id] ?? []).sorted { left, right in
      (left.to.kind.order, left.to.name) < (right.to.kind.order, right.to.name)
    }
    for (index, edge) in next.enumerated() {
      add(edge.to, by: edge, goesOn + [index < next.count - 1])
    }
  }
}

extension ConsoleState {
  /// The same as trees: made anew each time, so a frame makes them once.
  var graphs: [(source: SourceID, tree: GraphTree, pipeline: Pipeline)] {
    pipelines.map { ($0.source, GraphTree($0.source, $0.pipeline), $0.pipeline) }
  }

  /// The pipelines of all sources, the one with the worst part first.
  var pipelines: [(source: SourceID, pipeline: Pipeline)] {
    shown.postures.sorted { $0.key < $1.key }.compactMap { source, posture in
      posture.pipeline.nodes.isEmpty && posture.pipeline.edges.isEmpty
        ? nil : (source, posture.pipeline)
    }.sorted { left, right in
      let (a, b) = (left.pipeline.trouble, right.pipeline.trouble)
      return a == b ? left.source < right.source : a > b
    }
  }

  mutating func moveGraph(by step: Int) {
    let rows = graphs.flatMap(\.tree.rows)
    guard !rows.isEmpty else { return }
    let index = rows.firstIndex { $0.key == graphRow } ?? 0
    graphRow = rows[min(max(0, index + step), rows.count - 1)].key
  }
}

extension Pipeline {
  var broken: Int { nodes.count { if case .broken = $0.state { true } else { false } } }
  var unknown: Int { nodes.count { if case .unknown = $0.state { true } else { false } } }
  var unproven: Int { edges.count { $0.proven == nil } }
  /// For the order of several.
  fileprivate var trouble: Int { broken * 1000 + unknown }
}
