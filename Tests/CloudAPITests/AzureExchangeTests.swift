import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Retries, deadlines, throttling, renewal, and what Azure's errors mean: on a manual clock.
@Suite struct AzureExchangeTests {
  static let good = FakeHTTP.Answer.json(#"{"value":[]}"#)

  static func refused(
    _ code: String, status: Int = 400, headers: [HTTPHeader] = []
  ) -> FakeHTTP.Answer {
    .json(
      #"{"error":{"code":"\#(code)","message":"words"}}"#, status: status,
      headers: headers + [HTTPHeader("x-ms-request-id", "r-1")])
  }

  static func error(_ code: String, status: Int = 400) -> CloudServiceError {
    CloudServiceError(
      operation: "Subscriptions - List", permission: "Microsoft.Resources/subscriptions/read",
      status: status, code: code, message: "words", requestID: "r-1")
  }

  static func network(_ error: HTTPError) -> CloudError {
    .network(operation: "Subscriptions - List", host: "management.azure.com", error)
  }

  static func after(_ seconds: String) -> [HTTPHeader] { [HTTPHeader("Retry-After", seconds)] }

  struct Line: Sendable, CustomTestStringConvertible {
    var name: String
    var answers: [FakeHTTP.Answer]
    var sleeps: [Double]
    var tries: Int
    var signIns: Int
    var error: CloudError?

    init(
      _ name: String, _ answers: [FakeHTTP.Answer], sleeps: [Double] = [], tries: Int = 1,
      signIns: Int = 1, _ error: CloudError? = nil
    ) {
      self.name = name
      self.answers = answers
      self.sleeps = sleeps
      self.tries = tries
      self.signIns = signIns
      self.error = error
    }

    var testDescription: String { name }
  }

  static let cut = HTTPError.cut(detail: "d")

  @Test(arguments: [
    Line("well at once", [good]),
    Line("one 503, then well", [refused("x", status: 503), good], sleeps: [0.2], tries: 2),
    Line(
      "5xx for ever", [refused("InternalServerError", status: 500)], sleeps: [0.2, 0.4, 0.8],
      tries: 4, .service(error("InternalServerError", status: 500))),
    Line(
      "a broken server's page", [.bytes(Array("<html>".utf8), status: 502), good], sleeps: [0.2],
      tries: 2),
    Line(
      "throttled for ever", [refused("TooManyRequests", status: 429)], sleeps: [1, 2, 4], tries: 4,
      .throttled(error("TooManyRequests", status: 429), afterSeconds: nil)),
    Line("throttled without words", [.bytes([], status: 429), good], sleeps: [1], tries: 2),
    Line(
      "Retry-After is waited out", [refused("x", status: 429, headers: after("17")), good],
      sleeps: [17], tries: 2),
    Line(
      "Retry-After as a date",
      [refused("x", status: 429, headers: after("Fri, 15 Jan 2027 08:00:09 GMT")), good],
      sleeps: [9], tries: 2),
    Line(
      "a Retry-After beyond the deadline ends it at once",
      [refused("x", status: 429, headers: after("31"))],
      .throttled(error("x", status: 429), afterSeconds: 31)),
    Line(
      "a nonsense Retry-After is ignored",
      [refused("x", status: 429, headers: after("nan")), good],
      sleeps: [1], tries: 2),
    Line("cut", [.failure(cut), good], sleeps: [0.2], tries: 2),
    Line("cut for ever", [.failure(cut)], sleeps: [0.2, 0.4, 0.8], tries: 4, network(cut)),
    Line("cancelled", [.failure(.cancelled)], network(.cancelled)),
    Line(
      "denied", [refused("AuthorizationFailed", status: 403)],
      .denied(error("AuthorizationFailed", status: 403))),
    Line(
      "a token that has run out", [refused("ExpiredAuthenticationToken", status: 401), good],
      tries: 2, signIns: 2),
    Line(
      "a token that is not known", [refused("InvalidAuthenticationToken", status: 401), good],
      tries: 2, signIns: 2),
    Line(
      "a token that is never taken", [refused("InvalidAuthenticationToken", status: 401)],
      tries: 2, signIns: 2, .signIn(.refused(error("InvalidAuthenticationToken", status: 401)))),
    Line(
      "refused for its own reason", [refused("InvalidSubscriptionId")],
      .service(error("InvalidSubscriptionId"))),
  ])
  func timeLines(_ line: Line) async throws {
    let tenant = FakeTenant(line.answers)
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(found == line.error)
    #expect(tenant.time.sleeps == line.sleeps)
    #expect(tenant.requests.count == line.tries)
    #expect(tenant.signedIn.count == line.signIns)
    #expect(tenant.calls.all.count == 1)
  }

  /// The body, and the code that is read from it.
  @Test(arguments: [
    (#"{"error":{"code":"AuthorizationFailed","message":"m"}}"#, "AuthorizationFailed", "m"),
    (#"{"code":"BadRequest","message":"The start time"}"#, "BadRequest", "The start time"),
    (#"{"Code":"BadRequest","Message":"m"}"#, "BadRequest", "m"),
    (#"{"error":{"code":"A","message":null}}"#, "A", ""),
    (#"{"odata.error":{"code":"O","message":{"lang":"en","value":"v"}}}"#, "O", "v"),
    ("\u{feff}<?xml version=\"1.0\"?><Error><Code>X</Code><Message>m</Message></Error>", "X", "m"),
  ])
  func bothShapesOfErrors(_ body: String, _ code: String, _ message: String) async {
    let tenant = FakeTenant([.bytes(Array(body.utf8), status: 403)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    guard case .denied(let error) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(error.code == code)
    #expect(error.message == message)
    #expect(error.permission == "Microsoft.Resources/subscriptions/read")
  }

  /// Pages between us and Azure: none is a refusal of Azure's, none is retried.
  @Test(arguments: [
    (302, "<html>moved</html>"), (307, ""), (400, "Bad Request"), (403, "<html>blocked</html>"),
    (404, "{}"), (407, "<!doctype html>proxy"), (403, #"{"error":"blocked by policy"}"#),
    (451, ""), (403, "<Error><Message>no code</Message></Error>"), (401, ""), (404, ""),
  ])
  func strangersPages(_ status: Int, _ body: String) async {
    let tenant = FakeTenant([.bytes(Array(body.utf8), status: status)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    guard case .unreadable(let answer) = found else {
      Issue.record("\(String(describing: found))")
      return
    }
    #expect(answer.status == status)
    #expect(tenant.requests.count == 1)
  }

  @Test func aTokenThatIsNeverTakenIsNotFetchedWithEachCall() async {
    let tenant = FakeTenant([Self.refused("InvalidAuthenticationToken", status: 401)])
    for _ in 0..<5 {
      _ = await tenant.failure { (client) async throws(CloudError) in
        _ = try await client.subscriptions()
      }
    }
    #expect(tenant.signedIn.count == 2)
    tenant.time.advance(61)
    _ = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(tenant.signedIn.count == 3)
  }

  @Test func renewalAheadOfTheEndMayFail() async throws {
    let signIn = FakeHTTP { _, number in
      number == 0
        ? .json(#"{"access_token":"token-1","expires_in":3600}"#)
        : .json(#"{"error":"invalid_client"}"#, status: 401)
    }
    let tenant = FakeTenant(FakeHTTP([Self.good]), signIn: signIn, time: ManualTime(random: 0))
    _ = try await tenant.client.subscriptions()
    tenant.time.advance(3_310)
    for _ in 0..<3 { _ = try await tenant.client.subscriptions() }
    #expect(tenant.signedIn.count == 2)
    #expect(tenant.requests.allSatisfy { $0.header("Authorization") == "Bearer token-1" })
    tenant.time.advance(280)
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(found?.plain == "The client secret is not accepted: invalid_client.")
    #expect(tenant.requests.count == 4)
  }

  @Test func aClosedQuotaIsLeftAlone() async throws {
    let answers = [Self.refused("x", status: 429, headers: Self.after("120")), Self.good]
    let tenant = FakeTenant(answers)
    for (pause, wait) in [(0.0, 120.0), (0, 120), (20, 100)] {
      tenant.time.advance(pause)
      let found = await tenant.failure { (client) async throws(CloudError) in
        _ = try await client.subscriptions()
      }
      #expect(found == .throttled(Self.error("x", status: 429), afterSeconds: wait))
    }
    #expect(tenant.requests.count == 1)
  }

  @Test func aClosedQuotaOpensAgain() async throws {
    let answers = [Self.refused("x", status: 429, headers: Self.after("120")), Self.good]
    let tenant = FakeTenant(answers)
    _ = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    tenant.time.advance(110)
    _ = try await tenant.client.subscriptions()
    #expect(tenant.time.sleeps == [10])
    #expect(tenant.requests.count == 2)
  }

  @Test func theDeadlineHoldsOverAllTries() async {
    let time = ManualTime()
    let http = FakeHTTP { request, _ in
      time.advance(Double(request.limits.totalMillis) / 1_000)
      return .failure(.timedOut(afterMillis: request.limits.totalMillis))
    }
    let start = time.now
    let tenant = FakeTenant(http, time: time)
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    #expect(found != nil)
    #expect(time.now.timeIntervalSince(start) <= 30.1)
  }

  @Test func theClocksDifferenceIsLearnt() async throws {
    let date = HTTPHeader("Date", "Fri, 15 Jan 2027 07:59:00 GMT")
    let tenant = FakeTenant([.json(#"{"value":[]}"#, headers: [date])])
    #expect(tenant.client.lastClockSkewSeconds == nil)
    _ = try await tenant.client.subscriptions()
    #expect(tenant.client.lastClockSkewSeconds == 60)
  }

  @Test func errorsStayShortAndCleanWhateverWasSent() async {
    let long = String(repeating: "\u{202e}\u{1b}]0;x\u{7}é", count: 100_000)
    let inner = JSONValue.object([
      JSONMember("code", .string(long)), JSONMember("message", .string(long)),
    ])
    let body = JSONValue.object([JSONMember("error", inner)]).text
    let tenant = FakeTenant([.json(body, status: 400)])
    let found = await tenant.failure { (client) async throws(CloudError) in
      _ = try await client.subscriptions()
    }
    let plain = found?.plain ?? ""
    #expect(!plain.isEmpty)
    #expect(plain.unicodeScalars.count <= 400)
    #expect(plain.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202e })
  }
}
