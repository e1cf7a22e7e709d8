/// A part whose loss keeps people from being told.
public struct SinglePoint: Hashable, Sendable {
  /// How much its loss shows by itself, without anybody looking.
  public enum Quietness: Int, Hashable, Sendable, Comparable {
    /// Recorded, and shown by the cloud as an error.
    case loud
    /// An error shows in one place, if somebody looks there.
    case quiet
    /// Everything else goes on as if nothing had happened.
    case silent

    public static func < (left: Quietness, right: Quietness) -> Bool {
      left.rawValue < right.rawValue
    }

    public var word: String {
      switch self {
      case .loud: "loudly"
      case .quiet: "quietly"
      case .silent: "silently"
      }
    }
  }

  public var node: PipelineNode.ID
  public var label: String
  /// Who is told now, and would not be without it.
  public var mutes: [PipelineNode.ID]
  /// Who would still be told.
  public var told: [PipelineNode.ID]
  public var quietness: Quietness
  /// How its loss shows, in one sentence.
  public var how: String

  public var mutesEverybody: Bool { told.isEmpty }
}

extension Pipeline {
  /// Who is told as things are: humans to whom a way leads from a trail through parts that are not
  /// known to be broken.
  public var heard: [PipelineNode.ID] {
    let reached = reached(without: nil)
    return nodes.map(\.id).filter { $0.kind == .human && reached.contains($0) }
  }

  /// The parts whose loss mutes somebody, worst first: those that mute everybody, then by how many,
  /// then the quieter, then by stage.
  public var singlePoints: [SinglePoint] {
    let heard = heard
    guard !heard.isEmpty else { return [] }
    let points = nodes.compactMap { node -> SinglePoint? in
      guard node.id.kind != .human, !node.state.isBroken else { return nil }
      let rest = reached(without: node.id)
      let mutes = heard.filter { !rest.contains($0) }
      guard !mutes.isEmpty else { return nil }
      let (quietness, how) = Self.showing(node.id.kind)
      return SinglePoint(
        node: node.id, label: node.label, mutes: mutes, told: heard.filter(rest.contains),
        quietness: quietness, how: how)
    }
    return points.sorted { left, right in
      let ranks = [left, right].map { point in
        (point.mutesEverybody ? 0 : 1, -point.mutes.count, -point.quietness.rawValue)
      }
      if ranks[0] != ranks[1] { return ranks[0] < ranks[1] }
      return (left.node.kind.order, left.node.name) < (right.node.kind.order, right.node.name)
    }
  }

  /// All parts that a trail's records come to. Without a key nothing is written to a bucket that
  /// needs it, and without its role nothing to a log group.
  private func reached(without lost: PipelineNode.ID?) -> Set<PipelineNode.ID> {
    let broken = Set(nodes.filter(\.state.isBroken).map(\.id))
    let gone = lost.map { broken.union([$0]) } ?? broken
    let losers: (PipelineNode.Kind) -> Set<PipelineNode.ID> = { kind in
      Set(edges.filter { $0.to.kind == kind && gone.contains($0.to) }.map(\.from))
    }
    let (keyless, roleless) = (losers(.key), losers(.role))
    var next: [PipelineNode.ID: [PipelineNode.ID]] = [:]
    for edge in edges
    where !edge.isAside && !gone.contains(edge.from) && !gone.contains(edge.to) {
      if edge.to.kind.isStore && keyless.contains(edge.from) { continue }
      if edge.to.kind == .group && roleless.contains(edge.from) { continue }
      next[edge.from, default: []].append(edge.to)
    }
    var open = nodes.map(\.id).filter { $0.kind.carriesOut && !gone.contains($0) }
    var reached = Set(open)
    while let id = open.popLast() {
      for other in next[id] ?? [] where reached.insert(other).inserted { open.append(other) }
    }
    return reached
  }

  private static func showing(_ kind: PipelineNode.Kind) -> (SinglePoint.Quietness, String) {
    switch kind {
    case .trail: (.loud, "The trail's status says so, and the act is in Event history.")
    case .setting:
      (.loud, "The Activity Log has the act; the setting is missing when it is asked for.")
    case .sink: (.loud, "The audit log has the act; the sink is missing when it is asked for.")
    case .account: (.quiet, "The setting stays as it is; blobs just stop coming.")
    case .workspace: (.quiet, "The setting stays as it is; rows just stop coming.")
    case .metric: (.silent, "Entries still arrive, and nothing counts them any more.")
    case .actions: (.silent, "The alert fires, and nobody is told of it.")
    case .channel: (.silent, "The incident opens, and nobody is told of it.")
    case .bucket: (.quiet, "The trail keeps logging; its status carries a delivery error.")
    case .key: (.quiet, "The trail keeps logging; its deliveries fail with an error.")
    case .role: (.quiet, "S3 goes on; the trail's status carries a log group error.")
    case .group: (.quiet, "S3 goes on; the trail's status carries a log group error.")
    case .filter: (.silent, "Events still arrive, and nothing counts them any more.")
    case .alarm: (.silent, "Nothing tells that an alarm is off or gone.")
    case .rule: (.silent, "A rule that is off says nothing.")
    case .target, .queue: (.silent, "What cannot be delivered is dropped after a day of retries.")
    case .topic: (.silent, "Failed publishes show in metrics that nobody is told of.")
    case .subscription: (.silent, "Whoever is not confirmed any more just hears nothing.")
    case .human: (.silent, "")
    }
  }
}

extension PipelineNode.State {
  public var isBroken: Bool {
    if case .broken = self { true } else { false }
  }
}
