import CloudAPI
import Transfer
import WatchCore
import WatchProbes
import WatchSetup

/// The configured AWS accounts for a command that writes policies about them: nothing is watched.
struct AccountsAtHand: Sendable {
  /// One account, and everything that a watch would ask it with.
  struct Entry: Sendable {
    var account: CloudAccount
    var probes: [Probe]
    var readers: [EventReader]
    var gap: GapProbe
    var inventory: Inventory
  }

  var entries: [Entry]

  /// - Throws: where there is no such configuration or account.
  init(_ arguments: Arguments) throws {
    guard arguments.words.first == "aws" else {
      throw UsageError.missing("\(arguments.command ?? "") needs the word aws")
    }
    try arguments.takesWords(atMost: 1)
    let surroundings = Surroundings()
    let plan = try LiveSession.plan(try Places(arguments, surroundings))
    let http = try LiveSession.http(surroundings)
    let accounts = try Self.chosen(arguments, plan)
    let isOffline = arguments.has("--offline")
    entries = try Blocking.run {
      var entries: [Entry] = []
      for account in accounts {
        let client = AWSAccounts.client(account, http: http, surroundings)
        entries.append(await Self.entry(account, plan, client, isOffline: isOffline))
      }
      return entries
    }
  }

  private static func entry(
    _ account: CloudAccount, _ plan: WatchPlan, _ client: AWSClient, isOffline: Bool
  ) async -> Entry {
    let probes = AWSProbes.make(account: account, sources: plan.sources, client: client)
    var entry = Entry(
      account: account, probes: probes,
      readers: AWSProbes.readers(account: account, sources: plan.sources, client: client),
      gap: AWSProbes.gap(account: account, sources: plan.sources, client: client),
      inventory: Inventory(account: account, sources: plan.sources))
    if !isOffline {
      entry.inventory = await Inventory.asked(
        account: account, sources: plan.sources, client: client, probes: probes,
        at: ProgramClock.system.now())
    }
    return entry
  }

  private static func chosen(
    _ arguments: Arguments, _ plan: WatchPlan
  ) throws -> [CloudAccount] {
    let accounts = plan.accounts.filter { $0.cloud == .aws }
    guard let name = arguments.value("--account") else {
      if accounts.isEmpty {
        throw ProgramError("the configuration has no account of aws", status: 78)
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
