import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Retries, deadlines, throttling, skew, renewal: as time lines on a manual clock.
@Suite struct AWSExchangeTests {
  static let identity = """
    <GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a</Arn>\
    <UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult>\
    </GetCallerIdentityResponse>
    """
  static let good = FakeHTTP.Answer.xml(identity)

  static func refused(
    _ code: String, status: Int = 400, headers: [HTTPHeader] = []
  ) -> FakeHTTP.Answer {
    .xml(
      "<ErrorResponse><Error><Code>\(code)</Code><Message>words</Message></Error></ErrorResponse>",
      status: status, headers: headers)
  }

  static func error(_ code: String, status: Int = 400) -> AWSServiceError {
    AWSServiceError(
      operation: "GetCallerIdentity", service: "sts", region: "eu-west-1", status: status,
      code: code, message: "words", requestID: "id-2")
  }

  static func network(_ error: HTTPError) -> AWSError {
    .network(
      operation: "GetCallerIdentity", host: "sts.eu-west-1.amazonaws.com", error)
  }

  struct Line: Sendable, CustomTestStringConvertible {
    var name: String
    var answers: [FakeHTTP.Answer]
    var sleeps: [Double]
    var tries: Int
    var error: AWSError?
    var testDescription: String { name }

    init(
      _ name: String, _ answers: [FakeHTTP.Answer], sleeps: [Double] = [], tries: Int = 1,
      _ error: AWSError? = nil
    ) {
      self.name = name
      self.answers = answers
      self.sleeps = sleeps
      self.tries = tries
      self.error = error
    }
  }

  static let cut = HTTPError.cut(detail: "eof")

  @Test(arguments: [
    Line("at once", [good]),
    Line(
      "one 503, then well", [refused("ServiceUnavailable", status: 503), good], sleeps: [0.2],
      tries: 2),
    Line(
      "5xx for ever", [refused("InternalError", status: 500)], sleeps: [0.2, 0.4, 0.8], tries: 4,
      .service(error("InternalError", status: 500))),
    Line(
      "throttled for ever", [refused("Throttling")], sleeps: [1, 2, 4], tries: 4,
      .throttled(error("Throttling"))),
    Line("throttled with 503", [refused("SlowDown", status: 503), good], sleeps: [1], tries: 2),
    Line(
      "Retry-After is a floor",
      [refused("x", status: 503, headers: [HTTPHeader("Retry-After", "5")]), good], sleeps: [5],
      tries: 2),
    Line(
      "an absurd Retry-After ends it at once",
      [refused("x", status: 503, headers: [HTTPHeader("Retry-After", "86400")])],
      .service(error("x", status: 503))),
    Line(
      "a nonsense Retry-After is ignored",
      [refused("x", status: 503, headers: [HTTPHeader("Retry-After", "nan")]), good], sleeps: [0.2],
      tries: 2),
    Line("no name", [.failure(.nameNotResolved(host: "h")), good], sleeps: [0.2], tries: 2),
    Line("cut", [.failure(cut), good], sleeps: [0.2], tries: 2),
    Line("cut for ever", [.failure(cut)], sleeps: [0.2, 0.4, 0.8], tries: 4, network(cut)),
    Line(
      "a broken handshake", [.failure(.tls(host: "h", detail: "d"))], sleeps: [0.2, 0.4, 0.8],
      tries: 4,
      network(.tls(host: "h", detail: "d"))),
    Line("cancelled", [.failure(.cancelled)], network(.cancelled)),
    Line(
      "denied", [refused("AccessDenied", status: 403)], .denied(error("AccessDenied", status: 403))),
    Line(
      "an unknown key", [refused("InvalidClientTokenId", status: 403)],
      .credentials(.refused(error("InvalidClientTokenId", status: 403)))),
    Line("keys renewed once", [refused("ExpiredToken", status: 403), good], tries: 2),
    Line(
      "a wrong secret", [refused("SignatureDoesNotMatch", status: 403)],
      .credentials(.refused(error("SignatureDoesNotMatch", status: 403)))),
    Line(
      "refused for its own reason", [refused("ValidationError")], .service(error("ValidationError"))
    ),
  ])
  func timeLines(_ line: Line) async throws {
    let account = FakeAccount(FakeHTTP(line.answers))
    do {
      let caller = try await account.client.callerIdentity()
      #expect(line.error == nil)
      #expect(caller.account == "111122223333")
    } catch {
      #expect(error == line.error)
    }
    #expect(account.time.sleeps == line.sleeps)
    #expect(account.http.requests.count == line.tries)
    #expect(account.calls.all == ["sts:GetCallerIdentity:eu-west-1"])
  }

