import CloudAPI
import Transfer
import WatchCore

/// Answers requests as Azure would, at a moment of the scenario: sign-in, Resource Manager, Log
/// Analytics, blobs, the storage queue.
struct DemoAzure: Sendable {
  let units: DemoUnits
  let eras: DemoEras
  /// One an era.
  let arms: [DemoArm]
  let log: DemoHappenings
  let templates: DemoTemplates
  let start: Timestamp
  let mailbox = DemoMailbox()
  let records = DemoRecords()

  init(
    units: DemoUnits, eras: DemoEras, log: DemoHappenings, templates: DemoTemplates,
    start: Timestamp
  ) {
    self.units = units
    self.eras = eras
    self.log = log
    self.templates = templates
    self.start = start
    arms = eras.all.map { DemoArm($0) }
  }

  static func isOurs(_ host: String) -> Bool {
    audience(host) != nil || host == signIn
  }

  private static let signIn = "login.microsoftonline.com"
  private static let blob = ".blob.core.windows.net"
  private static let queue = ".queue.core.windows.net"

  private static func audience(_ host: String) -> String? {
    switch host {
    case "management.azure.com": "https://management.azure.com"
    case "api.loganalytics.azure.com", "api.loganalytics.io": "https://api.loganalytics.io"
    case let name where name.hasSuffix(blob) || name.hasSuffix(queue): "https://storage.azure.com"
    default: nil
    }
  }

  func answer(_ asked: DemoWebRequest, _ now: Int) -> HTTPResponse {
    if asked.host == Self.signIn { return token(asked) }
    guard let audience = Self.audience(asked.host), asked.bearer == Self.token(audience) else {
      return Self.error(
        401, "InvalidAuthenticationToken", "The access token is invalid or of another audience.")
    }
    switch asked.host {
    case "management.azure.com": return manager(asked, now)
    case let host where host.hasSuffix(Self.blob):
      return blobs(String(host.dropLast(Self.blob.count)), asked, now)
    case let host where host.hasSuffix(Self.queue):
      return messages(asked, now)
    default: return query(asked, now)
    }
  }

  /// What Azure's settings are then: `arm`, `denied`, `rows`.
  func settings(_ now: Int) -> JSONValue { eras.at(now) }

  func arm(_ now: Int) -> DemoArm { arms[eras.index(now)] }

  func time(_ second: Int) -> Timestamp { start + .seconds(second) }

  /// A time as Azure writes it, to a ten millionth of a second.
  func text(_ second: Int, _ id: String = "") -> String {
    let digits = DemoEvents.hash("fraction \(id)").utf8.prefix(7).map { String(Int($0) % 10) }
    return "\(time(second).iso.prefix(19)).\(digits.joined())Z"
  }

  private func token(_ asked: DemoWebRequest) -> HTTPResponse {
    let form = asked.form
    guard asked.method == "POST", asked.parts.count == 4, asked.parts.last == "token" else {
      return HTTPResponse(status: 404)
    }
    guard asked.parts[0] == units.account.tenant else {
      return Self.refusal("invalid_request", 90_002, "Tenant '\(asked.parts[0])' not found.")
    }
    guard form["grant_type"] == "client_credentials", form["client_secret"]?.isEmpty == false,
      let scope = form["scope"], scope.hasSuffix("/.default")
    else { return Self.refusal("invalid_request", 900_144, "The request body is incomplete.") }
    return DemoReply.json(
      DemoReply.object([
        ("token_type", .string("Bearer")), ("expires_in", .number("3599")),
        ("ext_expires_in", .number("3599")),
        ("access_token", .string(Self.token(String(scope.dropLast("/.default".count))))),
      ]))
  }

  /// One token an audience, with or without the slash at its end.
  private static func token(_ audience: String) -> String {
    var audience = audience[...]
    while audience.hasSuffix("/") { audience.removeLast() }
    return "demo.\(DemoEvents.hash(String(audience)))"
  }

  private static func refusal(_ error: String, _ number: Int, _ words: String) -> HTTPResponse {
    DemoReply.json(
      DemoReply.object([
        ("error", .string(error)), ("error_description", .string("AADSTS\(number): \(words)")),
        ("error_codes", .array([.number("\(number)")])),
      ]), status: 400)
  }

  /// As Resource Manager wraps it.
  static func error(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
    let inner = DemoReply.object([("code", .string(code)), ("message", .string(message))])
    return DemoReply.json(DemoReply.object([("error", inner)]), status: status)
  }
}
