/// How Google Cloud is reached: what the configuration says, and the surroundings to look in.
public struct GCPAccess: Sendable {
  /// Where the token comes from.
  public enum Source: Sendable, Equatable {
    /// Application Default Credentials: GOOGLE_APPLICATION_CREDENTIALS, gcloud's application
    /// default file, the metadata server; and gcloud's own sign-in where none of them is.
    case automatic
    /// A credential file of any type, and nothing else.
    case file(String)
    case metadata
    /// `gcloud auth print-access-token`.
    case gcloud
  }

  public var source: Source
  /// The service account to impersonate on top of whatever is found: its e-mail address.
  public var impersonate: String?
  /// Whose quota is used (`X-Goog-User-Project`). Beats the environment and the file.
  public var quotaProject: String?
  /// One endpoint for every API: a test server, a gateway.
  public var endpoint: String?
  /// Endpoints of single APIs; they beat `endpoint`.
  public var endpoints: [GCPService: String]
  /// Beats the environment and the file; `googleapis.com` where nothing is said.
  public var universe: String?
  /// Items asked for by the page; nil leaves it to the API.
  public var pageSize: Int?
  public var environment: [String: String]
  /// Where `~/.config/gcloud` is.
  public var homeDirectory: String
  /// One typed call's page, with all its retries, takes no longer, in seconds.
  public var callSeconds: Double
  public var backoff: Backoff

  public init(
    source: Source = .automatic, impersonate: String? = nil, quotaProject: String? = nil,
    endpoint: String? = nil, endpoints: [GCPService: String] = [:], universe: String? = nil,
    pageSize: Int? = nil, environment: [String: String] = [:],
    homeDirectory: String = "/nonexistent",
    callSeconds: Double = 30, backoff: Backoff = Backoff()
  ) {
    self.source = source
    self.impersonate = impersonate
    self.quotaProject = quotaProject
    self.endpoint = endpoint
    self.endpoints = endpoints
    self.universe = universe
    self.pageSize = pageSize
    self.environment = environment
    self.homeDirectory = homeDirectory
    self.callSeconds = callSeconds
    self.backoff = backoff
  }
}

/// The environment may hold secrets: it is never printed.
extension GCPAccess: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String {
    "GCPAccess(source: \(source), impersonate: \(impersonate ?? "nobody"))"
  }
  public var debugDescription: String { description }
  public var customMirror: Mirror {
    Mirror(self, children: ["source": source as Any, "impersonate": impersonate as Any])
  }

  /// A variable that is set and not empty.
  func variable(_ name: String) -> String? {
    guard let value = environment[name], !value.isEmpty else { return nil }
    return value
  }

  /// `~/…` under the home directory, everything else as it is.
  func path(_ text: String) -> String {
    text.hasPrefix("~/") ? "\(homeDirectory)/\(text.dropFirst(2))" : text
  }
}
