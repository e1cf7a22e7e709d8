import CloudAPI
import Foundation
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Azure as a test says it is: answers by method and the end of the path (`GET …/diagnosticSettings`),
/// queries by what their text begins with; anything else is not found.
final class CannedAzure: Sendable {
  typealias Answer = @Sendable (AzureAsked) -> HTTPResponse

  private let answers: Mutex<[String: Answer]>
  private let asked = Mutex<[AzureAsked]>([])

  init(_ answers: [String: Answer] = [:]) {
    self.answers = Mutex(
      Dictionary(
        answers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { first, _ in first }))
  }

  /// By the end of a path, in any case; of several that fit, the longest counts. `query NAME` for log
  /// queries that begin with the name.
  func set(_ name: String, _ answer: @escaping Answer) {
    answers.withLock { $0[name.lowercased()] = answer }
  }

  func set(_ name: String, _ body: String) { set(name) { _ in .json(body) } }

  func refuse(_ name: String, _ status: Int = 403, _ code: String = "AuthorizationFailed") {
    set(name) { _ in .azureRefusal(code, status) }
  }

  var requests: [AzureAsked] { asked.withLock { $0 } }

  func count(_ end: String) -> Int { requests.count { $0.key.hasSuffix(end.lowercased()) } }

  private func answer(_ call: AzureAsked) -> HTTPResponse {
    let known = answers.withLock { $0 }
    let fitting = known.keys.filter { call.key.hasSuffix($0) || call.query?.hasPrefix($0) == true }
    guard let best = fitting.max(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }),
      let answer = known[best]
    else { return .azureRefusal("ResourceNotFound", 404) }
    return answer(call)
  }

  var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in
      if request.url.contains("/oauth2/v2.0/token") { return .json(Self.token) }
      guard let call = AzureAsked(request) else { throw .badURL(request.url) }
      self.asked.withLock { $0.append(call) }
      return self.answer(call)
    }
  }

  /// Names the watch's own principal.
  private static let token: String = {
    let claims = Data(#"{"oid":"0b0b-own-object","appid":"a99-own-app","tid":"t"}"#.utf8)
      .base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
    return #"{"token_type":"Bearer","expires_in":3599,"access_token":"e30.\#(claims).c2ln"}"#
  }()

  func client(onCall: @escaping AzureClient.OnCall = { _, _, _ in }) -> AzureClient {
    let access = AzureAccess(environment: [
      "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_CLIENT_SECRET": "very~secret",
    ])
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    return AzureClient(
      access: access, http: http, clock: clock, files: .none, onCall: onCall)
  }

  func probes(
    _ sources: [SourcePlan] = [.activityLog], account: CloudAccount = .azureDev,
    onCall: @escaping AzureClient.OnCall = { _, _, _ in }
  ) -> [Probe] {
    AzureProbes.make(
      account: account, sources: sources, client: client(onCall: onCall), clock: .still)
  }

  /// What a probe sees, by the first words of its id.
  func look(
    _ name: String, _ sources: [SourcePlan] = [.activityLog], at time: Timestamp = three
  ) async throws -> [String: Look.Result] {
    let probe = try #require(probes(sources).named(name))
    return await probe.look(time).results
  }
}

/// A request as the tests look at it.
struct AzureAsked: Sendable {
  /// `get /subscriptions/…`, in small letters.
  var key: String
  /// `query AzureActivity | …`, in small letters, where it is a log query.
  var query: String?
  var url: String
  /// Decoded.
  var parameters: [String: String] = [:]
  var body: String

  init?(_ request: HTTPRequest) {
    guard let parts = URLParts(request.url) else { return nil }
    let path = parts.path.removingPercentEncoding ?? parts.path
    key = "\(request.method) \(path)".lowercased()
    url = request.url
    body = String(decoding: request.body, as: UTF8.self)
    for pair in (parts.query ?? "").split(separator: "&") {
      let both = pair.split(separator: "=", maxSplits: 1).map(String.init)
      let name = both[0].removingPercentEncoding ?? both[0]
      parameters[name] = both.count > 1 ? both[1].removingPercentEncoding : ""
    }
    if key.hasSuffix("/query"), let text = (try? JSONReader.read(request.body))?["query"]?.string {
      query = "query \(text)".lowercased()
    }
  }
}

