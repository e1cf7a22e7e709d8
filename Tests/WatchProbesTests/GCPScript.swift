import CloudAPI
import Foundation
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Google Cloud as a test says it is: answers by the path's end, entries by the place asked of and what
/// the filter holds; anything else is an empty list.
final class GCPScript: Sendable {
  struct Asked: Sendable {
    var path: String
    var query: String
    var body: JSONValue?

    var place: String { body?["resourceNames"]?.array?.first?.string ?? "" }
    var filter: String { body?["filter"]?.string ?? "" }
    var page: String? { body?["pageToken"]?.string }
  }

  typealias Answer = @Sendable (Asked) -> HTTPResponse

  private let answers = Mutex<[String: Answer]>([:])
  private let asked = Mutex<[Asked]>([])
  private let permissions = Mutex<Set<GCPPermission>>([])

  /// By a path's end (`projects/acme-1/sinks`); `entries PLACE LOG` for a log's entries.
  func set(_ name: String, _ answer: @escaping Answer) { answers.withLock { $0[name] = answer } }
  func set(_ name: String, _ body: String) { set(name) { _ in .json(body) } }

  func entries(_ place: String, _ entries: [String], of log: String = "activity") {
    set("entries \(place) \(log)", #"{"entries":[\#(entries.joined(separator: ","))]}"#)
  }

  func refuse(_ name: String, _ status: Int = 403, _ word: String = "PERMISSION_DENIED") {
    set(name) { _ in
      HTTPResponse(
        status: status,
        body: Array(#"{"error":{"code":\#(status),"message":"no","status":"\#(word)"}}"#.utf8))
    }
  }

  var requests: [Asked] { asked.withLock { $0 } }
  var called: Set<String> { Set(permissions.withLock { $0 }.map(\.rawValue)) }

  var client: GCPClient {
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    return GCPClient(
      access: GCPAccess(source: .file("/watch.json")), http: http, clock: clock, files: Self.files
    ) { permission, _, _ in
      _ = self.permissions.withLock { $0.insert(permission) }
    }
  }

  private static let files = CredentialFiles { (path) throws(CredentialFiles.Problem) in
    guard path == "/watch.json" else { throw .missing }
    return Array(
      #"{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r"}"#.utf8)
  }

  private var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in
      guard let url = URLComponents(string: request.url) else { throw .badURL(request.url) }
      if url.host == "oauth2.googleapis.com" {
        return .json(#"{"access_token":"t","expires_in":3599,"token_type":"Bearer"}"#)
      }
      let call = Asked(
        path: url.path, query: url.query ?? "", body: try? JSONReader.read(request.body))
      self.asked.withLock { $0.append(call) }
      return self.answer(call)?(call) ?? .json("{}")
    }
  }

  private func answer(_ call: Asked) -> Answer? {
    answers.withLock { answers in
      let fitting = answers.keys.filter { key in
        guard key.hasPrefix("entries ") else { return call.path.hasSuffix("/\(key)") }
        let words = key.split(separator: " ").map(String.init)
        return call.path.hasSuffix("entries:list") && call.place == words[1]
          && call.filter.contains(words[2])
      }
      return fitting.max { $0.utf8.count < $1.utf8.count }.flatMap { answers[$0] }
    }
  }

  static func account(_ units: [String] = ["projects/acme-1"]) -> CloudAccount {
    CloudAccount(
      cloud: .gcp, name: "analytics", gcp: GCPAccount(units: units.map { CloudUnit(id: $0) }))
  }

  static func plan(
    logs: [String] = ["activity"], sinks: [String] = [], metric: String? = nil,
    echo: String? = nil
  ) -> SourcePlan {
    SourcePlan(
      id: SourceID(cloud: .gcp, account: "analytics", name: "audit"),
      gcp: GCPSource(logs: logs, sinks: sinks, metric: metric, echoMetric: echo))
  }

  func probe(
    _ prefix: String, _ plan: SourcePlan = GCPScript.plan(),
    units: [String] = ["projects/acme-1"]
  ) throws -> Probe {
    try #require(
      GCPProbes.make(
        account: Self.account(units), sources: [plan], client: client, clock: .still
      ).named(prefix))
  }

  func look(
    _ prefix: String, _ plan: SourcePlan = GCPScript.plan(),
    units: [String] = ["projects/acme-1"]
  ) async throws -> [String: Look.Result] {
    try await probe(prefix, plan, units: units).look(three).results
  }
}

/// An audit entry, as entries.list gives it; `more` are further members of its protoPayload.
func gcpEntry(
  _ method: String, at second: Int, project: String = "acme-1", log: String = "activity",
  service: String = "logging.googleapis.com", resource: String = "",
  by principal: String = "dev@example.org", id: String? = nil, received: Int? = nil,
  more: String = ""
) -> String {
  #"{"insertId":"\#(id ?? "\(method)\(second)")","#
    + #""logName":"projects/\#(project)/logs/cloudaudit.googleapis.com%2F\#(log)","#
    + #""timestamp":"\#((three + .seconds(second)).iso)","#
    + #""receiveTimestamp":"\#((three + .seconds(received ?? second + 1)).iso)","severity":"NOTICE","#
    + #""resource":{"type":"audited_resource","labels":{"project_id":"\#(project)"}},"protoPayload":{"#
    + #""@type":"type.googleapis.com/google.cloud.audit.AuditLog","serviceName":"\#(service)","#
    + #""methodName":"\#(method)","resourceName":"\#(resource)","#
    + #""authenticationInfo":{"principalEmail":"\#(principal)"},"#
    + #""requestMetadata":{"callerIp":"198.51.100.7","callerSuppliedUserAgent":"gcloud"}\#(more)}}"#
}

func gcpSink(
  _ name: String = "to-siem", filter: String = #"logName:\"cloudaudit.googleapis.com\""#,
  destination: String = "pubsub.googleapis.com/projects/acme-1/topics/t", more: String = ""
) -> String {
  #"{"name":"\#(name)","destination":"\#(destination)","filter":"\#(filter)","#
    + #""writerIdentity":"serviceAccount:w@gcp-sa-logging.iam.gserviceaccount.com"\#(more)}"#
}
