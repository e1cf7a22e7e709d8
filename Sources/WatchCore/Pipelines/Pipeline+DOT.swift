extension Pipeline {
  /// The pipeline for Graphviz. What comes from a cloud stands only inside quoted labels.
  public func dot(title: String = "pipeline", at now: Timestamp) -> [String] {
    let numbers = Dictionary(
      nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let single = Set(singlePoints.filter(\.mutesEverybody).map(\.node))
    var lines = ["digraph \(Self.quoted(title)) {", "  rankdir=LR;", "  node [fontname=\"sans\"];"]
    for (index, node) in nodes.enumerated() {
      let label = Self.quoted("\(node.id.kind.rawValue) \(node.label.shortened(to: 60))")
      let weight = single.contains(node.id) ? ", penwidth=3" : ""
      lines.append(
        "  n\(index) [label=\(label), shape=\(Self.shape(node.id.kind)), "
          + "color=\(Self.colour(node.state))\(weight)];")
    }
    for edge in edges {
      guard let from = numbers[edge.from], let to = numbers[edge.to] else { continue }
      let age = edge.proven.map { ", \($0.age(at: now).text) ago" } ?? ", not proven"
      let style = edge.proven == nil ? "dashed" : "solid"
      lines.append(
        "  n\(from) -> n\(to) [label=\(Self.quoted(edge.verb + age)), style=\(style)];")
    }
    return lines + ["}"]
  }

  /// A string of DOT's: harmless, with its quotes and backslashes escaped.
  private static func quoted(_ text: String) -> String {
    var out = "\""
    for character in text.plainLine {
      if character == "\"" || character == "\\" { out.append("\\") }
      out.append(character)
    }
    return out + "\""
  }

  private static func shape(_ kind: PipelineNode.Kind) -> String {
    switch kind {
    case .human: "oval"
    case .bucket, .account, .workspace, .group, .queue: "cylinder"
    case .key, .role: "diamond"
    default: "box"
    }
  }

  private static func colour(_ state: PipelineNode.State) -> String {
    switch state {
    case .works: "darkgreen"
    case .broken: "red"
    case .unknown: "orange"
    case .unseen: "grey"
    }
  }
}
