import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Refusals, retries, tokens that end in mid-run, quotas: as time lines on a manual clock.
@Suite struct GCPExchangeTests {
  static let good = FakeHTTP.Answer.google("{}")
  static let page = FakeHTTP.Answer.success(
    HTTPResponse(status: 404, body: Array("<!DOCTYPE html><html>404</html>".utf8)))

  static func error(
    _ status: Int, _ code: String, reasons: [String] = [], permission: String = "logging.sinks.list"
  ) -> CloudServiceError {
    CloudServiceError(
      operation: "logging.sinks.list", permission: permission, place: "projects/acme-1",
      status: status, code: code, reasons: reasons, message: "words")
  }

  struct Line: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answers: [FakeHTTP.Answer]
    var sleeps: [Double]
    /// APIs asked, tokens fetched.
    var tries: Int
    var tokens: Int
    var error: CloudError?

    init(
      _ name: String, _ answers: [FakeHTTP.Answer], sleeps: [Double] = [], tries: Int = 1,
      tokens: Int = 1, _ error: CloudError? = nil
    ) {
      testDescription = name
      self.answers = answers
      self.sleeps = sleeps
      self.tries = tries
      self.tokens = tokens
      self.error = error
    }
  }

  @Test(arguments: [
    Line("at once", [good]),
    Line(
      "429 without Retry-After", [.refused(429, "RESOURCE_EXHAUSTED"), good], sleeps: [1], tries: 2),
    Line(
      "429 for ever", [.refused(429, "RESOURCE_EXHAUSTED", reason: "RATE_LIMIT_EXCEEDED")],
      sleeps: [1, 2, 4], tries: 4,
      .throttled(
        error(429, "RESOURCE_EXHAUSTED", reasons: ["RATE_LIMIT_EXCEEDED"]), afterSeconds: nil)),
    Line(
      "throttled with 403",
      [
        .google(
          #"{"error":{"code":403,"message":"w","errors":[{"reason":"rateLimitExceeded"}]}}"#,
          status: 403), good,
      ], sleeps: [1], tries: 2),
    Line("one 503", [.refused(503, "UNAVAILABLE"), good], sleeps: [0.2], tries: 2),
    Line(
      "500 for ever", [.refused(500, "INTERNAL")], sleeps: [0.2, 0.4, 0.8], tries: 4,
      .service(error(500, "INTERNAL"))),
    Line(
      "the token has run out",
      [.refused(401, "UNAUTHENTICATED", reason: "ACCESS_TOKEN_EXPIRED"), good],
      tries: 2, tokens: 2),
    Line("the token is not known", [.refused(401, "UNAUTHENTICATED"), good], tries: 2, tokens: 2),
    Line(
      "no token is known", [.refused(401, "UNAUTHENTICATED")], tries: 2, tokens: 2,
      .signIn(.refused(error(401, "UNAUTHENTICATED")))),
    Line(
      "denied", [.refused(403, "PERMISSION_DENIED", reason: "IAM_PERMISSION_DENIED")],
      .denied(error(403, "PERMISSION_DENIED", reasons: ["IAM_PERMISSION_DENIED"]))),
    Line(
      "the scope is too narrow",
      [.refused(403, "PERMISSION_DENIED", reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT")],
      .denied(error(403, "PERMISSION_DENIED", reasons: ["ACCESS_TOKEN_SCOPE_INSUFFICIENT"]))),
    Line(
      "the quota project is not ours",
      [.refused(403, "PERMISSION_DENIED", reason: "USER_PROJECT_DENIED")],
      .denied(
        error(
          403, "PERMISSION_DENIED", reasons: ["USER_PROJECT_DENIED"],
          permission: "serviceusage.services.use"))),
    Line(
      "the API is switched off", [.refused(403, "PERMISSION_DENIED", reason: "SERVICE_DISABLED")],
      .service(error(403, "PERMISSION_DENIED", reasons: ["SERVICE_DISABLED"]))),
    Line(
      "not there", [.refused(404, "NOT_FOUND")], .service(error(404, "NOT_FOUND"))),
    Line(
      "HTML 404", [page],
      .unreadable(
        UnreadableAnswer(
          operation: "logging.sinks.list", status: 404,
          reason: "it is an HTML page, not Google Cloud's error (a proxy?)"))),
    Line(
      "redirected", [.bytes([], status: 302)],
      .unreadable(
        UnreadableAnswer(
          operation: "logging.sinks.list", status: 302,
          reason: "it is a redirect, which Google Cloud does not send here (a proxy?)"))),
    Line(
      "somebody else's 403", [.google(#"{"blocked":true}"#, status: 403)],
      .unreadable(
        UnreadableAnswer(
          operation: "logging.sinks.list", status: 403,
          reason: "it is not one of Google Cloud's errors"))),
    Line(
      "an error with status 200", [.refused(200, "PERMISSION_DENIED")],
      .unreadable(
        UnreadableAnswer(
          operation: "logging.sinks.list", status: 200,
          reason: "it is an error with HTTP status 200"))),
  ])
  func timeLines(_ line: Line) async throws {
    let project = GCPFakeProject(line.answers)
    do {
      let sinks = try await project.client.sinks(of: .project("acme-1"))
      #expect(line.error == nil)
      #expect(sinks.isEmpty)
    } catch {
      #expect(error == line.error)
      #expect(error.plain.unicodeScalars.count <= 400)
      #expect(!error.plain.contains("shh"))
    }
    #expect(project.time.sleeps == line.sleeps)
    #expect(project.asked.count == line.tries)
    #expect(project.http.requests.count - project.asked.count == line.tokens)
    #expect(project.calls.all == ["logging.sinks.list logging.sinks.list projects/acme-1"])
  }

  @Test func theErrorsOwnPermissionBeatsTheCalls() async {
    let body = GCPFakeProject.refusal(
      403, "PERMISSION_DENIED", reason: "IAM_PERMISSION_DENIED", permission: "logging.views.list")
    let project = GCPFakeProject([.google(body, status: 403)])
    let wanted = Self.error(
      403, "PERMISSION_DENIED", reasons: ["IAM_PERMISSION_DENIED"], permission: "logging.views.list"
    )
    await #expect(throws: CloudError.denied(wanted)) {
      try await project.client.sinks(of: .project("acme-1"))
    }
  }

  @Test func tokensAreKeptAndRenewedAhead() async throws {
    let time = ManualTime()
    let project = GCPFakeProject([Self.good], time: time)
    for minutes in [0.0, 30, 19, 5] {
      time.advance(minutes * 60)
      _ = try await project.client.sinks(of: .project("a"))
    }
    // The last call is at minute 54 of 60: the token was renewed before.
    #expect(
      project.asked.compactMap { $0.header("Authorization")?.suffix(1) } == ["1", "1", "1", "2"])
  }

  @Test func aFailedEarlyRenewalKeepsTheToken() async throws {
    let time = ManualTime()
    let counter = Counter()
    let http = FakeHTTP { request, _ in
      guard request.url == GCPFakeProject.tokenURL else { return Self.good }
      return counter.next("tokens") == 0 ? GCPSignInTests.good : .refused(503, "UNAVAILABLE")
    }
    let project = GCPFakeProject(http, time: time)
    _ = try await project.client.sinks(of: .project("a"))
    time.advance(55 * 60)
    _ = try await project.client.sinks(of: .project("a"))
    #expect(
      project.asked.map { $0.header("Authorization") }
        == Array(repeating: "Bearer shh-token", count: 2))
    time.advance(4 * 60)
    await #expect(throws: CloudError.self) { try await project.client.sinks(of: .project("a")) }
  }

  @Test func entriesAreAskedForBelowTheQuota() async throws {
    let project = GCPFakeProject([Self.good])
    let query = LogQuery(logs: [.activity], since: nil)
    for _ in 0..<14 { _ = try await project.client.newestEntry(in: .parent(.project("a")), query) }
    #expect(project.time.sleeps == [1.25, 1.25, 1.25, 1.25])
    // Without a quota project that of the credentials pays, for whatever is asked about.
    _ = try await project.client.newestEntry(in: .parent(.project("b")), query)
    #expect(project.time.sleeps.count == 5)
  }

  @Test(arguments: [
    (
      ["CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING": "http://127.0.0.1:99/"], "http://127.0.0.1:99/v2/"
    ),
    (
      ["CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING": "https://l.example/x/v2"],
      "https://l.example/x/v2/"
    ),
    (["GOOGLE_CLOUD_QUOTA_PROJECT": "q"], "https://logging.googleapis.com/v2/"),
  ])
  func endpoints(_ environment: [String: String], _ start: String) async throws {
    let project = GCPFakeProject([Self.good], access: GCPSignInTests.access(environment))
    _ = try await project.client.sinks(of: .project("a"))
    let request = try #require(project.asked.first)
    #expect(request.url == "\(start)projects/a/sinks")
    #expect(request.header("X-Goog-User-Project") == environment["GOOGLE_CLOUD_QUOTA_PROJECT"])
    #expect(request.allowPlain == environment.keys.contains { $0.hasPrefix("CLOUDSDK") })
  }

  @Test(arguments: ["ftp://a", "http://u:p@a", "https://a?x=1", "nonsense"])
  func endpointsThatAreNone(_ url: String) async {
    let project = GCPFakeProject([Self.good], access: GCPAccess(endpoint: url))
    let wanted = CloudError.settings(
      setting: "the endpoint", reason: "it is not an https or http URL without a query")
    await #expect(throws: wanted) { try await project.client.sinks(of: .project("a")) }
    #expect(project.http.requests.isEmpty)
  }
}
