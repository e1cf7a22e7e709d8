import CloudAPI
import WatchCore

/// What the probes of an account have seen of its pipelines, for all who ask what belongs to them.
public struct PartMemory: Sendable {
  let known = KnownParts()

  public init() {}
}

/// The parts of an account's pipelines as they were last seen: by the trails' own settings, and by
/// whatever looks at the rest. Nothing is forgotten while the watch runs: a part that was deleted is
/// still known by its name when the record of that comes.
actor KnownParts {
  private var trails: [SourceID: Trail?] = [:]
  private var nodes: [SourceID: Set<PipelineNode.ID>] = [:]

  /// Nodes that are kept of one source.
  private static let limit = 2_000

  func keep(_ trail: Trail?, _ plan: SourcePlan) {
    let before = trails[plan.id] ?? nil
    trails[plan.id] = .some(trail ?? before)
  }

  func knows(_ plan: SourcePlan) -> Bool { trails[plan.id] != nil }

  /// What a look at the settings around a source has seen.
  func keep(_ looks: [Look]) {
    for look in looks {
      guard case .saw(.posture(let seen)) = look.result else { continue }
      let source = look.path.source
      for node in seen.pipeline.nodes where (nodes[source]?.count ?? 0) < Self.limit {
        nodes[source, default: []].insert(node.id)
      }
    }
  }

  /// Parts that were seen otherwise.
  func keep(_ parts: [PipelineNode.ID], of source: SourceID) {
    for part in parts where (nodes[source]?.count ?? 0) < Self.limit {
      nodes[source, default: []].insert(part)
    }
  }

  func parts(of source: SourceID) -> Set<PipelineNode.ID> { nodes[source] ?? [] }

  func all(_ sources: [SourcePlan], queue: String?) -> PipelineParts {
    var parts: [KnownPart] = []
    for plan in sources {
      let own = PipelineParts.parts(of: trails[plan.id] ?? nil, plan)
      let named = Set(own.map(\.id))
      parts += own
      parts += (nodes[plan.id] ?? []).subtracting(named).sorted { $0.text < $1.text }.map {
        KnownPart(id: $0, source: plan.id, retentionDays: plan.retention.days)
      }
    }
    return PipelineParts(parts, sources: sources.map(\.id), queue: queue)
  }
}

extension AccountFacts {
  /// The watched parts. A source whose trail was never seen makes changes of its bucket
  /// undecidable: then nothing can be said.
  func parts(
    of sources: [SourcePlan], at now: Timestamp
  ) async -> Result<PipelineParts, Blindness> {
    let unknown = await inParallel(sources) { plan -> Blindness? in
      do throws(Blindness) {
        await self.known.keep(try await self.trail(plan, at: now, maxAge: .minutes(2)), plan)
        return nil
      } catch {
        return await self.known.knows(plan) ? nil : error
      }
    }
    if let why = unknown.compactMap({ $0 }).first { return .failure(why) }
    return .success(await known.all(sources, queue: account.queue))
  }
}
