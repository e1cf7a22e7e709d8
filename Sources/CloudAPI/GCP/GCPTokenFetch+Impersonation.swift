import Foundation
import Transfer

extension GCPTokenFetch {
  /// A token of another service account (IAM Service Account Credentials API, generateAccessToken).
  func become(
    _ request: Impersonation, _ first: BearerToken, _ scopes: String
  ) async throws(CloudError) -> BearerToken {
    var call = TokenCall(
      "iamcredentials.projects.serviceAccounts.generateAccessToken",
      permission: GCPPermission.getAccessToken.rawValue, place: request.source, url: request.url,
      audience: nil, dialect: .google)
    call.method = "POST"
    call.headers = [
      HTTPHeader("Authorization", "Bearer \(first.text.reveal)"),
      HTTPHeader("Content-Type", "application/json"), HTTPHeader("Accept", "application/json"),
    ]
    if let project = request.quotaProject, BearerToken.isUsable(project) {
      call.headers.append(HTTPHeader("X-Goog-User-Project", project))
    }
    var members = [
      JSONMember("scope", .array(scopes.split(separator: " ").map { .string(String($0)) })),
      JSONMember("lifetime", .string("\(request.lifetime)s")),
    ]
    if !request.delegates.isEmpty {
      members.append(JSONMember("delegates", .array(request.delegates.map { .string($0) })))
    }
    call.body = JSONValue.object(members).utf8
    call.allowPlain = request.isOverride
    call.limits.bodyBytes = 256 << 10
    let body = try await answer(to: call, first.source).members()
    guard let text = body.value["accessToken"]?.string, BearerToken.isUsable(text),
      let expires = try body.time("expireTime")
    else { throw body.answer.unreadable("it holds no usable accessToken and expireTime") }
    return BearerToken(
      text: Secret(text), expires: expires, source: "\(request.source) by \(first.source)")
  }
}
