import CloudAPI
import Transfer
import WatchCore

/// Answers requests as Google Cloud would, at a moment of the scenario: sign-in, Cloud Logging,
/// Cloud Monitoring, Resource Manager, Cloud Storage, Pub/Sub.
struct DemoGCP: Sendable {
  let units: DemoUnits
  let eras: DemoEras
  let log: DemoHappenings
  let templates: DemoTemplates
  let start: Timestamp
  let mailbox = DemoMailbox()
  let verdicts = DemoSinkVerdicts()

  private static let domain = ".googleapis.com"
  private static let accessToken = "demo.google"

  static func isOurs(_ host: String) -> Bool { host.hasSuffix(domain) }

  func answer(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    if asked.host == "oauth2\(Self.domain)" { return token(asked) }
    guard asked.bearer == Self.accessToken else {
      return Self.error(
        401, "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token.")
    }
    if let project = project(asked), let refusal = denial(project, now) { return refusal }
    switch asked.host.dropLast(Self.domain.count) {
    case "logging": return logging(asked, now)
    case "monitoring": return monitoring(asked, now)
    case "cloudresourcemanager": return manager(asked, now)
    case "storage": return storage(asked, now)
    case "pubsub": return messages(asked, now)
    default: return Self.notFound
    }
  }

  /// What Google's settings are then: `projects`, `buckets`, `topics`, `subscriptions`, `denied`.
  func settings(_ now: Int) -> JSONValue { eras.at(now) }

  func time(_ second: Int) -> Timestamp { start + .seconds(second) }

  /// Of a path such as `/v2/projects/acme-1/sinks`; its verb after a colon is cut off.
  private func project(_ asked: DemoWebRequest) -> String? {
    guard let at = asked.parts.firstIndex(of: "projects"), at + 1 < asked.parts.count else {
      return nil
    }
    return asked.parts[at + 1].split(separator: ":").first.map(String.init)
  }

  /// What the credentials may not see is refused as what does not exist is.
  func denial(_ project: String, _ now: Int) -> HTTPResponse? {
    let exists = settings(now).at("projects", project) != nil
    guard !exists || settings(now).at("denied", project)?.bool == true else { return nil }
    return Self.error(
      403, "PERMISSION_DENIED",
      "Permission denied on resource (or it may not exist): projects/\(project).",
      reason: "IAM_PERMISSION_DENIED")
  }

  private func token(_ asked: DemoWebRequest) -> HTTPResponse {
    guard asked.method == "POST", asked.parts == ["token"],
      asked.form["grant_type"] == "refresh_token", asked.form["refresh_token"]?.isEmpty == false
    else {
      return DemoReply.json(
        DemoReply.object([
          ("error", .string("invalid_grant")), ("error_description", .string("Bad Request")),
        ]), status: 400)
    }
    return DemoReply.json(
      DemoReply.object([
        ("access_token", .string(Self.accessToken)), ("expires_in", .number("3599")),
        ("token_type", .string("Bearer")),
      ]))
  }

  static func error(
    _ status: Int, _ code: String, _ message: String, reason: String? = nil
  ) -> HTTPResponse {
    var members: [(String, JSONValue)] = [
      ("code", .number("\(status)")), ("message", .string(message)), ("status", .string(code)),
    ]
    if let reason {
      let info = DemoReply.object([
        ("@type", .string("type.googleapis.com/google.rpc.ErrorInfo")), ("reason", .string(reason)),
        ("domain", .string("iam.googleapis.com")),
      ])
      members.append(("details", .array([info])))
    }
    return DemoReply.json(DemoReply.object([("error", DemoReply.object(members))]), status: status)
  }

  /// Of a path that no API has: HTML, as Google's front end answers.
  static let notFound = HTTPResponse(
    status: 404, headers: [HTTPHeader("Content-Type", "text/html; charset=UTF-8")],
    body: Array("<!DOCTYPE html><html><title>Error 404 (Not Found)!!1</title></html>".utf8))

  static func missing(_ what: String) -> HTTPResponse {
    error(404, "NOT_FOUND", "Requested entity was not found: \(what)")
  }

  /// A list with its pages; an empty one is `{}`.
  func page(
    _ name: String, _ items: [JSONValue], size: Int, token: String?
  ) -> HTTPResponse {
    let skipped = token.flatMap { Int($0) } ?? 0
    let shown = items.dropFirst(skipped).prefix(max(size, 1))
    var members: [(String, JSONValue)] = []
    if !shown.isEmpty { members.append((name, .array(Array(shown)))) }
    if items.count > skipped + shown.count, !shown.isEmpty {
      members.append(("nextPageToken", .string("\(skipped + shown.count)")))
    }
    return DemoReply.json(DemoReply.object(members))
  }

  func page(_ name: String, _ items: [JSONValue], _ asked: DemoWebRequest) -> HTTPResponse {
    page(
      name, items, size: asked.query["pageSize"].flatMap { Int($0) } ?? 200,
      token: asked.query["pageToken"])
  }
}
