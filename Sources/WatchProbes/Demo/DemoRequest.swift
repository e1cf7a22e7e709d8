import CloudAPI
import Transfer

/// A request as AWS would read it: which service, where, which operation, with which parameters.
struct DemoRequest: Sendable {
  var service: String
  var region: String
  var operation: String
  /// JSON parameters of CloudTrail's calls.
  var parameters: JSONValue = .object([])
  /// S3: from the host or the path, decoded.
  var bucket = ""
  var key = ""
  var query: [String: String] = [:]

  /// Nil for what is no request to a service that the demo plays.
  init?(_ request: HTTPRequest) {
    guard let hostStart = request.url.range(of: "://")?.upperBound else { return nil }
    let rest = request.url[hostStart...]
    let hostEnd = rest.firstIndex(of: "/") ?? rest.endIndex
    let labels = rest[..<hostEnd].split(separator: ".").map(String.init)
    guard labels.count >= 4, let place = labels.firstIndex(where: Self.services.contains),
      labels.count > place + 1
    else { return nil }
    service = labels[place]
    region = labels[place + 1]
    operation = ""
    let target = rest[hostEnd...]
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    switch service {
    case "s3":
      guard readS3(labels[..<place].joined(separator: "."), parts) else { return nil }
    case "cloudtrail":
      let header = request.headers.first { $0.name.lowercased() == "x-amz-target" }
      guard let name = header?.value.split(separator: ".").last,
        let body = try? JSONReader.read(request.body)
      else { return nil }
      operation = String(name)
      parameters = body
    default:
      let form = Self.pairs(String(decoding: request.body, as: UTF8.self))
      guard let action = form["Action"] else { return nil }
      operation = action
    }
  }

  private static let services: Set<String> = ["s3", "cloudtrail", "ec2", "sts"]

  private mutating func readS3(_ hostBucket: String, _ parts: [Substring]) -> Bool {
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
    operation = query["list-type"] == "2" ? "ListObjectsV2" : "GetObject"
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
