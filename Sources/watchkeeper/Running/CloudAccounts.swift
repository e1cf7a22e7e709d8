import CloudAPI
import WatchCore
import WatchProbes
import WatchSetup

/// The configured accounts of all clouds, as probes. The demo makes the same of its own clients.
struct CloudAccounts: Sendable {
  private(set) var probes: [Probe] = []
  /// What looking costs, an account each.
  private(set) var bills: [CallBill] = []
  /// Of the accounts that have a queue.
  private(set) var readers: [EventReader] = []
  /// By cloud and name: `azure/dev`.
  private var gaps: [String: GapProbe] = [:]

  /// - Parameters:
  ///   - regions: of AWS, where the configuration names none; nil: as every account has.
  ///   - clock: by which probes and readers wait.
  init(
    plan: WatchPlan, clients: CloudClients, regions: Int? = nil, clock: ProbeClock = .live
  ) {
    for account in plan.accounts {
      let one = AccountInUse(account, plan.sources, clients, clock: clock)
      probes += one.probes
      readers += one.readers
      bills.append(one.bill(plan.sources, regions: regions))
      gaps[Self.key(account.cloud, account.name)] = one.gap
    }
  }

  func gap(_ question: GapProbe.Question, _ now: Timestamp) async -> GapProbe.Answer {
    let source = question.source
    guard let probe = gaps[Self.key(source.cloud, source.account)] else {
      return .blind(Blindness(kind: .missing, detail: "account \(source.account) is gone"))
    }
    return await probe.ask(question, now)
  }

  private static func key(_ cloud: Cloud, _ name: String) -> String { "\(cloud.rawValue)/\(name)" }
}

/// One account, and everything that a watch asks it with.
struct AccountInUse: Sendable {
  let account: CloudAccount
  let probes: [Probe]
  let readers: [EventReader]
  let gap: GapProbe

  /// Sends nothing.
  init(
    _ account: CloudAccount, _ sources: [SourcePlan], _ clients: CloudClients,
    clock: ProbeClock = .live
  ) {
    self.account = account
    let parts = PartMemory()
    switch account.cloud {
    case .aws:
      let client = clients.aws(account)
      probes = AWSProbes.make(
        account: account, sources: sources, client: client, clock: clock, parts: parts)
      readers = AWSProbes.readers(
        account: account, sources: sources, client: client, clock: clock, parts: parts)
      gap = AWSProbes.gap(account: account, sources: sources, client: client, clock: clock)
    case .azure:
      let client = clients.azure(account)
      probes = AzureProbes.make(
        account: account, sources: sources, client: client, clock: clock, parts: parts)
      readers = AzureProbes.readers(
        account: account, sources: sources, client: client, clock: clock, parts: parts)
      gap = AzureProbes.gap(account: account, sources: sources, client: client, clock: clock)
    case .gcp:
      let client = clients.gcp(account)
      probes = GCPProbes.make(
        account: account, sources: sources, client: client, clock: clock, parts: parts)
      readers = GCPProbes.readers(
        account: account, sources: sources, client: client, clock: clock, parts: parts)
      gap = GCPProbes.gap(account: account, sources: sources, client: client, clock: clock)
    }
  }

  func bill(_ sources: [SourcePlan], regions: Int?) -> CallBill {
    switch account.cloud {
    case .aws:
      CallEstimate(regions: account.regions?.count ?? regions).bill(
        account, sources: sources, probes: probes, readers: readers)
    case .azure, .gcp: UnitCallEstimate.bill(account, probes: probes, readers: readers)
    }
  }
}
