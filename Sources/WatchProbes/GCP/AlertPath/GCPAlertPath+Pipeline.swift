import CloudAPI
import WatchCore

extension GCPAlertPath {
  /// "Who can mute me?": from a project's sinks to a human.
  ///
  /// - Parameter sinks: the resource names of the sinks that it guards.
  func pipeline(guarding sinks: [String]) -> Pipeline {
    let breaking = checks.filter { check in
      check.verdict == .fails && PostureCatalogue.rule(check.rule)?.breaksNow == true
    }
    let failing = Dictionary(
      breaking.map { ($0.subject, $0.seen) }, uniquingKeysWith: { first, _ in first })
    var drawing = Pipeline()
    func add(_ id: PipelineNode.ID, _ label: String) {
      let state = failing[id.name].map(PipelineNode.State.broken) ?? .works
      drawing.nodes.append(
        PipelineNode(id: id, label: PlainLine.make(label, limit: 120), state: state))
    }
    for metric in fittingMetrics {
      let id = PipelineNode.ID(.metric, name(metric))
      add(id, metric.name)
      for sink in sinks {
        drawing.edges.append(
          PipelineEdge(
            from: PipelineNode.ID(.sink, sink), to: id, verb: "is guarded by",
            proof: "it counts the audit log itself",
            isAside: catchesDeletion(metric.filter) == .no))
      }
    }
    for policy in fittingPolicies {
      let id = PipelineNode.ID(.alarm, policy.name)
      add(id, policy.displayName)
      for metric in fittingMetrics
      where policy.conditions.contains(where: { $0.reads(metricType: metric.metricType) }) {
        drawing.edges.append(
          PipelineEdge(
            from: PipelineNode.ID(.metric, name(metric)), to: id, verb: "is watched by",
            proof: "incidents are not looked at"))
      }
      for channel in policy.channels {
        let to = PipelineNode.ID(.channel, channel)
        let known = channels.value?.first { $0.name == channel }
        let state: PipelineNode.State
        if let known {
          switch known.tells {
          case .yes: state = .works
          case .no: state = .broken("disabled or not verified")
          case .unknown: state = .unknown("Google does not say whether it is on")
          }
        } else {
          state = channels.blindness.map { .unknown($0.detail) } ?? .broken("no such channel")
        }
        let label = known?.label ?? "channel \(channel.split(separator: "/").last ?? "")"
        drawing.nodes.append(PipelineNode(id: to, label: label, state: state))
        drawing.edges.append(
          PipelineEdge(from: id, to: to, verb: "notifies", proof: "notices are not recorded here"))
        let human = PipelineNode.ID(.human, label)
        drawing.nodes.append(PipelineNode(id: human, label: label, state: state))
        drawing.edges.append(
          PipelineEdge(
            from: to, to: human, verb: "tells", proof: "nobody tells whether it is read"))
      }
    }
    drawFeed(sinks, &drawing)
    return Pipeline().merged(with: drawing)
  }

  private func drawFeed(_ sinks: [String], _ drawing: inout Pipeline) {
    guard let feed = feed?.value, let topic = feed.topic else { return }
    let to = PipelineNode.ID(.topic, topic)
    let state: PipelineNode.State =
      switch feed.feeds {
      case .yes: .works
      case .no: .broken(feed.words)
      case .unknown: .unknown(feed.words)
      }
    drawing.nodes.append(PipelineNode(id: to, label: topic, state: state))
    for sink in sinks {
      drawing.edges.append(
        PipelineEdge(
          from: PipelineNode.ID(.sink, sink), to: to, verb: "is guarded by",
          proof: "another sink carries its changes"))
    }
    drawing.nodes.append(PipelineNode(id: Self.watch, label: "the watch", state: .works))
    drawing.edges.append(
      PipelineEdge(
        from: to, to: Self.watch, verb: "is read by", proof: "what it reads is in the journal"))
  }
}
