import Transfer

/// One request to AWS before it is signed and placed: what is asked, not yet of which host.
struct AWSCall: Sendable {
  var service: AWSService
  /// The API's own name: errors, hooks and IAM policies speak of it.
  var operation: String
  var region: String
  var method = "POST"
  /// Already percent-encoded, from the slash on; for S3 without the bucket.
  var path = "/"
  var query: [(name: String, value: String)] = []
  var headers: [HTTPHeader] = []
  var body: [UInt8] = []
  /// S3 alone: the bucket, which becomes part of the host or of the path.
  var bucket: String?
  /// S3 Control alone: the account, which becomes the host's first label; left to the header where
  /// an override says where to call.
  var accountLabel: String?
  /// How long the service itself may wait before it answers: a long poll's seconds.
  var waitSeconds = 0
  /// Added to the User-Agent, which CloudTrail records: `echo/…`; empty for none.
  var agentNote = ""
  /// Largest accepted answer, in bytes.
  var bodyLimit = 8 << 20
  /// Not to be repeated by the transport either.
  var isOnce = false

  /// awsJson (1.1 but for SQS): the operation is a header, the parameters are a JSON object.
  static func json(
    _ service: AWSService, target: String, _ operation: String, region: String,
    _ parameters: [JSONMember], version: String = "1.1"
  ) -> AWSCall {
    var call = AWSCall(service: service, operation: operation, region: region)
    call.headers = [
      HTTPHeader("Content-Type", "application/x-amz-json-\(version)"),
      HTTPHeader("X-Amz-Target", "\(target).\(operation)"),
    ]
    call.body = JSONValue.object(parameters).utf8
    return call
  }

  /// awsQuery and ec2: everything is a form, the answer is XML.
  static func form(
    _ service: AWSService, version: String, _ operation: String, region: String,
    _ parameters: [(name: String, value: String)] = []
  ) -> AWSCall {
    var call = AWSCall(service: service, operation: operation, region: region)
    call.headers = [
      HTTPHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
    ]
    let fixed = [(name: "Action", value: operation), (name: "Version", value: version)]
    call.body = Array(PercentEncoding.query(fixed + parameters).utf8)
    return call
  }

  /// S3's REST: everything is in method, path and query.
  static func s3(
    _ operation: String, bucket: String, region: String, method: String = "GET",
    query: [(name: String, value: String)] = []
  ) -> AWSCall {
    var call = AWSCall(service: .s3, operation: operation, region: region)
    call.method = method
    call.query = query
    call.bucket = bucket
    return call
  }

  /// The request for an endpoint, unsigned. Limits are the caller's to set.
  func request(at endpoint: AWSEndpoint) -> HTTPRequest {
    var host = endpoint.authority
    var path = endpoint.basePath + self.path
    if let bucket {
      if Self.isHostLabel(bucket), !endpoint.isOverride {
        host = "\(bucket).\(host)"
      } else {
        path = "\(endpoint.basePath)/\(PercentEncoding.encode(bucket))\(self.path)"
        if self.path == "/" { path.removeLast() }
      }
    }
    if let accountLabel, !endpoint.isOverride { host = "\(accountLabel).\(host)" }
    let tail = query.isEmpty ? "" : "?\(PercentEncoding.query(query))"
    let agent = "watchkeeper/0.1.0" + (agentNote.isEmpty ? "" : " \(agentNote)")
    let headers = headers + [HTTPHeader("User-Agent", agent)]
    var request = HTTPRequest(
      method: method, url: "\(endpoint.scheme)://\(host)\(path)\(tail)", headers: headers,
      body: body)
    request.isOnce = isOnce
    return request
  }

  /// A bucket that may stand in a host name under AWS's certificate: dots and old names may not.
  static func isHostLabel(_ bucket: String) -> Bool {
    let bytes = Array(bucket.utf8)
    guard (3...63).contains(bytes.count), bytes.first != UInt8(ascii: "-"),
      bytes.last != UInt8(ascii: "-")
    else { return false }
    return bytes.allSatisfy {
      (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
    }
  }
}
