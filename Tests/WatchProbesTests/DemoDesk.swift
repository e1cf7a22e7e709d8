import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// A demo's cloud at a clock that the test sets, asked as AWS's services are.
final class DemoDesk: Sendable {
  let scenario: DemoScenario
  private let http: HTTPClient
  private let clock: Clock

  private final class Clock: Sendable {
    let second = Mutex(0)
  }

  init(_ name: String) throws {
    let clock = Clock()
    self.clock = clock
    scenario = try DemoCloud.load(name, from: demoData)
    http = scenario.http(start: three) { three + .seconds(clock.second.withLock { $0 }) }
  }

  func set(_ second: Int) { clock.second.withLock { $0 = second } }

  static let targets = [
    "logs": "Logs_20140328", "kms": "TrentService", "events": "AWSEvents", "sqs": "AmazonSQS",
    "cloudtrail": "CloudTrail_20131101", "organizations": "AWSOrganizationsV20161128",
    "monitoring": "GraniteServiceVersion20100801",
  ]

  func json(
    _ service: String, _ operation: String, _ parameters: [String: JSONValue] = [:],
    agent: String = DemoCalls.plain, region: String = "us-east-1"
  ) async throws -> (status: Int, body: JSONValue) {
    let members = parameters.sorted { $0.key < $1.key }.map { JSONMember($0.key, $0.value) }
    let response = try await http.send(
      HTTPRequest(
        method: "POST", url: "https://\(service).\(region).amazonaws.com/",
        headers: [
          HTTPHeader("X-Amz-Target", "\(Self.targets[service] ?? "").\(operation)"),
          HTTPHeader("User-Agent", agent),
        ], body: JSONValue.object(members).utf8))
    return (response.status, try JSONReader.read(response.body))
  }

  func form(
    _ service: String, _ operation: String, _ parameters: [(name: String, value: String)] = []
  ) async throws -> (status: Int, body: XMLNode) {
    let host = service == "iam" ? "iam.amazonaws.com" : "\(service).us-east-1.amazonaws.com"
    let pairs = [(name: "Action", value: operation)] + parameters
    let response = try await http.send(
      HTTPRequest(
        method: "POST", url: "https://\(host)/", body: Array(PercentEncoding.query(pairs).utf8)))
    return (response.status, try XMLReader.read(response.body))
  }

  func s3(
    _ bucket: String, _ path: String = "/", _ query: String = ""
  ) async throws -> HTTPResponse {
    try await http.send(
      HTTPRequest(url: "https://\(bucket).s3.us-east-1.amazonaws.com\(path)?\(query)"))
  }

  /// The keys under a prefix.
  func keys(_ prefix: String) async throws -> [String] {
    let answer = try await s3(
      "acme-audit-logs", "/", "list-type=2&prefix=\(PercentEncoding.encode(prefix))")
    return try XMLReader.read(answer.body).all("Contents").compactMap { $0.text("Key") }
      .compactMap(PercentEncoding.decode)
  }
}
