import CloudAPI
import Foundation
import Synchronization
import Transfer
import WatchCore

/// An account whose every part answers, so that whoever asks goes as deep as he can: a trail with
/// bucket, key, role, log group, filter, alarm, rule, topic and queue. What was asked is kept.
final class AuditedAccount: Sendable {
  /// How it answers.
  enum Mood: CaseIterable, Sendable {
    case answers
    /// 403 to everything.
    case denies
    /// As if nothing were there.
    case isEmpty
    /// The trail is an organization's.
    case organization
  }

  struct Call: Hashable, Sendable {
    var service: String
    var operation: String
    var region: String
  }

  /// One request for S3: what IAM decides by.
  struct S3Request: Hashable, Sendable {
    var method: String
    var bucket: String
    var key: String
    var prefix: String?
    var isListing: Bool
  }

  static let id = "111122223333"
  static let trail = "arn:aws:cloudtrail:us-east-1:\(id):trail/org-trail"
  static let bucket = "acme-audit-logs"
  static let key = "arn:aws:kms:us-east-1:\(id):key/0a1b2c3d-0000-4000-8000-0123456789ab"
  static let role = "arn:aws:iam::\(id):role/org-trail-to-logs"
  static let group = "arn:aws:logs:us-east-1:\(id):log-group:org-trail-logs"
  static let topic = "arn:aws:sns:us-east-1:\(id):audit-alerts"
  static let queue = "arn:aws:sqs:us-east-1:\(id):audit-events"
  static let queueURL = "https://sqs.us-east-1.amazonaws.com/\(id)/audit-events"

  let mood: Mood
  private let made = Mutex<[Call]>([])
  private let s3 = Mutex<[S3Request]>([])

  init(_ mood: Mood = .answers) {
    self.mood = mood
  }

  var calls: Set<Call> { Set(made.withLock { $0 }) }
  var s3Requests: Set<S3Request> { Set(s3.withLock { $0 }) }

  static let account = CloudAccount(
    cloud: .aws, name: "prod", regions: ["us-east-1", "eu-west-1"], queue: queueURL)
  static let sources = [
    SourcePlan(
      id: SourceID(cloud: .aws, account: "prod", name: "org-trail"), trail: trail, echo: .all,
      dataEvents: ["arn:aws:s3:::acme-ledger/"])
  ]
  static let now = Timestamp(seconds: 1_795_143_600)

  var client: AWSClient {
    let access = AWSAccess(
      region: "us-east-1",
      environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example"])
    let clock = CallClock(
      now: { Date(timeIntervalSince1970: 1_795_143_600) }, sleep: { _ in }, random: { 0 })
    return AWSClient(access: access, http: http, clock: clock, files: .none) {
      service, operation, region in
      self.made.withLock { $0.append(Call(service: service, operation: operation, region: region)) }
    }
  }

  private var http: HTTPClient {
    HTTPClient { (request) async throws(HTTPError) in self.answer(request) }
  }

  private func answer(_ request: HTTPRequest) -> HTTPResponse {
    guard let url = URLComponents(string: request.url), let host = url.host else {
      return HTTPResponse(status: 400)
    }
    let labels = host.split(separator: ".").map(String.init)
    let isS3 = labels.contains("s3")
    if isS3 { keep(request, url, labels) }
    if mood == .denies {
      return isS3 ? xml(Self.denial, status: 403) : json(Self.jsonDenial, status: 400)
    }
    if isS3 { return s3Answer(url, request.method) }
    if labels.contains("s3-control") { return xml(Self.accountBlock) }
    let target = request.headers.first { $0.name.lowercased() == "x-amz-target" }?.value
    if let operation = target?.split(separator: ".").last.map(String.init) {
      return json(jsonAnswer(operation))
    }
    let form = String(decoding: request.body, as: UTF8.self)
    let action = form.split(separator: "&").first { $0.hasPrefix("Action=") }?.dropFirst(7)
    return xml(xmlAnswer(String(action ?? "")))
  }

  private func keep(_ request: HTTPRequest, _ url: URLComponents, _ labels: [String]) {
    let isVirtual = labels.first != "s3"
    let path = url.path.dropFirst().split(separator: "/", maxSplits: 1).map(String.init)
    let query = Dictionary(
      (url.queryItems ?? []).map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { a, _ in a })
    let kept = S3Request(
      method: request.method, bucket: isVirtual ? labels[0] : path.first ?? "",
      key: isVirtual ? String(url.path.dropFirst()) : path.dropFirst().joined(),
      prefix: query["prefix"], isListing: query["list-type"] == "2")
    s3.withLock { $0.append(kept) }
  }

  func json(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(status: status, body: Array(text.utf8))
  }

  func xml(_ text: String, status: Int = 200) -> HTTPResponse {
    HTTPResponse(
      status: status, headers: [HTTPHeader("x-amz-bucket-region", "us-east-1")],
      body: Array(text.utf8))
  }

  private static let denial = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>"
  private static let accountBlock = """
    <PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true\
    </IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true\
    </RestrictPublicBuckets></PublicAccessBlockConfiguration>
    """
  private static let jsonDenial = #"{"__type":"AccessDeniedException","message":"no"}"#
}
