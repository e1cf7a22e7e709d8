import CloudAPI
import WatchCore

/// The ways from one subscription's diagnostic settings and workspace to a human, as they were read at
/// one time: what checks and graph are made of.
struct AzureAlertPath: Sendable {
  var plan: SourcePlan
  /// The subscription.
  var scope: AzureID
  var now: Timestamp
  var settings: Reading<[DiagnosticSetting]>
  var alerts: Reading<[ActivityLogAlert]>
  /// Of the subscription and of the workspace's.
  var queries: Reading<[QueryRule]>
  /// Those that the fitting rules name; nil inside: there is none.
  var groups: [AzureID: Reading<ActionGroup?>] = [:]
  var processing: Reading<[AlertProcessingRule]>
  /// What Event Grid sends on; nil where the watch has no queue.
  var feeds: Reading<[EventSubscription]>?
  var queue: QueuePlace?

  static let watch = PipelineNode.ID(.human, "watchkeeper")
  static let deletion = "microsoft.insights/diagnosticsettings/delete"
  static let writing = "microsoft.insights/diagnosticsettings/write"

  var workspace: AzureID? { plan.azure?.workspace.flatMap { AzureID($0) } }
  private var named: [AzureID] { (plan.azure?.alertRules ?? []).compactMap { AzureID($0) } }

  /// Why something was not read.
  var blindness: [Blindness] {
    [alerts.blindness, queries.blindness, processing.blindness, feeds?.blindness]
      .compactMap { $0 } + groups.values.compactMap(\.blindness)
  }

  /// Activity log alerts that are about diagnostic settings, or that the configuration names.
  var fittingAlerts: [ActivityLogAlert] {
    (alerts.value ?? []).filter { alert in
      named.contains(alert.id)
        || ([Self.deletion, Self.writing].contains { alert.catches($0, settingIDs) != .no }
          && alert.scopes.contains { $0.covers(scope) || scope.covers($0) })
    }
  }

  /// Log search alerts that fire for want of rows, or that the configuration names.
  var fittingQueries: [QueryRule] {
    (queries.value ?? []).filter { rule in
      named.contains(rule.id) || (rule.isAboutSilence && looksAtWorkspace(rule))
    }
  }

  func looksAtWorkspace(_ rule: QueryRule) -> Bool {
    workspace.map { workspace in rule.scopes.contains { $0.covers(workspace) } } ?? false
  }

  var settingIDs: [AzureID] { (settings.value ?? []).map(\.id) }

  /// The configured rules that are in neither list; empty where a list is not known.
  var missingRules: [AzureID] {
    guard let alerts = alerts.value, let queries = queries.value else { return [] }
    let known = Set(alerts.map(\.id) + queries.map(\.id))
    return named.filter { !known.contains($0) && scope.covers($0) }
  }

  /// Whether what a rule fires comes to somebody: through a group that works and is not silenced.
  func reaches(_ rule: AzureID, _ name: String, _ actions: [AzureID], about: AzureID) -> Holds {
    let heard = Holds.any(
      actions.map { id -> Holds in
        guard let group = groups[id] else { return .unknown }
        return group.holds { $0?.reachesSomebody == true }
      })
    let silenced: Holds =
      processing.value.map { rules in
        Holds.any(rules.map { $0.silences(rule, name, about: about, at: now) })
      } ?? .unknown
    return Holds.all([heard, !silenced])
  }

  /// Whether somebody is told when an operation is done to the subscription's settings.
  func isTold(of operation: String) -> Holds {
    guard let alerts = alerts.value else { return .unknown }
    return Holds.any(
      alerts.map { alert in
        guard alert.isEnabled, alert.scopes.contains(where: { $0.covers(scope) }) else {
          return .no
        }
        return Holds.all([
          alert.catches(operation, settingIDs),
          reaches(alert.id, alert.name, alert.actionGroups, about: scope),
        ])
      })
  }

  /// Whether somebody is told when rows stop.
  var isToldOfSilence: Holds {
    guard let queries = queries.value else { return .unknown }
    return Holds.any(
      queries.filter { $0.isEnabled && $0.isAboutSilence && looksAtWorkspace($0) }.map {
        reaches($0.id, $0.name, $0.actionGroups, about: workspace ?? scope)
      })
  }
}

extension ActivityLogAlert {
  /// Whether a change of a diagnostic setting would fire it: all conditions must hold, of each any leaf.
  func catches(_ operation: String, _ settings: [AzureID]) -> Holds {
    guard !conditions.isEmpty else { return .no }
    return Holds.all(
      conditions.map { condition in
        Holds.any(condition.anyOf.map { $0.fits(operation, settings) })
      })
  }
}

extension ActivityLogAlert.Leaf {
  fileprivate func fits(_ operation: String, _ settings: [AzureID]) -> Holds {
    switch field.lowercased() {
    case "category": says(["administrative"])
    case "operationname": says([operation])
    case "resourceprovider": says(["microsoft.insights"])
    case "resourcetype": says(["microsoft.insights/diagnosticsettings"])
    case "status", "properties.status": says(["succeeded", "started", "accepted"])
    case "substatus": says(["ok", "created", "accepted", "nocontent", ""])
    case "level": says(["informational", "4"])
    case "resourceid": settings.isEmpty ? .unknown : says(settings.map(\.lowercased))
    // A setting of the subscription is in no group.
    case "resourcegroup": .no
    default: .unknown
    }
  }

  private func says(_ values: [String]) -> Holds {
    if let equals { return Holds(values.contains(equals.lowercased())) }
    return Holds(
      values.contains { value in containsAny.contains { value.contains($0.lowercased()) } })
  }
}

extension QueryRule {
  /// It fires when there are too few rows of the Activity Log: by comparing their number with a least
  /// one, or the newest one's age with a greatest.
  var isAboutSilence: Bool {
    criteria.contains { criterion in
      let query = criterion.query?.lowercased() ?? ""
      guard query.contains(ActivityRows.table.lowercased()) else { return false }
      let limit = criterion.threshold ?? 0
      switch criterion.comparison?.lowercased() {
      case "lessthan": return limit > 0
      case "lessthanorequal": return limit >= 0
      case "equal", "equals": return limit == 0
      default: return query.contains("max(timegenerated") || query.contains("max(ingestion_time")
      }
    }
  }
}
