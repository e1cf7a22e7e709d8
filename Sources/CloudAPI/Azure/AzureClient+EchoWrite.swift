import Transfer

/// The one write of the watch to what Resource Manager keeps: the echo. Opt-in, on an empty resource
/// group that was made for it; it needs `Microsoft.Resources/tags/write` there and nowhere else.
extension AzureClient {
  /// What is known of a tag that was written.
  public struct EchoReceipt: Sendable, Equatable {
    /// By this the Activity Log's events are found.
    public var correlationID: String?
    public var requestID: String?
  }

  /// Tags - Update At Scope (2021-04-01), operation `Merge`: sets one tag and leaves the others.
  /// - Parameter requestID: a GUID of ours; the Activity Log keeps it as `clientRequestId`.
  public func writeEchoTag(
    group: AzureID, name: String, value: String, requestID: String
  ) async throws(CloudError) -> EchoReceipt {
    guard group.type == nil, group.resourceGroup == group.name else {
      throw .settings(setting: "echo", reason: "\(group.short) is not a resource group")
    }
    var call = try call(
      Read(
        operation: "Tags - Update At Scope", action: .writeTags, place: group.short,
        path: "\(group.path)/providers/Microsoft.Resources/tags/default", version: "2021-04-01"))
    call.method = "PATCH"
    call.headers += [
      HTTPHeader("Content-Type", "application/json"),
      HTTPHeader("x-ms-client-request-id", PlainLine.make(requestID, limit: 80)),
    ]
    let tags = JSONValue.object([JSONMember(name, .string(value))])
    call.body =
      JSONValue.object([
        JSONMember("operation", .string("Merge")),
        JSONMember("properties", .object([JSONMember("tags", tags)])),
      ]).utf8
    let answer = try await exchange.answer(to: call)
    return EchoReceipt(
      correlationID: answer.response.header("x-ms-correlation-request-id"),
      requestID: answer.response.header("x-ms-request-id"))
  }
}
