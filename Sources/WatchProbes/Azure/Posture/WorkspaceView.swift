import CloudAPI
import Foundation
import WatchCore

/// A workspace as it was read at one time.
struct WorkspaceView: Sendable {
  /// What `_LogOperation` says was lost.
  struct Loss: Hashable, Sendable {
    var at: Timestamp?
    var what: String
    var count: Int
  }

  var plan: SourcePlan
  var id: AzureID
  var workspace: Reading<LogWorkspace>
  /// By name; nil inside: there is no such table yet.
  var tables: [(name: String, settings: Reading<LogTableSettings?>)] = []
  var locks: Reading<[ManagementLock]> = .success([])
  /// Newest first.
  var losses: Reading<[Loss]> = .failure(Blindness(kind: .other, detail: "not asked"))
  /// Billable gigabytes of the cap's day; nil: not asked, since there is no cap.
  var used: Reading<Double>?

  /// How far back lost records count as a failure of now.
  static let lossHours = 2

  /// What the workspace itself reports about records that did not come in.
  static func losses(
    _ workspace: String, of id: AzureID, _ client: AzureClient
  ) async -> Reading<[Loss]> {
    let query =
      "_LogOperation | where Category =~ \"Ingestion\" | where tolower(Level) in (\"warning\", \"error\")"
      + " | summarize Newest = max(TimeGenerated), Records = count() by Operation, Detail"
      + " | top 20 by Newest"
    do {
      let answer = try await client.query(
        workspace: workspace, query, tables: ["Operation"],
        columns: ["Operation", "Detail", "Newest", "Records"], hours: lossHours)
      return .success(
        answer.rows.map { row in
          let words = [row.text("Operation"), row.text("Detail")].compactMap { $0 }
          return Loss(
            at: row.date("Newest").flatMap { Timestamp($0) },
            what: PlainLine.make(words.joined(separator: ": "), limit: 200),
            count: row.int("Records") ?? 1)
        })
    } catch {
      return await client.reading(error, noTable: "Operation", "_LogOperation", of: id, [])
    }
  }

  /// Gigabytes (of 1000 MB, as they are billed) since the cap's day began.
  static func used(
    _ workspace: String, of id: AzureID, hours: Int, _ client: AzureClient
  ) async -> Reading<Double> {
    do {
      let answer = try await client.query(
        workspace: workspace, "Usage | where IsBillable == true | summarize Used = sum(Quantity)",
        tables: ["Usage"], columns: ["Used"], hours: hours)
      return .success((answer.rows.first?.number("Used") ?? 0) / 1_000)
    } catch {
      return await client.reading(error, noTable: "Usage", of: id, 0)
    }
  }

  /// How many hours old the cap's day is: it ends at the next reset.
  static func hoursOfDay(_ reset: Date?, _ now: Timestamp) -> Int {
    guard let reset = reset.flatMap({ Timestamp($0) }), reset > now else { return 24 }
    let left = (reset - now).wholeSeconds
    return Int(min(max((86_400 - left + 3_599) / 3_600, 1), 24))
  }

  var pipeline: Pipeline {
    let state: PipelineNode.State
    switch workspace {
    case .success(let found):
      state = WorkspaceView.stops(found).map { .broken($0) } ?? .works
    case .failure(let why):
      state = why.kind == .missing ? .broken("no such workspace") : .unknown(why.detail)
    }
    let node = PipelineNode(
      id: PipelineNode.ID(.workspace, id.lowercased), label: PlainLine.make(id.name, limit: 120),
      state: state)
    let watch = PipelineNode(id: AzureAlertPath.watch, label: "the watch", state: .works)
    return Pipeline(
      nodes: [node, watch],
      edges: [
        PipelineEdge(
          from: node.id, to: watch.id, verb: "is queried by", proof: "its newest row is a path")
      ])
  }

  /// Why it takes no records in.
  static func stops(_ workspace: LogWorkspace) -> String? {
    if let state = workspace.provisioningState?.lowercased(), state == "deleting" {
      return "it is being deleted"
    }
    switch workspace.ingestionStatus?.lowercased() {
    case "overquota": return "OverQuota: its daily cap is reached"
    case "forceoff": return "ForceOff: its daily cap is reached"
    case "subscriptionsuspended": return "SubscriptionSuspended"
    default: return nil
    }
  }
}
