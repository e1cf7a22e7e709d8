import CloudAPI
import EventRules
import WatchCore

extension SourcePlan {
  /// The sinks that the configuration asks for in a unit.
  func namedSinks(in unit: CloudUnit) -> [String] {
    (gcp?.sinks ?? []).compactMap { text in
      guard text.contains("/") else { return text }
      // A sink's name holds no slash: what does begins with another unit's label.
      guard let name = [unit].split(text)?.name, !name.contains("/") else { return nil }
      return name
    }
  }
}

extension GCPFacts {
  /// The sinks that a source is about: those that are named; where none is, all that carry something of
  /// its logs or may, and those that once did. `_Required` keeps to itself, and cannot be changed.
  func watched(
    _ sinks: [LogSink], of plan: SourcePlan, in unit: CloudUnit, at now: Timestamp
  ) async -> [LogSink] {
    let named = plan.namedSinks(in: unit)
    let found: [LogSink]
    if named.isEmpty {
      let before = await known.parts(of: plan.id)
      found = sinks.filter { sink in
        sink.name != "_Required"
          && (sink.mayCarry(plan.gcp?.logs ?? ["activity"], of: unit, at: now)
            || before.contains(sink.node(in: unit)))
      }
    } else {
      found = sinks.filter { named.contains($0.name) }
    }
    await known.keep(
      found.flatMap { sink in [sink.node(in: unit), sink.targetNode].compactMap { $0 } },
      of: plan.id)
    return found
  }
}

extension GCPFacts {
  /// The logs of a source that `_Default` alone carries in a unit: without it they are lost.
  /// `_Required` keeps the others whatever anybody does. Empty where the sinks are named.
  func aloneInDefault(
    _ sinks: [LogSink], of plan: SourcePlan, in unit: CloudUnit, at now: Timestamp
  ) async throws(Blindness) -> [String] {
    guard plan.namedSinks(in: unit).isEmpty,
      let own = sinks.first(where: { $0.name == LogSink.defaultName })
    else { return [] }
    let parent = try unit.needParent()
    func isCarried(_ log: String, by sinks: [LogSink]) -> Bool {
      sinks.contains {
        !$0.isBuiltIn && !$0.isDisabled
          && GCPSinkView.carries($0, log, of: parent, at: now) == .yes
      }
    }
    let logs = (plan.gcp?.logs ?? []).filter {
      !["activity", "system_event"].contains($0) && own.mayCarry([$0], of: unit, at: now)
        && !isCarried($0, by: sinks)
    }
    guard own.isDisabled, !logs.isEmpty else { return logs }
    let above = try await inherited(by: parent, at: now).filter(\.includesChildren)
    return logs.filter { !isCarried($0, by: above) }
  }
}

extension LogSink {
  /// Fit to stand in a path's name and on the screen.
  var plainName: String { PlainLine.make(name, limit: 128) }

  func node(in unit: CloudUnit) -> PipelineNode.ID {
    PipelineNode.ID(.sink, "\(unit.id)/sinks/\(plainName)")
  }

  /// Where it leads, as a part of the pipeline.
  var targetNode: PipelineNode.ID? {
    switch target {
    case .bucket(let name): PipelineNode.ID(.bucket, name)
    case .dataset(let project, let dataset):
      PipelineNode.ID(.target, "projects/\(project)/datasets/\(dataset)")
    case .topic(let project, let topic):
      PipelineNode.ID(.topic, "projects/\(project)/topics/\(topic)")
    case .logBucket(let name): PipelineNode.ID(.group, name)
    case .project, .other: nil
    }
  }

  /// Whether it owes records of Admin Activity: all that we know of comes through its filter and its
  /// exclusions. One that carries some of it owes what nobody can tell.
  func owesActivity(of unit: CloudUnit, at now: Timestamp) -> Bool {
    guard let filter = try? LoggingFilter(filter) else { return false }
    let dropping = exclusions.filter { !$0.isDisabled }.map { try? LoggingFilter($0.filter) }
    return AuditedEntry.samples.filter { $0.log == "activity" }.allSatisfy { sample in
      let entry = sample.entry(of: unit.id, at: now.iso)
      return filter.matches(entry) == .yes && dropping.allSatisfy { $0?.matches(entry) == .no }
    }
  }

  /// Something of these logs comes through its filter, or may.
  func mayCarry(_ logs: [String], of unit: CloudUnit, at now: Timestamp) -> Bool {
    guard let parsed = try? LoggingFilter(filter) else { return true }
    return !Set(parsed.touches(of: unit.id, at: now.iso)).isDisjoint(with: logs)
  }
}
