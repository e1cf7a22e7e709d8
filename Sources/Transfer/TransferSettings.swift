/// What holds for all exchanges of one transfer. The caller looks the values up (AWS_CA_BUNDLE,
/// SSL_CERT_FILE, HTTPS_PROXY, NO_PROXY); libcurl's own look-up in the environment is off.
public struct TransferSettings: Sendable, Equatable {
  /// A PEM file of the authorities to trust instead of the system's.
  public var caBundle: String?
  /// For https only, such as "http://proxy.example:3128".
  public var proxy: String?
  /// Hosts that are asked without the proxy, separated by commas ("*" for all). Loopback and the
  /// metadata addresses never go through it anyway.
  public var noProxy: String
  /// Connections at a time; more requests wait, and their limits run meanwhile.
  public var connectionsPerHost: Int
  public var connections: Int

  public init(
    caBundle: String? = nil, proxy: String? = nil, noProxy: String = "",
    connectionsPerHost: Int = 16, connections: Int = 100
  ) {
    self.caBundle = caBundle
    self.proxy = proxy
    self.noProxy = noProxy
    self.connectionsPerHost = connectionsPerHost
    self.connections = connections
  }
}