extension HTTPResponse {
  static func azureRefusal(_ code: String, _ status: Int, _ message: String = "no") -> HTTPResponse
  {
    HTTPResponse(
      status: status,
      body: Array(#"{"error":{"code":"\#(code)","message":"\#(message)"}}"#.utf8))
  }

  /// A list of Resource Manager's.
  static func azureList(_ items: String...) -> HTTPResponse {
    .json(#"{"value":[\#(items.joined(separator: ","))]}"#)
  }

  static let noTable = noTable("AzureActivity")

  /// What Azure says of a table that is not there, and of one that may not be read.
  static func noTable(_ name: String) -> HTTPResponse {
    HTTPResponse(
      status: 400, body: Array(semanticError.replacing("AzureActivity", with: name).utf8))
  }

  private static let semanticError =
    (#"{"error":{"message":"The request had some invalid properties","code":"BadArgumentError","#
      + #""innererror":{"code":"SemanticError","message":"A semantic error occurred.","#
      + #""innererror":{"code":"SEM0100","message":"'where' operator: Failed to resolve table or "#
      + #"column expression named 'AzureActivity'"}}}}"#)
}

/// Two subscriptions of one tenant.
enum AzureNames {
  static let dev = "0f0f0f0f-0000-0000-0000-000000000001"
  static let test = "1e1e1e1e-0000-0000-0000-000000000002"
  static let workspace =
    "/subscriptions/\(dev)/resourceGroups/sec/providers/Microsoft.OperationalInsights/workspaces/central"
  static let archive =
    "/subscriptions/\(dev)/resourceGroups/sec/providers/Microsoft.Storage/storageAccounts/acmeaudit"
  static let vault =
    "/subscriptions/\(dev)/resourceGroups/app/providers/Microsoft.KeyVault/vaults/vault-dev"
  static let customer = "7e7e7e7e-1111-2222-3333-444444444444"

  static func setting(_ subscription: String = dev, _ name: String = "export") -> String {
    "/subscriptions/\(subscription)/providers/microsoft.insights/diagnosticsettings/\(name)"
  }
}

extension CloudAccount {
  static let azureDev = CloudAccount(
    cloud: .azure, name: "dev",
    azure: AzureAccount(
      tenant: "t",
      subscriptions: [
        CloudUnit(id: AzureNames.dev, label: "dev"), CloudUnit(id: AzureNames.test, label: "test"),
      ]))
}

extension SourcePlan {
  static let activityLog = azure(AzureSource(workspace: AzureNames.workspace))

  static func azure(_ azure: AzureSource, name: String = "activity-log") -> SourcePlan {
    SourcePlan(id: SourceID(cloud: .azure, account: "dev", name: name), azure: azure)
  }
}

extension Look.Result {
  var settings: SettingsSighting? {
    if case .saw(.settings(let value)) = self { value } else { nil }
  }
}

/// The workspace as Resource Manager tells of it.
func azureWorkspace(_ more: String = "", retention: Int = 365) -> String {
  """
  {"id":"\(AzureNames.workspace)","name":"central","location":"westeurope","properties":{
  "customerId":"\(AzureNames.customer)","provisioningState":"Succeeded",
  "retentionInDays":\(retention)\(more)}}
  """
}

/// A query's answer: columns `name:type`, rows as JSON.
func azureRows(_ columns: String, _ rows: String...) -> String {
  let named = columns.split(separator: " ").map { column in
    let parts = column.split(separator: ":")
    return #"{"name":"\#(parts[0])","type":"\#(parts[1])"}"#
  }
  return #"{"tables":[{"name":"PrimaryResult","columns":[\#(named.joined(separator: ","))],"#
    + #""rows":[\#(rows.joined(separator: ","))]}]}"#
}
