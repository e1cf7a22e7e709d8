import CloudAPI
import WatchCore

/// What all probes of one Azure account share: answers that are asked for once and then remembered for
/// a while. What cannot be read is blind with its reason, never empty; each subscription by itself.
final class AzureFacts: Sendable {
  /// A workspace and how far back its rows are asked for.
  struct RowSpan: Hashable, Sendable {
    var workspace: AzureID
    var hours: Int
  }

  let account: CloudAccount
  /// Those of this account that are not switched off.
  let sources: [SourcePlan]
  let client: AzureClient
  /// The parts of the pipelines, as they were last seen.
  let known: KnownParts
  /// By subscription.
  let history: Memo<CloudUnit, AzureWindow>
  private let settingMemo: Memo<AzureID, [DiagnosticSetting]>
  private let categoryMemo: Memo<AzureID, [DiagnosticCategory]>
  private let workspaceMemo: Memo<AzureID, LogWorkspace>
  private let accountMemo: Memo<AzureID, StorageAccount>
  private let rowMemo: Memo<RowSpan, ActivityRows>
  private let subscriptionMemo: Memo<String, [AzureSubscription]>
  private let identityMemo: Memo<String, AzureIdentity>

  init(
    account: CloudAccount, sources: [SourcePlan], client: AzureClient,
    parts: PartMemory = PartMemory()
  ) {
    self.account = account
    self.sources = sources
    self.client = client
    known = parts.known
    history = .azureHistory(client: client)
    settingMemo = Memo { (scope, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in
        // A subscription's own settings have another API than a resource's.
        guard scope.isSubscription, let id = scope.subscriptionID else {
          return try await client.diagnosticSettings(of: scope)
        }
        return try await client.diagnosticSettings(subscription: id)
      }
    }
    categoryMemo = Memo { (scope, _, _) async throws(Blindness) in
      let found = try await blindly { () async throws(CloudError) in
        try await client.diagnosticCategories(of: scope)
      }
      // Nothing would be carried by any group: what a resource can log is not nothing.
      if found.allSatisfy({ $0.type?.lowercased() == "metrics" }) {
        throw Blindness(
          kind: .unreadable, detail: "Diagnostic Settings Category - List: no category")
      }
      return found
    }
    workspaceMemo = Memo { (id, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.workspace(id) }
    }
    accountMemo = Memo { (id, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.storageAccount(id) }
    }
    let (workspaces, identities) = (workspaceMemo, Self.identities(client))
    identityMemo = identities
    rowMemo = Memo { (span, now, _) async throws(Blindness) in
      let own = try? await identities.value("", at: now, maxAge: .hours(1))
      let id = try await workspaces.value(span.workspace, at: now, maxAge: .minutes(15)).queryID()
      return try await ActivityRows.read(id, span, own: own, client)
    }
    subscriptionMemo = Memo { (_, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.subscriptions() }
    }
  }

  private static func identities(_ client: AzureClient) -> Memo<String, AzureIdentity> {
    Memo { (_, _, _) async throws(Blindness) in
      try await blindly { () async throws(CloudError) in try await client.identity() }
    }
  }

  /// Whose calls ours are; nil where the token does not say. Without it our own writes count as
  /// activity, which errs towards an alarm.
  func identity(at now: Timestamp) async -> AzureIdentity? {
    try? await identityMemo.value("", at: now, maxAge: .hours(1))
  }

  /// All diagnostic settings of a subscription or of a resource.
  func settings(
    of scope: AzureID, at now: Timestamp, maxAge: Duration = .zero
  ) async throws(Blindness) -> [DiagnosticSetting] {
    try await settingMemo.value(scope, at: now, maxAge: maxAge)
  }

  /// What a resource can log. They change with Azure's releases only: the last answer serves as long
  /// as there is no newer one.
  func categories(
    of resource: AzureID, at now: Timestamp
  ) async throws(Blindness) -> [DiagnosticCategory] {
    do throws(Blindness) {
      return try await categoryMemo.value(resource, at: now, maxAge: .hours(1))
    } catch {
      if let last = await categoryMemo.last(resource) { return last }
      throw error
    }
  }

  func workspace(
    _ id: AzureID, at now: Timestamp, maxAge: Duration = .minutes(15)
  ) async throws(Blindness) -> LogWorkspace {
    try await workspaceMemo.value(id, at: now, maxAge: maxAge)
  }

  func storage(
    _ id: AzureID, at now: Timestamp, maxAge: Duration = .minutes(15)
  ) async throws(Blindness) -> StorageAccount {
    try await accountMemo.value(id, at: now, maxAge: maxAge)
  }

  /// The Activity Log's rows in a workspace, of all its subscriptions.
  func rows(
    _ span: RowSpan, at now: Timestamp, maxAge: Duration
  ) async throws(Blindness) -> ActivityRows {
    try await rowMemo.value(span, at: now, maxAge: maxAge)
  }

  /// All subscriptions that the credentials can see.
  func subscriptions(at now: Timestamp) async throws(Blindness) -> [AzureSubscription] {
    try await subscriptionMemo.value("", at: now, maxAge: .minutes(15))
  }

  /// All locks of something's subscription: one on its group or on the subscription holds it too, and a
  /// list of its own does not tell of those.
  func locks(around id: AzureID) async -> Reading<[ManagementLock]> {
    let scope = id.subscriptionID.flatMap { AzureID.subscription($0) } ?? id
    return await reading { () async throws(CloudError) in try await client.locks(scope: scope) }
  }

  /// The watched subscription that something is in; nil where none is watched.
  func unit(of id: AzureID) -> CloudUnit? {
    guard let subscription = id.subscriptionID?.lowercased() else { return nil }
    return account.units.first { $0.id.lowercased() == subscription }
  }

  /// The label for something's subscription, watched or not.
  func label(of id: AzureID) -> String {
    unit(of: id)?.label ?? CloudUnit(id: id.subscriptionID?.lowercased() ?? "tenant").label
  }
}

extension AzureID {
  /// `/subscriptions/{id}` and nothing more.
  var isSubscription: Bool {
    subscriptionID != nil && lowercased.split(separator: "/").count == 2
  }
}

extension CloudUnit {
  /// Nil where the configuration has no plain id.
  var scope: AzureID? { AzureID.subscription(id) }

  func needScope() throws(Blindness) -> AzureID {
    guard let scope else {
      throw Blindness(kind: .other, detail: "\(label): not a subscription's id")
    }
    return scope
  }
}

extension LogWorkspace {
  /// The GUID that queries take.
  func queryID() throws(Blindness) -> String {
    guard let customerID else {
      throw Blindness(kind: .unreadable, detail: "Workspaces - Get: no customerId")
    }
    return customerID
  }
}

extension SourcePlan {
  /// The workspace that records must reach; throws where the configuration names none that is.
  func workspaceID() throws(Blindness) -> AzureID {
    guard let id = azure?.workspace.flatMap({ AzureID($0) }) else {
      throw Blindness(kind: .other, detail: "the workspace is not an ARM id")
    }
    return id
  }
}
