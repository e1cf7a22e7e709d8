import Foundation
import Transfer

extension GCPTokenFetch {
  /// Somebody else's token for one of ours (RFC 8693; IAM, "Workload Identity Federation").
  func exchangeToken(
    _ account: ExternalAccount, _ scopes: String, _ settings: GCPSettings
  ) async throws(CloudError) -> BearerToken {
    let source = "identity federation of \(account.source)"
    let since = exchange.clock.now()
    let subject = try await subjectToken(account)
    var fields = [
      (name: "grant_type", value: "urn:ietf:params:oauth:grant-type:token-exchange"),
      (name: "audience", value: account.audience), (name: "scope", value: scopes),
      (
        name: "requested_token_type", value: "urn:ietf:params:oauth:token-type:access_token"
      ),
      (name: "subject_token_type", value: account.subjectTokenType),
      (name: "subject_token", value: subject.reveal),
    ]
    var basic: (id: String, secret: Secret)?
    if let id = account.clientID {
      basic = (id, account.clientSecret ?? Secret(""))
    } else if let project = account.workforceProject {
      let options = JSONValue.object([JSONMember("userProject", .string(project))])
      fields.append((name: "options", value: options.text))
    }
    let body = try await form(
      "ExchangeToken", account.tokenURL, fields, basic: basic, source: source)
    return try token(body, source: source, since: since)
  }

  /// Read anew for each exchange: such tokens are rotated.
  private func subjectToken(_ account: ExternalAccount) async throws(CloudError) -> Secret {
    let bytes: [UInt8]
    let place: String
    switch account.subject {
    case .file(let path):
      place = path
      do {
        bytes = try files.read(path)
      } catch {
        throw .signIn(.file(path: path, error))
      }
    case .url(let url, let headers):
      place = "credential_source of \(account.source)"
      bytes = try await subjectAnswer(url, headers, place)
    }
    guard let text = subjectText(bytes, account.tokenField), BearerToken.isUsable(text) else {
      throw failed(place, "it holds no token where the credential file says")
    }
    return Secret(text)
  }

  private func subjectText(_ bytes: [UInt8], _ field: String?) -> String? {
    if let field { return (try? JSONReader.read(bytes))?[field]?.string }
    return String(validating: bytes, as: UTF8.self)?
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func subjectAnswer(
    _ url: String, _ headers: [String: Secret], _ place: String
  ) async throws(CloudError) -> [UInt8] {
    var call = TokenCall("GetSubjectToken", url: url, audience: nil, dialect: .googleAgent)
    call.headers = headers.sorted { $0.key < $1.key }.map { HTTPHeader($0.key, $0.value.reveal) }
    // https, or an address that was checked to be local.
    call.allowPlain = true
    call.limits.bodyBytes = 256 << 10
    do {
      return try await exchange.answer(to: call).response.body
    } catch {
      guard let status = error.answered?.status else { throw error }
      throw failed(place, "it answered with HTTP \(status)")
    }
  }
}
