import Foundation
import Transfer

/// Managed identities: "How to use managed identities for Azure resources on an Azure VM to acquire
/// an access token", "How to use managed identities for App Service".
extension AzureTokenFetch {
  /// The metadata service of a virtual machine. Never through a proxy (the transfer sees to that).
  func machine(
    _ base: String, _ clientID: String?, _ audience: String, isGuess: Bool
  ) async throws(CloudError) -> BearerToken {
    let source = "managed identity"
    var query = [
      (name: "api-version", value: "2018-02-01"), (name: "resource", value: audience),
    ]
    if let clientID { query.append((name: "client_id", value: clientID)) }
    var call = TokenCall(
      source, url: "\(base)/metadata/identity/oauth2/token?\(PercentEncoding.query(query))",
      audience: nil, dialect: .azureAgent)
    call.headers = [HTTPHeader("Metadata", "true")]
    // Nobody asked for it, and most machines have none: one short look.
    call.limits = HTTPLimits(
      connectMillis: 1_000, totalMillis: isGuess ? 2_000 : 10_000, idleSeconds: 10,
      bodyBytes: 64 << 10)
    if isGuess { call.tries = 1 }
    do {
      return try await agent(call, source)
    } catch .network(_, _, let error) where isGuess && error != .cancelled {
      throw absent("no answer")
    } catch .signIn(.sourceFailed(_, let reason)) where isGuess {
      // No identity here, or something answers that is not Azure's: the next source.
      throw absent(reason)
    } catch .unreadable(let answer) where isGuess {
      throw absent(answer.reason)
    }
  }

  func appService(
    _ url: String, _ header: Secret, _ clientID: String?, _ audience: String
  ) async throws(CloudError) -> BearerToken {
    let source = "managed identity (App Service)"
    guard BearerToken.isUsable(header.reveal) else {
      throw failed(source, "IDENTITY_HEADER holds characters that cannot be sent")
    }
    var query = [
      (name: "api-version", value: "2019-08-01"), (name: "resource", value: audience),
    ]
    if let clientID { query.append((name: "client_id", value: clientID)) }
    let join = url.contains("?") ? "&" : "?"
    var call = TokenCall(
      source, url: "\(url)\(join)\(PercentEncoding.query(query))", audience: nil,
      dialect: .azureAgent)
    call.headers = [HTTPHeader("X-IDENTITY-HEADER", header.reveal)]
    call.limits = HTTPLimits(
      connectMillis: 1_000, totalMillis: 10_000, idleSeconds: 10, bodyBytes: 64 << 10)
    return try await agent(call, source)
  }

  private func agent(_ call: TokenCall, _ source: String) async throws(CloudError) -> BearerToken {
    var call = call
    // Its host was checked: https, loopback, link-local, or written down by the user.
    call.allowPlain = true
    let answer: TokenAnswer
    do {
      answer = try await exchange.answer(to: call)
    } catch .service(let error) {
      let code = PlainLine.make(error.code, limit: 60)
      let what = code == "HTTP \(error.status)" ? code : "HTTP \(error.status), \(code)"
      throw failed(
        source, error.status == 400 ? "no such identity here (\(what))" : "it answered \(what)")
    } catch .throttled(let error, _) {
      throw failed(source, "it answered HTTP \(error.status) (too many requests)")
    }
    guard let body = try? JSONReader.read(answer.response.body) else {
      throw failed(source, "its answer is not JSON")
    }
    return try read(body, source)
  }
}

extension TokenDialect {
  /// Agents on the machine: 404 and 410 (it is being updated) pass, 400 does not.
  static let azureAgent = TokenDialect(
    cloud: "Azure",
    document: { response in
      guard let body = try? JSONReader.read(response.body) else { return nil }
      let code =
        body["error"]?.string ?? body["error"]?["code"]?.string ?? body["statusCode"]?.string
      return code.map { Document(code: $0, message: "") }
    },
    meaning: { [404, 410].contains($0.status) ? .transient : .final }, needsDocument: false)
}
