import CloudAPI
import Foundation
import Transfer
import WatchCore
import WatchProbes
import WatchSetup

/// The configured AWS accounts, as probes: the only place where settings become clients.
struct AWSAccounts: Sendable {
  let probes: [Probe]
  /// What looking costs, an account each.
  let bills: [CallBill]
  /// Of the accounts that have a queue.
  let readers: [EventReader]
  private let gaps: [String: GapProbe]

  init(plan: WatchPlan, http: HTTPClient, surroundings: Surroundings, callSeconds: Double? = nil) {
    var probes: [Probe] = []
    var readers: [EventReader] = []
    var bills: [CallBill] = []
    var gaps: [String: GapProbe] = [:]
    for account in plan.accounts where account.cloud == .aws {
      let client = Self.client(account, http: http, surroundings, callSeconds: callSeconds)
      let parts = PartMemory()
      let own = AWSProbes.make(
        account: account, sources: plan.sources, client: client, parts: parts)
      let pushed = AWSProbes.readers(
        account: account, sources: plan.sources, client: client, parts: parts)
      probes += own
      readers += pushed
      bills.append(
        CallEstimate(regions: account.regions?.count).bill(
          account, sources: plan.sources, probes: own, readers: pushed))
      gaps[account.name] = AWSProbes.gap(account: account, sources: plan.sources, client: client)
    }
    self.probes = probes
    self.readers = readers
    self.bills = bills
    self.gaps = gaps
  }

  func gap(_ question: GapProbe.Question, _ now: Timestamp) async -> GapProbe.Answer {
    guard let probe = gaps[question.source.account] else {
      return .blind(Blindness(kind: .missing, detail: "account \(question.source.account) is gone"))
    }
    return await probe.ask(question, now)
  }

  /// Reads no file and sends nothing until it is asked.
  static func client(
    _ account: CloudAccount, http: HTTPClient, _ surroundings: Surroundings,
    callSeconds: Double? = nil
  ) -> AWSClient {
    var access = access(account, surroundings)
    if let callSeconds { access.callSeconds = callSeconds }
    return AWSClient(access: access, http: http)
  }

  private static func access(_ account: CloudAccount, _ surroundings: Surroundings) -> AWSAccess {
    AWSAccess(
      profile: account.profile, roleARN: account.roleARN, externalID: account.externalID,
      partition: account.partition.flatMap { name in AWSPartition.named(name) },
      endpoint: account.endpoint, fips: account.fips ? true : nil,
      dualStack: account.dualStack ? true : nil, environment: surroundings.environment,
      homeDirectory: surroundings.home ?? "/nonexistent")
  }

  /// The network as the environment says it must be used.
  static func transferSettings(_ environment: [String: String]) -> TransferSettings {
    func variable(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    return TransferSettings(
      caBundle: variable("AWS_CA_BUNDLE", "SSL_CERT_FILE"),
      proxy: variable("HTTPS_PROXY", "https_proxy"), noProxy: variable("NO_PROXY", "no_proxy") ?? ""
    )
  }
}
