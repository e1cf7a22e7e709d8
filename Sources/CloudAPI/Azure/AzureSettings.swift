/// `AzureAccess` resolved: which cloud, where calls go and what their tokens are for.
struct AzureSettings: Sendable {
  /// Where calls go.
  struct Place: Sendable, Equatable {
    /// Without a slash at the end.
    var base: String
    var audience: String
    /// Written down by the user: http is allowed.
    var isOverride: Bool
  }

  let access: AzureAccess
  let cloud: AzureCloud
  /// `https://login.microsoftonline.com`, without a slash at the end.
  let authority: String
  let authorityIsOverride: Bool

  init(access: AzureAccess) throws(CloudError) {
    self.access = access
    if let url = access.overrides.authority {
      authority = try Self.base(url, "authority")
      authorityIsOverride = true
      cloud = access.cloud ?? Self.cloud(of: authority)
    } else if access.cloud == nil, let text = access.variable("AZURE_AUTHORITY_HOST") {
      // The SDKs take a bare host, too, and insist on https.
      authority = try Self.base(
        text.contains("://") ? text : "https://\(text)", "AZURE_AUTHORITY_HOST")
      authorityIsOverride = false
      cloud = Self.cloud(of: authority)
      let parts = URLParts(authority)
      guard parts?.scheme == "https" || LocalAddress.isLocal(parts?.host ?? "") else {
        throw .signIn(
          .addressNotAllowed(
            setting: "AZURE_AUTHORITY_HOST", host: PlainLine.make(parts?.host ?? "", limit: 80)))
      }
    } else {
      cloud = access.cloud ?? .public
      authority = cloud.authority
      authorityIsOverride = false
    }
  }

  func resourceManager() throws(CloudError) -> Place {
    try place(
      access.overrides.resourceManager, cloud.resourceManager, "resource manager",
      access.overrides.resourceManagerAudience ?? cloud.resourceManagerAudience)
  }

  func logs() throws(CloudError) -> Place {
    try place(
      access.overrides.logs, cloud.logs, "logs",
      access.overrides.logsAudience ?? cloud.logsAudience)
  }

  var storageAudience: String { access.overrides.storageAudience ?? cloud.storageAudience }

  /// - Parameters:
  ///   - service: `blob`, `queue`
  ///   - endpoint: what the account says of itself (`primaryEndpoints`), if it was asked.
  ///   - isWrittenDown: the endpoint is the user's, not an answer's.
  func storage(
    _ service: String, account: String, endpoint: String?, isWrittenDown: Bool = false
  ) throws(CloudError) -> Place {
    let override = service == "queue" ? access.overrides.queue : access.overrides.blob
    if let override {
      let url = override.split(separator: "{account}", omittingEmptySubsequences: false)
        .joined(separator: account)
      return try place(url, "", service, storageAudience)
    }
    guard let endpoint else {
      guard Self.isAccountName(account) else {
        throw .settings(
          setting: "storage account",
          reason: "\"\(PlainLine.make(account, limit: 40))\" is not an account's name")
      }
      return Place(
        base: "https://\(account).\(service).\(cloud.storageSuffix)", audience: storageAudience,
        isOverride: false)
    }
    if isWrittenDown { return try place(endpoint, "", service, storageAudience) }
    let base = try Self.base(endpoint, "\(service) endpoint")
    guard let parts = URLParts(base), isOurs(parts) else {
      throw .settings(
        setting: "\(service) endpoint",
        reason: "\(PlainLine.make(endpoint, limit: 80)) is no storage account of this cloud")
    }
    return Place(base: base, audience: storageAudience, isOverride: parts.scheme == "http")
  }

  /// A token must not go to whatever host an answer names: Microsoft's storage, or the machine that
  /// the user has put in Resource Manager's place.
  private func isOurs(_ parts: URLParts) -> Bool {
    if parts.scheme == "https" {
      if parts.host.hasSuffix(".\(cloud.storageSuffix)") { return true }
      if cloud == .public, parts.host.hasSuffix(".storage.azure.net") { return true }
    }
    guard let own = access.overrides.resourceManager.flatMap({ URLParts($0) }) else { return false }
    return parts.host == own.host || LocalAddress.isLocal(parts.host)
  }

  private func place(
    _ override: String?, _ own: String, _ setting: String, _ audience: String
  ) throws(CloudError) -> Place {
    guard let override else { return Place(base: own, audience: audience, isOverride: false) }
    return Place(
      base: try Self.base(override, "\(setting) endpoint"), audience: audience, isOverride: true)
  }

  /// An http(s) URL without a query, as a base for paths.
  static func base(_ url: String, _ setting: String) throws(CloudError) -> String {
    guard let parts = URLParts(url), parts.query == nil, !url.contains("#") else {
      throw .settings(
        setting: setting,
        reason: "\"\(PlainLine.make(url, limit: 80))\" is not an https or http URL without a query")
    }
    var path = parts.path
    while path.hasSuffix("/") { path.removeLast() }
    return "\(parts.scheme)://\(parts.authority)\(path)"
  }

  private static func cloud(of authority: String) -> AzureCloud {
    URLParts(authority).flatMap { AzureCloud.of(authorityHost: $0.host) } ?? .public
  }

  /// 3 to 24 small letters and digits ("Storage account overview").
  static func isAccountName(_ name: String) -> Bool {
    (3...24).contains(name.utf8.count)
      && name.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
  }
}
