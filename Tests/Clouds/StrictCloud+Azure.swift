import CloudAPI
import Foundation
import Transfer

/// Azure's client as the program makes it, but for its endpoints, environment and retries.
extension StrictCloud {
  var dev: String { facts.subscriptions?["dev"] ?? "" }
  var test: String { facts.subscriptions?["test"] ?? "" }
  var customer: String { facts.customer ?? "" }

  /// Writes what each way to sign in needs into the folder.
  /// - Returns: Environments by way: `secret`, `certificate`, `federated`, `imds`, `appservice`.
  func azureCredentials(_ folder: ScratchFolder) async throws -> [String: [String: String]] {
    let body = try await control("POST", "credentials", "{\"folder\": \"\(folder.path)\"}")
    return try JSONDecoder().decode([String: [String: String]].self, from: Data(body))
  }

  /// - Parameter environment: nil for the client secret's.
  func azureClient(
    environment: [String: String]? = nil, source: AzureAccess.Source? = nil,
    callSeconds: Double = 120, clock: CallClock = .live,
    backoff: Backoff = CloudClient.hasty
  ) throws -> AzureClient {
    var overrides = AzureAccess.Overrides()
    overrides.authority = endpoint("login")
    overrides.resourceManager = endpoint("arm")
    overrides.logs = endpoint("loganalytics")
    overrides.blob = endpoint("blob")
    overrides.queue = endpoint("queue")
    overrides.metadata = endpoint("imds")
    let own = [
      "AZURE_TENANT_ID": facts.tenant ?? "", "AZURE_CLIENT_ID": facts.client ?? "",
      "AZURE_CLIENT_SECRET": facts.secret ?? "",
    ]
    let access = AzureAccess(
      source: source, overrides: overrides, environment: environment ?? own,
      callSeconds: callSeconds, backoff: backoff)
    return AzureClient(access: access, http: try CurlTransfer.client(), clock: clock)
  }

  /// When one asks now for the last hours.
  func hours(_ hours: Double) -> (start: Date, end: Date) {
    (Date(timeIntervalSinceNow: -hours * 3_600), Date())
  }

  static func id(_ text: String?) throws -> AzureID {
    guard let id = text.flatMap({ AzureID($0) }) else { throw CloudsError.notReady }
    return id
  }
}
