/// The Google Cloud APIs that are asked.
public enum GCPService: String, Sendable, Hashable, CaseIterable {
  case logging, monitoring, resourceManager, storage, bigQuery, pubSub, iamCredentials, sts

  /// The first label of the host, before the universe's domain.
  var hostLabel: String {
    switch self {
    case .logging: "logging"
    case .monitoring: "monitoring"
    case .resourceManager: "cloudresourcemanager"
    case .storage: "storage"
    case .bigQuery: "bigquery"
    case .pubSub: "pubsub"
    case .iamCredentials: "iamcredentials"
    case .sts: "sts"
    }
  }

  /// gcloud's name of the endpoint's property (`gcloud topic configurations`, section
  /// api_endpoint_overrides), as a variable.
  var overrideVariable: String {
    "CLOUDSDK_API_ENDPOINT_OVERRIDES_\(hostLabel.uppercased())"
  }

  /// What stands between the host and the paths of our calls (discovery documents, `servicePath`).
  var servicePath: String {
    switch self {
    case .storage: "/storage/v1"
    case .bigQuery: "/bigquery/v2"
    default: ""
    }
  }
}
