import CloudAPI
import Transfer
import WatchCore

/// Who asks each cloud for an account: the only place where settings become clients. They read no
/// file and send nothing until the first call.
struct CloudClients: Sendable {
  var aws: @Sendable (CloudAccount) -> AWSClient
  var azure: @Sendable (CloudAccount) -> AzureClient
  var gcp: @Sendable (CloudAccount) -> GCPClient

  /// - Parameter callSeconds: the limit of one call with its retries; nil for a watch's own.
  static func live(
    http: HTTPClient, _ surroundings: Surroundings, callSeconds: Double? = nil
  ) -> CloudClients {
    let (environment, home) = (surroundings.environment, surroundings.home ?? "/nonexistent")
    return CloudClients(
      aws: { account in
        var access = AWSAccess(account, environment: environment, home: home)
        if let callSeconds { access.callSeconds = callSeconds }
        return AWSClient(access: access, http: http)
      },
      azure: { account in
        var access = AzureAccess(account, environment: environment, home: home)
        if let callSeconds { access.callSeconds = callSeconds }
        return AzureClient(access: access, http: http)
      },
      gcp: { account in
        var access = GCPAccess(account, environment: environment, home: home)
        if let callSeconds { access.callSeconds = callSeconds }
        return GCPClient(access: access, http: http)
      })
  }

  /// The network as the environment says it must be used.
  static func transferSettings(_ environment: [String: String]) -> TransferSettings {
    func variable(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    return TransferSettings(
      caBundle: variable(
        "AWS_CA_BUNDLE", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE",
        "CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE"),
      proxy: variable("HTTPS_PROXY", "https_proxy"), noProxy: variable("NO_PROXY", "no_proxy") ?? ""
    )
  }
}

extension AWSAccess {
  init(_ account: CloudAccount, environment: [String: String], home: String) {
    self.init(
      profile: account.profile, roleARN: account.roleARN, externalID: account.externalID,
      partition: account.partition.flatMap { name in AWSPartition.named(name) },
      endpoint: account.endpoint, fips: account.fips ? true : nil,
      dualStack: account.dualStack ? true : nil, environment: environment, homeDirectory: home)
  }
}
