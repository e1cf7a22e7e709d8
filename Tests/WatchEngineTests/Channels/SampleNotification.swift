import CloudAPI
import Posix
import Synchronization
import Transfer
import WatchCore

@testable import WatchEngine

extension AlertNotification {
  static func sample(
    _ act: Act = .raised, title: String = "NEW high A-0001 prod/us-east-1: STOPPED by dev",
    facts: [Fact] = [Fact("since", "2026-11-20T03:01:00.000Z"), Fact("by", "user/dev")],
    source: String = "aws/prod/org-trail"
  ) -> AlertNotification {
    AlertNotification(
      act: act, alert: AlertID(1), dedupKey: "wk-7f3a-A-0001", messageKey: "wk-7f3a-412",
      priority: .high, title: title, source: source, code: "aws.trail.stopped", facts: facts,
      to: "mira", role: "security-lead", at: .sampleTime)
  }
}

extension Timestamp {
  /// 2026-11-20T03:02:15Z
  static let sampleTime = Timestamp(seconds: 1_795_143_735)
}

extension HTTPRequest {
  var text: String { String(decoding: body, as: UTF8.self) }

  func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// Everything that could mean something to a receiver, a terminal or a parser.
let hostileText =
  "<!channel> & *b* [l](http://x) {{DATE(2026-01-01,SHORT)}} \"\\'\u{1b}[31m\r\nBcc: all@x\u{0}\u{202e}evil"

/// Answers by a table, and keeps what was asked.
final class FakeReceiver: Sendable {
  private let log = Mutex<[HTTPRequest]>([])
  private let answers: Mutex<[Result<HTTPResponse, HTTPError>]>

  init(_ answers: [Result<HTTPResponse, HTTPError>]) {
    self.answers = Mutex(answers)
  }

  var requests: [HTTPRequest] { log.withLock { $0 } }
  /// `POST /rest/api/3/issue`
  var calls: [String] {
    requests.map { request in
      let parts = request.url.split(separator: "/", maxSplits: 2)
      return "\(request.method) /\(parts.last ?? "")"
    }
  }

  var client: HTTPClient {
    HTTPClient { request throws(HTTPError) in
      self.log.withLock { $0.append(request) }
      let next = self.answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      return try (next ?? .failure(.cut(detail: "no more answers"))).get()
    }
  }
}

func reply(_ status: Int, _ body: String = "", _ headers: [HTTPHeader] = []) -> Result<
  HTTPResponse, HTTPError
> {
  .success(HTTPResponse(status: status, headers: headers, body: Array(body.utf8)))
}

extension ChannelSecrets {
  static let sample = ChannelSecrets { place throws(Problem) in
    switch place {
    case .environment("URL"): return Secret("https://hooks.example/services/T0/B0/s3cr3tpath")
    case .environment("KEY"): return Secret("k3y-s3cr3t")
    default: throw .notSet(variable: place.text)
    }
  }
}

extension ChannelSender {
  static func sample(
    _ receiver: FakeReceiver, mail: MailClient? = nil, process: ChannelProcess? = nil,
    aws: @escaping @Sendable (String?) -> AWSClient? = { _ in nil }
  ) -> ChannelSender {
    .live(
      http: receiver.client, secrets: .sample,
      mail: mail ?? MailClient { _ throws(MailError) in throw .badAddress },
      process: process ?? .live(environment: [:]), aws: aws, now: { .sampleTime })
  }
}
