import CloudAPI
import WatchCore

extension WorkspaceView {
  var checks: [PostureCheck] {
    var sheet = PostureSheet(id.lowercased)
    guard case .success(let found) = workspace else {
      if let why = workspace.blindness {
        sheet.add("azure.workspace.exists", .fails, "no such workspace: \(why.detail)")
      }
      return sheet.checks
    }
    sheet.add("azure.workspace.exists", .holds, found.location ?? "there")
    addIngestion(found, &sheet)
    addCap(found, &sheet)
    addLosses(&sheet)
    addRetention(found, &sheet)
    sheet.judge("azure.workspace.lock", by: locks) { sheet, locks in
      sheet.addLock("azure.workspace.lock", locks, on: id)
    }
    return sheet.checks + tableChecks
  }

  private func addIngestion(_ found: LogWorkspace, _ sheet: inout PostureSheet) {
    // The Activity Log's table is not billed, and goes on while the cap holds.
    let note = Self.stops(found).map { "\($0); AzureActivity goes on, billable tables do not" }
    sheet.add(
      "azure.workspace.ingests", if: note == nil, found.ingestionStatus ?? "no limit is told of",
      else: note ?? "")
  }

  private func addCap(_ found: LogWorkspace, _ sheet: inout PostureSheet) {
    guard let quota = found.dailyQuotaGB, quota >= 0 else {
      sheet.add("azure.workspace.cap", .holds, "no daily cap")
      sheet.add("azure.workspace.near-cap", .none, "no daily cap")
      return
    }
    let cap = "\(Self.amount(quota)) GB a day"
    sheet.add("azure.workspace.cap", .fails, cap)
    if found.ingestionStatus?.lowercased() == "approachingquota" {
      sheet.add("azure.workspace.near-cap", .fails, "ApproachingQuota of \(cap)")
    } else if let used {
      sheet.judge("azure.workspace.near-cap", by: used) { sheet, used in
        // As Azure warns: from four fifths on.
        sheet.add(
          "azure.workspace.near-cap", if: used < quota * 0.8,
          "\(Self.amount(used)) of \(cap) used", else: "\(Self.amount(used)) of \(cap) used")
      }
    }
  }

  private func addLosses(_ sheet: inout PostureSheet) {
    sheet.judge("azure.workspace.losses", by: losses) { sheet, losses in
      let worst = losses.first
      let more = losses.count > 1 ? " +\(losses.count - 1)" : ""
      let at = worst?.at.map { "\($0.clock) " } ?? ""
      sheet.add(
        "azure.workspace.losses", if: losses.isEmpty,
        "nothing reported in \(Self.lossHours) hours", else: "\(at)\(worst?.what ?? "")\(more)")
    }
  }

  private func addRetention(_ found: LogWorkspace, _ sheet: inout PostureSheet) {
    guard let days = found.retentionDays else {
      sheet.blind(
        ["azure.workspace.retention"],
        Blindness(kind: .unreadable, detail: "Workspaces - Get: no retentionInDays"))
      return
    }
    // Where every watched table has days of its own, the workspace's are nobody's.
    let own = tables.allSatisfy { $0.settings.value??.isOwn == true } && !tables.isEmpty
    sheet.add(
      "azure.workspace.retention", own ? .none : days >= plan.retention.days ? .holds : .fails,
      "\(days) days\(days >= plan.retention.days || own ? "" : "; \(asked)")")
  }

  /// Each table that has days of its own is a subject of its own.
  private var tableChecks: [PostureCheck] {
    tables.flatMap { name, settings -> [PostureCheck] in
      var sheet = PostureSheet("\(id.lowercased)/tables/\(name.lowercased())")
      sheet.judge("azure.table.retention", by: settings) { sheet, settings in
        guard let settings else {
          return sheet.add("azure.table.retention", .none, "\(name) is not there yet")
        }
        guard settings.isOwn, let days = settings.keptDays else {
          return sheet.add("azure.table.retention", .none, "\(name): as the workspace")
        }
        sheet.add(
          "azure.table.retention", if: days >= plan.retention.days, "\(name): \(days) days",
          else: "\(name): \(days) days; \(asked)")
      }
      return sheet.checks
    }
  }

  private var asked: String { "\(plan.retention.framework) asks for \(plan.retention.days)" }

  /// At most two digits behind the point.
  private static func amount(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
    let cents = Int((value * 100).rounded())
    if cents % 100 == 0 { return "\(cents / 100)" }
    let rest = abs(cents % 100)
    return "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension LogTableSettings {
  /// With the archive, where there is one.
  var keptDays: Int? { totalRetentionDays ?? retentionDays }

  /// Not simply as the workspace.
  var isOwn: Bool {
    if retentionIsDefault == false { return true }
    guard let total = totalRetentionDays, let days = retentionDays else { return false }
    return total > days
  }
}

extension PostureSheet {
  /// A lock on the thing itself or on what it is in. Locks of other things inside of it do not count.
  mutating func addLock(_ rule: String, _ locks: [ManagementLock], on id: AzureID) {
    let fitting = locks.filter { lock in
      ["cannotdelete", "readonly"].contains(lock.level.lowercased())
        && (lock.scope.map { $0.covers(id) } ?? false)
    }
    let names = fitting.map { "\($0.name) (\($0.level))" }
    add(rule, if: !fitting.isEmpty, names.joined(separator: ", "), else: "no lock")
  }
}
