import CloudAPI
import Transfer
import WatchCore

/// Answers requests as the clouds would, at a moment of the scenario.
struct DemoAnswers: Sendable {
  let scenario: DemoScenario
  let start: Timestamp
  let timeline: DemoTimeline
  let events: DemoEvents
  let calls = DemoCalls()
  let mailbox: DemoMailbox
  private let azure: DemoAzure?
  private let gcp: DemoGCP?

  init(scenario: DemoScenario, start: Timestamp) {
    self.scenario = scenario
    self.start = start
    timeline = DemoTimeline(script: scenario.script)
    events = DemoEvents(
      script: scenario.script, estate: scenario.estate, templates: scenario.templates,
      start: start, calls: calls)
    mailbox = DemoMailbox()
    let (timeline, script, templates) = (timeline, scenario.script, scenario.templates)
    azure = scenario.azure.map { found in
      DemoAzure(
        units: found.units, eras: DemoEras(found.pipeline, timeline, start: start),
        log: DemoHappenings(cloud: "azure", script: script, units: found.units, lag: 120),
        templates: templates, start: start)
    }
    gcp = scenario.gcp.map { found in
      DemoGCP(
        units: found.units, eras: DemoEras(found.pipeline, timeline, start: start),
        log: DemoHappenings(cloud: "gcp", script: script, units: found.units, lag: 2),
        templates: templates, start: start)
    }
  }

  var estate: DemoEstate { scenario.estate }
  var templates: DemoTemplates { scenario.templates }

  func answer(to request: HTTPRequest, at now: Timestamp) -> HTTPResponse {
    let second = Int((now - start).wholeSeconds)
    if let answer = others(request, second) { return answer }
    guard let asked = DemoRequest(request) else {
      return xmlError(400, "InvalidRequest", "The demo does not play this service.")
    }
    calls.note(asked, at: second)
    switch asked.service {
    case "cloudtrail": return cloudTrail(asked, second)
    case "s3": return storage(asked, second)
    case "s3-control": return accountAccess(second)
    case "ec2": return describeRegions()
    case "sts": return callerIdentity()
    case "logs": return logs(asked, second)
    case "kms": return kms(asked, second)
    case "iam": return iam(asked, second)
    case "monitoring": return alarms(asked, second)
    case "events": return rules(asked, second)
    case "sns": return topics(asked, second)
    case "sqs": return queue(asked, second)
    case "organizations": return organizations(asked, second)
    default: return unplayed(asked)
    }
  }

  /// Azure's and Google Cloud's; nil for a request to neither.
  private func others(_ request: HTTPRequest, _ second: Int) -> HTTPResponse? {
    guard let asked = DemoWebRequest(request) else { return nil }
    if DemoAzure.isOurs(asked.host) {
      return azure?.answer(asked, second) ?? HTTPResponse(status: 404)
    }
    if DemoGCP.isOurs(asked.host) { return gcp?.answer(asked, second) ?? DemoGCP.notFound }
    return nil
  }

  /// Waits as the clouds' queues do, a second of real time at most.
  func patience(_ request: HTTPRequest, at now: @Sendable () -> Timestamp) async {
    if let asked = DemoWebRequest(request), DemoGCP.isOurs(asked.host) {
      await gcp?.patience(asked) { Int((now() - start).wholeSeconds) }
    } else {
      await ownPatience(request, at: now)
    }
  }

  /// The pipeline's settings at that second.
  func settings(_ now: Int) -> JSONValue { scenario.pipeline.settings(timeline.applied(at: now)) }

  private func cloudTrail(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    switch asked.operation {
    case "DescribeTrails": describeTrails(asked, now)
    case "GetTrailStatus": trailStatus(asked, now)
    case "GetEventSelectors": eventSelectors(asked, now)
    case "LookupEvents": lookupEvents(asked, now)
    default: trailExtras(asked, now)
    }
  }

  private func storage(_ asked: DemoRequest, _ now: Int) -> HTTPResponse {
    switch asked.operation {
    case "ListObjectsV2": listObjects(asked, now)
    case "GetObject": getObject(asked, now)
    case "HeadBucket", "HeadObject": head(asked, now)
    default: bucketSetting(asked, now)
    }
  }

  private func describeRegions() -> HTTPResponse {
    let items = estate.regions.map {
      templates.xml("describe-regions-item", ["region": DemoTemplates.escaped($0)])
    }
    return xml(templates.xml("describe-regions", ["items": items.joined(separator: "\n")]))
  }

  private func callerIdentity() -> HTTPResponse {
    xml(
      templates.xml(
        "get-caller-identity",
        ["arn": estate.account.principal, "account": estate.account.id]))
  }

  // No Date header: the demo's clock is not the machine's, and the difference would look like skew.

  func json(_ value: JSONValue, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: headers("application/x-amz-json-1.1"), body: value.utf8)
  }

  func xml(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(status: status, headers: headers("application/xml"), body: Array(text.utf8))
  }

  func jsonError(_ code: String, _ message: String) -> HTTPResponse {
    json(
      templates.json("error", ["code": .string(code), "message": .string(message)]), status: 400)
  }

  func xmlError(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
    xml(
      templates.xml("error", ["code": code, "message": DemoTemplates.escaped(message)]),
      status: status)
  }

  private func headers(_ type: String) -> [HTTPHeader] {
    [
      HTTPHeader("Content-Type", type),
      HTTPHeader("x-amzn-RequestId", "3f1c8a52-0000-4000-8000-00000000demo"),
    ]
  }
}
