import CloudAPI
import WatchCore

/// What an update asks of a trail, named as the journal's baseline names settings: what it comes to
/// is told by comparing both. By itself the request tells what it switches off.
extension TamperMeaning {
  static func trailUpdate(_ reading: TamperReading) -> TamperVerdict {
    let response = reading.record.response
    var members: [JSON.Member] = []
    var off: [String] = []
    let flags = [
      ("isMultiRegionTrail", "multi_region"), ("includeGlobalServiceEvents", "global_events"),
      ("isOrganizationTrail", "organization"), ("enableLogFileValidation", "validation"),
    ]
    for (asked, name) in flags {
      guard let value = reading.flag(asked) else { continue }
      members.append(JSON.Member(name, .bool(value)))
      if !value { off.append("\(name) false") }
    }
    let texts = [
      ("s3BucketName", "s3BucketName", "bucket"), ("s3KeyPrefix", "s3KeyPrefix", "prefix"),
      ("cloudWatchLogsLogGroupArn", "cloudWatchLogsLogGroupArn", "log_group"),
      ("kmsKeyId", "kmsKeyId", "key"), ("snsTopicName", "snsTopicARN", "topic"),
    ]
    for (asked, answered, name) in texts {
      guard let value = reading.text(asked) else { continue }
      let full = response?.member(answered)?.word ?? value
      let isEmpty = value.isEmpty
      members.append(JSON.Member(name, isEmpty ? .null : .string(full.cut(300))))
      if isEmpty, name == "log_group" { off.append("log_group none") }
    }
    return TamperVerdict(
      harm: off.isEmpty ? .changes : .shrinks, difference: off,
      settings: members.isEmpty ? nil : .object(members))
  }

  /// In the record as the API has them: `eventSelectors`, `advancedEventSelectors`.
  static func eventSelectors(_ reading: TamperReading) -> TamperVerdict {
    let selectors = EventSelectors(
      classic: (reading.value("eventSelectors")?.array ?? []).map(EventSelectors.Classic.init),
      advanced: (reading.value("advancedEventSelectors")?.array ?? []).map(
        EventSelectors.Advanced.init))
    guard !selectors.classic.isEmpty || !selectors.advanced.isEmpty else { return .changes }
    let management = selectors.management
    let excluded = selectors.excludedSources.sorted()
    var lost = management == "all" ? [] : ["management \(management)"]
    if !excluded.isEmpty { lost.append("without \(excluded.joined(separator: ", "))") }
    return TamperVerdict(
      harm: lost.isEmpty ? .changes : .shrinks, difference: lost,
      settings: .object([
        JSON.Member("management", .string(management)),
        JSON.Member("selectors", TrailSelectors(selectors).json),
      ]))
  }

  static func insightSelectors(_ reading: TamperReading) -> TamperVerdict {
    guard let asked = reading.value("insightSelectors")?.array else { return .changes }
    let kinds = asked.compactMap { $0.member("insightType")?.word?.cut(60) }.sorted()
    let insights = kinds.isEmpty ? [] : [JSON.string(TrailSettings.insightsOn)]
    return TamperVerdict(
      harm: kinds.isEmpty ? .shrinks : .changes,
      difference: ["insights \(kinds.isEmpty ? "none" : kinds.joined(separator: ", "))"],
      settings: .object([JSON.Member("insights", .array(insights))]))
  }

  static func dataStore(_ reading: TamperReading) -> TamperVerdict {
    let off = ["terminationProtectionEnabled", "multiRegionEnabled", "organizationEnabled"]
      .filter { reading.flag($0) == false }
    if !off.isEmpty { return TamperVerdict(harm: .shrinks, difference: off.map { "\($0) false" }) }
    if let days = reading.number("retentionPeriod") { return .changes("kept for \(days) days") }
    return .changes
  }
}

extension EventSelectors.Classic {
  /// As a record has it.
  fileprivate init(_ value: JSONValue) {
    self.init(
      readWriteType: value.member("readWriteType")?.word ?? "All",
      includesManagementEvents: value.member("includeManagementEvents")?.word != "false",
      dataResources: (value.member("dataResources")?.array ?? []).map { resource in
        EventSelectors.DataResource(
          type: resource.member("type")?.word ?? "",
          values: (resource.member("values")?.array ?? []).compactMap(\.string))
      },
      excludedManagementSources: (value.member("excludeManagementEventSources")?.array ?? [])
        .compactMap(\.string))
  }
}

extension EventSelectors.Advanced {
  /// As a record has it.
  fileprivate init(_ value: JSONValue) {
    self.init(
      name: value.member("name")?.word,
      fields: (value.member("fieldSelectors")?.array ?? []).map { entry in
        func texts(_ name: String) -> [String] {
          (entry.member(name)?.array ?? []).compactMap(\.string)
        }
        var field = EventSelectors.Field(field: entry.member("field")?.word ?? "")
        field.equals = texts("equals")
        field.startsWith = texts("startsWith")
        field.endsWith = texts("endsWith")
        field.notEquals = texts("notEquals")
        field.notStartsWith = texts("notStartsWith")
        field.notEndsWith = texts("notEndsWith")
        return field
      })
  }
}
