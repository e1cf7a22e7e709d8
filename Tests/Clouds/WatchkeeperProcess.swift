import Foundation
import Posix

/// The real program of this build, run on a state folder of its own against a ``CloudServer``.
struct WatchkeeperProcess: Sendable {
  let server: CloudServer
  private let folder: ScratchFolder
  private let configuration: String
  private let program: String

  struct Round: Sendable {
    var exit: Int32?
    var report: CheckReport
    var text: String
  }

  /// - Parameter trail: The ARN of the only source.
  init(server: CloudServer, trail: String) throws {
    self.server = server
    folder = try ScratchFolder()
    program = try Self.find()
    configuration = try folder.write(Self.configuration(trail: trail), to: "watchkeeper.json5")
  }

  /// One round; the state folder stays, so a second round goes on from the first.
  func check() async throws -> Round {
    let outcome = try await run(["check", "--json"])
    let text = String(decoding: outcome.output, as: UTF8.self)
    guard case .exited(let status) = outcome.ending,
      let report = try? JSONDecoder().decode(CheckReport.self, from: Data(outcome.output))
    else {
      let said = String(decoding: outcome.errorOutput, as: UTF8.self)
      throw CloudsError.scriptFailed("check --json: \(text)", outcome.ending, said)
    }
    return Round(exit: status, report: report, text: text)
  }

  /// Runs a command on this configuration and state folder.
  func run(_ command: [String]) async throws -> ChildProcess.Outcome {
    try await ChildProcess.run(
      arguments: [program] + command + [
        "--config", configuration, "--state", folder.path + "/state",
      ],
      environment: environment, deadlineMillis: 90_000)
  }

  private var environment: [String: String] {
    var values = CloudsPython.environment
    values["HOME"] = folder.path
    values["AWS_ENDPOINT_URL"] = server.endpoint
    values["AWS_REGION"] = "us-east-1"
    values["AWS_ACCESS_KEY_ID"] = server.users["watchkeeper"]?.key
    values["AWS_SECRET_ACCESS_KEY"] = server.users["watchkeeper"]?.secret
    values["SWIFT_BACKTRACE"] = "enable=no"
    return values
  }

  private static func configuration(trail: String) -> String {
    """
    {
      duty: { roles: { "security-lead": { members: ["mira"], ack_within: "15m" } } },
      clouds: { aws: [{ name: "prod", regions: "enabled" }] },
      sources: [
        { id: "aws/prod/main", trail: "\(trail)", expect: { s3: "15m+15m", digest: "75m+55m" } },
      ],
    }
    """
  }

  /// The tests' own program stands beside it, whatever the build folder is called.
  private static func find() throws -> String {
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
