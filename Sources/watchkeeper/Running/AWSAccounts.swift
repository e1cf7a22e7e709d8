import CloudAPI
import Foundation
import Transfer
import WatchCore
import WatchProbes

/// The configured AWS accounts, as probes: the only place where settings become clients.
struct AWSAccounts: Sendable {
  let probes: [Probe]
  private let gaps: [String: GapProbe]

  init(plan: WatchPlan, http: HTTPClient, surroundings: Surroundings) {
    var probes: [Probe] = []
    var gaps: [String: GapProbe] = [:]
    for account in plan.accounts where account.cloud == .aws {
      let client = AWSClient(access: Self.access(account, surroundings), http: http)
      probes += AWSProbes.make(account: account, sources: plan.sources, client: client)
      gaps[account.name] = AWSProbes.gap(account: account, sources: plan.sources, client: client)
    }
    self.probes = probes
    self.gaps = gaps
  }

  func gap(_ question: GapProbe.Question, _ now: Timestamp) async -> GapProbe.Answer {
    guard let probe = gaps[question.source.account] else {
      return .blind(Blindness(kind: .missing, detail: "account \(question.source.account) is gone"))
    }
    return await probe.ask(question, now)
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
