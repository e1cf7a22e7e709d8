import CloudAPI
import Transfer
import WatchCore
import WatchProbes
import WatchSetup

/// The configured AWS accounts for a command that writes policies about them: nothing is watched.
struct AccountsAtHand: Sendable {
  /// One account, everything that a watch would ask it with, and what is known of its pipelines.
  struct Entry: Sendable {
    var used: AccountInUse
    var inventory: Inventory
    /// Topics that channels publish to as this account.
    var topics: [String] = []

    var account: CloudAccount { used.account }
    var probes: [Probe] { used.probes }
    var readers: [EventReader] { used.readers }
    var gap: GapProbe { used.gap }
  }

  var entries: [Entry]

  /// - Throws: where there is no such configuration or account.
  init(_ arguments: Arguments) throws {
    guard arguments.words.first == "aws" else {
      let words = arguments.command == "policy" ? "aws, azure or gcp" : "aws"
      throw UsageError.missing("\(arguments.command ?? "") needs the word \(words)")
    }
    try arguments.takesWords(atMost: 1)
    let surroundings = Surroundings()
    let plan = try LiveSession.plan(try Places(arguments, surroundings))
    let clients = CloudClients.live(http: try LiveSession.http(surroundings), surroundings)
    let accounts = try Self.chosen(arguments, plan, .aws)
    let isOffline = arguments.has("--offline")
    entries = try Blocking.run {
      var entries: [Entry] = []
      for account in accounts {
        entries.append(await Self.entry(account, plan, clients, isOffline: isOffline))
      }
      return entries
    }
  }

  private static func entry(
    _ account: CloudAccount, _ plan: WatchPlan, _ clients: CloudClients, isOffline: Bool
  ) async -> Entry {
    let used = AccountInUse(account, plan.sources, clients)
    var entry = Entry(
      used: used, inventory: Inventory(account: account, sources: plan.sources))
    entry.topics = plan.channels.filter { $0.setting("account") == account.name }
      .compactMap { $0.setting("topic") }
    if !isOffline {
      entry.inventory = await Inventory.asked(
        account: account, sources: plan.sources, client: clients.aws(account),
        probes: used.probes, at: ProgramClock.system.now())
    }
    return entry
  }

  /// - Throws: where the configuration has no account of that cloud, or none of that name.
  static func chosen(
    _ arguments: Arguments, _ plan: WatchPlan, _ cloud: Cloud
  ) throws -> [CloudAccount] {
    try arguments.takesWords(atMost: 1)
    let accounts = plan.accounts.filter { $0.cloud == cloud }
    guard let name = arguments.value("--account") else {
      if accounts.isEmpty {
        throw ProgramError("the configuration has no account of \(cloud.rawValue)", status: 78)
      }
      return accounts
    }
    guard let account = accounts.first(where: { $0.name == name }) else {
      throw UsageError.badValue(
        "--account", name, "known are \(accounts.map(\.name).joined(separator: ", "))")
    }
    return [account]
  }
}
