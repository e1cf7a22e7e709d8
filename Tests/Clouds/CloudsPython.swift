import Foundation
import Posix
import Testing

/// The Python that has moto and boto3, and the scripts beside this file that it runs.
struct CloudsPython: Sendable {
  static let skipped: Comment =
    "WATCHKEEPER_CLOUDS_PYTHON is not set: it names a Python with moto and boto3 (make test sets it)"

  /// False only where a test may be skipped: `make test` sets WATCHKEEPER_REQUIRE_ALL.
  static let isWanted =
    Environment.value("WATCHKEEPER_CLOUDS_PYTHON") != nil
    || Environment.value("WATCHKEEPER_REQUIRE_ALL") != nil

  /// Tests/Clouds of this checkout.
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path

  var interpreter: String

  init() throws {
    guard let interpreter = Environment.value("WATCHKEEPER_CLOUDS_PYTHON") else {
      throw CloudsError.noPython
    }
    self.interpreter = interpreter
  }

  /// Runs a script of this folder to its end.
  func run(
    _ script: String, _ arguments: [String], deadlineMillis: Int = 300_000
  ) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      arguments: [interpreter, "\(Self.folder)/\(script)"] + arguments,
      environment: Self.environment, deadlineMillis: deadlineMillis)
  }

  /// Nothing of the machine's own clouds: no profile, no proxy, no metadata service.
  static var environment: [String: String] {
    let kept = ["PATH", "HOME", "TMPDIR", "PYENV_ROOT", "PYENV_VERSION", "LD_LIBRARY_PATH"]
    var values = Environment.all.filter { kept.contains($0.key) }
    values["LANG"] = "C.UTF-8"
    values["AWS_EC2_METADATA_DISABLED"] = "true"
    values["AWS_CONFIG_FILE"] = "/dev/null"
    values["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
    values["PYTHONDONTWRITEBYTECODE"] = "1"
    return values
  }
}

/// What keeps an integration test from being made.
enum CloudsError: Error {
  case noPython
  case noProgram(String)
  case notReady
  case serverEnded(ChildProcess.Outcome)
  case scriptFailed(String, ChildProcess.Ending, String)
  case refused(path: String, status: Int, body: String)
}
