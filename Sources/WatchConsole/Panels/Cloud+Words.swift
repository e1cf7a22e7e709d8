import WatchCore

/// What is one thing in the console, and has a name of its own in each cloud.
extension Cloud {
  /// The record that the control plane keeps by itself, whatever anybody sets.
  var historyWord: String {
    switch self {
    case .aws: PipelineChange.history
    case .azure: "Activity Log"
    case .gcp: "audit log"
    }
  }

  /// Minutes until it holds what was done.
  var historyDelay: Int { self == .azure ? 20 : 15 }

  /// `Event history us-east-1` as the cloud's own people call it: the journal has one word for all.
  func witnessed(_ seen: String) -> String {
    guard self != .aws, seen.hasPrefix(PipelineChange.history) else { return seen }
    return historyWord + seen.dropFirst(PipelineChange.history.count)
  }
}

extension PathID {
  /// Not a region but the list of all: without it nobody can say that there is no other.
  var isList: Bool { kind == .region && region.hasPrefix("ALL-") }
}

extension PathStatus {
  /// Its state. That settings were looked at says of none that it is as it should be.
  var word: String { id.kind == .posture && state == .ok ? "looked" : state.label }

  /// `S3 eu-west-1`, `Activity Log acme-dev`, with the member account, resource or sink where there
  /// are several; then shorter, and last with what tells it from others in front (``PathNames``).
  var names: [String] {
    let label = id.kind == .history ? id.source.cloud.historyWord : id.kind.label
    if id.isList { return ["list of \(id.source.cloud.unitWord)"] }
    let short = id.kind == .history ? id.kind.label : label
    guard let member = id.member else {
      return ["\(label) \(id.region)", "\(short) \(id.region)", "\(id.region) \(short)"]
    }
    let own = member.allSatisfy(\.isNumber) ? [] : ["\(short) \(member)", member]
    return ["\(label) \(id.region) \(member)"] + own + ["\(id.region) \(member) \(short)"]
  }
}

extension String {
  /// An ARN's or ARM id's resource (`trail/use1`, `diagnosticsettings/to-siem`); else as it is.
  var shortARN: String {
    if hasPrefix("arn:") {
      let parts = split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
      return parts.count == 6 ? String(parts[5]) : self
    }
    let parts = split(separator: "/")
    guard hasPrefix("/subscriptions/"), parts.count >= 4 else { return self }
    return parts.suffix(2).joined(separator: "/")
  }

  /// The text with each ARN or ARM id cut to its resource: `y` shows it whole.
  var withoutARNs: String {
    split(separator: " ", omittingEmptySubsequences: false).map { word in
      let end = word.hasSuffix(",") || word.hasSuffix(":") || word.hasSuffix(";") ? 1 : 0
      return String(word.dropLast(end)).shortARN + word.suffix(end)
    }.joined(separator: " ")
  }
}
