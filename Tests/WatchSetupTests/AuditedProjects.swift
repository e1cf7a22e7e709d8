import CloudAPI
import Foundation
import Synchronization
import Transfer
import WatchCore

/// Projects of Google Cloud whose every part answers. What was asked is kept.
final class AuditedProjects: Sendable {
  enum Mood: CaseIterable, Sendable {
    case answers
    /// 403 to everything but signing in.
    case denies
    /// As if nothing were there.
    case isEmpty
  }

  struct Request: Hashable, Sendable {
    var method: String
    var host: String
    var path: String
  }

  static let now = Timestamp(seconds: 1_795_143_600)
  static let account = CloudAccount(
    cloud: .gcp, name: "analytics", queue: "projects/acme-1/subscriptions/audit-events",
    gcp: GCPAccount(units: [
      CloudUnit(id: "projects/acme-1"), CloudUnit(id: "projects/acme-2"),
      CloudUnit(id: "folders/9"),
    ]))
  static let sources = [
    SourcePlan(
      id: SourceID(cloud: .gcp, account: "analytics", name: "audit"),
      gcp: GCPSource(
        logs: ["activity", "data_access"], sinks: ["acme-1/to-siem"], metric: "audit",
        echoMetric: "acme-1/watchkeeper-echo"), echo: .home)
  ]

  let mood: Mood
  private let made = Mutex<[GCPPermission]>([])
  private let sent = Mutex<[Request]>([])

  init(_ mood: Mood = .answers) {
    self.mood = mood
  }

  var permissions: Set<GCPPermission> { Set(made.withLock { $0 }) }
  /// All but signing in.
  var requests: Set<Request> { Set(sent.withLock { $0 }) }

  var client: GCPClient {
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    return GCPClient(
      access: GCPAccess(source: .file("/watch.json")), http: http, clock: clock,
      files: Self.files
    ) { permission, _, _ in
      self.made.withLock { $0.append(permission) }
    }
  }

  private static let files = CredentialFiles { (path) throws(CredentialFiles.Problem) in
    guard path == "/watch.json" else { throw .missing }
    return Array(
      """
      {"type":"authorized_user","client_id":"c","client_secret":"made-up","refresh_token":"made-up",
       "project_id":"acme-1"}
      """.utf8)
  }

  private var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in self.answer(request) }
  }

  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard let url = URLComponents(string: request.url), let host = url.host else {
      return HTTPResponse(status: 400)
    }
    if host == "oauth2.googleapis.com" {
      return Self.json(#"{"access_token":"made-up","expires_in":3599,"token_type":"Bearer"}"#)
    }
    sent.withLock {
      $0.append(Request(method: request.method, host: host, path: url.path))
    }
    if mood == .denies {
      return Self.json(
        #"{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}}"#, status: 403)
    }
    if mood == .isEmpty { return Self.json("{}") }
    let body = String(decoding: request.body, as: UTF8.self)
    return Self.json(Self.body(url.path, body))
  }

  private static func json(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [HTTPHeader("Content-Type", "application/json")],
      body: Array(text.utf8))
  }

  private static func body(_ path: String, _ asked: String) -> String {
    let parent = path.contains("acme-2") ? "projects/acme-2" : "projects/acme-1"
    switch path.split(separator: "/").last.map(String.init) ?? "" {
    case "projects:search", "projects":
      return """
        {"projects":[{"projectId":"acme-1","name":"projects/1","displayName":"Analytics",\
        "state":"ACTIVE","parent":"folders/9"},{"projectId":"acme-2","name":"projects/2",\
        "state":"ACTIVE","parent":"folders/9"}]}
        """
    case "acme-1", "acme-2":
      return #"{"projectId":"\#(parent.dropFirst(9))","name":"projects/1","state":"ACTIVE"}"#
    case "folders": return "{}"
    case "9":
      return #"{"name":"folders/9","displayName":"d","parent":"organizations/7","state":"ACTIVE"}"#
    case "entries:list": return entries(asked)
    case "sinks":
      return parent == "projects/acme-1" ? #"{"sinks":[\#(sink)]}"# : "{}"
    case "to-siem": return sink
    case "exclusions": return #"{"exclusions":[{"name":"noise","filter":"severity<INFO"}]}"#
    case "settings": return #"{"name":"\#(parent)/settings"}"#
    case "buckets":
      return """
        {"buckets":[{"name":"\(parent)/locations/global/buckets/_Required","retentionDays":400,\
        "locked":true,"lifecycleState":"ACTIVE"}]}
        """
    case "metrics": return #"{"metrics":[\#(metric)]}"#
    case "audit", "watchkeeper-echo": return metric
    case "timeSeries": return "{}"
    case "alertPolicies":
      return """
        {"alertPolicies":[{"name":"\(parent)/alertPolicies/1","displayName":"silence","enabled":true,\
        "combiner":"OR","conditions":[{"name":"c","conditionAbsent":{"filter":"metric.type=\
        \\"logging.googleapis.com/user/audit\\"","duration":"3600s"}}],\
        "notificationChannels":["\(parent)/notificationChannels/2"]}]}
        """
    case "notificationChannels":
      return """
        {"notificationChannels":[{"name":"\(parent)/notificationChannels/2","type":"email",\
        "enabled":true,"verificationStatus":"VERIFIED"}]}
        """
    case "audit-topic": return #"{"name":"projects/acme-1/topics/audit-topic"}"#
    case "audit-events":
      return """
        {"name":"projects/acme-1/subscriptions/audit-events",\
        "topic":"projects/acme-1/topics/audit-topic","state":"ACTIVE"}
        """
    case "audit-events:pull":
      return #"{"receivedMessages":[{"ackId":"a","message":{"data":"e30=","messageId":"1"}}]}"#
    case let tail where tail.hasSuffix(":getIamPolicy"):
      return """
        {"version":1,"etag":"x","auditConfigs":[{"service":"allServices","auditLogConfigs":[{\
        "logType":"DATA_READ"}]}]}
        """
    default: return "{}"
    }
  }

  /// Three of one day in acme-2; every ten minutes in acme-1, more than anybody reads.
  private static func entries(_ asked: String) -> String {
    let isSlow = asked.contains("projects/acme-2")
    let times =
      isSlow
      ? ["2026-11-20T02:00:00Z", "2026-11-19T16:00:00.5Z", "2026-11-19T15:00:00+00:00"]
      : (0..<1_100).map { (now - .minutes($0 * 10)).iso }
    let project = isSlow ? "acme-2" : "acme-1"
    let found = times.map { time in
      """
      {"logName":"projects/\(project)/logs/cloudaudit.googleapis.com%2Factivity",\
      "timestamp":"\(time)","receiveTimestamp":"\(time)","insertId":"\(time)"}
      """
    }
    return #"{"entries":[\#(found.joined(separator: ","))]}"#
  }

  private static let sink = """
    {"name":"to-siem","resourceName":"projects/acme-1/sinks/to-siem",\
    "destination":"pubsub.googleapis.com/projects/acme-1/topics/audit-topic",\
    "filter":"logName:\\"cloudaudit.googleapis.com\\"","writerIdentity":"serviceAccount:w@x.y"}
    """
  private static let metric = """
    {"name":"audit","filter":"log_id(\\"cloudaudit.googleapis.com/activity\\")",\
    "metricDescriptor":{"metricKind":"DELTA","valueType":"INT64"}}
    """
}
