import CloudAPI
import WatchCore

/// The diagnostic settings of a source's subscriptions, and of its watched resources: one `.setting`
/// path a subscription, read whole or blind.
struct AzureSettingProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan

  /// A deleted setting shows here at once; the Activity Log tells of it 3 to 20 minutes later.
  func probe(_ clock: ProbeClock) -> Probe {
    let hasResources = plan.azure?.resources.isEmpty == false
    return facts.probe(
      id: "azure.setting \(plan.id.text)", every: .seconds(60),
      permissions: [.readDiagnosticSettings] + (hasResources ? [.readDiagnosticCategories] : []),
      paths: labels.map(path), clock: clock, looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }

  /// What is read in each subscription's name: its own settings, and those of resources in it. So also
  /// where nothing is waited for: a source without workspace and archive is about its settings alone.
  private var scopes: [(label: String, scopes: [AzureID])] {
    var scopes: [(label: String, scopes: [AzureID])] = units.map {
      ($0.label, [$0.scope].compactMap { $0 })
    }
    for resource in plan.azure?.resources ?? [] {
      guard let id = AzureID(resource.id) else { continue }
      let label = facts.label(of: id)
      if let at = scopes.firstIndex(where: { $0.label == label }) {
        scopes[at].scopes.append(id)
      } else {
        scopes.append((label, [id]))
      }
    }
    return scopes
  }

  private var labels: [String] { scopes.map(\.label) }

  private func path(_ label: String) -> PathID {
    PathID(source: plan.id, kind: .setting, region: label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(scopes) { entry in
      Look(path: path(entry.label), result: await look(entry.scopes, now))
    }
  }

  private func look(_ scopes: [AzureID], _ now: Timestamp) async -> Look.Result {
    let answers = await inParallel(scopes) { await read($0, now) }
    var settings: [PipelineSetting] = []
    for result in answers {
      switch result {
      case .success(let some): settings += some
      // A part of the list is no list: what is missing from it would look deleted.
      case .failure(let why): return .blind(why)
      }
    }
    guard !scopes.isEmpty else {
      return .blind(Blindness(kind: .other, detail: "not a subscription's id"))
    }
    let raw = JSON.array(settings.map(\.json)).line.cut(8_000)
    return .saw(
      .settings(SettingsSighting(settings: settings, scopes: scopes.map(\.settingScope), raw: raw)))
  }

  private func read(
    _ scope: AzureID, _ now: Timestamp
  ) async -> Reading<[PipelineSetting]> {
    do throws(Blindness) {
      // Never an answer from before: an act that was just told of is looked for.
      let found = try await facts.settings(of: scope, at: now)
      let needsList = found.contains { !$0.enabledGroups.isEmpty }
      let categories =
        needsList && !scope.isSubscription
        ? try await facts.categories(of: scope, at: now) : DiagnosticCategory.activityLog
      return .success(found.map { PipelineSetting($0, of: scope, categories: categories) })
    } catch {
      return .failure(error)
    }
  }
}

extension AzureID {
  /// The list of diagnostic settings of a subscription or resource.
  var settingScope: SettingsSighting.Scope {
    SettingsSighting.Scope(
      id: "\(lowercased)/providers/microsoft.insights/diagnosticsettings",
      name: isSubscription ? nil : PlainLine.make(name, limit: 80))
  }
}

extension PipelineSetting {
  /// - Parameters:
  ///   - scope: whose logs it carries: a subscription or a resource.
  ///   - categories: what there is to be carried, for the meaning of groups.
  init(_ setting: DiagnosticSetting, of scope: AzureID, categories: [DiagnosticCategory]) {
    let name = PlainLine.make(setting.name, limit: 120)
    let hub = [setting.eventHubRuleID?.lowercased, setting.eventHubName].compactMap { $0 }
    self.init(
      kind: .diagnosticSetting, id: setting.id.lowercased,
      name: scope.isSubscription ? name : "\(name) of \(PlainLine.make(scope.name, limit: 80))",
      facts: [
        Fact("categories", .covers(setting.carried(of: categories))),
        Fact("workspaceId", .place(setting.workspaceID?.lowercased)),
        Fact("storageAccountId", .place(setting.storageAccountID?.lowercased)),
        Fact("eventHub", .place(hub.isEmpty ? nil : hub.joined(separator: " "))),
        Fact("marketplacePartnerId", .place(setting.partnerID?.lowercased)),
        Fact("serviceBusRuleId", .place(setting.serviceBusRuleID?.lowercased)),
        Fact("logAnalyticsDestinationType", .note(setting.destinationType)),
      ])
  }
}

extension DiagnosticSetting {
  /// The enabled categories; a group stands for its members, so that a list that replaces it means the
  /// same. Sorted; each as Azure's own list of categories writes it.
  func carried(of categories: [DiagnosticCategory]) -> [String] {
    let logs = categories.filter { $0.type?.lowercased() != "metrics" }
    var carried = Set(
      enabledCategories.map { sent in
        logs.first { $0.name.lowercased() == sent.lowercased() }?.name
          ?? PlainLine.make(sent, limit: 120)
      })
    for group in enabledGroups.map({ $0.lowercased() }) {
      let members = logs.filter { category in
        group == "alllogs" || category.groups.contains { $0.lowercased() == group }
      }
      // A group of nothing that we know keeps its name: it is not nothing.
      if members.isEmpty { carried.insert("\(PlainLine.make(group, limit: 80)) (group)") }
      carried.formUnion(members.map(\.name))
    }
    return carried.sorted()
  }
}

extension DiagnosticCategory {
  /// Of the Activity Log ("Azure Activity Log event schema", categories).
  static let activityLog: [DiagnosticCategory] = [
    "Administrative", "Security", "ServiceHealth", "Alert", "Recommendation", "Policy", "Autoscale",
    "ResourceHealth",
  ].map { DiagnosticCategory(name: $0, type: "Logs") }

  /// Those that the audit needs (CIS Azure Foundations, diagnostic settings of the subscription).
  static let audited = ["Administrative", "Security", "Alert", "Policy"]
}
