import CloudAPI
import Foundation
import Synchronization
import Transfer
import WatchCore

@testable import WatchProbes

/// Answers by operation and region from what a test says; anything else is an error answer.
final class CannedCloud: Sendable {
  typealias Answer = @Sendable (DemoRequest) -> HTTPResponse

  private let answers: Mutex<[String: Answer]>
  private let asked = Mutex<[DemoRequest]>([])

  init(_ answers: [String: Answer] = [:]) {
    self.answers = Mutex(answers)
  }

  /// By `GetTrailStatus us-east-1`, or by the operation alone for every region.
  func set(_ name: String, _ answer: @escaping Answer) {
    answers.withLock { $0[name] = answer }
  }

  var requests: [DemoRequest] { asked.withLock { $0 } }

  func count(_ operation: String) -> Int { requests.count { $0.operation == operation } }

  var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in
      guard let call = DemoRequest(request) else { throw .badURL(request.url) }
      self.asked.withLock { $0.append(call) }
      let answer = self.answers.withLock {
        $0["\(call.operation) \(call.region)"] ?? $0[call.operation]
      }
      return answer?(call) ?? HTTPResponse.refusal("UnknownOperationException")
    }
  }

  func client(onCall: @escaping AWSClient.OnCall = { _, _, _ in }) -> AWSClient {
    let access = AWSAccess(
      region: "us-east-1",
      environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"])
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    return AWSClient(access: access, http: http, clock: clock, files: .none, onCall: onCall)
  }

  func probes(
    sources: [SourcePlan], regions: [String]? = ["us-east-1"],
    onCall: @escaping AWSClient.OnCall = { _, _, _ in }
  ) -> [Probe] {
    AWSProbes.make(
      account: CloudAccount(cloud: .aws, name: "prod", regions: regions), sources: sources,
      client: client(onCall: onCall), clock: .still)
  }
}

extension ProbeClock {
  static let still = ProbeClock(uptime: { .zero }, sleep: { _ in })
}

extension HTTPResponse {
  static func json(_ text: String) -> HTTPResponse {
    HTTPResponse(status: 200, body: Array(text.utf8))
  }

  static func refusal(_ code: String, status: Int = 400) -> HTTPResponse {
    HTTPResponse(status: status, body: Array(#"{"__type":"\#(code)","message":"no"}"#.utf8))
  }

  static func xmlRefusal(_ code: String, status: Int) -> HTTPResponse {
    HTTPResponse(
      status: status, body: Array("<Error><Code>\(code)</Code><Message>no</Message></Error>".utf8))
  }

  static let html = HTTPResponse(status: 200, body: Array("<html><h1>Log in</h1></html>".utf8))
}

extension SourcePlan {
  static let use1 = SourcePlan(
    id: SourceID(cloud: .aws, account: "prod", name: "use1"),
    trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1")
}

/// `2026-11-20T03:00:00Z` and seconds from there.
let three = Timestamp(seconds: 1_795_143_600)

/// A trail as DescribeTrails lists it.
func described(
  name: String = "use1", region: String = "us-east-1", bucket: String = "acme-audit-logs",
  more: String = ""
) -> String {
  """
  {"Name":"\(name)","S3BucketName":"\(bucket)","HomeRegion":"\(region)",
  "TrailARN":"arn:aws:cloudtrail:\(region):111122223333:trail/\(name)"\(more)}
  """
}

func trailList(_ trails: String...) -> HTTPResponse {
  .json(#"{"trailList":[\#(trails.joined(separator: ","))]}"#)
}

extension ProbeReport {
  /// What was seen, by kind, region and account.
  var results: [String: Look.Result] {
    var results: [String: Look.Result] = [:]
    for look in looks {
      let member = look.path.member.map { " \($0)" } ?? ""
      results["\(look.path.kind.rawValue) \(look.path.region)\(member)"] = look.result
    }
    return results
  }
}

extension Look.Result {
  var arrival: Arrival? { if case .saw(.arrival(let value)) = self { value } else { nil } }
  var trail: TrailSighting? { if case .saw(.trail(let value)) = self { value } else { nil } }
  var history: HistorySighting? { if case .saw(.history(let value)) = self { value } else { nil } }
  var region: RegionSighting? { if case .saw(.region(let value)) = self { value } else { nil } }
  var blindness: Blindness? { if case .blind(let value) = self { value } else { nil } }
}

extension [Probe] {
  func named(_ prefix: String) -> Probe? { first { $0.id.hasPrefix(prefix) } }
}
