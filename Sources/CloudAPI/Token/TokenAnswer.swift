import Transfer

/// A successful answer of Azure or Google Cloud, not yet understood.
struct TokenAnswer: CloudAnswer {
  static let cloud = "the cloud"

  var operation: String
  var response: HTTPResponse

  func unreadable(_ reason: String) -> CloudError {
    .unreadable(
      UnreadableAnswer(
        operation: operation, status: response.status, reason: reason,
        requestID: response.cloudRequestID))
  }

  /// The JSON body's members.
  func members() throws(CloudError) -> CloudMembers {
    CloudMembers(answer: self, value: try json())
  }
}

/// An object of an answer of Azure or Google Cloud.
typealias CloudMembers = AnswerMembers<TokenAnswer>

extension HTTPResponse {
  var cloudRequestID: String? {
    header("x-ms-request-id") ?? header("x-ms-correlation-request-id")
      ?? header("x-goog-request-id")
  }
}
