import CloudAPI
import WatchCore

/// The storage account that keeps a source's archive: whether logs can be written to it, by whom they
/// can be taken away or read, and how long they are kept. One `.posture` path of the source.
struct ArchivePostureProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan

  /// Nil where no archive is expected.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard let archive = plan.azure?.archive else { return nil }
    let label = AzureID(archive).map { facts.label(of: $0) } ?? "tenant"
    let path = PathID(source: plan.id, kind: .posture, region: label, member: "archive")
    return facts.probe(
      id: "azure.archive-posture \(plan.id.text)", every: .minutes(10),
      permissions: [
        .readStorageAccounts, .readBlobService, .readContainers, .readImmutability,
        .readLifecycle, .readLocks, .readVaults, .readVaultKeys,
      ], paths: [path], clock: clock
    ) { now in
      [Look(path: path, result: await look(now))]
    }
  }

  /// Containers that the source's logs are in.
  private var containers: [String] { plan.azure.map(AzureProbes.containers) ?? [] }

  private func look(_ now: Timestamp) async -> Look.Result {
    guard let id = plan.azure?.archive.flatMap({ AzureID($0) }) else {
      return .blind(Blindness(kind: .other, detail: "the archive is not an ARM id"))
    }
    let view: ArchiveView
    do throws(Blindness) {
      view = await read(id, try await facts.storage(id, at: now, maxAge: .minutes(1)), now)
    } catch  where error.kind == .missing {
      view = ArchiveView(plan: plan, id: id, now: now, account: nil)
    } catch {
      return .blind(error)
    }
    return .saw(.posture(PostureSighting(checks: view.checks, pipeline: view.pipeline)))
  }

  private func read(
    _ id: AzureID, _ account: StorageAccount, _ now: Timestamp
  ) async -> ArchiveView {
    let client = facts.client
    var view = ArchiveView(plan: plan, id: id, now: now, account: account)
    async let service = reading { () async throws(CloudError) in
      try await client.blobService(account: id)
    }
    async let lifecycle = reading { () async throws(CloudError) in
      try await client.lifecycleRules(account: id)
    }
    async let locks = facts.locks(around: id)
    view.containers = await inParallel(containers, width: 4) { name in
      ArchiveView.Container(
        name: name,
        settings: await reading { () async throws(CloudError) in
          try await client.blobContainer(name, account: id)
        },
        policy: await reading { () async throws(CloudError) in
          try await client.immutabilityPolicy(container: name, account: id)
        })
    }
    view.key = await key(account, id)
    view.service = await service
    view.lifecycle = await lifecycle
    view.locks = await locks
    return view
  }

  /// Of a customer's key: its vault is named by URI, and has to be found. Nil: Microsoft's own keys.
  private func key(
    _ account: StorageAccount, _ id: AzureID
  ) async -> Reading<ArchiveView.Key>? {
    guard account.keySource?.lowercased() == "microsoft.keyvault", let name = account.keyName,
      let uri = account.keyVaultURI, let subscription = id.subscriptionID
    else { return nil }
    let client = facts.client
    let host = URLParts(uri)?.host ?? uri
    let vaultName = host.split(separator: ".").first.map { $0.lowercased() } ?? ""
    let found = await reading { () async throws(CloudError) in
      try await client.keyVaults(subscription: subscription)
    }
    switch found {
    case .failure(let why): return .failure(why)
    case .success(let vaults):
      guard let vault = vaults.first(where: { $0.id.name.lowercased() == vaultName }) else {
        // A managed HSM, or another subscription's: nothing that could be said of it.
        return .failure(
          Blindness(
            kind: .elsewhere, detail: "key \(name) in \(vaultName), not in this subscription"))
      }
      return await reading { () async throws(CloudError) in
        ArchiveView.Key(vault: vault.id, key: try await client.vaultKey(name, vault: vault.id))
      }
    }
  }
}
