/// Where a service's calls go.
struct GCPEndpoint: Sendable, Equatable {
  /// Scheme, host, port and fixed path, without a slash at the end.
  var base: String
  /// Written down by the user: plain http is allowed.
  var isOverride: Bool

  static func standard(_ service: GCPService, universe: String) -> GCPEndpoint {
    GCPEndpoint(
      base: "https://\(service.hostLabel).\(universe)\(service.servicePath)", isOverride: false)
  }

  /// `https://host[:port][/prefix]`, or plain http, which is for people who mean it. gcloud's own
  /// values of storage and BigQuery end with the service's path, others may end with a version:
  /// both are taken as meant.
  static func override(
    _ url: String, _ service: GCPService, setting: String
  ) throws(CloudError) -> GCPEndpoint {
    guard let parts = URLParts(url), parts.query == nil else {
      throw .settings(
        setting: setting, reason: "it is not an https or http URL without a query")
    }
    var path = parts.path[...]
    while path.hasSuffix("/") { path.removeLast() }
    if service.servicePath.isEmpty {
      for version in ["/v1", "/v2", "/v3"] where path.hasSuffix(version) {
        path.removeLast(version.count)
      }
    } else if !path.hasSuffix(service.servicePath) {
      path += service.servicePath
    }
    return GCPEndpoint(base: "\(parts.scheme)://\(parts.hostHeader)\(path)", isOverride: true)
  }
}
