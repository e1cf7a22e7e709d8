import CloudAPI
import Crypto
import WatchCore

/// The echo: one tag of an empty resource group that was made for it is written anew, which is an
/// operation in the Activity Log; and the look for those that were written before, where the export
/// should bring them out (the workspace) and in the Activity Log itself.
///
/// The watch's only write to what it watches. Opt-in; it needs `Microsoft.Resources/tags/write` on that
/// group and nowhere else (``permission``).
struct AzureEchoProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan
  private let nonce: @Sendable () -> String
  private let memory = AzureEchoMemory()

  init(
    facts: AzureFacts, plan: SourcePlan,
    nonce: @escaping @Sendable () -> String = AzureEchoProbe.guid
  ) {
    self.facts = facts
    self.plan = plan
    self.nonce = nonce
  }

  /// What the echo needs besides reading.
  static let permission = AzureAction.writeTags
  static let tag = "watchkeeper-echo"
  static let operation = "Microsoft.Resources/tags/write"

  /// Between two echoes; a look that was hurried sends nothing anew.
  private static let pause = Duration.minutes(14)
  /// Clocks apart: an event can be stamped so much before the call that it tells of.
  private static let slack = Duration.minutes(2)

  /// Nil where no group is configured for it, or none of a watched subscription; and where there is no
  /// workspace: that it is in the Activity Log itself proves no export, and a blob is not read.
  func probe(_ clock: ProbeClock) -> Probe? {
    guard hasWorkspace, let (unit, group) = place else { return nil }
    let path = PathID(source: plan.id, kind: .echo, region: unit.label)
    let ends: [AzureAction] = [
      .readWorkspaces, .readTables, .query, .query(table: ActivityRows.table),
    ]
    return facts.probe(
      id: "azure.echo \(plan.id.text)", every: .minutes(5),
      permissions: [Self.permission, .readActivityLog] + ends, paths: [path], clock: clock
    ) { now in
      [Look(path: path, result: await look(unit, group, now))]
    }
  }

  private var hasWorkspace: Bool { plan.azure?.workspace != nil }

  /// `SUBSCRIPTION-LABEL/NAME`
  private var place: (CloudUnit, AzureID)? {
    guard let text = plan.azure?.echoGroup,
      let (unit, name) = plan.units(of: facts.account).split(text), !name.isEmpty,
      !name.contains("/"), let group = unit.scope?.appending("resourceGroups/\(name)")
    else { return nil }
    return (unit, group)
  }

  private func look(_ unit: CloudUnit, _ group: AzureID, _ now: Timestamp) async -> Look.Result {
    let kinds: [PathKind] = [.activity, .history]
    var blind: [PathKind: Blindness] = [:]
    for kind in kinds {
      let waiting = await memory.outstanding(kind)
      guard let oldest = waiting.first else { continue }
      do throws(Blindness) {
        let backs =
          kind == .activity
          ? try await inWorkspace(waiting, oldest.sent.at, now)
          : try await inHistory(waiting, unit, group, oldest.sent.at, now)
        await memory.take(backs, at: kind)
      } catch {
        blind[kind] = error
      }
    }
    let refused = await send(group, kinds, now)
    let legs = await memory.legs(kinds, limits: limits, blind: blind, at: now)
    if let refused, !legs.contains(where: { $0.kind != .history && $0.owed != nil }) {
      return .blind(refused)
    }
    return .saw(.echo(EchoSighting(legs: legs)))
  }

  private var limits: [PathKind: Duration] {
    var limits: [PathKind: Duration] = [:]
    for kind in [PathKind.activity, .history] {
      let expectation = plan.expectation(kind) ?? plan.expectation(.echo)
      limits[kind] = expectation?.limit ?? .minutes(40)
    }
    return limits
  }

  /// Sends the next one; gives why it could not.
  private func send(_ group: AzureID, _ kinds: [PathKind], _ now: Timestamp) async -> Blindness? {
    if let last = await memory.newest, last <= now, now - last < Self.pause { return nil }
    let nonce = nonce()
    do throws(Blindness) {
      let receipt = try await blindly { () async throws(CloudError) in
        try await facts.client.writeEchoTag(
          group: group, name: Self.tag, value: nonce, requestID: nonce)
      }
      await memory.send(nonce, receipt.correlationID, at: now, kinds: kinds)
      return nil
    } catch {
      return error
    }
  }

  /// By correlation id, or by the request's id that we chose.
  private func inWorkspace(
    _ waiting: [AzureEchoMemory.Call], _ oldest: Timestamp, _ now: Timestamp
  ) async throws(Blindness) -> [EchoTrack.Back] {
    let id = try plan.workspaceID()
    let workspace = try await facts.workspace(id, at: now).queryID()
    let answer: LogTable
    let hours = Int((now - oldest + Self.slack).wholeSeconds / 3_600) + 1
    do {
      answer = try await facts.client.query(
        workspace: workspace, Self.query(waiting), tables: [ActivityRows.table],
        columns: ["Correlation", "Request", "Arrived"], hours: max(hours, 1))
    } catch {
      try await facts.client.needsNoTable(ActivityRows.table, of: id, error)
      return []
    }
    return answer.rows.compactMap { row in
      let correlation = row.text("Correlation")?.lowercased() ?? ""
      let request = row.text("Request")?.lowercased() ?? ""
      guard let arrived = row.date("Arrived").flatMap({ Timestamp($0) }),
        let call = waiting.first(where: {
          $0.correlation == correlation && !correlation.isEmpty
            || request.contains($0.sent.nonce.lowercased())
        })
      else { return nil }
      return EchoTrack.Back(
        nonce: call.sent.nonce, arrived: min(arrived, now), record: "AzureActivity \(correlation)")
    }
  }

  /// The values' case varies: without regard to it.
  static func query(_ waiting: [AzureEchoMemory.Call]) -> String {
    let ids = waiting.compactMap(\.correlation).map(KQL.text).joined(separator: ", ")
    let requests = waiting.map { "HTTPRequest contains \(KQL.text($0.sent.nonce))" }
    let wanted = (ids.isEmpty ? [] : ["tolower(CorrelationId) in (\(ids))"]) + requests
    return "\(ActivityRows.table) | where OperationNameValue =~ \(KQL.text(operation))"
      + " | where \(wanted.joined(separator: " or "))"
      + " | summarize Arrived = min(ingestion_time())"
      + " by Correlation = CorrelationId, Request = HTTPRequest"
  }

  private func inHistory(
    _ waiting: [AzureEchoMemory.Call], _ unit: CloudUnit, _ group: AzureID, _ oldest: Timestamp,
    _ now: Timestamp
  ) async throws(Blindness) -> [EchoTrack.Back] {
    let log = try await blindly { () async throws(CloudError) in
      try await facts.client.activityLog(
        subscription: unit.id, start: (oldest - Self.slack).foundationDate,
        end: (now + Heartbeat.ahead).foundationDate, filter: .resourceGroup(group.name),
        pageLimit: 4)
    }
    let backs = log.events.compactMap { event -> EchoTrack.Back? in
      guard event.isOperation(Self.operation),
        let call = waiting.first(where: {
          $0.correlation != nil && $0.correlation == event.correlationID?.lowercased()
            || $0.sent.nonce == event.clientRequestID
        })
      else { return nil }
      return EchoTrack.Back(
        nonce: call.sent.nonce, arrived: now,
        record: event.eventDataID.map { PlainLine.make($0, limit: 100) })
    }
    if log.isCut, backs.isEmpty {
      throw .bound("Activity Logs - List: more than 4 pages of the echo's group")
    }
    return backs
  }

  /// A GUID that nobody can guess (RFC 9562, version 4).
  @Sendable static func guid() -> String {
    var bytes = RandomBytes.make(16)
    bytes[6] = bytes[6] & 0x0f | 0x40
    bytes[8] = bytes[8] & 0x3f | 0x80
    let hex = Array(Hex.encode(bytes))
    let groups = [hex[0..<8], hex[8..<12], hex[12..<16], hex[16..<20], hex[20..<32]]
    return groups.map { String($0) }.joined(separator: "-")
  }
}
