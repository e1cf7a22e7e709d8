import Transfer

/// How one cloud says no.
struct TokenDialect: Sendable {
  /// The code and message of an error answer, as sent.
  struct Document: Sendable, Equatable {
    var code: String
    var message: String
    /// Finer codes, outermost first: Azure's inner errors, Google's `reason`s.
    var reasons: [String] = []
    /// The missing permission by the cloud's own words; nil leaves it to the call.
    var permission: String?
  }

  /// What an error asks us to do.
  enum Meaning: Sendable, Equatable {
    case throttled
    case denied
    /// The token has run out: another one will do.
    case tokenExpired
    /// The token is not known or not for this: another one may do, once.
    case tokenRefused
    /// Worth another try.
    case transient
    case final
  }

  /// Whose, in messages: `Azure`.
  var cloud: String
  /// Nil when the body is no error document of the cloud's: empty, HTML, somebody else's.
  var document: @Sendable (HTTPResponse) -> Document?
  /// Asked after 429 and 5xx have been sorted out.
  var meaning: @Sendable (CloudServiceError) -> Meaning
  /// Answers below 500 without a document are somebody else's page (a proxy, a portal). False for
  /// agents whose errors have no fixed form.
  var needsDocument = true
}
