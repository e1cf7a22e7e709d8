import Foundation
import Transfer

/// Google Cloud as the watch asks it: typed calls, opened by tokens of the narrowest scopes, retried
/// within a deadline, their answers checked. Copies share tokens, quotas and the measured clock skew.
public struct GCPClient: Sendable {
  /// Told of every page asked for, before the first try: what it needs, the API's name of the call
  /// (`logging.sinks.list`) and what it is about (`projects/acme-1`). Retries are not told again.
  public typealias OnCall =
    @Sendable (_ permission: GCPPermission, _ operation: String, _ place: String) -> Void

  let access: GCPAccess
  let files: CredentialFiles
  let exchange: TokenExchange
  let onCall: OnCall
  private let tokens: TokenCache

  /// Reads no file and sends nothing until the first call.
  public init(
    access: GCPAccess, http: HTTPClient, clock: CallClock = .live,
    files: CredentialFiles = .live, run: CredentialProcess = .live,
    onCall: @escaping OnCall = { _, _, _ in }
  ) {
    self.access = access
    self.files = files
    self.onCall = onCall
    let told: TokenExchange.OnCall = { permission, operation, place in
      if let permission = GCPPermission(rawValue: permission) {
        onCall(permission, operation, place)
      }
    }
    // Signing in takes no longer than a call either, and carries no token of its own.
    let signIn = TokenExchange(
      http: http, clock: clock, backoff: access.backoff, callSeconds: access.callSeconds,
      onCall: told)
    let fetch = GCPTokenFetch(access: access, files: files, run: run, exchange: signIn)
    let tokens = TokenCache(clock: clock) { await fetch.result($0) }
    self.tokens = tokens
    exchange = TokenExchange(
      http: http, clock: clock, backoff: access.backoff, callSeconds: access.callSeconds,
      onCall: told, tokens: tokens)
  }

  /// How far this machine's clock is ahead of Google's, in seconds, by the last answer's Date header.
  /// Nil before the first answer.
  public var lastClockSkewSeconds: Double? { exchange.skew.seconds }

  /// Where the token for reading comes from, for `doctor` and the console; fetches one.
  public func credentialSource() async throws(CloudError) -> String {
    try await tokens.current(GCPScope.read.audience).source
  }

  /// The project that the environment or the credential file names, as a proposal for a set-up.
  public func surroundingProject() throws(CloudError) -> String? {
    try settings().project
  }

  func settings() throws(CloudError) -> GCPSettings {
    try GCPSettings(access: access, files: files)
  }

  func answer(to call: GCPCall) async throws(CloudError) -> CloudMembers {
    let settings = try settings()
    let tokenCall = try call.tokenCall(settings)
    for permission in call.permissions.dropFirst() {
      onCall(permission, call.operation, call.place)
    }
    if settings.quotaProject != nil { onCall(.servicesUse, call.operation, call.place) }
    let body = try await exchange.answer(to: tokenCall).members()
    // An absent list is an empty one: an answer that is something else must not look like it.
    if let error = body.value["error"], !error.isNull {
      throw body.answer.unreadable("it is an error with HTTP status \(body.answer.response.status)")
    }
    return body
  }
}
