import CloudAPI
import EventRules
import WatchCore

/// One unit's sinks and stores, as they were read at one time: what checks and graph are made of.
struct GCPSinkView: Sendable {
  var plan: SourcePlan
  var unit: CloudUnit
  var parent: GCPParent
  var now: Timestamp
  var sinks: Reading<[LogSink]>
  /// Of the unit's ancestors that reach it too; empty where it has sinks of its own.
  var inherited: Reading<[LogSink]>?
  var buckets: Reading<[LogBucket]>
  var exclusions: Reading<[LogExclusion]>
  var policy: Reading<GCPAccessPolicy>
  /// Those of the folders and the organization above.
  var above: Reading<[Level]>
  /// The logs that `_Default` alone carries.
  var alone: Reading<[String]>
  /// By the sink's resource name: is its destination there; nil inside: another's, not to be seen.
  var destinations: [String: Reading<GCPDestination?>] = [:]
  /// By the sink's name: what Cloud Logging says that it could not hand on.
  var errors: Reading<[String: String]>

  /// What one level above records.
  struct Level: Sendable {
    /// `folders/9`
    var name: String
    var policy: GCPAccessPolicy
  }

  /// What the sinks must carry out: Admin Activity where that is asked for, else what is.
  var wanted: [String] {
    let logs = plan.gcp?.logs ?? ["activity"]
    return logs.contains("activity") ? ["activity"] : logs
  }

  var asksActivity: Bool { wanted == ["activity"] }

  /// The sinks that the source asks for; without any, those whose filters are for what is wanted,
  /// whatever their exclusions take away from it.
  var relevant: [LogSink] {
    let all = sinks.value ?? []
    let names = plan.namedSinks(in: unit)
    guard names.isEmpty else { return all.filter { names.contains($0.name) } }
    return all.filter { sink in
      !sink.isBuiltIn
        && wanted.contains { Self.carries(sink.filter, $0, of: parent, at: now) != .no }
    }
  }

  /// A sink's name as changes and baselines have it: `projects/acme-1/sinks/audit`.
  func name(_ sink: LogSink) -> String { Self.name(sink.name, of: parent) }

  static func name(_ sink: String, of parent: GCPParent) -> String {
    "\(parent.name)/sinks/\(sink)"
  }

  /// Whether something that is wanted comes through filter and exclusions, all of it.
  func carries(_ sink: LogSink) -> Holds {
    Holds.any(wanted.map { Self.carries(sink, $0, of: parent, at: now) })
  }

  /// - Parameter log: `activity`, `data_access`.
  static func carries(
    _ sink: LogSink, _ log: String, of parent: GCPParent, at now: Timestamp
  ) -> Holds {
    let dropped = sink.exclusions.filter { !$0.isDisabled }
      .map { drops($0.filter, [log], of: parent, at: now) }
    return Holds.all([carries(sink.filter, log, of: parent, at: now), !Holds.any(dropped)])
  }

  /// Whether an exclusion takes any entry of these audit logs away.
  static func drops(
    _ filter: String, _ logs: [String], of parent: GCPParent, at now: Timestamp
  ) -> Holds {
    guard let filter = try? LoggingFilter(filter) else { return .unknown }
    return Holds.any(
      AuditedEntry.samples.filter { logs.contains($0.log) }
        .map { Holds(filter.matches($0.entry(of: parent.name, at: now.iso))) })
  }

  /// Whether the entry of an act comes through filter and exclusions.
  ///
  /// - Parameter method: how its name ends: `DeleteSink`.
  static func passes(
    _ sink: LogSink, _ method: String, of parent: GCPParent, at now: Timestamp
  ) -> Holds {
    let dropped = sink.exclusions.filter { !$0.isDisabled }
      .map { catches($0.filter, method, of: parent, at: now) }
    return Holds.all([catches(sink.filter, method, of: parent, at: now), !Holds.any(dropped)])
  }

  static func catches(
    _ filter: String, _ method: String, of parent: GCPParent, at now: Timestamp
  ) -> Holds {
    guard let parsed = try? LoggingFilter(filter),
      let sample = AuditedEntry.samples.first(where: { $0.method.hasSuffix(method) })
    else { return .unknown }
    return Holds(parsed.matches(sample.entry(of: parent.name, at: now.iso)))
  }

  private static func carries(
    _ filter: String, _ log: String, of parent: GCPParent, at now: Timestamp
  ) -> Holds {
    guard let filter = try? LoggingFilter(filter) else { return .unknown }
    return Holds(filter.carries(log, of: parent.name, at: now.iso))
  }
}

/// What is known of a sink's destination.
enum GCPDestination: Sendable, Equatable {
  case archive(ArchiveBucketFacts)
  case logBucket(LogBucket)
  case there(String)

  /// What its checks need of an archive.
  struct ArchiveBucketFacts: Sendable, Hashable {
    var name: String
    var retentionDays: Int?
    var isLocked: Bool
    var publicAccessPrevention: String
    /// The earliest age at which a lifecycle rule deletes.
    var deletesAfterDays: Int?
    /// A lifecycle rule deletes by something else: a date, newer versions.
    var deletesOtherwise: Bool
  }
}
