import CloudAPI
import WatchCore

extension StoreView {
  var trailChecks: [PostureCheck] {
    var sheet = PostureSheet(arn.text, elsewhere: elsewhere)
    sheet.add(
      "trail.multi-region", if: trail.isMultiRegion == true, "all regions",
      else: "\(arn.homeRegion) alone")
    sheet.add(
      "trail.global-events", if: trail.includesGlobalServiceEvents == true, "included",
      else: "IncludeGlobalServiceEvents is false")
    addValidation(&sheet)
    addSelectors(&sheet)
    addOrganization(&sheet)
    sheet.add(
      "trail.encryption", if: trail.kmsKeyID != nil, trail.kmsKeyID ?? "",
      else: "no key: log files have what the bucket gives them")
    addSeparateAccount(&sheet)
    sheet.judge("trail.tags", by: tags) { sheet, tags in
      let words = tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      sheet.add("trail.tags", .info, words.isEmpty ? "no tags" : words.joined(separator: ", "))
    }
    return sheet.checks
  }

  /// The flag, and a digest that proves it works. That digests stop is a failure of its own, seen on
  /// the digest's path.
  private func addValidation(_ sheet: inout PostureSheet) {
    guard trail.validatesLogFiles == true else {
      return sheet.add("trail.validation", .fails, "LogFileValidationEnabled is false")
    }
    sheet.judge("trail.validation", by: status) { sheet, status in
      let newest = status?.latestDigestDeliveryTime.flatMap { Timestamp($0) }
      guard let newest else {
        return sheet.add("trail.validation", .info, "on; no digest was delivered yet")
      }
      let age = newest.age(at: now)
      let limit = plan.expectation(.digest)?.limit ?? .minutes(130)
      let isFresh = age <= limit
      sheet.add(
        "trail.validation", isFresh ? .holds : .info,
        isFresh
          ? "on, newest digest \(age.shortText) ago"
          : "on, and not borne out: newest digest \(age.shortText) ago")
    }
  }

  private func addSelectors(_ sheet: inout PostureSheet) {
    sheet.judge(
      "trail.write-events", "trail.read-events", "trail.exclusions", "trail.data-events",
      "trail.recorded", by: selectors
    ) { sheet, selectors in
      let coverage = SelectorCoverage(selectors)
      for (rule, side) in [
        ("trail.write-events", coverage.writes), ("trail.read-events", coverage.reads),
      ] {
        switch side {
        case .all, .except: sheet.add(rule, .holds, side.inWords)
        case .only, .none: sheet.add(rule, .fails, side.inWords)
        }
      }
      let excluded = coverage.excluded
      sheet.add(
        "trail.exclusions", if: excluded.isEmpty, "none",
        else: "passed over: \(excluded.joined(separator: ", "))")
      addDataEvents(coverage, &sheet)
      sheet.add(
        "trail.recorded", .info, coverage.sentence(insights: insights.value.map { $0 ?? [] }))
    }
    sheet.judge("trail.insights", by: insights) { sheet, types in
      let on = types ?? []
      sheet.add("trail.insights", .info, on.isEmpty ? "off" : on.joined(separator: ", "))
    }
  }

  private func addDataEvents(_ coverage: SelectorCoverage, _ sheet: inout PostureSheet) {
    guard !plan.dataEvents.isEmpty else {
      return sheet.add("trail.data-events", .none, "none are asked for in the configuration")
    }
    let missing = plan.dataEvents.compactMap { arn -> String? in
      let reaching = coverage.data.filter { $0.reaches(arn) }
      let whole = reaching.filter { !$0.isNarrowed }
      let sides = [
        whole.contains(where: \.keepsReads) ? nil : "reads",
        whole.contains(where: \.keepsWrites) ? nil : "writes",
      ].compactMap { $0 }
      if sides.isEmpty { return nil }
      if reaching.isEmpty { return "\(arn): nothing" }
      return whole.isEmpty ? "\(arn): in part" : "\(arn): no \(sides.joined(separator: " or "))"
    }
    sheet.add(
      "trail.data-events", if: missing.isEmpty, "all \(plan.dataEvents.count) recorded",
      else: "not recorded: \(missing.joined(separator: "; "))")
  }

  private func addOrganization(_ sheet: inout PostureSheet) {
    if isOrganization {
      let place = isMember ? "managed elsewhere, in account \(arn.account)" : "managed here"
      guard case .failure(let why) = organization, !isMember else {
        let id = organizationID.map { " of \($0)" } ?? ""
        return sheet.add("trail.organization", .holds, "an organization's trail\(id), \(place)")
      }
      return sheet.blind(["trail.organization"], why)
    }
    sheet.judge("trail.organization", by: organization) { sheet, facts in
      sheet.add(
        "trail.organization", facts == nil ? .none : .info,
        facts.map { "this account alone, a member of \($0.id)" }
          ?? "the account is in no organization")
    }
  }

  private func addSeparateAccount(_ sheet: inout PostureSheet) {
    guard let bucket else {
      return sheet.add("trail.separate-account", .none, "the trail names no bucket")
    }
    if bucket.isMissing {
      return sheet.add("trail.separate-account", .none, "there is no such bucket")
    }
    sheet.judge("trail.separate-account", by: bucket.isOwnedByTrail) { sheet, isOwn in
      sheet.add(
        "trail.separate-account", if: !isOwn, "\(bucket.name) is another account's",
        else: "\(bucket.name) is the trail's own account's, \(arn.account)")
    }
  }
}

extension SelectorCoverage.Side {
  var inWords: String {
    switch self {
    case .all: "all"
    case .except(let names): "all but \(names.joined(separator: ", "))"
    case .only(let words): "only \(words.joined(separator: ", "))"
    case .none: "none"
    }
  }
}

extension SelectorCoverage {
  /// What is passed over on either side.
  var excluded: [String] {
    let names = [writes, reads].flatMap { side -> [String] in
      if case .except(let names) = side { names } else { [] }
    }
    return Set(names).sorted()
  }

  /// What the trail records and what it does not, in one sentence.
  /// - Parameter insights: nil where they could not be read: nothing is said of them then.
  func sentence(insights: [String]?) -> String {
    var recorded: [String] = []
    var not: [String] = []
    switch (writes, reads) {
    case (.none, .none): not.append("management events")
    case (_, .none):
      recorded.append("management writes (\(writes.inWords))")
      not.append("management reads")
    case (.none, _):
      recorded.append("management reads (\(reads.inWords))")
      not.append("management writes")
    case (let writes, let reads) where writes == reads:
      recorded.append("management events (\(writes.inWords))")
    default:
      recorded.append("management writes (\(writes.inWords)), reads (\(reads.inWords))")
    }
    recorded += data.map { "data events of \($0.inWords)" }
    not.append(data.isEmpty ? "data events" : "other data events")
    recorded += otherCategories.map { "\($0) events" }
    if !otherCategories.contains("NetworkActivity") { not.append("network activity") }
    if insights?.isEmpty == false { recorded.append("Insights") }
    if insights?.isEmpty == true { not.append("Insights") }
    let head = recorded.isEmpty ? "nothing" : recorded.joined(separator: "; ")
    return "recorded: \(head). Not recorded: \(not.joined(separator: ", "))"
  }
}
