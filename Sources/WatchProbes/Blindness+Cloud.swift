import CloudAPI
import Transfer
import WatchCore

extension Blindness {
  /// Why a call to Azure or Google Cloud gave nothing that can be judged: where it was refused, the
  /// permission that it needs, first of all; operation, place, the cloud's code.
  init(_ error: CloudError) {
    self.init(
      kind: Self.kind(of: error), detail: PlainLine.make(Self.words(for: error), limit: 240))
  }

  private static func kind(of error: CloudError) -> Kind {
    switch error {
    case .denied: .denied
    case .throttled: .throttled
    case .unreadable: .unreadable
    case .signIn: .credentials
    case .incomplete, .settings: .other
    case .network(_, _, .timedOut): .timedOut
    case .network: .unreachable
    // A subscription that one may not see at all is "not found".
    case .service(let answer) where answer.code == "SubscriptionNotFound": .denied
    case .service(let answer):
      answer.isMissing ? .missing : [408, 504].contains(answer.status) ? .timedOut : .other
    }
  }

  private static func words(for error: CloudError) -> String {
    switch error {
    case .service(let answer), .throttled(let answer, _), .incomplete(let answer):
      call(answer)
    case .denied(let answer):
      answer.permission.isEmpty ? call(answer) : "needs \(answer.permission): \(call(answer))"
    case .unreadable(let answer):
      "\(answer.operation): unreadable answer, \(answer.reason)"
    case .network(let operation, let host, .timedOut(let millis)):
      "\(operation): no answer from \(host) in \(millis / 1000) s"
    case .network(let operation, let host, _):
      "\(operation): cannot reach \(host)"
    case .signIn, .settings:
      error.plain
    }
  }

  private static func call(_ answer: CloudServiceError) -> String {
    let place = answer.place.isEmpty ? "" : " in \(answer.place)"
    return "\(answer.operation)\(place): \(([answer.code] + answer.reasons).joined(separator: "/"))"
  }
}

/// Runs a call to Azure or Google Cloud; its failure becomes the reason why nothing was seen.
func blindly<Value: Sendable>(
  _ call: () async throws(CloudError) -> Value
) async throws(Blindness) -> Value {
  do {
    return try await call()
  } catch {
    throw Blindness(error)
  }
}

/// What a call to Azure or Google Cloud gave, or why it gave nothing.
func reading<Value: Sendable>(
  _ call: () async throws(CloudError) -> Value
) async -> Reading<Value> {
  do {
    return .success(try await call())
  } catch {
    return .failure(Blindness(error))
  }
}
