import CloudAPI
import Transfer
import WatchCore

extension DemoAnswers {
  func describeTrails(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    let here = estate.trails.filter { $0.region == asked.region }
    return json(.object([JSONMember("trailList", .array(here.map { described($0, now) }))]))
  }

  func described(_ trail: DemoEstate.Trail, _ now: Int) -> JSONValue {
    var values: [String: JSONValue] = [
      "Name": .string(trail.name ?? trail.id), "S3BucketName": .string(trail.bucket),
      "HomeRegion": .string(trail.region), "TrailARN": .string(trail.arn(estate.account.id)),
      "LogFileValidationEnabled": .bool(trail.validation),
      "HasCustomEventSelectors": .bool(trail.dataEventsOf != nil),
    ]
    values["S3KeyPrefix"] = trail.prefix.map { .string($0) }
    values["CloudWatchLogsLogGroupArn"] = trail.logGroup.map { .string($0) }
    let known = templates.json("describe-trails-trail", overridden(values, trail))
    return known.merged(with: settings(now).at("trails", trail.id, "describe") ?? .object([]))
  }

  /// The trail's own further values win.
  private func overridden(
    _ values: [String: JSONValue], _ trail: DemoEstate.Trail
  ) -> [String: JSONValue] {
    values.merging((trail.values ?? [:]).mapValues { .string(DemoEvents.grown($0)) }) { $1 }
  }

  func find(_ parameter: String, _ asked: DemoRequest) -> DemoEstate.Trail? {
    let named = asked.parameters[parameter]?.string
    return estate.trails.first { trail in
      trail.region == asked.region
        && (trail.arn(estate.account.id) == named || trail.id == named)
    }
  }

  func unknownTrail(_ asked: DemoRequest) -> HTTPResponse {
    jsonError(
      "TrailNotFoundException", "Unknown trail in \(asked.region) for account \(estate.account.id)")
  }

  func eventSelectors(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    guard let trail = find("TrailName", asked) else { return unknownTrail(asked) }
    if let selectors = settings(now).at("trails", trail.id, "selectors") { return json(selectors) }
    var values: [String: JSONValue] = ["TrailARN": .string(trail.arn(estate.account.id))]
    values["dataResources"] = .array(
      trail.dataEventsOf.map { bucket in
        [
          .object([
            JSONMember("Type", .string("AWS::S3::Object")),
            JSONMember("Values", .array([.string("arn:aws:s3:::\(bucket)/")])),
          ])
        ]
      } ?? [])
    return json(templates.json("get-event-selectors", values))
  }

  func trailStatus(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    guard let trail = find("Name", asked) else { return unknownTrail(asked) }
    let delivered = timeline.deliveries(trail, from: now - 172_800, to: now).last?.at
    let blocked = timeline.refused(trail, every: trail.every, phase: trail.phase, at: now)
    let noDigest = timeline.refused(trail, every: 3_600, phase: trail.digestPhase, at: now)
    let digest = timeline.digests(trail, from: now - 172_800, to: now).last?.at
    let group = timeline.newestBeat(
      trail, every: Self.groupBeat, phase: Self.groupPhase, at: now)
    var values: [String: JSONValue] = ["IsLogging": .bool(timeline.isLogging(trail, at: now))]
    values["StartLoggingTime"] = time(timeline.started(trail, at: now) ?? -3_000_000)
    values["StopLoggingTime"] = time(timeline.stopped(trail, at: now))
    values["LatestDeliveryTime"] = time(delivered)
    values["LatestDeliveryError"] = blocked.map { .string($0.error ?? "AccessDenied") }
    values["LatestDigestDeliveryTime"] = trail.validation ? time(digest) : nil
    values["LatestDigestDeliveryError"] =
      trail.validation ? noDigest.map { .string($0.error ?? "AccessDenied") } : nil
    values["LatestCloudWatchLogsDeliveryTime"] = trail.logGroup == nil ? nil : time(group)
    values["LatestDeliveryAttemptTime"] = delivered.map {
      .string("\((start + .seconds($0)).iso.prefix(19))Z")
    }
    values["LatestDeliveryAttemptSucceeded"] = values["LatestDeliveryAttemptTime"]
    let known = templates.json("get-trail-status", overridden(values, trail))
    return json(
      known.merged(with: settings(now).at("trails", trail.id, "status") ?? .object([])))
  }

  private func time(_ second: Int?) -> JSONValue? {
    guard let second else { return nil }
    let millis = (start + .seconds(second)).millis
    let rest = millis % 1000
    return .number("\(millis / 1000).\(rest < 100 ? "0" : "")\(rest < 10 ? "0" : "")\(rest)")
  }
}
