import Foundation
import Transfer

/// One Azure tenant as the watch asks it: typed calls, opened by tokens, retried within a deadline,
/// their answers checked. Copies share tokens, quotas and the measured clock skew.
public struct AzureClient: Sendable {
  /// Told of every page asked for, before the first try: the action that must be allowed
  /// (`Microsoft.Insights/diagnosticSettings/read`), the call, and where. Retries are not told again.
  public typealias OnCall =
    @Sendable (_ action: String, _ operation: String, _ place: String) -> Void

  let access: AzureAccess
  let exchange: TokenExchange
  private let tokens: TokenCache

  /// Reads no file and sends nothing until the first call.
  public init(
    access: AzureAccess, http: HTTPClient, clock: CallClock = .live,
    files: CredentialFiles = .live, run: CredentialProcess = .live,
    onCall: @escaping OnCall = { _, _, _ in }
  ) {
    self.access = access
    let signIn = TokenExchange(
      http: http, clock: clock, backoff: access.backoff, callSeconds: access.callSeconds,
      onCall: { _, _, _ in })
    let fetch = AzureTokenFetch(access: access, files: files, run: run, exchange: signIn)
    tokens = TokenCache(clock: clock) { await fetch.result($0) }
    exchange = TokenExchange(
      http: http, clock: clock, backoff: access.backoff, callSeconds: access.callSeconds,
      onCall: onCall, tokens: tokens)
  }

  /// How far this machine's clock is ahead of Azure's, in seconds, by the last answer's Date header
  /// (whole seconds, plus the answer's travel time). Nil before the first answer.
  public var lastClockSkewSeconds: Double? { exchange.skew.seconds }

  /// Whose token Resource Manager sees and where it came from, for `doctor` and the console.
  public func identity() async throws(CloudError) -> AzureIdentity {
    let place = try settings().resourceManager()
    return AzureIdentity(try await tokens.current(place.audience))
  }

  func settings() throws(CloudError) -> AzureSettings {
    try AzureSettings(access: access)
  }
}
