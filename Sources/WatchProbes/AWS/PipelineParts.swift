import CloudAPI
import WatchCore

/// One part of a watched source's pipeline.
struct KnownPart: Hashable, Sendable {
  var id: PipelineNode.ID
  var source: SourceID
  /// Days that the source's records must be kept.
  var retentionDays: Int
  /// For trails and their buckets: who writes there.
  var writer: LogWriter?

  var arn: PartARN? { PartARN(id.name) }
}

/// The parts of the pipelines that we watch in one account, to tell changes of them from changes of
/// others'.
struct PipelineParts: Sendable {
  var parts: [KnownPart]
  /// All sources of the account: what concerns it as a whole concerns each of them.
  var sources: [SourceID]
  /// The watch's own queue.
  var queue: String?

  init(_ parts: [KnownPart], sources: [SourceID], queue: String? = nil) {
    self.parts = parts
    self.sources = sources
    self.queue = queue
  }

  /// The change that a record tells of; nil where it tells of none, or of somebody else's parts.
  func change(
    _ record: AuditRecord, witness: String = PipelineChange.history
  ) -> PipelineChange? {
    guard let row = TamperTable.row(record.service, record.cause.action) else {
      return TamperTable.isEvasion(record) ? evasion(record, witness) : nil
    }
    let finder = PartFinder(record: record, parts: parts, queue: queue)
    switch finder.find(row.naming) {
    case .others: return nil
    case .unreadable: return doubtful(record, row, witness)
    case .account: return change(record, row, [], witness)
    case .ours(let found): return change(record, row, found, witness)
    }
  }

  private func change(
    _ record: AuditRecord, _ row: TamperAction, _ found: [KnownPart], _ witness: String
  ) -> PipelineChange {
    let verdict = row.meaning(TamperReading(record: record, parts: found))
    let part = found.first?.id
    var cause = record.cause
    cause.subject = part?.name
    return PipelineChange(
      cause: cause, trail: part?.kind == .trail ? part?.name : nil,
      bucket: part?.kind == .bucket ? part?.name : nil, refusesTrail: verdict.refusesTrail,
      part: part, stage: row.stage,
      sources: found.isEmpty ? sources : Set(found.map(\.source)).sorted(), harm: verdict.harm,
      difference: verdict.difference, settings: verdict.settings, witness: witness, raw: record.raw)
  }

  /// A record without readable parameters may be about ours, and says so. What a plain reading of it
  /// cannot tell is no harm.
  private func doubtful(
    _ record: AuditRecord, _ row: TamperAction, _ witness: String
  ) -> PipelineChange {
    let verdict = row.meaning(TamperReading(record: record, parts: []))
    let why = record.isOmitted ? "left out as too large" : "not readable"
    return PipelineChange(
      cause: record.cause, stage: record.isOmitted ? .evasion : row.stage, sources: sources,
      harm: record.isOmitted ? .shrinks : verdict.harm,
      difference: ["its parameters are \(why): perhaps one of ours"], witness: witness,
      raw: record.raw)
  }

  private func evasion(_ record: AuditRecord, _ witness: String) -> PipelineChange {
    PipelineChange(
      cause: record.cause, stage: .evasion, sources: sources, harm: .shrinks,
      difference: ["its parameters are left out as too large: nobody can tell what it did"],
      witness: witness, raw: record.raw)
  }
}

extension PipelineParts {
  /// What a trail's own settings name, for the time before anything else was looked at.
  static func parts(
    of trail: Trail?, _ plan: SourcePlan
  ) -> [KnownPart] {
    let arn = TrailARN(trail?.arn ?? plan.trail)
    func part(_ kind: PipelineNode.Kind, _ name: String?, _ writer: LogWriter? = nil)
      -> KnownPart?
    {
      guard let name, !name.isEmpty else { return nil }
      return KnownPart(
        id: PipelineNode.ID(kind, name), source: plan.id, retentionDays: plan.retention.days,
        writer: writer)
    }
    let bucket = trail?.s3BucketName
    let writer = arn.flatMap { arn in
      bucket.map {
        LogWriter(
          arn: arn, bucket: $0, prefix: trail?.s3KeyPrefix,
          isOrganization: trail?.isOrganization ?? false)
      }
    }
    return [
      part(.trail, arn?.text ?? plan.trail, writer), part(.bucket, bucket, writer),
      part(.key, trail?.kmsKeyID), part(.role, trail?.logRoleARN),
      part(.group, trail?.logGroupARN), part(.topic, trail?.snsTopicARN),
    ].compactMap { $0 }
  }
}
