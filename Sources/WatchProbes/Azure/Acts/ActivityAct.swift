import WatchCore

/// What somebody did: the events of one operation on one thing, told once and by how it ended.
struct ActivityAct: Sendable {
  /// The newest of those that tell how it ended; while none does, the newest.
  var record: ActivityRecord
  /// How it ended has not been told.
  var isUnderWay: Bool
  /// Begun so.
  var began: Timestamp

  /// How long an end is waited for before the beginning counts by itself.
  static let patience: Duration = .minutes(10)

  /// From the same events in any order always the same acts, newest first.
  static func all(_ records: [ActivityRecord]) -> [ActivityAct] {
    let acts = Dictionary(grouping: records, by: \.act).values.compactMap { parts -> ActivityAct? in
      guard var last = parts.max(by: { ($0.stage, $0.at, $0.id) < ($1.stage, $1.at, $1.id) }),
        let began = parts.map(\.at).min()
      else { return nil }
      // The end may leave out what the beginning says.
      last.caller = last.caller ?? parts.compactMap(\.caller).first
      last.from = last.from ?? parts.compactMap(\.from).first
      last.application = last.application ?? parts.compactMap(\.application).first
      for part in parts { last.properties.merge(part.properties) { end, _ in end } }
      return ActivityAct(record: last, isUnderWay: last.stage == .begun, began: began)
    }
    return acts.sorted { ($1.record.at, $1.record.act) < ($0.record.at, $0.record.act) }
  }

  /// The same from every witness that knows correlation id, operation and resource; an attempt that
  /// failed is another event than one that then succeeds.
  var event: String { record.stage == .failed ? "\(record.act):failed" : record.act }

  func cause(in region: String) -> Cause {
    Cause(
      actor: AzureActor.name(record.caller), action: record.operation.cut(160), region: region,
      at: record.at, from: record.from, agent: AzureActor.agent(record.application),
      identity: record.caller, event: event, subject: record.resource?.lowercased.cut(512),
      error: record.stage == .failed ? record.outcome ?? "failed" : nil)
  }
}

/// Who did it, as people say it.
enum AzureActor {
  /// A user's name as it is; an application by the first group of its object id.
  static func name(_ caller: String?) -> String {
    guard let caller, !caller.isEmpty else { return "unknown" }
    let groups = caller.split(separator: "-", omittingEmptySubsequences: false)
    return groups.count == 5 && groups[0].utf8.count == 8 ? "app \(groups[0])" : caller.cut(128)
  }

  /// The tool, where it is one of Microsoft's own whose application ids are published.
  static func agent(_ application: String?) -> String? {
    guard let application, !application.isEmpty else { return nil }
    switch application.lowercased() {
    case "04b07795-8ddb-461a-bbee-02f9e1bf7b46": return "Azure CLI"
    case "1950a258-227b-4e31-a9cf-717495945fc2": return "Azure PowerShell"
    case "c44b4083-3bb0-49c1-b47d-974e53cbdf3c": return "Azure portal"
    default: return "application \(application.cut(80))"
    }
  }
}
