import Foundation
import Posix
import Testing

/// The real program of this build, run on a state folder of its own against a ``CloudServer``.
struct WatchkeeperProcess: Sendable {
  let server: CloudServer
  /// Removed with the last copy of this value.
  let folder: ScratchFolder
  private let configuration: String
  private let program: String
  private let variables: [String: String]

  var stateFolder: String { "\(folder.path)/state" }

  struct Round: Sendable {
    var exit: Int32?
    var report: CheckReport

    /// For a test's message.
    var text: String { "ended with \(exit.map(String.init) ?? "no status"): \(report.summary)" }
  }

  /// - Parameters:
  ///   - trail: The ARN of the only source.
  ///   - account: More settings of its account, as JSON5.
  ///   - files: Below its home folder, path and text.
  ///   - posture: Whether the estate's weaknesses are alerts: those of the plain estate are many.
  ///   - variables: Instead of the keys of the user `watchkeeper` in the environment.
  init(
    server: CloudServer, trail: String, account: String = "", files: [String: String] = [:],
    posture: Bool = false, variables: [String: String]? = nil
  ) throws {
    self.server = server
    self.variables =
      variables ?? [
        "AWS_ACCESS_KEY_ID": server.users["watchkeeper"]?.key ?? "",
        "AWS_SECRET_ACCESS_KEY": server.users["watchkeeper"]?.secret ?? "",
      ]
    folder = try ScratchFolder()
    program = try Self.find()
    configuration = try folder.write(
      Self.configuration(trail: trail, account: account, posture: posture), to: "watchkeeper.json5")
    for (path, text) in files { _ = try folder.write(text, to: path) }
  }

  /// One round; the state folder stays, so a second round goes on from the first.
  /// - Parameter patience: seconds; nil for what a check has by itself. A machine that is busy with
  ///   tests is no cloud that does not answer.
  func check(patience: Int? = 120) async throws -> Round {
    let more = patience.map { ["--patience", String($0)] } ?? []
    let outcome = try await run(["check", "--json"] + more)
    let text = String(decoding: outcome.output, as: UTF8.self)
    guard case .exited(let status) = outcome.ending,
      let report = try? JSONDecoder().decode(CheckReport.self, from: Data(outcome.output))
    else {
      let said = String(decoding: outcome.errorOutput, as: UTF8.self)
      throw CloudsError.scriptFailed("check --json: \(text)", outcome.ending, said)
    }
    return Round(exit: status, report: report)
  }

  /// A round before the one that a test is about.
  func expectExit(_ status: Int32, _ place: SourceLocation = #_sourceLocation) async throws {
    let round = try await check()
    #expect(round.exit == status, "\(round.text)", sourceLocation: place)
  }

  /// Runs a command on this configuration and state folder.
  func run(_ command: [String]) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      arguments: [program] + command + [
        "--config", configuration, "--state", folder.path + "/state",
      ],
      environment: environment, deadlineMillis: 300_000)
  }

  private var environment: [String: String] {
    var values = CloudsPython.environment
    values["HOME"] = folder.path
    values["AWS_ENDPOINT_URL"] = server.endpoint
    values["AWS_REGION"] = "us-east-1"
    values["AWS_CONFIG_FILE"] = "\(folder.path)/config"
    values["AWS_SHARED_CREDENTIALS_FILE"] = "\(folder.path)/credentials"
    values["SWIFT_BACKTRACE"] = "enable=no"
    return values.merging(variables) { $1 }
  }

  private static func configuration(trail: String, account: String, posture: Bool) -> String {
    """
    {
      duty: { roles: { "security-lead": { members: ["mira"], ack_within: "15m" } } },
      clouds: { aws: [{ name: "prod", \(account.isEmpty ? "regions: \"enabled\"" : account) }] },
      sources: [
        { id: "aws/prod/main", trail: "\(trail)", expect: { s3: "15m+15m", digest: "75m+55m" },
          optional: [\(posture ? "" : "\"posture\"")] },
      ],
    }
    """
  }

  /// The tests' own program stands beside it, whatever the build folder is called.
  static func find() throws -> String {
    let here = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let package = URL(fileURLWithPath: CloudsPython.folder + "/../..").standardizedFileURL.path
    let places = [
      URL(fileURLWithPath: here).deletingLastPathComponent().path + "/watchkeeper",
      package + "/.build/debug/watchkeeper",
    ]
    guard let found = places.first(where: FileManager.default.isExecutableFile) else {
      throw CloudsError.noProgram(places.joined(separator: ", "))
    }
    return found
  }
}
