import CloudAPI
import WatchCore

/// Whether what happens in a subscription would be recorded: every watched subscription, and every
/// other that the credentials can see, with the diagnostic settings that cover it; and where none
/// does, whether anybody works there.
struct AzureRegionProbe: Sendable {
  let facts: AzureFacts

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "azure.regions azure/\(facts.account.name)", every: .minutes(5),
      permissions: [.readSubscription, .readDiagnosticSettings, .readActivityLog],
      paths: facts.account.units.map(path), clock: clock, looks: looks)
  }

  private func path(_ unit: CloudUnit) -> PathID {
    PathID(
      source: AzureProbes.regionsSource(facts.account.name), kind: .region, region: unit.label)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    let own = await facts.identity(at: now)
    let units: [CloudUnit]
    do throws(Blindness) {
      units = try await visible(at: now)
    } catch {
      // What is configured is known without the list; that there is no other is not.
      let configured = await looks(facts.account.units, own, now)
      return configured.map { look in
        guard case .saw(.region(let seen)) = look.result, !seen.covering.isEmpty else {
          return look
        }
        return Look(path: look.path, result: .blind(error))
      }
    }
    let labels = units.map(\.label)
    return await looks(units, own, now).map { look in
      guard case .saw(.region(var seen)) = look.result else { return look }
      seen.listed = labels
      return Look(path: look.path, result: .saw(.region(seen)))
    }
  }

  private func looks(
    _ units: [CloudUnit], _ own: AzureIdentity?, _ now: Timestamp
  ) async -> [Look] {
    await inParallel(units) { unit in
      Look(path: path(unit), result: await look(unit, own, now))
    }
  }

  /// The configured ones first, then the others by id; those that are switched off do nothing.
  private func visible(at now: Timestamp) async throws(Blindness) -> [CloudUnit] {
    let configured = facts.account.units
    let known = Set(configured.map { $0.id.lowercased() })
    let others = try await facts.subscriptions(at: now).filter { subscription in
      !known.contains(subscription.id.lowercased())
        && !["disabled", "deleted"].contains(subscription.state?.lowercased())
    }
    return configured
      + others.map { CloudUnit(id: $0.id.lowercased()) }.sorted { $0.id < $1.id }
  }

  private func look(
    _ unit: CloudUnit, _ own: AzureIdentity?, _ now: Timestamp
  ) async -> Look.Result {
    do throws(Blindness) {
      let settings = try await facts.settings(
        of: try unit.needScope(), at: now, maxAge: .minutes(2))
      var sighting = RegionSighting(
        covering: settings.filter(\.carriesAudit).map(\.name).sorted(),
        trails: settings.map(\.name).sorted())
      guard sighting.covering.isEmpty else { return .saw(.region(sighting)) }
      let window = try await facts.history.value(unit, at: now, maxAge: .minutes(4))
      let active = ActivityAct.all(window.records).filter { $0.record.isActivity(own: own) }
      sighting.activity = active.count
      sighting.activeSince = active.last?.record.at
      sighting.latest = active.first?.cause(in: unit.label)
      sighting.first = active.last?.cause(in: unit.label)
      sighting.readFrom = window.from
      return .saw(.region(sighting))
    } catch {
      return .blind(error)
    }
  }
}

extension DiagnosticSetting {
  /// Changes of the subscription go somewhere by it.
  var carriesAudit: Bool {
    hasDestination
      && carried(of: DiagnosticCategory.activityLog).contains(DiagnosticCategory.audited[0])
  }
}
