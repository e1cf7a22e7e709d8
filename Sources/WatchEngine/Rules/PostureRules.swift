import WatchCore

/// The codes that posture checks are raised as: what weakens the pipeline, or breaks it.
///
/// The first look at a source is one summary and not a flood: what it finds is written to the
/// journal, and each of these weaknesses is covered by the summary until it is mended or accepted.
/// What fails later, or breaks the pipeline now, is an alert of its own.
extension Engine {
  /// Those that a look at the settings ends; that a bucket takes logs again, deliveries prove.
  static let postureCodes = Set(PostureCatalogue.all.map(\.code)).subtracting([
    "aws.bucket.blocked"
  ])
  static let firstLook = "first look"
  /// How long the probes of one source may take to bring their first looks together.
  static let settling: Duration = .minutes(1)

  func postureFindings() -> [Finding] {
    var seen: Set<Weakness> = []
    let blocked = Set(bucketFindings().map(\.identity))
    // Where posture is optional it is looked at and shown, and alarms nobody.
    let watched = plan.sources.filter {
      $0.off == nil && !$0.optional.contains(.posture) && knowledge.firstPosture[$0.id] != nil
    }
    let all = watched.flatMap { source -> [Finding] in
      // Sources share buckets and keys: the first that tells of a weakness has it.
      let failing = failingChecks(source.id).filter {
        !isOutdated($0) && seen.insert($0.weakness).inserted
      }
      let known = knownWeaknesses(source.id)
      let single = failing.filter { isUrgent($0) || known?.contains($0.weakness) == false }
      let summed = failing.filter { known?.contains($0.weakness) == true && !isUrgent($0) }
      return singles(source.id, single) + summary(source.id, summed)
    }
    // What the delivery errors tell of a bucket says more.
    return all.filter { !blocked.contains($0.identity) }
  }

  /// It stops or erases records now. An alert path that tells nobody is as it was before we came: the
  /// first look's summary has it.
  private func isUrgent(_ failing: Failing) -> Bool {
    failing.rule.breaksNow && failing.rule.code.rest != "alertpath.broken"
  }

  /// A bucket that refused has taken logs since that look.
  private func isOutdated(_ failing: Failing) -> Bool {
    guard failing.rule.code == "aws.bucket.blocked" else { return false }
    return knowledge.heartbeats.contains { path, heartbeat in
      path.kind == .s3 && path.source == failing.path.source
        && heartbeat.newest.map { $0 > failing.at } == true
    }
  }

  /// The same source each time, whichever trail tells of the bucket, by whichever rule.
  private func owner(_ failing: Failing, _ source: SourceID) -> SourceID {
    guard failing.rule.code == "aws.bucket.blocked" else { return source }
    let first = plan.sources.first { knowledge.settings($0.id)?.bucket == failing.check.subject }
    return first?.id ?? source
  }

  /// A check that fails, and its rule.
  struct Failing {
    var rule: PostureRule
    var check: PostureCheck
    var path: PathID
    var at: Timestamp

    var weakness: Weakness { Weakness(rule: rule.id, subject: check.subject) }
  }

  /// What fails now and was not accepted.
  func failingChecks(_ source: SourceID) -> [Failing] {
    knowledge.postures.filter { $0.key.source == source }.sorted { $0.key < $1.key }
      .flatMap { path, seen in
        seen.sighting.checks.compactMap { check -> Failing? in
          guard check.verdict == .fails, let rule = PostureCatalogue.rule(check.rule),
            accepted(rule, check.subject) == nil
          else { return nil }
          return Failing(rule: rule, check: check, path: path, at: seen.at)
        }
      }
  }

  func accepted(_ rule: PostureRule, _ subject: String) -> Acceptance? {
    picture.accepted(rule.id, subject, at: wall)
      ?? picture.accepted(rule.code.text, subject, at: wall)
  }

  /// What the first look found; nil while it has not been written.
  private func knownWeaknesses(_ source: SourceID) -> Set<Weakness>? {
    picture.postures[source].map { Set(Weakness.list($0.content)) }
  }

  private func singles(_ source: SourceID, _ failing: [Failing]) -> [Finding] {
    let groups = Dictionary(grouping: failing) {
      Weakness(rule: $0.rule.code.text, subject: $0.check.subject)
    }
    return groups.sorted { $0.key < $1.key }.compactMap { _, checks in
      let checks = checks.sorted {
        ($1.rule.priority, $0.rule.id) < ($0.rule.priority, $1.rule.id)
      }
      guard let worst = checks.first else { return nil }
      let cause = latestChange(on: worst.check.subject)
      let more = checks.count > 1 ? ", and \(checks.count - 1) more" : ""
      var finding = finding(
        worst.rule.code, owner(worst, source), subject: worst.check.subject,
        region: worst.path.region,
        failed: cause?.at ?? worst.at,
        what: Engine.postureWhat(worst, more, cause),
        evidence: checks.map(evidence) + evidence(of: cause), cause: cause,
        values: [("subject", worst.check.subject), ("check", worst.rule.id)])
      finding.priority = worst.rule.priority
      return finding
    }
  }

  /// `EXPOSED: acme-audit-logs, not closed to plain http: no such statement`
  private static func postureWhat(
    _ failing: Failing, _ more: String, _ cause: Cause?
  ) -> String {
    if failing.rule.code == "aws.bucket.blocked", let cause { return blockedWhat(cause) }
    let by = cause.map { " by \($0.actor)" } ?? ""
    return "\(word(failing.rule))\(by): \(fault(failing))\(more)"
  }

