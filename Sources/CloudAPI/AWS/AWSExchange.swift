import Foundation
import Transfer

/// Carries one call to an answer: place, sign, send, judge, wait and try again within the deadline.
struct AWSExchange: Sendable {
  /// Who a request is signed by.
  enum Signing: Sendable {
    case nobody
    case keys(AWSCredentials)
    case cache(CredentialCache)
  }

  let http: HTTPClient
  let clock: CallClock
  let memory: CallMemory
  let budget: CallBudget
  let onCall: @Sendable (_ service: String, _ operation: String, _ region: String) -> Void

  /// The answer to a call that may be repeated without harm.
  func answer(
    to call: AWSCall, _ settings: AWSSettings, signing: Signing
  ) async throws(AWSError) -> AWSAnswer {
    let known = call.bucket.flatMap { memory.region(ofBucket: $0) }
    var course = Course(region: known ?? call.region, started: clock.uptime())
    // Waiting for a turn is no part of the call's own time.
    await budget.turn(call, region: course.region)
    course.started = clock.uptime()
    onCall(call.service.actionPrefix, call.operation, course.region)
    while true {
      course.tries += 1
      let (verdict, response) = try await attempt(call, settings, signing, course)
      switch verdict {
      case .accept:
        return AWSAnswer(operation: call.operation, response: response ?? HTTPResponse(status: 0))
      case .fail(let error):
        throw error
      case .moved(let region, let error):
        if course.hasMoved { throw error }
        course.hasMoved = true
        course.region = region
        if let bucket = call.bucket { memory.learn(bucket: bucket, isIn: region) }
      case .renewCredentials(let error, let haveExpired):
        guard case .cache(let cache) = signing, !course.hasRenewed,
          await cache.drop(haveExpired: haveExpired)
        else { throw error }
        course.hasRenewed = true
      case .retry(let error, let throttled):
        try await pause(error, throttled, response, course, settings)
      }
    }
  }

  /// Where a call stands between two tries.
  private struct Course {
    var region: String
    var started: Double
    var tries = 0
    var hasMoved = false
    var hasRenewed = false
  }

  private func attempt(
    _ call: AWSCall, _ settings: AWSSettings, _ signing: Signing, _ course: Course
  ) async throws(AWSError) -> (AWSVerdict, HTTPResponse?) {
    let endpoint: AWSEndpoint
    do {
      endpoint = try settings.endpoint(for: call.service, region: course.region)
    } catch {
      throw .settings(error)
    }
    let credentials = try await credentials(signing)
    var request = try signed(call, endpoint, credentials)
    let wait = call.waitSeconds
    let left = settings.access.callSeconds + Double(wait) - (clock.uptime() - course.started)
    guard left > 0.05 else {
      let millis = Int(settings.access.callSeconds * 1_000)
      throw .network(
        operation: call.operation, host: endpoint.authority, .timedOut(afterMillis: millis))
    }
    request.limits.idleSeconds += wait
    request.limits.totalMillis = min(
      request.limits.totalMillis + wait * 1_000, Int((left * 1_000).rounded()))
    request.limits.connectMillis = min(
      request.limits.connectMillis, request.limits.totalMillis)
    request.limits.bodyBytes = call.bodyLimit
    request.allowPlain = endpoint.isOverride
    do {
      let response = try await http.send(request)
      let skew = measureSkew(response)
      learnRegion(call, response)
      let verdict = AWSVerdict.judge(
        response, to: call, region: course.region, skewSeconds: skew)
      return (verdict, response)
    } catch {
      return (AWSVerdict.judge(error, to: call, host: endpoint.authority), nil)
    }
  }

  private func credentials(_ signing: Signing) async throws(AWSError) -> AWSCredentials? {
    switch signing {
    case .nobody: nil
    case .keys(let credentials): credentials
    case .cache(let cache): try await cache.current()
    }
  }

  private func signed(
    _ call: AWSCall, _ endpoint: AWSEndpoint, _ credentials: AWSCredentials?
  ) throws(AWSError) -> HTTPRequest {
    let request = call.request(at: endpoint)
    guard let credentials else { return request }
    let signer = SigV4Signer(
      service: call.service.signingName, region: endpoint.signingRegion, credentials: credentials)
    do {
      return try signer.signed(request, at: clock.now())
    } catch {
      throw .settings(.badOverride(endpoint.authority))
    }
  }

  /// How far our clock is ahead by the answer's Date header. Only AWS's own answers teach the
  /// engine: a portal's clock says nothing.
  private func measureSkew(_ response: HTTPResponse) -> Double? {
    guard let server = response.header("Date").flatMap({ TimeText.http($0) }) else { return nil }
    let seconds = clock.now().timeIntervalSince(server)
    if response.awsRequestID != nil { memory.learn(skewSeconds: seconds) }
    return seconds
  }

  /// S3 names a bucket's region in nearly every answer, denials among them.
  private func learnRegion(_ call: AWSCall, _ response: HTTPResponse) {
    guard let bucket = call.bucket, let region = response.header("x-amz-bucket-region"),
      AWSPartition.isRegionName(region)
    else { return }
    memory.learn(bucket: bucket, isIn: region)
  }

  /// Waits before the next try, or throws when there is none: tries used up, or no time left.
  private func pause(
    _ error: AWSError, _ throttled: Bool, _ response: HTTPResponse?, _ course: Course,
    _ settings: AWSSettings
  ) async throws(AWSError) {
    guard course.tries < settings.access.backoff.tries else { throw error }
    let asked = response?.header("Retry-After").flatMap { Double($0) } ?? 0
    let wait = settings.access.backoff.wait(
      attempt: course.tries, throttled: throttled, atLeast: asked.isFinite ? max(asked, 0) : 0,
      random: clock.random())
    let spent = clock.uptime() - course.started
    guard spent + wait < settings.access.callSeconds else { throw error }
    await clock.sleep(wait)
    if Task.isCancelled {
      guard case .network(let operation, let host, _) = error else { throw error }
      throw .network(operation: operation, host: host, .cancelled)
    }
  }
}
