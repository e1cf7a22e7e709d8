import Foundation
import Transfer

/// One AWS account as the watch asks it: typed calls, signed, retried within a deadline, their
/// answers checked. Copies share credentials, learned bucket regions and the measured clock skew.
public struct AWSClient: Sendable {
  /// Told of every page asked for, before the first try: service as IAM names it (`cloudtrail`),
  /// operation (`GetTrailStatus`), region. Retries are not told again.
  public typealias OnCall =
    @Sendable (_ service: String, _ operation: String, _ region: String) -> Void

  let access: AWSAccess
  let files: CredentialFiles
  let exchange: AWSExchange
  let cache: CredentialCache
  private var agentNote = ""

  /// Reads no file and sends nothing until the first call.
  public init(
    access: AWSAccess, http: HTTPClient, clock: CallClock = .live, files: CredentialFiles = .live,
    run: CredentialProcess = .live, onCall: @escaping OnCall = { _, _, _ in }
  ) {
    self.access = access
    self.files = files
    let exchange = AWSExchange(
      http: http, clock: clock, memory: CallMemory(), budget: CallBudget(clock: clock),
      onCall: onCall)
    self.exchange = exchange
    cache = CredentialCache(clock: clock) {
      await CredentialFetch(access: access, files: files, run: run, exchange: exchange).result()
    }
  }

  /// How far this machine's clock is ahead of AWS's, in seconds, by the last answer's Date header
  /// (whole seconds, plus the answer's travel time). Nil before the first answer.
  public var lastClockSkewSeconds: Double? { exchange.memory.skewSeconds }

  /// The region in force: explicit, environment, profile, or the partition's default.
  public func homeRegion() throws(AWSError) -> String {
    try settings().homeRegion
  }

  /// The id of the keys in use and where they came from, for `doctor` and the console.
  public func credentialSource() async throws(AWSError) -> (accessKeyID: String, source: String) {
    let credentials = try await cache.current()
    return (credentials.accessKeyID, credentials.source)
  }

  /// Read afresh for each call: two small files, and an edit takes effect without a restart.
  func settings() throws(AWSError) -> AWSSettings {
    do {
      return try AWSSettings(access: access, files: files)
    } catch {
      throw .credentials(error)
    }
  }

  /// The same account, whose calls say something more in their User-Agent, which CloudTrail records
  /// with the event. Letters, digits and `/ . _ -` alone: anything else is left out.
  public func noting(_ note: String) -> AWSClient {
    var copy = self
    copy.agentNote = String(
      note.unicodeScalars.filter {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789/._-".unicodeScalars.contains($0))
      }.prefix(200).map(Character.init))
    return copy
  }

  func answer(to call: AWSCall) async throws(AWSError) -> AWSAnswer {
    var call = call
    call.agentNote = agentNote
    return try await exchange.answer(to: call, settings(), signing: .cache(cache))
  }
}
