import CloudAPI
import Foundation
import Transfer

/// Google Cloud's client as the program makes it, but for its endpoints, credentials and retries.
extension StrictCloud {
  /// The project that holds the archive, the topic and its subscription.
  static let project = "acme-analytics"
  static let projects = ["acme-analytics", "acme-ingest", "acme-reports"]

  /// Writes a credential file of each kind into the folder.
  /// - Returns: Their paths by kind: `service_account`, `authorized_user`, `external_account`,
  ///   `external_impersonated`, `impersonated`.
  func gcpCredentials(_ folder: ScratchFolder) async throws -> [String: String] {
    let body = try await control("POST", "credentials", "{\"folder\": \"\(folder.path)\"}")
    return try JSONDecoder().decode([String: String].self, from: Data(body))
  }

  /// gcloud's own variables: what a user would set to have the calls sent elsewhere.
  var gcpEnvironment: [String: String] {
    let services = [
      "logging", "monitoring", "cloudresourcemanager", "storage", "bigquery", "pubsub",
      "iamcredentials", "sts",
    ]
    let pairs = services.map {
      ("CLOUDSDK_API_ENDPOINT_OVERRIDES_\($0.uppercased())", endpoint($0) + "/")
    }
    let host = endpoint("metadata").replacingOccurrences(of: "http://", with: "")
    return Dictionary(pairs) { $1 }.merging(["GCE_METADATA_HOST": host]) { $1 }
  }

  /// - Parameter file: a credential file; nil for the metadata server.
  func gcpClient(
    file: String? = nil, environment: [String: String] = [:], impersonate: String? = nil,
    pageSize: Int? = nil, callSeconds: Double = 120
  ) throws -> GCPClient {
    let access = GCPAccess(
      source: file.map { .file($0) } ?? .metadata, impersonate: impersonate, pageSize: pageSize,
      environment: gcpEnvironment.merging(environment) { $1 }, callSeconds: callSeconds,
      backoff: CloudClient.hasty)
    return GCPClient(access: access, http: try CurlTransfer.client())
  }
}
