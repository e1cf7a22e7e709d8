/// Where tokens will be taken from, decided from settings alone: nothing is asked yet.
enum AzureTokenSource: Sendable, Equatable {
  case secret(AzureClientID, Secret)
  /// The file holds certificate and private key (PEM).
  case certificate(AzureClientID, path: String)
  case workloadIdentity(AzureClientID, tokenFile: String)
  /// App Service, Functions, Container Apps.
  case appService(url: String, header: Secret, clientID: String?)
  /// The machine's metadata service. `isGuess`: nobody asked for it, so its absence is no error.
  case machine(base: String, clientID: String?, isGuess: Bool)
  case cli(tenant: String?)
}

/// An app registration: whose token is asked for, and of which tenant.
struct AzureClientID: Sendable, Equatable {
  var tenant: String
  var client: String
}
