import Transfer

/// A successful answer, not yet understood.
struct AWSAnswer: CloudAnswer {
  static let cloud = "AWS"

  var operation: String
  var response: HTTPResponse

  var requestID: String? { response.awsRequestID }

  func unreadable(_ reason: String) -> AWSError {
    .unreadable(
      UnreadableAnswer(
        operation: operation, status: response.status, reason: reason, requestID: requestID))
  }
}

extension AWSError: CloudFailure {}

extension HTTPResponse {
  var awsRequestID: String? {
    header("x-amzn-requestid") ?? header("x-amz-request-id")
  }
}
