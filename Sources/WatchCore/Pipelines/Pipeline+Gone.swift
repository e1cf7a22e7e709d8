extension Pipeline {
  /// With the settings that were there once and are gone, as broken parts: what is missing is in no
  /// answer of the cloud's, and would look as if it had never been.
  public func with(gone settings: [PipelineSetting]) -> Pipeline {
    var pipeline = self
    for setting in settings {
      guard let kind = setting.kind.node else { continue }
      let id = PipelineNode.ID(kind, setting.id)
      pipeline.nodes.removeAll { $0.id == id || $0.id.kind == kind && id.isNamed(under: $0.id) }
      pipeline.nodes.append(
        PipelineNode(
          id: id, label: setting.name.shortened(to: 120),
          state: .broken("deleted: the baseline has it, the cloud does not")))
      let ends = setting.facts.compactMap { fact -> String? in
        if case .place(let place?) = fact.value { place.lowercased() } else { nil }
      }
      for node in nodes where ends.contains(node.id.name.lowercased()) {
        pipeline.edges.append(
          PipelineEdge(from: id, to: node.id, verb: "wrote to", proof: "it is gone"))
      }
    }
    return Pipeline().merged(with: pipeline)
  }

  /// With those switched off as broken parts: the look at them is minutes fresher than the one that the
  /// pipeline was drawn from.
  public func with(off settings: [PipelineSetting]) -> Pipeline {
    var pipeline = self
    for setting in settings {
      guard let kind = setting.kind.node else { continue }
      let at = pipeline.nodes.firstIndex { $0.id == PipelineNode.ID(kind, setting.id) }
      if let at { pipeline.nodes[at].state = .broken("switched off") }
    }
    return pipeline
  }

  /// Parts of one kind that are called alike, told apart by their subscription or project, and in one
  /// of these by their resource group or their id's last word.
  public func told(apart units: [CloudUnit]) -> Pipeline {
    var pipeline = self
    let forms: [(String) -> String?] = [{ units.label(of: $0) }, Self.nearer]
    for name in forms {
      let counts = Dictionary(grouping: pipeline.nodes) { "\($0.id.kind) \($0.label)" }
      for index in pipeline.nodes.indices where pipeline.nodes[index].id.kind != .human {
        let node = pipeline.nodes[index]
        guard counts["\(node.id.kind) \(node.label)"]?.count ?? 0 > 1, let more = name(node.id.name)
        else { continue }
        pipeline.nodes[index].label += " of \(more)"
      }
    }
    return pipeline
  }

  /// `rg` of `/subscriptions/x/resourcegroups/rg/providers/y`, `123` of `projects/a/alertPolicies/123`.
  private static func nearer(_ id: String) -> String? {
    let words = id.split(separator: "/").map(String.init)
    if let at = words.firstIndex(where: { $0.lowercased() == "resourcegroups" }),
      at + 1 < words.count
    {
      return words[at + 1]
    }
    return words.count > 3 ? words.last : nil
  }
}

extension PipelineNode.ID {
  /// What stands for "none" has the id under which settings would have theirs.
  fileprivate func isNamed(under other: PipelineNode.ID) -> Bool {
    name.lowercased().hasPrefix(other.name.lowercased() + "/")
  }
}

extension PipelineSetting.Kind {
  fileprivate var node: PipelineNode.Kind? {
    switch self {
    case .diagnosticSetting: .setting
    case .sink: .sink
    case .exclusions, .auditConfig: nil
    }
  }
}

extension [CloudUnit] {
  /// The unit that an ARM id or a resource name lies in.
  fileprivate func label(of id: String) -> String? {
    let id = id.lowercased() + "/"
    return first { unit in
      let own = unit.id.lowercased()
      return id.hasPrefix("/subscriptions/\(own)/") || id.hasPrefix("\(own)/")
    }?.label
  }
}
