import CloudAPI
import Foundation
import WatchCore

/// What became of the records of a silent time: the Activity Log holds for 90 days what was done,
/// whatever was exported; the workspace tells which of it came after all.
struct AzureGapReader: Sendable {
  let facts: AzureFacts

  private static let pageLimit = 20
  /// The Activity Log is kept so long.
  private static let kept = Duration.hours(90 * 24)

  var probe: GapProbe {
    let hasWorkspace = facts.sources.contains { $0.azure?.workspace != nil }
    let queries: [AzureAction] =
      hasWorkspace
      ? [.readWorkspaces, .readTables, .query, .query(table: ActivityRows.table)] : []
    return GapProbe(permissions: ([.readActivityLog] + queries).map(\.name)) { question, now in
      do throws(Blindness) {
        return .account(try await account(question, now))
      } catch {
        return .blind(error)
      }
    }
  }

  private struct Side {
    var ids: Set<String> = []
    /// What was not read, in words.
    var unread: [String] = []
  }

  private func account(
    _ question: GapProbe.Question, _ now: Timestamp
  ) async throws(Blindness) -> GapAccount {
    guard let plan = facts.sources.first(where: { $0.id == question.source }),
      let unit = plan.units(of: facts.account).first(where: { $0.label == question.region })
    else { throw Blindness(kind: .missing, detail: "no such source or subscription") }
    guard question.from > now - Self.kept else {
      throw Blindness(kind: .other, detail: "the Activity Log is kept for 90 days")
    }
    let history = try await history(question, unit)
    var unproven = history.unread
    var late = 0
    if plan.azure?.workspace != nil {
      let arrived = try await workspace(question, plan, unit, now)
      late = history.ids.intersection(arrived).count
    } else {
      unproven.append("what came to the archive late (its blobs are not opened)")
    }
    if plan.azure?.resources.isEmpty == false {
      unproven.append("resource logs (nobody else has them)")
    }
    return GapAccount(
      from: question.from, to: question.to, deliveredLate: late,
      recovered: history.ids.count - late, lost: 0, unproven: unproven.count,
      witness: "Activity Log \(question.region), read \(now.clock)",
      unprovenWhat: unproven.joined(separator: "; "))
  }

  /// Everything that the Activity Log has of the time; what ended the gap comes after it.
  private func history(
    _ question: GapProbe.Question, _ unit: CloudUnit
  ) async throws(Blindness) -> Side {
    let log = try await blindly { () async throws(CloudError) in
      try await facts.client.activityLog(
        subscription: unit.id, start: question.from.foundationDate,
        end: question.to.foundationDate, select: ["eventDataId", "category"],
        pageLimit: Self.pageLimit)
    }
    let end = question.to.foundationDate
    let owed = log.events.filter { event in
      // Health and advice of Azure's are in no audit.
      let category = event.category ?? "Administrative"
      return event.time < end
        && DiagnosticCategory.audited.contains { $0.lowercased() == category.lowercased() }
    }
    var side = Side(ids: Set(owed.compactMap { $0.eventDataID?.lowercased() }))
    if log.isCut, let oldest = log.events.compactMap({ Timestamp($0.time) }).min() {
      side.unread = ["events before \(oldest.clock)"]
    }
    return side
  }

  private func workspace(
    _ question: GapProbe.Question, _ plan: SourcePlan, _ unit: CloudUnit, _ now: Timestamp
  ) async throws(Blindness) -> Set<String> {
    let workspace = try plan.workspaceID()
    let id = try await facts.workspace(workspace, at: now).queryID()
    let hours = Int((now - question.from).wholeSeconds / 3_600) + 1
    do {
      let answer = try await facts.client.query(
        workspace: id, Self.query(question, unit), tables: [ActivityRows.table],
        columns: ["Event"], hours: max(hours, 1))
      return Set(answer.rows.compactMap { $0.text("Event")?.lowercased() })
    } catch {
      try await facts.client.needsNoTable(ActivityRows.table, of: workspace, error)
      return []
    }
  }

  static func query(_ question: GapProbe.Question, _ unit: CloudUnit) -> String {
    "\(ActivityRows.table) | where SubscriptionId =~ \(KQL.text(unit.id))"
      + " | where TimeGenerated >= datetime(\(question.from.iso))"
      + " | where TimeGenerated < datetime(\(question.to.iso))"
      + " | summarize Rows = count() by Event = tolower(EventDataId)"
  }
}
