import CloudAPI
import WatchCore

/// A storage account as it was read at one time: what the checks and its part of the graph are made of.
struct ArchiveView: Sendable {
  struct Container: Sendable {
    var name: String
    /// Nil inside: nothing was ever written there.
    var settings: Reading<BlobContainer?>
    /// Nil inside: there is none.
    var policy: Reading<ImmutabilityPolicy?>
  }

  struct Key: Sendable {
    var vault: AzureID
    /// Nil: there is no such key.
    var key: VaultKey?
  }

  var plan: SourcePlan
  var id: AzureID
  var now: Timestamp
  /// Nil: there is no such account.
  var account: StorageAccount?
  var containers: [Container] = []
  var service: Reading<BlobService> = .failure(Blindness(kind: .other, detail: "not asked"))
  var lifecycle: Reading<[BlobLifecycleRule]> = .success([])
  var locks: Reading<[ManagementLock]> = .success([])
  /// Nil: Microsoft's own keys.
  var key: Reading<Key>?

  var checks: [PostureCheck] {
    var sheet = PostureSheet(id.lowercased)
    guard let account else {
      sheet.add("azure.archive.exists", .fails, "no such storage account")
      return sheet.checks
    }
    sheet.add("azure.archive.exists", .holds, account.location ?? "there")
    addAccess(account, &sheet)
    addKey(&sheet)
    addRecovery(&sheet)
    addLifecycle(&sheet)
    sheet.judge("azure.archive.lock", by: locks) { sheet, locks in
      sheet.addLock("azure.archive.lock", locks, on: id)
    }
    return sheet.checks + containers.flatMap { containerChecks($0, account) }
  }

  var asked: String { "\(plan.retention.framework) asks for \(plan.retention.days)" }

  /// Why nothing can be written.
  private var stops: String? {
    guard account != nil else { return "no such storage account" }
    let rules = ["azure.archive.network", "azure.archive.key", "azure.archive.appends"]
    return checks.first { rules.contains($0.rule) && $0.verdict == .fails }?.seen
  }

  var pipeline: Pipeline {
    let node = PipelineNode(
      id: PipelineNode.ID(.account, id.lowercased), label: PlainLine.make(id.name, limit: 120),
      state: stops.map { .broken($0) } ?? .works)
    let watch = PipelineNode(id: AzureAlertPath.watch, label: "the watch", state: .works)
    var pipeline = Pipeline(
      nodes: [node, watch],
      edges: [
        PipelineEdge(
          from: node.id, to: watch.id, verb: "is listed by", proof: "its newest blob is a path")
      ])
    if case .success(let key)? = key, let name = key.key?.name ?? account?.keyName,
      let id = key.vault.appending("keys/\(name)")
    {
      let keyNode = PipelineNode(
        id: PipelineNode.ID(.key, id.lowercased), label: PlainLine.make(name, limit: 120),
        state: checks.contains { $0.rule == "azure.archive.key" && $0.verdict == .fails }
          ? .broken("it cannot be used") : .works)
      let vault = PipelineNode(
        id: PipelineNode.ID(.key, key.vault.lowercased),
        label: PlainLine.make(key.vault.name, limit: 120))
      pipeline.nodes += [keyNode, vault]
      pipeline.edges.append(
        PipelineEdge(
          from: node.id, to: keyNode.id, verb: "is encrypted with", proof: "read just now"))
    }
    return Pipeline().merged(with: pipeline)
  }
}
