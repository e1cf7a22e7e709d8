import WatchCore

extension Engine {
  /// Every failure that holds now, causes before their symptoms.
  func findings() -> [Finding] {
    allFindings().filter { !isAccepted($0) }.map { planned(withCause($0)) }
  }

  /// A weakness that came about by somebody's act on that very part is that act's.
  private func withCause(_ finding: Finding) -> Finding {
    guard finding.cause == nil, Engine.postureCodes.contains(finding.code),
      let subject = finding.subject,
      picture.open(finding.code, finding.source, finding.subject)?.cause == nil,
      let cause = cause(on: subject, near: finding.failed)
    else { return finding }
    var finding = finding
    finding.cause = cause
    finding.evidence += evidence(of: cause)
    return finding
  }

  private func allFindings() -> [Finding] {
    trailFindings() + exportFindings() + bucketFindings() + regionFindings() + errorFindings()
      + echoFindings()
      + ageFindings() + postureFindings() + blindFindings() + clockFindings()
      + reachFindings() + deadManFindings() + muteFindings()
  }

  func finding(
    _ code: FailureCode, _ source: SourceID, subject: String? = nil, region: String,
    failed: Timestamp, what: String, evidence: [Evidence] = [],
    cause: Cause? = nil, values: [(String, String?)] = []
  ) -> Finding {
    Finding(
      code: code, source: source, subject: subject,
      place: Place(account: source.account, region: region),
      priority: FailureCatalogue.failure(code)?.priority ?? .high, failed: failed, what: what,
      evidence: evidence, cause: cause, values: self.values(source, region: region, values))
  }

  /// What a runbook's commands need, as far as it is known.
  private func values(
    _ source: SourceID, region: String, _ more: [(String, String?)]
  ) -> [JSON.Member] {
    let settings = knowledge.settings(source)
    let account = plan.account(source.cloud, source.account)
    let known: [(String, String?)] =
      [
        ("source", source.text), ("region", region == "global" ? nil : region),
        ("profile", account?.profile),
        ("trail", settings?.name ?? sourcePlan(source).map { Engine.trailName($0.trail) }),
        ("trail_arn", settings?.arn ?? sourcePlan(source)?.trail),
        ("bucket", settings?.bucket),
        ("prefix", settings.flatMap { Engine.logPrefix($0, region: region) }),
        ("log_group", settings?.logGroup.map(Engine.groupName)), ("kms_key", settings?.key),
        ("account", accountNumber(of: source)),
      ] + unitValues(source, region: region) + more
    var seen: Set<String> = []
    return known.reversed().compactMap { key, value in
      guard let value, seen.insert(key).inserted else { return nil }
      return JSON.Member(key, .string(value))
    }.reversed()
  }

  /// The same for Azure and GCP, whose region is a subscription or project.
  private func unitValues(_ source: SourceID, region: String) -> [(String, String?)] {
    let account = plan.account(source.cloud, source.account)
    let unit = account?.units.first { $0.label == region }?.id
    let own = sourcePlan(source)
    switch source.cloud {
    case .aws: return []
    case .azure:
      let workspace = own?.azure?.workspace
      return [
        ("tenant", account?.azure?.tenant), ("subscription", unit), ("workspace", workspace),
        ("archive", own?.azure?.archive),
      ]
    case .gcp:
      let project = unit.flatMap { $0.hasPrefix("projects/") ? Engine.shortName($0) : nil }
      return [
        ("unit", unit), ("project", project),
        ("sink", own?.gcp?.sinks.first.map { String($0.split(separator: "/").last ?? "") }),
      ]
    }
  }

  /// `logs/AWSLogs/111122223333/CloudTrail/us-east-1/`; an organization's has its id in it, which the
  /// trail does not tell.
  static func logPrefix(_ settings: TrailSettings, region: String) -> String? {
    guard !settings.organization, let account = accountNumber(settings.arn) else { return nil }
    let own = settings.prefix.map { "\($0)/" } ?? ""
    let place = region == "global" ? settings.homeRegion : region
    return "\(own)AWSLogs/\(account)/CloudTrail/\(place)/"
  }

  /// Twelve digits, from any trail of the account that is known.
  private func accountNumber(of source: SourceID) -> String? {
    let own = plan.sources.filter { $0.id.account == source.account && $0.id.cloud == source.cloud }
    let settings = ([source] + own.map(\.id)).compactMap { knowledge.settings($0)?.arn }
    return (settings + own.map(\.trail)).compactMap(Engine.accountNumber).first
  }

  static func trailName(_ arn: String) -> String {
    arn.split(separator: "/").last.map(String.init) ?? arn
  }

  static func accountNumber(_ arn: String) -> String? {
    let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count >= 6 ? String(parts[4]) : nil
  }
}
