import CloudAPI
import Transfer
import WatchCore

extension Blindness {
  /// Why a call to AWS gave nothing that can be judged: operation, place and the service's code.
  init(_ error: AWSError) {
    self.init(
      kind: Self.kind(of: error), detail: PlainLine.make(Self.words(for: error), limit: 160))
  }

  /// What one of the probes' own bounds kept from being seen.
  static func bound(_ text: String) -> Blindness {
    Blindness(kind: .other, detail: PlainLine.make(text, limit: 160))
  }

  private static func kind(of error: AWSError) -> Kind {
    switch error {
    case .denied: .denied
    case .throttled: .throttled
    case .clockSkew: .clock
    case .unreadable: .unreadable
    case .credentials: .credentials
    case .settings: .other
    case .network(_, _, .timedOut): .timedOut
    case .network: .unreachable
    case .service(let answer): missing.contains(answer.code) ? .missing : .other
    }
  }

  private static func words(for error: AWSError) -> String {
    switch error {
    case .service(let answer), .throttled(let answer), .denied(let answer),
      .clockSkew(_, let answer):
      "\(answer.operation) in \(answer.region): \(answer.code)"
    case .unreadable(let answer):
      "\(answer.operation): unreadable answer, \(answer.reason)"
    case .network(let operation, let host, .timedOut(let millis)):
      "\(operation): no answer from \(host) in \(millis / 1000) s"
    case .network(let operation, let host, _):
      "\(operation): cannot reach \(host)"
    case .credentials, .settings:
      error.plain
    }
  }

  private static let missing: Set<String> = [
    "NoSuchBucket", "TrailNotFoundException", "NoSuchKey", "ResourceNotFoundException",
    "NotFoundException",
    "NotFound", "NoSuchEntity", "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
  ]
}
