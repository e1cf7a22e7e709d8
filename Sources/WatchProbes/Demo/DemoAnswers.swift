import CloudAPI
import Transfer
import WatchCore

/// Answers requests as AWS would, at a moment of the scenario.
struct DemoAnswers: Sendable {
  let scenario: DemoScenario
  let start: Timestamp
  let timeline: DemoTimeline
  let events: DemoEvents

  init(scenario: DemoScenario, start: Timestamp) {
    self.scenario = scenario
    self.start = start
    timeline = DemoTimeline(script: scenario.script)
    events = DemoEvents(
      script: scenario.script, estate: scenario.estate, templates: scenario.templates,
      start: start)
  }

  var estate: DemoEstate { scenario.estate }
  var templates: DemoTemplates { scenario.templates }

  func answer(to request: HTTPRequest, at now: Timestamp) -> HTTPResponse {
    guard let asked = DemoRequest(request) else {
      return xmlError(400, "InvalidRequest", "The demo does not play this service.")
    }
    let second = Int((now - start).wholeSeconds)
    switch asked.operation {
    case "DescribeTrails": return describeTrails(asked)
    case "GetTrailStatus": return trailStatus(asked, second)
    case "GetEventSelectors": return eventSelectors(asked)
    case "LookupEvents": return lookupEvents(asked, second)
    case "ListObjectsV2": return listObjects(asked, second)
    case "GetObject": return getObject(asked, second)
    case "DescribeRegions": return describeRegions()
    case "GetCallerIdentity": return callerIdentity()
    default: return xmlError(400, "InvalidAction", "The demo does not play \(asked.operation).")
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
