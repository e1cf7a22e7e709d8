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
  /// Those of the folders and the organization above; nil where nobody needs them.
  var above: Reading<[GCPAccessPolicy]>?
  /// By the sink's resource name: is its destination there; nil inside: another's, not to be seen.
  var destinations: [String: Reading<GCPDestination?>] = [:]
  /// By the sink's name: what Cloud Logging says that it could not hand on.
  var errors: Reading<[String: String]>

  /// Google's own two, which lead nowhere else.
  static let builtIn: Set<String> = ["_Required", "_Default"]

  /// The sinks that the source asks for; without any, those whose filters are for Admin Activity,
  /// whatever their exclusions take away from it.
  var relevant: [LogSink] {
    let all = (sinks.value ?? []).filter { !Self.builtIn.contains($0.name) }
    let names = plan.namedSinks(in: unit)
    guard names.isEmpty else { return all.filter { names.contains($0.name) } }
    return all.filter { Self.carries($0.filter, of: parent, at: now) != .no }
  }

  /// A sink's name as changes and baselines have it: `projects/acme-1/sinks/audit`.
  func name(_ sink: LogSink) -> String { Self.name(sink.name, of: parent) }

  static func name(_ sink: String, of parent: GCPParent) -> String {
    "\(parent.name)/sinks/\(sink)"
  }

  /// Whether Admin Activity comes through filter and exclusions, all of it.
  func carries(_ sink: LogSink) -> Holds { Self.carries(sink, of: parent, at: now) }

  static func carries(_ sink: LogSink, of parent: GCPParent, at now: Timestamp) -> Holds {
    let dropped = sink.exclusions.filter { !$0.isDisabled }
      .map { drops($0.filter, ["activity"], of: parent, at: now) }
    return Holds.all([carries(sink.filter, of: parent, at: now), !Holds.any(dropped)])
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

  /// Whether the entry of a deleted sink comes through filter and exclusions.
  static func tellsDeletion(_ sink: LogSink, of parent: GCPParent, at now: Timestamp) -> Holds {
    let dropped = sink.exclusions.filter { !$0.isDisabled }
      .map { catchesDeletion($0.filter, of: parent, at: now) }
    return Holds.all([catchesDeletion(sink.filter, of: parent, at: now), !Holds.any(dropped)])
  }

  static func catchesDeletion(
    _ filter: String, of parent: GCPParent, at now: Timestamp
  ) -> Holds {
    guard let parsed = try? LoggingFilter(filter),
      let sample = AuditedEntry.samples.first(where: { $0.method.hasSuffix("DeleteSink") })
    else { return .unknown }
    return Holds(parsed.matches(sample.entry(of: parent.name, at: now.iso)))
  }

  static func carries(_ filter: String, of parent: GCPParent, at now: Timestamp) -> Holds {
    guard let filter = try? LoggingFilter(filter) else { return .unknown }
    return Holds(filter.carries("activity", of: parent.name, at: now.iso))
  }
}

/// What is known of a sink's destination.
enum GCPDestination: Sendable, Hashable {
  case archive(ArchiveBucketFacts)
  case logBucket(String)
  case there(String)

  /// What its checks need of an archive.
  struct ArchiveBucketFacts: Sendable, Hashable {
    var name: String
    var retentionDays: Int?
    var isLocked: Bool
    var publicAccessPrevention: String
    /// The earliest age at which a lifecycle rule deletes.
    var deletesAfterDays: Int?
  }
}
