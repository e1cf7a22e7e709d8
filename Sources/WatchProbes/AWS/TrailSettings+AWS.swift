import CloudAPI
import WatchCore

extension TrailSettings {
  init(_ trail: Trail, selectors: EventSelectors?) {
    let arn = TrailARN(trail.arn)
    self.init(
      name: trail.name ?? arn?.name ?? trail.arn, arn: trail.arn,
      homeRegion: arn?.homeRegion ?? trail.homeRegion ?? "", bucket: trail.s3BucketName ?? "",
      prefix: trail.s3KeyPrefix, multiRegion: trail.isMultiRegion ?? false,
      globalEvents: trail.includesGlobalServiceEvents ?? false,
      organization: trail.isOrganization ?? false, validation: trail.validatesLogFiles ?? false,
      logGroup: trail.logGroupARN, key: trail.kmsKeyID, topic: trail.snsTopicARN,
      management: selectors?.management, selectors: selectors.map { TrailSelectors($0) },
      insights: trail.hasInsightSelectors.map { $0 ? [TrailSettings.insightsOn] : [] })
  }
}

extension TrailSettings {
  /// DescribeTrails tells whether there are Insights, and not which.
  static let insightsOn = "on"
}

extension TrailSelectors {
  init(_ selectors: EventSelectors) {
    let resources = selectors.classic.flatMap { selector in
      selector.dataResources.flatMap { resource in
        resource.values.map {
          Resource(
            type: resource.type.cut(100), value: $0.cut(300), reads: selector.readWriteType.cut(20))
        }
      }
    }
    let advanced = selectors.advanced.filter { $0.category != "Management" }.map { selector in
      Advanced(
        fields: selector.fields.map { field in
          Field(
            name: field.field.cut(60),
            conditions: [
              "equals": field.equals, "startsWith": field.startsWith, "endsWith": field.endsWith,
              "notEquals": field.notEquals, "notStartsWith": field.notStartsWith,
              "notEndsWith": field.notEndsWith,
            ].mapValues { $0.map { $0.cut(300) } })
        })
    }
    self.init(
      resources: resources, advanced: advanced, exclusions: Array(selectors.excludedSources))
  }
}

extension EventSelectors {
  /// Which management events are kept: `all`, `write`, `read` or `none`. A trail without any
  /// selector keeps all of them: that is what a trail is born with.
  var management: String {
    if classic.isEmpty, advanced.isEmpty { return "all" }
    var reads = false
    var writes = false
    for selector in classic where selector.includesManagementEvents {
      reads = reads || selector.readWriteType != "WriteOnly"
      writes = writes || selector.readWriteType != "ReadOnly"
    }
    for selector in advanced where selector.category == "Management" {
      reads = reads || selector.takes(readOnly: true)
      writes = writes || selector.takes(readOnly: false)
    }
    switch (reads, writes) {
    case (true, true): return "all"
    case (false, true): return "write"
    case (true, false): return "read"
    case (false, false): return "none"
    }
  }

  /// Services whose management events are passed over, such as `kms.amazonaws.com`.
  var excludedSources: Set<String> {
    let advancedOnes = advanced.filter { $0.category == "Management" }.flatMap { selector in
      selector.fields.filter { $0.field == "eventSource" }.flatMap(\.notEquals)
    }
    return Set(classic.flatMap(\.excludedManagementSources) + advancedOnes)
  }

  /// What is kept besides management events, which Event history never holds, in words.
  var beyondHistory: [String] {
    let resources = classic.flatMap(\.dataResources).map { resource in
      let names = resource.values.compactMap { value in
        value.split(whereSeparator: { $0 == ":" || $0 == "/" }).last.map(String.init)
      }
      let buckets = resource.type == "AWS::S3::Object" && !names.isEmpty && names.count <= 3
      return buckets ? "data events of \(names.joined(separator: ", "))" : "data events"
    }
    let categories = advanced.compactMap { selector in
      switch selector.category {
      case "Management", nil: nil as String?
      case "Data": "data events"
      case "NetworkActivity": "network activity events"
      case let other?: "\(other) events"
      }
    }
    return Set(resources + categories).sorted().map { PlainLine.make($0, limit: 100) }
  }
}

extension EventSelectors.Advanced {
  var category: String? { fields.first { $0.field == "eventCategory" }?.equals.first }

  /// Whether events with that readOnly value can pass.
  func takes(readOnly: Bool) -> Bool {
    let value = readOnly ? "true" : "false"
    return fields.filter { $0.field == "readOnly" }.allSatisfy { field in
      (field.equals.isEmpty || field.equals.contains(value)) && !field.notEquals.contains(value)
    }
  }
}

extension WatchCore.TrailStatus {
  /// The fields in use. `TimeLoggingStopped`, `LatestDeliveryAttemptTime` and their like are
  /// documented as no longer in use and are not read.
  init(_ status: CloudAPI.TrailStatus) {
    self.init(
      isLogging: status.isLogging, started: status.startLoggingTime.flatMap { Timestamp($0) },
      stopped: status.stopLoggingTime.flatMap { Timestamp($0) },
      delivered: status.latestDeliveryTime.flatMap { Timestamp($0) },
      deliveryError: status.latestDeliveryError?.masked,
      digestDelivered: status.latestDigestDeliveryTime.flatMap { Timestamp($0) },
      digestError: status.latestDigestDeliveryError?.masked,
      groupDelivered: status.latestCloudWatchLogsDeliveryTime.flatMap { Timestamp($0) },
      groupError: status.latestCloudWatchLogsDeliveryError?.masked,
      notified: status.latestNotificationTime.flatMap { Timestamp($0) },
      notifyError: status.latestNotificationError?.masked)
  }
}
