import CloudAPI
import EventRules
import WatchCore

extension PipelineSetting {
  /// - Parameter isNeeded: false where others carry all that it would: that it is off is no harm then.
  init(_ sink: LogSink, of unit: CloudUnit, isNeeded: Bool = true, at now: Timestamp) {
    let parsed = try? LoggingFilter(sink.filter)
    var facts = [
      Fact(
        "filter",
        .filter(
          FilterForm.kept(sink.filter), covers: parsed?.covers(of: unit.id, at: now.iso))),
      Fact("destination", .place(sink.destination.cut(400))),
      Fact("enabled", isNeeded ? .on(!sink.isDisabled) : .note(String(!sink.isDisabled))),
      Fact("exclusions", .leavesOut(Self.dropped(sink.exclusions, of: unit, at: now))),
    ]
    if unit.id.hasPrefix("projects/") {
      facts.append(Fact("includeChildren", .note(String(sink.includesChildren))))
    } else {
      facts.append(
        Fact("includeChildren", .covers(sink.includesChildren ? ["what is below"] : [])))
    }
    facts += [
      Fact("interceptChildren", .note(String(sink.interceptsChildren))),
      Fact("writerIdentity", .note(sink.writerIdentity?.cut(200))),
    ]
    facts += Self.texts(sink.exclusions, of: unit, at: now)
    self.init(
      kind: .sink, id: sink.node(in: unit).name, name: sink.plainName,
      facts: facts)
  }

  /// All exclusions of a unit, as one setting.
  init(exclusions: [LogExclusion], of unit: CloudUnit, at now: Timestamp) {
    self.init(
      kind: .exclusions, id: GCPPartName.exclusions(unit.id), name: "exclusions",
      facts: [Fact("exclusions", .leavesOut(Self.dropped(exclusions, of: unit, at: now)))]
        + Self.texts(exclusions, of: unit, at: now))
  }

  /// The audit configs of one level's policy, as one setting: what is logged, and whose access is not.
  init(_ policy: GCPAccessPolicy, of parent: String) {
    var (covers, leavesOut): (Set<String>, Set<String>) = ([], [])
    for config in policy.auditConfigs {
      for type in config.logTypes {
        let pair = PlainLine.make("\(config.service)/\(type.name)", limit: 160)
        covers.insert(pair)
        leavesOut.formUnion(
          type.exemptedMembers.map { PlainLine.make("\(pair) \($0)", limit: 400) })
      }
    }
    self.init(
      kind: .auditConfig, id: GCPPartName.auditConfigs(parent),
      name: PlainLine.make("audit configs of \(parent)", limit: 160),
      facts: [
        Fact("auditConfigs", .covers(covers.sorted())),
        Fact("exemptedMembers", .leavesOut(leavesOut.sorted())),
      ])
  }

  /// `drop-noise: activity` for each audit log that an exclusion in force drops something of, or may.
  private static func dropped(
    _ exclusions: [LogExclusion], of unit: CloudUnit, at now: Timestamp
  ) -> [String] {
    exclusions.filter { !$0.isDisabled }.flatMap { exclusion in
      logs(dropping: exclusion, of: unit, at: now).map {
        PlainLine.make("\(exclusion.name): \($0)", limit: 200)
      }
    }.sorted()
  }

  /// By what each of them drops that, one fact a name: within one log it can drop more, or less.
  private static func texts(
    _ exclusions: [LogExclusion], of unit: CloudUnit, at now: Timestamp
  ) -> [Fact] {
    let named = Dictionary(grouping: exclusions.filter { !$0.isDisabled }, by: \.name)
    return named.sorted { $0.key < $1.key }.compactMap { name, same in
      let dropped = Set(same.flatMap { logs(dropping: $0, of: unit, at: now) })
      guard !dropped.isEmpty else { return nil }
      let filters = same.map(\.filter)
      let text =
        filters.count == 1
        ? filters[0] : filters.map { "(\($0))" }.joined(separator: " OR ")
      return Fact(
        PlainLine.make("exclusion \(name)", limit: 160),
        .exclusion(FilterForm.kept(text), of: dropped.sorted()))
    }
  }

  private static func logs(
    dropping exclusion: LogExclusion, of unit: CloudUnit, at now: Timestamp
  ) -> [String] {
    (try? LoggingFilter(exclusion.filter)).map { $0.touches(of: unit.id, at: now.iso) }
      ?? ["what cannot be told"]
  }
}

/// Names of parts that have none of their own.
enum GCPPartName {
  static func exclusions(_ parent: String) -> String { "\(parent)/exclusions" }
  static func auditConfigs(_ parent: String) -> String { "\(parent)/auditConfigs" }
}
