import CloudAPI
import Transfer

/// A request as AWS would read it: which service, where, which operation, with which parameters.
struct DemoRequest: Sendable {
  var service: String
  var region: String
  var operation: String
  /// Parameters of the services that speak JSON.
  var parameters: JSONValue = .object([])
  /// Whether it speaks JSON: what is asked in JSON is answered in JSON.
  var isJSON = false
  /// S3: from the host or the path, decoded.
  var bucket = ""
  var key = ""
  /// S3's query, or the form of a service that speaks the query protocol.
  var query: [String: String] = [:]
  var agent = ""
  /// Whose the bucket must be.
  var expectedOwner: String?

  /// Nil for what is no request to a service that the demo plays.
  init?(_ request: HTTPRequest) {
    guard let hostStart = request.url.range(of: "://")?.upperBound else { return nil }
    let rest = request.url[hostStart...]
    let hostEnd = rest.firstIndex(of: "/") ?? rest.endIndex
    let labels = rest[..<hostEnd].split(separator: ".").map(String.init)
    guard let place = labels.lastIndex(where: Self.services.contains), labels.count > place + 2
    else { return nil }
    service = labels[place]
    region = labels[place + 1] == "amazonaws" ? "us-east-1" : labels[place + 1]
    operation = ""
    agent = Self.header("user-agent", request) ?? ""
    expectedOwner = Self.header("x-amz-expected-bucket-owner", request)
    let target = rest[hostEnd...]
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    if service == "s3" {
      guard readS3(labels[..<place].joined(separator: "."), parts, request.method) else {
        return nil
      }
    } else if service == "s3-control" {
      operation = "GetPublicAccessBlock"
    } else if let name = Self.header("x-amz-target", request)?.split(separator: ".").last {
      guard let body = try? JSONReader.read(request.body) else { return nil }
      operation = String(name)
      parameters = body
      isJSON = true
    } else {
      query = Self.pairs(String(decoding: request.body, as: UTF8.self))
      guard let action = query["Action"] else { return nil }
      operation = action
    }
  }

  /// A text parameter, in whichever protocol it was asked.
  func text(_ name: String) -> String? {
    isJSON ? parameters[name]?.string : query[name]
  }

  /// A list of texts: an array, or `Name.member.1` and those that follow; nil where it was not given.
  func list(_ name: String) -> [String]? {
    if isJSON { return parameters[name]?.array?.compactMap(\.string) }
    let found = (1...100).prefix { query["\(name).member.\($0)"] != nil }
    return found.isEmpty ? nil : found.compactMap { query["\(name).member.\($0)"] }
  }

  private static let services: Set<String> = [
    "s3", "s3-control", "cloudtrail", "ec2", "sts", "iam", "kms", "logs", "monitoring", "events",
    "sns", "sqs", "organizations",
  ]

  private static func header(_ name: String, _ request: HTTPRequest) -> String? {
    request.headers.first { $0.name.lowercased() == name }?.value
  }

  private mutating func readS3(
    _ hostBucket: String, _ parts: [Substring], _ method: String
  ) -> Bool {
    query = parts.count > 1 ? Self.pairs(String(parts[1])) : [:]
    var path = (parts.first ?? "").dropFirst()
    var name = hostBucket
    if name.isEmpty {
      let end = path.firstIndex(of: "/") ?? path.endIndex
      name = String(path[..<end])
      path = path[end...].dropFirst()
    }
    // Split first: an encoded slash belongs to the name that it is in.
    guard let bucket = PercentEncoding.decode(name), let key = PercentEncoding.decode(String(path))
    else { return false }
    self.bucket = bucket
    self.key = key
    if query["list-type"] == "2" {
      operation = "ListObjectsV2"
    } else if key.isEmpty {
      operation = DemoBucketSetting.named(query.keys)?.operation ?? "HeadBucket"
    } else {
      operation = method == "HEAD" ? "HeadObject" : "GetObject"
    }
    return true
  }

  private static func pairs(_ text: String) -> [String: String] {
    var pairs: [String: String] = [:]
    for pair in text.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = PercentEncoding.decode(String(sides[0])) else { continue }
      pairs[name] = sides.count > 1 ? PercentEncoding.decode(String(sides[1])) : ""
    }
    return pairs
  }
}
