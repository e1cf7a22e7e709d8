import CloudAPI
import Foundation
import Synchronization
import Transfer
import WatchCore

/// A tenant of Azure whose every part answers: two subscriptions, one of which exports nothing, a
/// workspace, an archive, a vault, an alert path, a queue. What was asked is kept.
final class AuditedTenant: Sendable {
  enum Mood: CaseIterable, Sendable {
    case answers
    /// 403 to everything but signing in.
    case denies
    /// As if nothing were there.
    case isEmpty
  }

  /// One request: what a role decides by.
  struct Request: Hashable, Sendable {
    var method: String
    var host: String
    var path: String
  }

  static let dev = "0f0f1111-2222-4333-8444-555566667777"
  static let test = "0f0f2222-2222-4333-8444-555566667777"
  static let group = "/subscriptions/\(dev)/resourceGroups/sec"
  static let workspace = "\(group)/providers/Microsoft.OperationalInsights/workspaces/central"
  static let archive = "\(group)/providers/Microsoft.Storage/storageAccounts/acmelogs"
  static let vault = "\(group)/providers/Microsoft.KeyVault/vaults/acme-dev"
  static let actions = "\(group)/providers/microsoft.insights/actionGroups/sec"
  static let customer = "0aaa1111-2222-4333-8444-555566667777"
  static let now = Timestamp(seconds: 1_795_143_600)

  static let account = CloudAccount(
    cloud: .azure, name: "dev", queue: "https://acmelogs.queue.core.windows.net/audit-events",
    azure: AzureAccount(
      tenant: "0bbb1111-2222-4333-8444-555566667777",
      subscriptions: [CloudUnit(id: dev, label: "dev"), CloudUnit(id: test, label: "test")]))
  static let sources = [
    SourcePlan(
      id: SourceID(cloud: .azure, account: "dev", name: "activity-log"),
      azure: AzureSource(
        workspace: workspace, archive: archive,
        resources: [AzureSource.Resource(id: vault, table: "AZKVAuditLogs")],
        echoGroup: "dev/watchkeeper-echo"), echo: .home)
  ]

  let mood: Mood
  private let made = Mutex<[String]>([])
  private let sent = Mutex<[Request]>([])

  init(_ mood: Mood = .answers) {
    self.mood = mood
  }

  /// Actions that were told of, each once.
  var actions: Set<String> { Set(made.withLock { $0 }.map { $0.lowercased() }) }
  /// All but signing in.
  var requests: Set<Request> { Set(sent.withLock { $0 }) }

  var client: AzureClient {
    let access = AzureAccess(
      tenantID: Self.account.azure?.tenant, source: .environment,
      environment: ["AZURE_CLIENT_ID": Self.customer, "AZURE_CLIENT_SECRET": "made-up"])
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    return AzureClient(access: access, http: http, clock: clock, files: .none) { action, _, _ in
      self.made.withLock { $0.append(action) }
    }
  }

  private var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in self.answer(request) }
  }

  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard let url = URLComponents(string: request.url), let host = url.host else {
      return HTTPResponse(status: 400)
    }
    if host == "login.microsoftonline.com" { return Self.json(Self.token) }
    sent.withLock {
      $0.append(Request(method: request.method, host: host, path: url.path.lowercased()))
    }
    let isStorage = host.hasSuffix(".core.windows.net")
    if mood == .denies {
      return isStorage
        ? Self.xml("<Error><Code>AuthorizationPermissionMismatch</Code></Error>", status: 403)
        : Self.json(#"{"error":{"code":"AuthorizationFailed","message":"no"}}"#, status: 403)
    }
    if isStorage { return Self.xml(host.contains(".queue.") ? queue(request) : Self.blobs) }
    if host.hasPrefix("api.loganalytics") {
      return Self.json(Self.table(String(decoding: request.body, as: UTF8.self)))
    }
    return manager(url.path.lowercased(), request.method)
  }

  private func queue(_ request: HTTPRequest) -> String {
    request.method == "GET"
      ? """
      <QueueMessagesList><QueueMessage><MessageId>m1</MessageId><PopReceipt>r1</PopReceipt>\
      <MessageText>bm90aGluZw==</MessageText></QueueMessage></QueueMessagesList>
      """ : ""
  }

  private func manager(_ path: String, _ method: String) -> HTTPResponse {
    if mood == .isEmpty {
      return AuditedTenant.isList(path)
        ? Self.json(#"{"value":[]}"#)
        : Self.json(
          #"{"error":{"code":"ResourceNotFound","message":"The Resource '\#(path)' is not there"}}"#,
          status: 404)
    }
    if method != "GET" { return Self.json("{}") }
    return Self.json(Self.resource(path))
  }

  private static func json(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [HTTPHeader("Content-Type", "application/json")],
      body: Array(text.utf8))
  }

  private static func xml(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [HTTPHeader("Content-Type", "application/xml")],
      body: Array(text.utf8))
  }

  private static let token: String = {
    let claims =
      #"{"oid":"0ccc1111-2222-4333-8444-555566667777","tid":"\#(account.azure?.tenant ?? "")"}"#
    let body = Data(claims.utf8).base64EncodedString().filter { $0 != "=" }
    return #"{"token_type":"Bearer","expires_in":3599,"access_token":"e30.\#(body).c2ln"}"#
  }()

  private static let blobs = """
    <EnumerationResults><Blobs><Blob><Name>resourceId=/SUBSCRIPTIONS/x/y=2026/m=11/d=19/h=23/m=00/\
    PT1H.json</Name><Properties><Last-Modified>Thu, 19 Nov 2026 23:58:02 GMT</Last-Modified>\
    <Content-Length>4</Content-Length></Properties></Blob></Blobs><NextMarker /></EnumerationResults>
    """
}
