import CloudAPI
import WatchCore
import WatchProbes
import WatchSetup

/// `watchkeeper init azure` and `init gcp`: subscriptions, projects, where their audit logs go, and how
/// long they were quiet. `--config FILE` says how the cloud is reached, where the environment does not.
enum UnitInit {
  static func azure(
    _ arguments: Arguments, _ surroundings: Surroundings, to path: String
  ) throws -> Int32 {
    let account = try account(arguments, .azure)
    let clients = CloudClients.live(http: try LiveSession.http(surroundings), surroundings)
    let client = clients.azure(account)
    let now = ProgramClock.system.now()
    let findings = try found { () async throws(CloudError) in
      try await AzureFinder(client: client).find(at: now)
    }
    let draft = AzureDraft(
      findings: findings, asked: account, me: surroundings.me.name, at: now)
    let cost = cost(draft.text(), clients)
    try InitCommand.write(draft.text(cost: cost), to: path)
    tell(
      findings.unseen, cost, path, isNamed: arguments.value("--output") != nil,
      count: findings.subscriptions.count, "subscription")
    return 0
  }

  static func gcp(
    _ arguments: Arguments, _ surroundings: Surroundings, to path: String
  ) throws -> Int32 {
    let account = try account(arguments, .gcp)
    let clients = CloudClients.live(http: try LiveSession.http(surroundings), surroundings)
    let client = clients.gcp(account)
    let now = ProgramClock.system.now()
    let findings = try found { () async throws(CloudError) in
      try await GCPFinder(client: client).find(at: now)
    }
    let draft = GCPDraft(findings: findings, asked: account, me: surroundings.me.name, at: now)
    let cost = cost(draft.text(), clients)
    try InitCommand.write(draft.text(cost: cost), to: path)
    tell(
      findings.unseen, cost, path, isNamed: arguments.value("--output") != nil,
      count: findings.projects.count, "project")
    return 0
  }

  /// How the cloud is reached: as the environment says, or as an account of a configuration does.
  private static func account(_ arguments: Arguments, _ cloud: Cloud) throws -> CloudAccount {
    if arguments.value("--profile") != nil {
      throw UsageError.missing("--profile is for init aws alone")
    }
    guard arguments.value("--config") != nil else {
      if arguments.value("--account") != nil {
        throw UsageError.missing("--account needs --config FILE, where the account is")
      }
      return CloudAccount(
        cloud: cloud, name: "init", azure: cloud == .azure ? AzureAccount() : nil,
        gcp: cloud == .gcp ? GCPAccount() : nil)
    }
    let plan = try LiveSession.plan(try Places(arguments, Surroundings()))
    let accounts = try AccountsAtHand.chosen(arguments, plan, cloud)
    guard accounts.count == 1, let account = accounts.first else {
      throw UsageError.missing("the configuration has several accounts: name one with --account")
    }
    return account
  }

  private static func found<Findings: Sendable>(
    _ find: @escaping @Sendable () async throws(CloudError) -> Findings
  ) throws -> Findings {
    let outcome = try Blocking.run { () async -> Result<Findings, CloudError> in
      do throws(CloudError) {
        return .success(try await find())
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let findings): return findings
    case .failure(let error):
      throw ProgramError("nothing could be found out: \(error.plain)", status: 69)
    }
  }

  /// What watching this would take, one line each.
  private static func cost(_ text: String, _ clients: CloudClients) -> [String] {
    guard let plan = ConfigurationReader.read(Array(text.utf8)).plan,
      let account = plan.accounts.first
    else { return [] }
    let used = AccountInUse(account, plan.sources, clients)
    let quotas = UnitCallEstimate.quotas(account, probes: used.probes, readers: used.readers)
    return DraftPieces.cost(used.bill(plan.sources, regions: nil), quotas)
  }

  /// On standard error, beside the file.
  private static func tell(
    _ unseen: [String], _ cost: [String], _ path: String, isNamed: Bool, count: Int,
    _ what: String
  ) {
    for line in unseen { Printer.error("not seen: \(line)") }
    for line in cost { Printer.error(line) }
    InitCommand.tellNext("\(count) \(what)\(count == 1 ? "" : "s")", path, isNamed: isNamed)
  }
}
