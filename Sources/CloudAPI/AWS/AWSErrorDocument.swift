import Transfer

/// The code and message of an error answer, in any of the shapes that AWS's protocols use.
struct AWSErrorDocument: Sendable, Equatable {
  var code: String
  var message: String
  var requestID: String?
  /// S3's 301 and 400: the region that the bucket is in.
  var region: String?

  /// For buckets in regions that must be enabled first, S3 says where they are in words alone:
  /// "The af-south-1 location constraint is incompatible for the region specific endpoint …".
  var homeInWords: String? {
    guard code == "IllegalLocationConstraintException" else { return nil }
    let words = message.split(separator: " ", maxSplits: 3)
    guard words.count == 4, words[2] == "location" else { return nil }
    return String(words[1])
  }

  /// Nil when the body is no error document of AWS's: empty, HTML, or something else.
  static func read(_ response: HTTPResponse) -> AWSErrorDocument? {
    let first = response.body.prefix(256).first { $0 > 0x20 }
    switch first {
    case UInt8(ascii: "{"): return json(response)
    case UInt8(ascii: "<"): return xml(response)
    default: return nil
    }
  }

  /// awsJson: `{"__type": "namespace#Code", "message": …}`; REST-JSON: the code in a header.
  private static func json(_ response: HTTPResponse) -> AWSErrorDocument? {
    guard let body = try? JSONReader.read(response.body) else { return nil }
    let named = body["__type"]?.string ?? body["code"]?.string ?? body["Code"]?.string
    guard let code = response.header("x-amzn-errortype") ?? named else { return nil }
    let local = code.split(separator: "#").last?.split(separator: ":").first ?? ""
    guard !local.isEmpty else { return nil }
    let message = body["message"]?.string ?? body["Message"]?.string ?? ""
    return AWSErrorDocument(code: String(local), message: message, requestID: nil, region: nil)
  }

  /// S3 `<Error>`, query `<ErrorResponse><Error>`, EC2 `<Response><Errors><Error>`.
  private static func xml(_ response: HTTPResponse) -> AWSErrorDocument? {
    guard let root = try? XMLReader.read(response.body) else { return nil }
    let error: XMLNode? =
      switch root.name {
      case "Error": root
      case "ErrorResponse": root["Error"]
      case "Response": root["Errors"]?["Error"]
      default: nil
      }
    guard let error, let code = error.text("Code"), !code.isEmpty else { return nil }
    let id =
      error.text("RequestId") ?? root.text("RequestId") ?? root.text("RequestID")
    return AWSErrorDocument(
      code: code, message: error.text("Message") ?? "", requestID: id, region: error.text("Region"))
  }
}
