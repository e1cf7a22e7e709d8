import CloudAPI
import WatchCore

/// What Cloud Logging itself says that sinks could not hand on: `sink_error` entries (once a day at most
/// for each kind), and for a project's own sinks the exports metric, which comes seven minutes late.
struct GCPSinkErrors: Sendable {
  let setup: GCPSetup
  let parent: GCPParent

  static let log = "logging.googleapis.com/sink_error"
  /// An error entry comes once a day at most: an older one says nothing of now.
  static let window: Duration = .hours(1)

  /// By the sink's name, what is wrong in one line.
  func read(_ now: Timestamp) async -> Reading<[String: String]> {
    do throws(Blindness) {
      let told = try await told(now)
      guard case .project(let project) = parent else { return .success(told) }
      return .success(told.merging(try await counted(project, now)) { entry, _ in entry })
    } catch {
      return .failure(error)
    }
  }

  private func told(_ now: Timestamp) async throws(Blindness) -> [String: String] {
    let (client, parent) = (setup.client, parent)
    let query = LogQuery(logIDs: [Self.log], since: (now - Self.window).foundationDate)
    let found = try await blindly { () async throws(CloudError) in
      try await client.entries(in: .parent(parent), query, most: 50)
    }
    var errors: [String: String] = [:]
    for entry in found.entries {
      guard let sink = entry.labels["sink_id"] ?? entry.resourceLabels["name"] else { continue }
      // Sinks are named by their whole names too.
      let name = sink.split(separator: "/").last.map(String.init) ?? sink
      if errors[name] == nil { errors[name] = Self.words(entry) }
    }
    return errors
  }

  private func counted(
    _ project: String, _ now: Timestamp
  ) async throws(Blindness) -> [String: String] {
    let client = setup.client
    let series = try await blindly { () async throws(CloudError) in
      try await client.sinkErrors(
        project: project, from: (now - .minutes(20)).foundationDate, to: now.foundationDate)
    }
    var errors: [String: String] = [:]
    for one in series where one.total > 0 {
      guard let sink = one.resourceLabels["name"] else { continue }
      let count = Int(min(one.total, 1e15))
      errors[sink] = "\(count) entries could not be handed on in 20 minutes"
    }
    return errors
  }

  private static func words(_ entry: LogEntry) -> String {
    let code = entry.labels["error_code"] ?? "export error"
    let place = entry.labels["destination"] ?? entry.resourceLabels["destination"] ?? ""
    let detail = entry.labels["error_detail"] ?? entry.textPayload ?? ""
    return PlainLine.make("\(code) \(place) \(detail)", limit: 200)
  }
}
