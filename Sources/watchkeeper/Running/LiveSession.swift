import Foundation
import Posix
import Transfer
import WatchCore
import WatchJournal
import WatchSetup

/// A session on the configuration: the real clouds, the machine's clock, the user's state folder.
enum LiveSession {
  /// How a configuration's problems are told.
  enum Telling: Sendable {
    /// A line each on standard error, and how many they are.
    case all
    /// The first one, in the error's own line.
    case one
  }

  /// - Parameter callSeconds: the limit of one call with its retries; nil for a watch's own.
  static func make(
    _ arguments: Arguments, callSeconds: Double? = nil, problems: Telling = .all
  ) throws(ProgramError) -> ConsoleSession {
    let surroundings = Surroundings()
    let places = try Places(arguments, surroundings)
    let plan = try plan(places, problems)
    let http = try http(surroundings)
    let accounts = CloudAccounts(
      plan: plan,
      clients: .live(http: http, surroundings, callSeconds: callSeconds))
    let resources = Resources(configurationFolder: places.configurationFolder)
    let ways = try ways(plan, http, surroundings)
    return ConsoleSession(
      surroundings: surroundings, plan: plan, probes: accounts.probes, readers: accounts.readers,
      gap: accounts.gap, notify: ways?.notify, there: ways?.there,
      folder: places.stateFolder, clock: .system, resources: resources,
      // At a reload nobody says anything: the file's own line counts.
      rules: RuleFile(
        path: places.configuration, why: problems == .one ? nil : arguments.value("--why")),
      demo: nil,
      theme: arguments.value("--theme"), ascii: arguments.has("--ascii"),
      remarks: resources.runbooks().problems + resources.themes().problems,
      bills: accounts.bills,
      deadMan: plan.deadMan.map {
        DeadMan(
          plan: $0, http: http,
          secrets: .live(
            environment: surroundings.environment, home: surroundings.home ?? "/nonexistent"))
      },
      reread: { try? make(arguments, problems: .one) })
  }

  /// Where there are people to tell and no channel, the watch must know that nobody can be told.
  private static func ways(
    _ plan: WatchPlan, _ http: HTTPClient, _ surroundings: Surroundings
  ) throws(ProgramError) -> LiveChannels.Ways? {
    if let ways = try LiveChannels.ways(plan, http: http, surroundings) { return ways }
    guard !plan.roles.isEmpty else { return nil }
    return LiveChannels.Ways(
      notify: { _, name in .unsent("the configuration has no channel \(name)") },
      there: { _, name in .unknown("no channel \(name)") })
  }

  /// Whether there is a configuration to read.
  static func isConfigured(_ arguments: Arguments) throws -> Bool {
    let places = try Places(arguments, Surroundings())
    return arguments.value("--config") != nil
      || FileManager.default.fileExists(atPath: places.configuration)
  }

  static func http(_ surroundings: Surroundings) throws(ProgramError) -> HTTPClient {
    do throws(HTTPError) {
      return try CurlTransfer.client(CloudClients.transferSettings(surroundings.environment))
    } catch {
      throw ProgramError("the network library does not start: \(error)")
    }
  }

  static func plan(
    _ places: Places, _ problems: Telling = .all
  ) throws(ProgramError) -> WatchPlan {
    let outcome = try read(places.configuration)
    guard let plan = outcome.plan, outcome.errors.isEmpty else {
      if problems == .one, let first = outcome.errors.first {
        let more = outcome.errors.count > 1 ? " (and \(outcome.errors.count - 1) more)" : ""
        throw ProgramError(first.line(file: places.configuration) + more, status: 78)
      }
      for problem in outcome.errors { Printer.error(problem.line(file: places.configuration)) }
      throw ProgramError(
        "\(outcome.errors.count) \(outcome.errors.count == 1 ? "problem" : "problems") in \(places.configuration): nothing is watched",
        status: 78)
    }
    return plan
  }

  static func read(_ path: String) throws(ProgramError) -> ConfigurationReader.Outcome {
    if Directory.isDirectory(path) {
      throw ProgramError(
        "\(path) is a folder: --config needs a file; docs/configuration.md shows what to write",
        status: 66)
    }
    do throws(PosixError) {
      return ConfigurationReader.read(try File.readAll(path, limit: 1 << 20))
    } catch {
      throw ProgramError(
        "\(path): \(error.reason); docs/configuration.md shows what to write", status: 66)
    }
  }
}
