import CloudAPI
import WatchCore

/// How a source's subscriptions and resources are carried out: which categories, and where to. One
/// `.posture` path a subscription.
struct AzurePostureProbe: Sendable {
  let facts: AzureFacts
  let plan: SourcePlan

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "azure.posture \(plan.id.text)", every: .minutes(5),
      permissions: [.readDiagnosticSettings]
        + (resources.isEmpty ? [] : [.readDiagnosticCategories]),
      paths: labels.map(path), clock: clock, looks: looks)
  }

  private var units: [CloudUnit] { plan.units(of: facts.account) }
  private var resources: [AzureSource.Resource] { plan.azure?.resources ?? [] }

  private var labels: [String] {
    let own = units.map(\.label)
    let others = resources.compactMap { AzureID($0.id) }.map { facts.label(of: $0) }
    return own + Set(others).subtracting(own).sorted()
  }

  private func path(_ label: String) -> PathID {
    PathID(source: plan.id, kind: .posture, region: label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    await inParallel(labels) { label in
      Look(path: path(label), result: await look(label, now))
    }
  }

  /// What cannot be read makes its own checks unknown; where nothing could be, the path is blind.
  private func look(_ label: String, _ now: Timestamp) async -> Look.Result {
    var checks: [PostureCheck] = []
    var pipeline = Pipeline()
    var blind: [Blindness] = []
    var read = 0
    if let unit = units.first(where: { $0.label == label }), let scope = unit.scope {
      let settings = await settings(of: scope, now)
      let view = AzureSettingView(plan: plan, scope: scope, settings: settings)
      checks += view.activityChecks
      pipeline = pipeline.merged(with: view.pipeline)
      if let why = settings.blindness { blind.append(why) } else { read += 1 }
    }
    for resource in resources {
      guard let id = AzureID(resource.id), facts.label(of: id) == label else { continue }
      let settings = await settings(of: id, now)
      var view = AzureSettingView(plan: plan, scope: id, settings: settings)
      if case .success(let found) = settings, found.contains(where: { !$0.enabledGroups.isEmpty }) {
        view.categories = await categories(of: id, now)
      }
      checks.append(view.resourceCheck(resource))
      pipeline = pipeline.merged(with: view.pipeline)
      if let why = settings.blindness { blind.append(why) } else { read += 1 }
    }
    if read == 0, let why = blind.first { return .blind(why) }
    return .saw(.posture(PostureSighting(checks: checks, pipeline: pipeline)))
  }

  private func settings(of scope: AzureID, _ now: Timestamp) async -> Reading<[DiagnosticSetting]> {
    do throws(Blindness) {
      return .success(try await facts.settings(of: scope, at: now, maxAge: .minutes(2)))
    } catch {
      return .failure(error)
    }
  }

  private func categories(
    of id: AzureID, _ now: Timestamp
  ) async -> Reading<[DiagnosticCategory]> {
    do throws(Blindness) {
      return .success(try await facts.categories(of: id, at: now))
    } catch {
      return .failure(error)
    }
  }
}
