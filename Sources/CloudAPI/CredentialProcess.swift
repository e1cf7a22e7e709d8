import Posix

/// Runs a program that prints credentials (AWS `credential_process`, `az`, `gcloud`), behind one
/// closure.
public struct CredentialProcess: Sendable {
  /// Why it gave no output. The child's own words are not kept: they may hold a secret.
  public enum Failure: Error, Sendable, Equatable {
    case notStarted(reason: String)
    case exited(status: Int)
    case killed(reason: String)
  }

  /// Standard output of a run that ended with status 0.
  public var output:
    @Sendable (_ arguments: [String], _ environment: [String: String]) async throws(Failure) ->
      [UInt8]

  public init(
    output:
      @escaping @Sendable (_ arguments: [String], _ environment: [String: String])
      async throws(Failure) -> [UInt8]
  ) {
    self.output = output
  }

  /// A helper that asks a keychain or another cloud may be slow; a hung one must not hold the watch.
  static let deadlineMillis = 30_000
  static let outputLimit = 64 << 10

  /// On a thread of its own, with the account's environment.
  public static let live = CredentialProcess {
    (arguments, environment) async throws(Failure) in
    let outcome: ChildProcess.Outcome
    do {
      outcome = try await ChildProcess.run(
        arguments: arguments, environment: environment, deadlineMillis: deadlineMillis,
        outputLimit: outputLimit)
    } catch {
      throw .notStarted(reason: "it cannot be started")
    }
    switch outcome.ending {
    case .exited(0): return outcome.output
    case .exited(let status): throw .exited(status: Int(status))
    case .signalled: throw .killed(reason: "it was ended by a signal")
    case .timedOut: throw .killed(reason: "it took longer than \(deadlineMillis / 1_000) s")
    case .tooMuchOutput: throw .killed(reason: "it wrote more than \(outputLimit) bytes")
    case .cancelled: throw .killed(reason: "it was cancelled")
    }
  }
}
