import CloudAPI
import WatchCore

/// What Cloud Logging itself says that sinks could not hand on: `sink_error` entries (once a day at most
/// for each kind), and for a project's own sinks the exports metric, which comes seven minutes late.
/// Such an error stands until that metric shows that the sink has handed something on since; where
/// nothing is counted, for as long as no further entry need come.
struct GCPSinkErrors: Sendable {
  let setup: GCPSetup
  let unit: CloudUnit
  let parent: GCPParent

  static let log = "logging.googleapis.com/sink_error"
  /// An entry comes once a day at most.
  static let window: Duration = .hours(25)
  /// What failed in it fails now, whatever came through beside it.
  private static let recent: Duration = .minutes(20)
  /// A count's minute.
  private static let minute: Duration = .minutes(1)

  private struct Failure {
    var at: Timestamp
    var words: String
  }

  /// By the sink's name, what is wrong in one line.
  func read(_ now: Timestamp) async -> Reading<[String: String]> {
    do throws(Blindness) {
      var failures = try await told(now)
      guard case .project(let project) = parent else {
        return .success(failures.mapValues(\.words))
      }
      let counted = try await counted(project, now)
      let exports = try await setup.exports(of: unit, at: now)
      failures = failures.filter { sink, failure in
        exports.newest[sink].map { $0 < failure.at + Self.minute } ?? true
      }
      for (sink, failure) in counted where failures[sink] == nil {
        let isRecent = now - failure.at <= Self.recent
        if isRecent || exports.newest[sink].map({ $0 <= failure.at }) ?? true {
          failures[sink] = failure
        }
      }
      return .success(failures.mapValues(\.words))
    } catch {
      return .failure(error)
    }
  }

  private func told(_ now: Timestamp) async throws(Blindness) -> [String: Failure] {
    let (client, parent) = (setup.client, parent)
    let query = LogQuery(logIDs: [Self.log], since: (now - Self.window).foundationDate)
    let found = try await blindly { () async throws(CloudError) in
      try await client.entries(in: .parent(parent), query, most: 50)
    }
    var errors: [String: Failure] = [:]
    for entry in found.entries {
      guard let sink = entry.labels["sink_id"] ?? entry.resourceLabels["name"] else { continue }
      // Sinks are named by their whole names too.
      let name = sink.split(separator: "/").last.map(String.init) ?? sink
      let at = (entry.timestamp ?? entry.receiveTimestamp).flatMap { Timestamp($0) } ?? now
      if errors[name].map({ at > $0.at }) ?? true {
        errors[name] = Failure(at: at, words: Self.words(entry))
      }
    }
    return errors
  }

  private func counted(
    _ project: String, _ now: Timestamp
  ) async throws(Blindness) -> [String: Failure] {
    let client = setup.client
    let series = try await blindly { () async throws(CloudError) in
      try await client.sinkErrors(
        project: project, from: (now - Self.window).foundationDate, to: now.foundationDate)
    }
    var errors: [String: Failure] = [:]
    for one in series {
      guard let sink = one.resourceLabels["name"] else { continue }
      let failing = one.points.compactMap { point in
        point.value.flatMap { $0 > 0 ? Timestamp(point.end) : nil }
      }
      guard let last = failing.max() else { continue }
      let count = one.points.reduce(0) { sum, point in
        let isRecent = Timestamp(point.end).map { now - $0 <= Self.recent } ?? false
        return sum + (isRecent ? max(point.value ?? 0, 0) : 0)
      }
      let words =
        count > 0
        ? "\(Int(min(count, 1e15))) entries could not be handed on in 20 minutes"
        : "entries could not be handed on at \(last.clock(at: now)), and none was since"
      if errors[sink].map({ last > $0.at }) ?? true {
        errors[sink] = Failure(at: last, words: words)
      }
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