  /// What was found, first of all; the check's id says the opposite of it.
  private static func fault(_ failing: Failing) -> String {
    let (subject, seen) = (name(failing), failing.check.seen)
    if failing.rule.breaksNow, seen.split(separator: " ").count > 3 {
      return seen.hasPrefix(subject) ? seen : "\(subject), \(seen)"
    }
    let lack = denied(failing.rule.title)
    return seen.isEmpty ? "\(subject), \(lack)" : "\(subject), \(lack): \(seen)"
  }

  /// `not locked`, `with a daily cap`, `being deleted`
  private static func denied(_ title: String) -> String {
    if title.hasPrefix("without ") { return "with" + title.dropFirst("without".count) }
    return title.hasPrefix("not ") ? String(title.dropFirst("not ".count)) : "not \(title)"
  }

  /// A subscription has a GUID for a name: people know it by the configuration's word.
  private static func name(_ failing: Failing) -> String {
    let words = failing.check.subject.split(separator: "/")
    let isUnit = words.count == 2 && words[0].lowercased() == "subscriptions"
    return isUnit ? failing.path.region : shortName(failing.check.subject)
  }

  private static func word(_ rule: PostureRule) -> String {
    switch rule.id {
    case "azure.workspace.exists", "azure.archive.exists": "MISSING"
    case "azure.setting.workspace", "azure.setting.archive", "azure.setting.administrative":
      "NOT CARRIED"
    default: word(rule.code)
    }
  }

  /// What a row says of a code, in capitals.
  static func word(_ code: FailureCode) -> String {
    switch code {
    case "aws.bucket.exposed": "EXPOSED"
    case "aws.bucket.blocked": "BLOCKED"
    case "aws.bucket.erasable", "aws.group.erasable", "azure.store.erasable", "gcp.store.erasable":
      "ERASABLE"
    case "aws.key.unusable": "KEY UNUSABLE"
    case "aws.alertpath.broken", "azure.alertpath.broken", "gcp.alertpath.broken":
      "ALERT PATH BROKEN"
    case "aws.alertpath.silenced", "azure.alertpath.silenced", "gcp.alertpath.silenced": "SILENCED"
    case "aws.pipeline.tampered", "azure.pipeline.tampered", "gcp.pipeline.tampered": "TAMPERED"
    case "azure.setting.none": "NO DIAGNOSTIC SETTING"
    case "azure.setting.deleted": "SETTING DELETED"
    case "azure.setting.narrowed", "gcp.sink.narrowed": "NARROWED"
    case "azure.setting.remapped": "REMAPPED"
    case "azure.store.capped": "CAPPED"
    case "gcp.sink.none": "NO SINK"
    case "gcp.sink.deleted": "SINK DELETED"
    case "gcp.sink.disabled": "SINK DISABLED"
    case "gcp.sink.error": "SINK ERROR"
    case "gcp.exclusion.added": "EXCLUDED"
    case "gcp.auditconfig.weakened": "AUDIT CONFIG WEAKENED"
    default: "WEAK"
    }
  }

  private func summary(_ source: SourceID, _ failing: [Failing]) -> [Finding] {
    guard let worst = failing.map(\.rule.priority).max(), let first = failing.first else {
      return []
    }
    let figures = Priority.allCases.sorted(by: >).compactMap { priority -> String? in
      let count = failing.count { $0.rule.priority == priority }
      return count == 0 ? nil : "\(count) \(priority.rawValue)"
    }
    let noun = failing.count == 1 ? "1 weakness" : "\(failing.count) weaknesses"
    let ordered = failing.sorted {
      ($1.rule.priority, $0.weakness) < ($0.rule.priority, $1.weakness)
    }
    var finding = finding(
      source.cloud.code("posture.weak"), source, subject: Engine.firstLook,
      region: first.path.region,
      failed: failing.map(\.at).min() ?? now,
      what: "POSTURE: \(noun) at first look (\(figures.joined(separator: ", ")))",
      evidence: ordered.prefix(40).map(evidence))
    finding.priority = worst
    return [finding]
  }

  private func evidence(_ failing: Failing) -> Evidence {
    Evidence(
      at: failing.at,
      text: "\(Engine.fault(failing)). \(failing.rule.why) Mend: \(failing.rule.mend) "
        + "(\(failing.rule.id) \(failing.check.subject))",
      seen: "posture probe, \(failing.at.clock)", raw: failing.check.raw)
  }

  /// Who last changed a part, within a day.
  private func latestChange(on subject: String) -> Cause? {
    recentChanges().filter { change in
      change.error == nil && now - change.at <= Engine.causeReach
        && change.subject.map { $0 == subject || $0.hasSuffix(":::\(subject)") } == true
    }.max { $0.at < $1.at }
  }
}

extension Weakness {
  /// As a source's posture snapshot holds them.
  static func json(_ weaknesses: Set<Weakness>) -> JSON {
    .facts([
      (
        "weaknesses",
        .array(
          weaknesses.sorted().map {
            .facts([("rule", .string($0.rule)), ("subject", .string($0.subject))])
          })
      )
    ])
  }

  static func list(_ content: JSON) -> [Weakness] {
    (content["weaknesses"]?.array ?? []).compactMap { json in
      guard let rule = json["rule"]?.string, let subject = json["subject"]?.string else {
        return nil
      }
      return Weakness(rule: rule, subject: subject)
    }
  }
}
