/// Where a token will be taken from, decided from settings and files alone: nothing is asked yet.
indirect enum GCPCredentialRecipe: Sendable, Equatable {
  case user(GoogleUser)
  case serviceAccount(ServiceAccountKey)
  case external(ExternalAccount)
  case impersonation(Impersonation, from: GCPCredentialRecipe)
  case metadata
  case gcloud
  /// Nothing was named: the metadata server if it is there, else gcloud's own sign-in. `looked`:
  /// where nothing was found.
  case lastResorts(looked: [String], metadata: Bool)
}

/// A person's consent (`authorized_user`), or a workforce sign-in (`external_account_authorized_user`).
struct GoogleUser: Sendable, Equatable {
  /// The file's path.
  var source: String
  var clientID: String
  var clientSecret: Secret
  var refreshToken: Secret
  var tokenURL: String
  /// The client names itself in a header instead of in the form (Google's STS wants it so).
  var usesBasic = false
  var quotaProject: String?
}

/// A service account's own key.
struct ServiceAccountKey: Sendable, Equatable {
  var source: String
  var email: String
  var keyID: String?
  /// PEM.
  var privateKey: Secret
  var tokenURL: String
  var universe: String
}

/// Workload or workforce identity federation: somebody else's token, exchanged at Google's STS.
struct ExternalAccount: Sendable, Equatable {
  /// Where that token is read.
  enum Subject: Sendable, Equatable {
    case file(path: String)
    /// Header values may be secret.
    case url(String, headers: [String: Secret])
  }

  var source: String
  var audience: String
  var subjectTokenType: String
  var tokenURL: String
  var subject: Subject
  /// The JSON member that holds the token; nil where all of the text is the token.
  var tokenField: String?
  var clientID: String?
  var clientSecret: Secret?
  var workforceProject: String?
}

/// Becoming another service account.
struct Impersonation: Sendable, Equatable {
  var source: String
  /// Ends with `:generateAccessToken`.
  var url: String
  /// Written down by the user as an endpoint: http is allowed.
  var isOverride = false
  var delegates: [String] = []
  /// In seconds.
  var lifetime = 3_600
  var quotaProject: String?
}
