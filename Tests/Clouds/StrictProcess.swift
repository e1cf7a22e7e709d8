import Foundation
import Posix

/// The real program of this build, run on a state folder of its own against a ``StrictCloud``.
struct StrictProcess: Sendable {
  struct Round: Sendable {
    var exit: Int32?
    var report: CheckReport
    var text: String
  }

  let cloud: StrictCloud
  /// Removed with the last copy of this value.
  let folder: ScratchFolder
  private let configuration: String
  private let program: String

  /// What the configuration of Azure's only source names.
  enum Asked: Sendable {
    /// Workspace, archive and both vaults.
    case all
    /// The same without the vault of the second subscription.
    case oneVault
    /// No store at all: settings and acts alone.
    case nothing
  }

  /// - Parameters:
  ///   - source: more members of the only source, as JSON5.
  ///   - account: more members of the only account.
  ///   - gcp: what a source of Google Cloud watches; another one where its sinks are not to be named.
  ///   - projects: of Google Cloud, those that are watched.
  ///   - asked: of Azure, what is watched.
  ///   - earlier: goes on in that one's state folder, with a changed configuration.
  init(
    _ cloud: StrictCloud, source: String = "", account: String = "", asked: Asked = .all,
    gcp: String = #"sinks: ["to-archive", "to-siem"], metric: "audit-heartbeat","#,
    projects: [String] = StrictCloud.projects, after earlier: StrictProcess? = nil
  ) throws {
    self.cloud = cloud
    folder = try earlier?.folder ?? ScratchFolder()
    program = try WatchkeeperProcess.find()
    let text =
      switch cloud.kind {
      case .azure:
        Self.azure(cloud, source: Self.asked(asked, of: cloud) + source, account: account)
      case .gcp: Self.gcp(cloud, source: gcp + " " + source, account: account, projects)
      }
    configuration = try folder.write(text, to: "watchkeeper.json5")
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
    return Round(exit: status, report: report, text: text)
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
    values["SWIFT_BACKTRACE"] = "enable=no"
    guard cloud.kind == .azure else { return values }
    values["AZURE_CLIENT_ID"] = cloud.facts.client
    values["AZURE_CLIENT_SECRET"] = cloud.facts.secret
    return values
  }

  /// `name: "value"` of each pair, for JSON5.
  private static func members(_ pairs: [(String, String)]) -> String {
    pairs.map { "\($0): \"\($1)\"" }.joined(separator: ", ")
  }

  private static let duty =
    #"duty: { roles: { "security-lead": { members: ["mira"], ack_within: "15m" } } },"#

  private static func asked(_ asked: Asked, of cloud: StrictCloud) -> String {
    let vaults = cloud.facts.vaults ?? [:]
    let test = "{ id: \"\(vaults["test"] ?? "")\", table: \"AZKVAuditLogs\" }"
    let second = asked == .all ? ", \(test)" : ""
    guard asked != .nothing else { return "" }
    return """
      workspace: "\(cloud.facts.workspace ?? "")", archive: "\(cloud.facts.store ?? "")",
            resources: ["\(vaults["dev"] ?? "")"\(second)],\u{20}
      """
  }

  private static func azure(_ cloud: StrictCloud, source: String, account: String) -> String {
    let endpoints = members([
      ("authority", cloud.endpoint("login")), ("resource_manager", cloud.endpoint("arm")),
      ("logs", cloud.endpoint("loganalytics")), ("blob", cloud.endpoint("blob")),
      ("queue", cloud.endpoint("queue")), ("metadata", cloud.endpoint("imds")),
    ])
    return """
      {
        \(duty)
        clouds: { azure: [{ name: "corp", tenant: "\(cloud.facts.tenant ?? "")", credential: "secret",
          subscriptions: [{ id: "\(cloud.dev)", name: "dev" }, { id: "\(cloud.test)", name: "test" }],
          endpoints: { \(endpoints) }, \(account) }] },
        sources: [
          { id: "azure/corp/activity-log", \(source) },
        ],
      }
      """
  }

  private static func gcp(
    _ cloud: StrictCloud, source: String, account: String, _ projects: [String]
  ) -> String {
    let endpoints = members([
      ("logging", cloud.endpoint("logging")), ("monitoring", cloud.endpoint("monitoring")),
      ("resource_manager", cloud.endpoint("cloudresourcemanager")),
      ("storage", cloud.endpoint("storage")), ("pubsub", cloud.endpoint("pubsub")),
      ("bigquery", cloud.endpoint("bigquery")), ("token", cloud.endpoint("token") + "/token"),
      ("sts", cloud.endpoint("sts")), ("iamcredentials", cloud.endpoint("iamcredentials")),
      ("metadata", cloud.endpoint("metadata")),
    ])
    let projects = projects.map { "{ id: \"\($0)\", name: \"\($0.dropFirst(5))\" }" }
    return """
      {
        \(duty)
        clouds: { gcp: [{ name: "data", credential: "metadata",
          projects: [\(projects.joined(separator: ", "))], endpoints: { \(endpoints) },
          \(account) }] },
        sources: [
          { id: "gcp/data/admin-activity", \(source) },
        ],
      }
      """
  }
}