  @Test func theDeadlineHoldsOverAllTries() async {
    let time = ManualTime()
    let http = FakeHTTP { request, _ in
      time.advance(Double(request.limits.totalMillis) / 1_000)
      return .failure(.timedOut(afterMillis: request.limits.totalMillis))
    }
    let account = FakeAccount(http, time: time)
    let start = time.now
    await #expect(throws: Self.network(.timedOut(afterMillis: 9_800))) {
      try await account.client.callerIdentity()
    }
    #expect(http.requests.map(\.limits.totalMillis) == [20_000, 9_800])
    #expect(time.now.timeIntervalSince(start) <= 30)
  }

  @Test func jitterSpreadsTheWaits() async throws {
    var waits: [Double] = []
    for random in [0.0, 0.5] {
      let time = ManualTime(random: random)
      let account = FakeAccount(FakeHTTP([Self.refused("Throttling"), Self.good]), time: time)
      _ = try await account.client.callerIdentity()
      waits += time.sleeps
    }
    #expect(waits == [0.1, 0.55])
  }

  @Test(arguments: [
    ("RequestTimeTooSkewed", 600.0, true), ("RequestTimeTooSkewed", 10, true),
    ("InvalidSignatureException", 600, true), ("InvalidSignatureException", -600, true),
    ("SignatureDoesNotMatch", 301, true), ("AuthFailure", 600, true), ("RequestExpired", 600, true),
    ("InvalidSignatureException", 10, false), ("AccessDenied", 600, false),
  ])
  func clockSkew(_ code: String, _ ahead: Double, _ isSkew: Bool) async throws {
    let time = ManualTime()
    let date = Self.httpDate(time.now.addingTimeInterval(-ahead))
    let answer = Self.refused(code, status: 403, headers: [HTTPHeader("Date", date)])
    let account = FakeAccount(FakeHTTP([answer]), time: time)
    let error = await #expect(throws: AWSError.self) {
      try await account.client.callerIdentity()
    }
    let skew = AWSError.clockSkew(seconds: ahead, Self.error(code, status: 403))
    #expect((error == skew) == isSkew)
    #expect(account.client.lastClockSkewSeconds == ahead)
  }

  @Test func skewIsMeasuredOnSuccessAndNotFromStrangers() async throws {
    let time = ManualTime()
    let late = HTTPHeader("Date", Self.httpDate(time.now.addingTimeInterval(42)))
    let account = FakeAccount(
      FakeHTTP([
        .xml(Self.identity, headers: [late]),
        .success(
          HTTPResponse(status: 200, headers: [HTTPHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT")])),
      ]), time: time)
    #expect(account.client.lastClockSkewSeconds == nil)
    _ = try await account.client.callerIdentity()
    #expect(account.client.lastClockSkewSeconds == -42)
    _ = try? await account.client.callerIdentity()
    #expect(account.client.lastClockSkewSeconds == -42)
  }

  @Test func requestsAreSignedAndNamed() async throws {
    let account = FakeAccount(FakeHTTP([Self.good]))
    _ = try await account.client.callerIdentity()
    let request = try #require(account.http.requests.first)
    #expect(request.url == "https://sts.eu-west-1.amazonaws.com/")
    #expect(request.text == "Action=GetCallerIdentity&Version=2011-06-15")
    #expect(request.header("User-Agent") == "watchkeeper/0.1.0")
    let scope = "Credential=AKIAFAKE/20270115/eu-west-1/sts/aws4_request"
    #expect(request.header("Authorization")?.contains(scope) == true)
  }

  @Test func cancellationEndsTheWaiting() async {
    let time = ManualTime()
    let http = FakeHTTP([.failure(Self.cut)])
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await FakeAccount(http, time: time).client.callerIdentity()
    }
    let result = await task.result
    #expect(throws: Self.network(.cancelled)) { try result.get() }
    #expect(http.requests.count == 1)
  }

  static func httpDate(_ date: Date) -> String {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let text = Array(TimeText.iso8601(date))
    let month = Int(String(text[5..<7])).map { months[$0 - 1] } ?? ""
    return
      "Sun, \(String(text[8..<10])) \(month) \(String(text[0..<4])) \(String(text[11..<19])) GMT"
  }
}
