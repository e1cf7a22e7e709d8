import CloudAPI
import WatchCore

extension StoreView {
  /// The trail and what it hands its records to, each edge with its last proof.
  func pipeline(_ checks: [PostureCheck]) -> Pipeline {
    let status = self.status.value ?? nil
    let delivered = status?.latestDeliveryTime.flatMap { Timestamp($0) }
    let error = status?.latestDeliveryError.map { PlainLine.make($0.masked, limit: 80) }
    let trailID = PipelineNode.ID(.trail, arn.text)
    var nodes = [PipelineNode(id: trailID, label: arn.name, state: trailState)]
    var edges: [PipelineEdge] = []
    func join(
      _ kind: PipelineNode.Kind, _ name: String?, _ verb: String, _ state: PipelineNode.State,
      _ proven: Timestamp?, _ proof: String, from: PipelineNode.ID? = nil
    ) {
      guard let name else { return }
      let id = PipelineNode.ID(kind, name)
      nodes.append(PipelineNode(id: id, label: Self.label(name, kind), state: state))
      edges.append(
        PipelineEdge(from: from ?? trailID, to: id, verb: verb, proven: proven, proof: proof))
    }
    let toBucket = proof(delivered, "LatestDeliveryTime", error)
    join(
      .bucket, bucket?.name, "writes to",
      state(checks, ["bucket.cloudtrail-write", "bucket.organization-path"]), delivered, toBucket)
    let fromBucket = keyUse == .bucket ? bucket.map { PipelineNode.ID(.bucket, $0.name) } : nil
    join(
      .key, key?.name, "encrypts with", state(checks, ["key.enabled", "key.kept", "key.policy"]),
      delivered, toBucket, from: fromBucket)
    let grouped = status?.latestCloudWatchLogsDeliveryTime.flatMap { Timestamp($0) }
    let groupError = status?.latestCloudWatchLogsDeliveryError.map {
      PlainLine.make($0.masked, limit: 80)
    }
    let toGroup = proof(grouped, "LatestCloudWatchLogsDeliveryTime", groupError)
    // The alert path's probe looks at these two.
    join(.role, trail.logRoleARN, "writes as", .unseen, grouped, toGroup)
    join(.group, groupARN, "sends to", .unseen, grouped, toGroup)
    return Pipeline(nodes: nodes, edges: edges)
  }

  /// Without the `:*` for its streams.
  private var groupARN: String? {
    trail.logGroupARN.map { $0.hasSuffix(":*") ? String($0.dropLast(2)) : $0 }
  }

  private var trailState: PipelineNode.State {
    switch status {
    case .success(let status?): status.isLogging ? .works : .broken("logging is off")
    case .success(nil): .broken("no such trail")
    case .failure(let why): .unknown(why.detail)
    }
  }

  private func proof(_ time: Timestamp?, _ field: String, _ error: String?) -> String {
    if let error { return "\(field), and now \(error)" }
    return time == nil ? "nothing was delivered yet" : field
  }

  /// Broken by a check that fails, unknown by one that could not be looked at.
  private func state(_ checks: [PostureCheck], _ rules: [String]) -> PipelineNode.State {
    let ours = checks.filter { rules.contains($0.rule) }
    if let failing = ours.first(where: { $0.verdict == .fails }) { return .broken(failing.seen) }
    if let unknown = ours.first(where: { if case .unknown = $0.verdict { true } else { false } }) {
      return .unknown(unknown.seen)
    }
    return ours.contains { $0.verdict == .holds } ? .works : .unseen
  }

  /// The last part of an ARN: a group's name, a role's, a key's id.
  private static func label(_ name: String, _ kind: PipelineNode.Kind) -> String {
    guard name.hasPrefix("arn:") else { return name }
    let rest = name.split(separator: ":", maxSplits: 5).last.map(String.init) ?? name
    switch kind {
    case .group:
      return rest.hasPrefix("log-group:") ? String(rest.dropFirst(10)) : rest
    default: return rest.split(separator: "/").last.map(String.init) ?? rest
    }
  }
}
