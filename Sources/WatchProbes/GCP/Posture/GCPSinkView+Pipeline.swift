import CloudAPI
import WatchCore

extension GCPSinkView {
  /// From sinks to where their entries are kept.
  var pipeline: Pipeline {
    var pipeline = Pipeline()
    if let all = sinks.value {
      for name in plan.namedSinks(in: unit) where !all.contains(where: { $0.name == name }) {
        pipeline.nodes.append(
          PipelineNode(
            id: PipelineNode.ID(.sink, Self.name(name, of: parent)),
            label: PlainLine.make(name, limit: 120), state: .broken("no such sink")))
      }
    }
    for sink in relevant {
      let id = PipelineNode.ID(.sink, name(sink))
      let error = errors.value?[sink.name].map { PipelineNode.State.broken($0) }
      // One that keeps Admin Activity back hears of no end of its own either.
      let isNarrow = asksActivity && carries(sink) == .no
      let state: PipelineNode.State =
        sink.isDisabled
        ? .broken("disabled")
        : isNarrow ? .broken("it keeps Admin Activity back") : error ?? .works
      pipeline.nodes.append(
        PipelineNode(id: id, label: PlainLine.make(sink.name, limit: 120), state: state))
      let to = sink.targetNode ?? PipelineNode.ID(.target, sink.destination)
      pipeline.nodes.append(
        PipelineNode(
          id: to, label: PlainLine.make(sink.destination, limit: 120), state: storeState(sink)))
      pipeline.edges.append(
        PipelineEdge(
          from: id, to: to, verb: "writes to", proof: "exports are counted seven minutes late"))
    }
    return Pipeline().merged(with: pipeline)
  }

  private func storeState(_ sink: LogSink) -> PipelineNode.State {
    switch destinations[name(sink)] {
    case .success(nil)?: .broken("does not exist")
    case .success?: .works
    case .failure(let why)?: .unknown(why.detail)
    case nil: .unseen
    }
  }
}
