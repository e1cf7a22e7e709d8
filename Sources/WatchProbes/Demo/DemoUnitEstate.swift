import CloudAPI
import Foundation
import Transfer
import WatchCore

/// An account of Azure or GCP: who and what, and the settings as the cloud answers them.
struct DemoUnitEstate: Sendable {
  var units: DemoUnits
  var pipeline: DemoPipeline

  /// Nil where the scenario names none.
  static func load(
    _ folder: DemoFolder, _ cloud: String, _ name: String?
  ) throws(DemoError) -> DemoUnitEstate? {
    guard let name else { return nil }
    let path = "\(cloud)/\(name).json"
    let units = try folder.decode(DemoUnits.self, path)
    guard units.activity.allSatisfy({ $0.every > 0 }),
      units.resourceLogs?.allSatisfy({ $0.every > 0 }) ?? true
    else { throw .broken(path: folder.full(path), why: "every must be a second or more") }
    return DemoUnitEstate(units: units, pipeline: try DemoPipeline(folder, path))
  }

  private var cloudUnits: [CloudUnit] {
    units.units.map { CloudUnit(id: $0.id, label: $0.label) }
  }

  // MARK: As a configuration would say it

  var azureAccount: CloudAccount {
    CloudAccount(
      cloud: .azure, name: units.account.name, queue: units.account.queue,
      azure: AzureAccount(tenant: units.account.tenant, subscriptions: cloudUnits))
  }

  var gcpAccount: CloudAccount {
    CloudAccount(
      cloud: .gcp, name: units.account.name, queue: units.account.queue,
      gcp: GCPAccount(units: cloudUnits))
  }

  var azureSources: [SourcePlan] {
    units.sources.map { source in
      SourcePlan(
        id: SourceID(cloud: .azure, account: units.account.name, name: source.id),
        azure: AzureSource(
          subscriptions: source.units ?? [], workspace: source.workspace, archive: source.archive,
          resources: (source.resources ?? []).map {
            AzureSource.Resource(id: $0.id, table: $0.table, categories: $0.categories ?? [])
          }, alertRules: source.alertRules ?? []),
        expect: source.expectations, optional: source.optionalKinds)
    }
  }

  var gcpSources: [SourcePlan] {
    units.sources.map { source in
      SourcePlan(
        id: SourceID(cloud: .gcp, account: units.account.name, name: source.id),
        gcp: GCPSource(
          units: source.units ?? [], logs: source.logs ?? ["activity"],
          sinks: source.sinks ?? [], metric: source.metric),
        expect: source.expectations, optional: source.optionalKinds)
    }
  }
}

extension DemoUnits.Source {
  fileprivate var expectations: [PathKind: Expectation] {
    var expectations: [PathKind: Expectation] = [:]
    for (name, text) in expect ?? [:] {
      if let kind = PathKind(rawValue: name) { expectations[kind] = Expectation(text: text) }
    }
    return expectations
  }

  fileprivate var optionalKinds: Set<PathKind> {
    Set((optional ?? []).compactMap { PathKind(rawValue: $0) })
  }
}
