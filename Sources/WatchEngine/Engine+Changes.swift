import WatchCore

extension Engine {
  /// Deals with each audited change that was seen: it is the cause of what was raised, or an alert
  /// of its own where it cut something and was undone before we looked, or an entry.
  mutating func changeEvents(_ found: [Finding], numbering: inout Int) -> [Event] {
    let pending = knowledge.changes.sorted { $0.cause.at < $1.cause.at }
    knowledge.changes = []
    var used = Set(found.compactMap { $0.cause?.event })
    var events: [Event] = []
    for change in pending {
      if let event = change.cause.event {
        guard !picture.knownEvents.contains(event), used.insert(event).inserted else { continue }
      }
      if let finding = transient(change, pending, found) {
        let id = AlertID(numbering)
        numbering += 1
        events.append(.raise(raise(finding, id, under: nil)))
      } else if let source = source(of: change) {
        events.append(.change(source, change.cause, what: Engine.text(change.cause)))
      }
    }
    return events
  }

  /// Something harmful that no finding shows (any more): it happened all the same.
  private func transient(
    _ change: PipelineChange, _ pending: [PipelineChange], _ found: [Finding]
  ) -> Finding? {
    let cause = change.cause
    guard cause.error == nil, cause.at > unseenSince,
      let source = source(of: change), let path = homePath(source)
    else { return nil }
    let settings = knowledge.settings(source)
    let evidence = [
      Evidence(
        at: cause.at, text: evidence(of: cause).first?.text ?? cause.action,
        seen: "Event history \(cause.region), \(now.clock)", raw: change.raw)
    ]
    let code: FailureCode
    let subject: String?
    let what: String
    switch cause.action {
    case "StopLogging":
      (code, subject) = ("aws.trail.stopped", settings?.arn)
      what = Engine.what("STOPPED", cause, otherwise: "", at: cause.at)
    case "DeleteTrail":
      (code, subject) = ("aws.trail.deleted", plan.source(source)?.trail)
      what = Engine.what("DELETED", cause, otherwise: "", at: cause.at)
    case "PutBucketPolicy" where change.refusesTrail == true, "DeleteBucketPolicy", "DeleteBucket":
      (code, subject) = ("aws.bucket.blocked", change.bucket)
      what = Engine.blockedWhat(cause)
    default: return nil
    }
    let identity = Finding.Identity(code: code, source: source, subject: subject)
    guard
      !found.contains(where: { $0.identity == identity || $0.code == code && $0.subject == subject }
      ),
      picture.open.first(where: { $0.code == code && $0.subject == subject }) == nil
    else { return nil }
    return finding(
      code, source, subject: subject, region: path.region, paths: [path], failed: cause.at,
      what: what, evidence: evidence, cause: cause,
      values: change.bucket.map { [("bucket", $0)] } ?? [])
  }

  /// From here on nobody has judged what happened: a watch's last look, less the time that Event
  /// history needs.
  private var unseenSince: Timestamp {
    min(began - .minutes(30), (lastSeen ?? began) - .minutes(20))
  }

  private func homePath(_ source: SourceID) -> PathID? {
    homeSighting(source).map { PathID(source: source, kind: .trail, region: $0.region) }
  }

  /// The watched source that a change is about.
  func source(of change: PipelineChange) -> SourceID? {
    plan.sources.first { source in
      let settings = knowledge.settings(source.id)
      if let trail = change.trail {
        return [source.trail, settings?.arn, settings?.name, Engine.trailName(source.trail)]
          .contains(trail)
      }
      return change.bucket != nil && settings?.bucket == change.bucket
    }?.id
  }

  /// `StartLogging by mira, us-east-1, 03:06Z`; a refused one says so.
  static func text(_ cause: Cause) -> String {
    let refusal = cause.error.map { ", refused: \($0)" } ?? ""
    return "\(cause.action) by \(cause.actor), \(cause.region), \(cause.at.shortClock)\(refusal)"
  }
}
