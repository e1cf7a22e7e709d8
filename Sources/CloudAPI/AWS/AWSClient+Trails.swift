extension AWSClient {
  private static let target = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"

  static func trailCall(
    _ operation: String, region: String, _ parameters: [JSONMember]
  ) -> AWSCall {
    .json(.cloudTrail, target: target, operation, region: region, parameters)
  }

  /// DescribeTrails. With shadow trails, also those whose home is another region; an organization's
  /// trail shows in its members as well. IAM: `cloudtrail:DescribeTrails`.
  public func describeTrails(
    region: String, includeShadowTrails: Bool = true
  ) async throws(AWSError) -> [Trail] {
    let call = Self.trailCall(
      "DescribeTrails", region: region,
      [JSONMember("includeShadowTrails", .bool(includeShadowTrails))])
    let answer = try await answer(to: call)
    let body = JSONMembers(answer: answer, value: try answer.json())
    _ = try body.needList("trailList")
    var trails: [Trail] = []
    for entry in try body.objects("trailList") { trails.append(try Self.trail(entry)) }
    return trails
  }

  /// GetTrailStatus. Outside the trail's home region AWS wants the ARN. IAM:
  /// `cloudtrail:GetTrailStatus`.
  public func trailStatus(
    arnOrName: String, region: String
  ) async throws(AWSError) -> TrailStatus {
    let call = Self.trailCall(
      "GetTrailStatus", region: region, [JSONMember("Name", .string(arnOrName))])
    let answer = try await answer(to: call)
    return try Self.status(JSONMembers(answer: answer, value: try answer.json()))
  }

  /// GetEventSelectors. IAM: `cloudtrail:GetEventSelectors`.
  public func eventSelectors(
    arnOrName: String, region: String
  ) async throws(AWSError) -> EventSelectors {
    let call = Self.trailCall(
      "GetEventSelectors", region: region, [JSONMember("TrailName", .string(arnOrName))])
    let answer = try await answer(to: call)
    let body = JSONMembers(answer: answer, value: try answer.json())
    if try body.text("TrailARN") == nil, try body.list("EventSelectors") == nil,
      try body.list("AdvancedEventSelectors") == nil
    {
      throw answer.unreadable("it names neither the trail nor any selector")
    }
    return try Self.selectors(body)
  }

  private static func trail(_ entry: JSONMembers) throws(AWSError) -> Trail {
    var trail = Trail(arn: try entry.needText("TrailARN"))
    trail.name = try entry.text("Name")
    trail.homeRegion = try entry.text("HomeRegion")
    trail.s3BucketName = try entry.text("S3BucketName")
    trail.s3KeyPrefix = try entry.text("S3KeyPrefix")
    trail.snsTopicARN = try entry.text("SnsTopicARN")
    trail.includesGlobalServiceEvents = try entry.flag("IncludeGlobalServiceEvents")
    trail.isMultiRegion = try entry.flag("IsMultiRegionTrail")
    trail.isOrganization = try entry.flag("IsOrganizationTrail")
    trail.validatesLogFiles = try entry.flag("LogFileValidationEnabled")
    trail.logGroupARN = try entry.text("CloudWatchLogsLogGroupArn")
    trail.logRoleARN = try entry.text("CloudWatchLogsRoleArn")
    trail.kmsKeyID = try entry.text("KmsKeyId")
    trail.hasCustomEventSelectors = try entry.flag("HasCustomEventSelectors")
    trail.hasInsightSelectors = try entry.flag("HasInsightSelectors")
    return trail
  }

  private static func status(_ body: JSONMembers) throws(AWSError) -> TrailStatus {
    var status = TrailStatus(isLogging: try body.needFlag("IsLogging"))
    status.latestDeliveryError = try body.text("LatestDeliveryError")
    status.latestNotificationError = try body.text("LatestNotificationError")
    status.latestDeliveryTime = try body.time("LatestDeliveryTime")
    status.latestNotificationTime = try body.time("LatestNotificationTime")
    status.startLoggingTime = try body.time("StartLoggingTime")
    status.stopLoggingTime = try body.time("StopLoggingTime")
    status.latestCloudWatchLogsDeliveryError = try body.text("LatestCloudWatchLogsDeliveryError")
    status.latestCloudWatchLogsDeliveryTime = try body.time("LatestCloudWatchLogsDeliveryTime")
    status.latestDigestDeliveryTime = try body.time("LatestDigestDeliveryTime")
    status.latestDigestDeliveryError = try body.text("LatestDigestDeliveryError")
    status.deprecated.latestDeliveryAttemptTime = body.raw("LatestDeliveryAttemptTime")
    status.deprecated.latestNotificationAttemptTime = body.raw("LatestNotificationAttemptTime")
    status.deprecated.latestNotificationAttemptSucceeded = body.raw(
      "LatestNotificationAttemptSucceeded")
    status.deprecated.latestDeliveryAttemptSucceeded = body.raw("LatestDeliveryAttemptSucceeded")
    status.deprecated.timeLoggingStarted = body.raw("TimeLoggingStarted")
    status.deprecated.timeLoggingStopped = body.raw("TimeLoggingStopped")
    return status
  }

  private static func selectors(_ body: JSONMembers) throws(AWSError) -> EventSelectors {
    var selectors = EventSelectors(trailARN: try body.text("TrailARN"))
    for entry in try body.objects("EventSelectors") {
      var classic = EventSelectors.Classic()
      if let type = try entry.text("ReadWriteType") { classic.readWriteType = type }
      classic.includesManagementEvents = try entry.flag("IncludeManagementEvents") ?? true
      classic.excludedManagementSources = try entry.texts("ExcludeManagementEventSources")
      for resource in try entry.objects("DataResources") {
        classic.dataResources.append(
          EventSelectors.DataResource(
            type: try resource.needText("Type"), values: try resource.texts("Values")))
      }
      selectors.classic.append(classic)
    }
    for entry in try body.objects("AdvancedEventSelectors") {
      var advanced = EventSelectors.Advanced(name: try entry.text("Name"), fields: [])
      for condition in try entry.objects("FieldSelectors") {
        advanced.fields.append(try field(condition))
      }
      selectors.advanced.append(advanced)
    }
    return selectors
  }

  private static func field(_ entry: JSONMembers) throws(AWSError) -> EventSelectors.Field {
    var field = EventSelectors.Field(field: try entry.needText("Field"))
    field.equals = try entry.texts("Equals")
    field.startsWith = try entry.texts("StartsWith")
    field.endsWith = try entry.texts("EndsWith")
    field.notEquals = try entry.texts("NotEquals")
    field.notStartsWith = try entry.texts("NotStartsWith")
    field.notEndsWith = try entry.texts("NotEndsWith")
    return field
  }
}
