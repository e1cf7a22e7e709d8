import CloudAPI
import Foundation
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Google Cloud as a test says it is: answers by method and the end of the path (`/acme-1/sinks`),
/// entries by what they are asked of (`entries projects/acme-1 `); anything else is not found.
final class CannedGCP: Sendable {
  typealias Answer = @Sendable (GCPAsked) -> HTTPResponse

  private let answers = Mutex<[String: Answer]>([:])
  private let asked = Mutex<[GCPAsked]>([])

  /// Of several that fit, the longest counts.
  func set(_ name: String, _ answer: @escaping Answer) {
    answers.withLock { $0[name] = answer }
  }

  func set(_ name: String, _ body: String) { set(name) { _ in .json(body) } }

  func refuse(_ name: String, _ status: Int = 403, _ code: String = "PERMISSION_DENIED") {
    set(name) { _ in
      HTTPResponse(
        status: status,
        body: Array(
          #"{"error":{"code":\#(status),"message":"no","status":"\#(code)"}}"#.utf8))
    }
  }

  var requests: [GCPAsked] { asked.withLock { $0 } }

  func count(_ end: String) -> Int { requests.count { $0.fits(end) } }

  private func answer(_ call: GCPAsked) -> HTTPResponse {
    let known = answers.withLock { $0 }
    guard
      let best = known.keys.filter(call.fits).max(by: {
        ($0.utf8.count, $0) < ($1.utf8.count, $1)
      }), let answer = known[best]
    else {
      return HTTPResponse(
        status: 404,
        body: Array(#"{"error":{"code":404,"message":"none","status":"NOT_FOUND"}}"#.utf8))
    }
    return answer(call)
  }

  var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in
      if request.url == "https://oauth2.googleapis.com/token" {
        return .json(#"{"access_token":"t","expires_in":3599,"token_type":"Bearer"}"#)
      }
      guard let call = GCPAsked(request) else { throw .badURL(request.url) }
      self.asked.withLock { $0.append(call) }
      return self.answer(call)
    }
  }

  private static let user = #"""
    {"type":"authorized_user","client_id":"id-1","client_secret":"s","refresh_token":"r"}
    """#

  func client(onCall: @escaping GCPClient.OnCall = { _, _, _ in }) -> GCPClient {
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    return GCPClient(
      access: GCPAccess(source: .file("/user.json")), http: http, clock: clock,
      files: CredentialFiles { (_) throws(CredentialFiles.Problem) in Array(Self.user.utf8) },
      onCall: onCall)
  }

  func setup(
    _ sources: [SourcePlan] = [.auditLogs], account: CloudAccount = .acme,
    onCall: @escaping GCPClient.OnCall = { _, _, _ in }
  ) -> GCPSetup {
    GCPSetup(GCPFacts(account: account, sources: sources, client: client(onCall: onCall)))
  }
}

/// A request as the tests look at it.
struct GCPAsked: Sendable {
  /// `GET /v2/projects/acme-1/sinks`, for inherited ones with ` inherited` behind it.
  var key: String
  /// `entries projects/acme-1 log_id("…") AND …` where entries are asked for.
  var entries: String?
  var parameters: [String: String] = [:]
  var body: JSONValue?

  init?(_ request: HTTPRequest) {
    guard let parts = URLParts(request.url) else { return nil }
    let path = parts.path.removingPercentEncoding ?? parts.path
    body = try? JSONReader.read(request.body)
    for pair in (parts.query ?? "").split(separator: "&") {
      let both = pair.split(separator: "=", maxSplits: 1).map(String.init)
      let name = both[0].removingPercentEncoding ?? both[0]
      parameters[name] = both.count > 1 ? both[1].removingPercentEncoding : ""
    }
    let isInherited = parameters["filter"] == #"in_scope("ALL")"#
    key = "\(request.method) \(path)\(isInherited ? " inherited" : "")"
    if path.hasSuffix("/entries:list") {
      let place = body?["resourceNames"]?.array?.first?.string ?? ""
      entries = "entries \(place) \(body?["filter"]?.string ?? "")"
    }
  }

  func fits(_ name: String) -> Bool { key.hasSuffix(name) || entries?.hasPrefix(name) == true }
}

extension CloudAccount {
  static let acme = CloudAccount(
    cloud: .gcp, name: "acme",
    gcp: GCPAccount(units: [
      CloudUnit(id: "projects/acme-1", label: "one"),
      CloudUnit(id: "projects/acme-2", label: "two"),
    ]))
}

extension SourcePlan {
  static let auditLogs = gcp(GCPSource())

  static func gcp(_ gcp: GCPSource, name: String = "audit-logs") -> SourcePlan {
    SourcePlan(id: SourceID(cloud: .gcp, account: "acme", name: name), gcp: gcp)
  }
}

/// A list as Google's APIs give it.
func gcpList(_ name: String, _ items: String...) -> String {
  #"{"\#(name)":[\#(items.joined(separator: ","))]}"#
}

/// A sink as it is listed.
func acmeSink(
  _ name: String = "archive", to destination: String = "storage.googleapis.com/acme-audit",
  filter: String = #"logName:"cloudaudit.googleapis.com""#, of parent: String = "projects/acme-1",
  more: String = ""
) -> String {
  #"{"name":"\#(name)","resourceName":"\#(parent)/sinks/\#(name)","destination":"#
    + #""\#(destination)","filter":\#(JSONValue.string(filter).text)\#(more)}"#
}

/// An audit entry, so many seconds from three.
func acmeEntry(
  _ method: String, at seconds: Int, by principal: String = "dev@example.org",
  resource: String = "projects/acme-1/sinks/archive", log: String = "activity",
  project: String = "acme-1", id: String? = nil, more: String = ""
) -> String {
  let time = (three + .seconds(seconds)).iso
  return """
    {"insertId":"\(id ?? "i\(-seconds)")","logName":"projects/\(project)/logs/\
    cloudaudit.googleapis.com%2F\(log)","timestamp":"\(time)","receiveTimestamp":"\(time)",\
    "severity":"NOTICE","resource":{"type":"logging_sink","labels":{"project_id":"\(project)"}},\
    "protoPayload":{"@type":"type.googleapis.com/google.cloud.audit.AuditLog",\
    "serviceName":"logging.googleapis.com","methodName":"\(method)","resourceName":"\(resource)",\
    "authenticationInfo":{"principalEmail":"\(principal)"},\
    "requestMetadata":{"callerIp":"198.51.100.7"},"status":{}\(more)}}
    """
}

/// The permissions that calls needed.
final class UsedPermissions: Sendable {
  private let used = Mutex<Set<GCPPermission>>([])

  var all: Set<GCPPermission> { used.withLock { $0 } }

  func add(_ permission: GCPPermission) { used.withLock { _ = $0.insert(permission) } }
}

extension CannedGCP {
  func probes(
    _ sources: [SourcePlan] = [.auditLogs], account: CloudAccount = .acme,
    onCall: @escaping GCPClient.OnCall = { _, _, _ in }
  ) -> [Probe] {
    GCPProbes.make(
      account: account, sources: sources, client: client(onCall: onCall), clock: .still)
  }
}
