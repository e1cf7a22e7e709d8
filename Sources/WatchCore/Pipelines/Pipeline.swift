/// "Who can mute me?": the parts between a trail and a human, and what joins them, each edge with
/// its last proof.
public struct Pipeline: Hashable, Sendable {
  /// Each once, in the order of the stages.
  public var nodes: [PipelineNode]
  public var edges: [PipelineEdge]

  public init(nodes: [PipelineNode] = [], edges: [PipelineEdge] = []) {
    self.nodes = nodes
    self.edges = edges
  }

  public func node(_ id: PipelineNode.ID) -> PipelineNode? {
    nodes.first { $0.id == id }
  }

  /// Both: of a part that both know, what `other` says counts where it knows the state.
  public func merged(with other: Pipeline) -> Pipeline {
    var merged = self
    for node in other.nodes {
      if let at = merged.nodes.firstIndex(where: { $0.id == node.id }) {
        if node.state != .unseen { merged.nodes[at] = node }
      } else {
        merged.nodes.append(node)
      }
    }
    for edge in other.edges {
      if let at = merged.edges.firstIndex(where: { $0.from == edge.from && $0.to == edge.to }) {
        let known = merged.edges[at].proven ?? Timestamp(millis: 0)
        if let proven = edge.proven, proven >= known { merged.edges[at] = edge }
      } else {
        merged.edges.append(edge)
      }
    }
    merged.nodes.sort { ($0.id.kind.order, $0.id.name) < ($1.id.kind.order, $1.id.name) }
    return merged
  }
}

/// One part of the pipeline.
public struct PipelineNode: Hashable, Sendable, Identifiable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// What carries records out: AWS's trail, Azure's diagnostic setting, GCP's sink.
    case trail, setting, sink
    /// Where they are kept: `account` is Azure's storage account, `group` a log group.
    case bucket, account, workspace, key, role, group
    /// What looks at them and tells: `actions` is Azure's action group, `channel` GCP's.
    case filter, metric, alarm, rule, actions, target, queue, topic, subscription, channel
    case human

    /// Where a cloud's own records leave it: the pipeline begins there.
    public var carriesOut: Bool { self == .trail || self == .setting || self == .sink }

    /// Where records are kept, perhaps under a key.
    public var isStore: Bool { self == .bucket || self == .account || self == .workspace }

    public var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// What it is and its id there: an ARN; a bucket's name; for a human the endpoint, masked.
  public struct ID: Hashable, Sendable {
    public var kind: Kind
    public var name: String

    public init(_ kind: Kind, _ name: String) {
      self.kind = kind
      // A log group's ARN is written with and without the `:*` for its streams.
      self.name = kind == .group && name.hasSuffix(":*") ? String(name.dropLast(2)) : name
    }

    public var text: String { "\(kind.rawValue) \(name)" }
  }

  /// What was seen of it.
  public enum State: Hashable, Sendable {
    case works
    /// Why it lets nothing through.
    case broken(String)
    /// Why we could not look.
    case unknown(String)
    /// Named by another part, and not looked at.
    case unseen
  }

  public var id: ID
  /// Short, for people: `org-trail-logs`.
  public var label: String
  public var state: State

  public init(id: ID, label: String, state: State = .unseen) {
    self.id = id
    self.label = label
    self.state = state
  }
}

/// One part hands on to another.
public struct PipelineEdge: Hashable, Sendable {
  public var from: PipelineNode.ID
  public var to: PipelineNode.ID
  /// `writes to`, `is encrypted with`, `counts into`, `notifies`.
  public var verb: String
  /// When something was last seen to come through; nil: never, as far as we know.
  public var proven: Timestamp?
  /// What proves it, or why nothing does: `LatestDeliveryTime`, `no alarm has ever fired`.
  public var proof: String
  /// It carries other news than that the trail is being silenced: it spares nobody from that.
  public var isAside: Bool

  public init(
    from: PipelineNode.ID, to: PipelineNode.ID, verb: String, proven: Timestamp? = nil,
    proof: String = "", isAside: Bool = false
  ) {
    self.isAside = isAside
    self.from = from
    self.to = to
    self.verb = verb
    self.proven = proven
    self.proof = proof
  }
}
