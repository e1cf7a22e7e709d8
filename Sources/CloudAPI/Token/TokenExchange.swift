import Foundation
import Transfer

/// Carries one call to an answer: wait for a turn, fetch a token, send, judge, wait and try again
/// within the deadline. For calls that may be repeated without harm.
struct TokenExchange: Sendable {
  typealias OnCall =
    @Sendable (_ permission: String, _ operation: String, _ place: String) -> Void

  let http: HTTPClient
  let clock: CallClock
  let backoff: Backoff
  /// One call, with all its retries, takes no longer, in seconds. Waiting for a turn is no part.
  let callSeconds: Double
  let turns: CallTurns
  let skew: ClockSkew
  /// Told of every call before its first try.
  let onCall: OnCall
  /// Nil for an exchange that fetches tokens itself.
  var tokens: TokenCache?

  init(
    http: HTTPClient, clock: CallClock, backoff: Backoff, callSeconds: Double,
    onCall: @escaping OnCall, tokens: TokenCache? = nil
  ) {
    self.http = http
    self.clock = clock
    self.backoff = backoff
    self.callSeconds = callSeconds
    self.onCall = onCall
    self.tokens = tokens
    turns = CallTurns(clock: clock)
    skew = ClockSkew()
  }

  func answer(to call: TokenCall) async throws(CloudError) -> TokenAnswer {
    guard let rate = call.rate else { return try await run(call) }
    await turns.enter(rate)
    defer { turns.leave(rate) }
    if let closure = turns.closure(rate) {
      let wait = closure.until - clock.uptime()
      guard wait < callSeconds else { throw .throttled(closure.error, afterSeconds: wait) }
      await clock.sleep(wait)
    }
    return try await run(call)
  }

  /// Where a call stands between two tries.
  private struct Course {
    var started: Double
    var tries = 0
    var hasRenewed = false
  }

  private func run(_ call: TokenCall) async throws(CloudError) -> TokenAnswer {
    var course = Course(started: clock.uptime())
    onCall(call.permission, call.operation, call.place)
    while true {
      course.tries += 1
      let token = try await token(call)
      let (verdict, response) = try await attempt(call, token, course)
      switch verdict {
      case .accept:
        return TokenAnswer(
          operation: call.operation, response: response ?? HTTPResponse(status: 0))
      case .fail(let error):
        throw error
      case .renewToken(let error, let hasExpired):
        guard let tokens, let audience = call.audience, let token, !course.hasRenewed,
          await tokens.drop(audience, token, hasExpired: hasExpired)
        else { throw error }
        course.hasRenewed = true
      case .retry(let error, let throttled):
        try await pause(error, throttled, response, course, call)
      }
    }
  }

  private func token(_ call: TokenCall) async throws(CloudError) -> BearerToken? {
    guard let audience = call.audience, let tokens else { return nil }
    return try await tokens.current(audience)
  }

  private func attempt(
    _ call: TokenCall, _ token: BearerToken?, _ course: Course
  ) async throws(CloudError) -> (TokenVerdict, HTTPResponse?) {
    var request = call.request(token)
    let left = callSeconds + Double(call.waitSeconds) - (clock.uptime() - course.started)
    guard left > 0.05 else {
      throw .network(
        operation: call.operation, host: call.host,
        .timedOut(afterMillis: Int(callSeconds * 1_000)))
    }
    request.limits.idleSeconds += call.waitSeconds
    request.limits.totalMillis = min(
      request.limits.totalMillis + call.waitSeconds * 1_000, Int((left * 1_000).rounded()))
    request.limits.connectMillis = min(request.limits.connectMillis, request.limits.totalMillis)
    do {
      let response = try await http.send(request)
      measureSkew(response, call)
      return (TokenVerdict.judge(response, to: call), response)
    } catch {
      return (TokenVerdict.judge(error, to: call), nil)
    }
  }

  /// Only the cloud's own answers teach: a portal's clock says nothing.
  private func measureSkew(_ response: HTTPResponse, _ call: TokenCall) {
    guard let server = response.header("Date").flatMap({ TimeText.http($0) }),
      response.status < 300 ? !response.isHTML : call.dialect.document(response) != nil
    else { return }
    skew.learn(clock.now().timeIntervalSince(server))
  }

  /// Waits before the next try, or throws when there is none: tries used up, or no time left.
  private func pause(
    _ error: CloudError, _ throttled: Bool, _ response: HTTPResponse?, _ course: Course,
    _ call: TokenCall
  ) async throws(CloudError) {
    let asked = response.flatMap { retryAfter($0) }
    var error = error
    if case .throttled(let refusal, _) = error {
      error = .throttled(refusal, afterSeconds: asked)
      if let asked, let rate = call.rate { turns.close(rate, seconds: asked, refusal) }
    }
    guard course.tries < call.tries ?? backoff.tries else { throw error }
    let wait = backoff.wait(
      attempt: course.tries, throttled: throttled, atLeast: asked ?? 0, random: clock.random())
    let spent = clock.uptime() - course.started
    guard spent + wait < callSeconds else { throw error }
    await clock.sleep(wait)
    if Task.isCancelled {
      throw .network(operation: call.operation, host: call.host, .cancelled)
    }
  }

  /// Seconds, or a date (RFC 9110, 10.2.3). Never negative.
  private func retryAfter(_ response: HTTPResponse) -> Double? {
    guard let text = response.header("Retry-After") else { return nil }
    if let seconds = Double(text), seconds.isFinite { return max(seconds, 0) }
    return TimeText.http(text).map { max($0.timeIntervalSince(clock.now()), 0) }
  }
}
