import CloudAPI
import WatchCore

/// Whether what happens in a project that nobody watches would be recorded: every other project that
/// the credentials can see, with the sinks that cover it, its own and those from above; and where none
/// does, whether anybody works there. A project's id stands in the path's region. The watched ones are
/// left out: their sinks have checks of their own.
struct GCPRegionProbe: Sendable {
  let facts: GCPFacts
  private let history: Memo<CloudUnit, GCPWindow>

  init(facts: GCPFacts) {
    self.facts = facts
    history = .gcpHistory(client: facts.client, reaches: [:])
  }

  func probe(_ clock: ProbeClock) -> Probe {
    facts.probe(
      id: "gcp.regions gcp/\(facts.account.name)", every: .minutes(10),
      permissions: [.projectsGet, .sinksList, .logEntriesList], paths: [path(Self.list)],
      clock: clock, looks: looks)
  }

  /// The list itself: without it nobody can say that there is no other project. No project has
  /// capitals in its id.
  static let list = "ALL-PROJECTS"

  private func path(_ region: String) -> PathID {
    PathID(source: GCPProbes.regionsSource(facts.account.name), kind: .region, region: region)
  }

  private func looks(at now: Timestamp) async -> [Look] {
    let client = facts.client
    let found = await reading { () async throws(CloudError) in
      try await client.visibleProjects()
    }
    let own = facts.ownPrincipal
    switch found {
    case .failure(let why): return [Look(path: path(Self.list), result: .blind(why))]
    case .success(let all):
      let watched = Set(facts.account.units.map(\.id))
      let others = all.filter {
        $0.isActive && !watched.contains("projects/\($0.id)") && !watched.contains($0.name)
      }
      let seen = await inParallel(others, width: 3) { project in
        Look(path: path(project.id), result: await look(project.id, own, now))
      }
      return [Look(path: path(Self.list), result: list(all, others))] + seen
    }
  }

  /// What may not be seen is left out silently: a list without a project that we know of is not whole,
  /// and one without any tells nothing.
  private func list(_ all: [GCPProject], _ others: [GCPProject]) -> Look.Result {
    let missing = facts.account.units.map(\.id).filter { id in
      id.hasPrefix("projects/") && !all.contains { "projects/\($0.id)" == id || $0.name == id }
    }
    if !missing.isEmpty {
      let names = missing.prefix(3).joined(separator: ", ") + (missing.count > 3 ? " …" : "")
      return .blind(
        Blindness(
          kind: .denied,
          detail: PlainLine.make(
            "projects.search leaves out \(names): needs "
              + GCPPermission.projectsGet.rawValue, limit: 160)))
    }
    guard !all.isEmpty else {
      return .blind(Blindness(kind: .undecided, detail: "no project is shown to these credentials"))
    }
    return .saw(
      .region(
        RegionSighting(
          covering: ["\(all.count) visible"], trails: [],
          listed: [Self.list] + others.map(\.id))))
  }

  private func look(_ project: String, _ own: String?, _ now: Timestamp) async -> Look.Result {
    let parent = GCPParent.project(project)
    do throws(Blindness) {
      let sinks = try await facts.inherited(by: parent, at: now, maxAge: .minutes(9)).filter {
        !$0.isBuiltIn && $0.reaches(parent)
      }
      let covering = sinks.filter {
        !$0.isDisabled && GCPSinkView.carries($0, "activity", of: parent, at: now) == .yes
      }
      var sighting = RegionSighting(
        covering: covering.map(\.name).sorted(), trails: sinks.map(\.name).sorted())
      guard covering.isEmpty else { return .saw(.region(sighting)) }
      let unit = CloudUnit(id: parent.name, label: project)
      let window = try await history.value(unit, at: now, maxAge: .minutes(9))
      let active = window.records.filter { $0.isActivity(own: own) }
      sighting.activity = active.count
      sighting.activeSince = active.last?.at
      sighting.latest = active.first?.cause(in: project)
      sighting.first = active.last?.cause(in: project)
      sighting.readFrom = window.from
      return .saw(.region(sighting))
    } catch {
      return .blind(error)
    }
  }
}

extension LogSink {
  /// Among a project's sinks and those above it: its own, or one that takes children's entries.
  fileprivate func reaches(_ project: GCPParent) -> Bool {
    let isAbove = resourceName.hasPrefix("folders/") || resourceName.hasPrefix("organizations/")
    return !isAbove || includesChildren
  }
}
