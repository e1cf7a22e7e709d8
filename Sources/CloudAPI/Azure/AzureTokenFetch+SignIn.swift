import Foundation
import Transfer

/// Microsoft Entra: "OAuth 2.0 client credentials flow on the Microsoft identity platform".
extension AzureTokenFetch {
  /// `POST {authority}/{tenant}/oauth2/v2.0/token`.
  /// - Parameter secret: what must not come back in an error's words.
  func signIn(
    _ id: AzureClientID, _ audience: String, _ settings: AzureSettings, _ source: String,
    proof: [(name: String, value: String)], secret: Secret? = nil
  ) async throws(CloudError) -> BearerToken {
    var call = TokenCall(
      "sign-in", place: id.tenant, url: Self.tokenURL(id, settings), audience: nil,
      dialect: .azureSignIn)
    call.method = "POST"
    call.headers = [HTTPHeader("Content-Type", "application/x-www-form-urlencoded")]
    call.allowPlain =
      settings.authorityIsOverride
      || URLParts(settings.authority).map { LocalAddress.isLocal($0.host) } == true
    call.limits.bodyBytes = 256 << 10
    let form =
      [
        (name: "grant_type", value: "client_credentials"), (name: "client_id", value: id.client),
      ] + proof + [(name: "scope", value: Self.scope(audience))]
    call.body = Array(PercentEncoding.query(form).utf8)
    let answer: TokenAnswer
    do {
      answer = try await exchange.answer(to: call)
    } catch .service(let error) {
      throw .signIn(Self.refusal(error, source, hiding: secret))
    } catch .denied(let error) {
      throw .signIn(Self.refusal(error, source, hiding: secret))
    }
    return try read(answer.json(), source)
  }

  static func tokenURL(_ id: AzureClientID, _ settings: AzureSettings) -> String {
    "\(settings.authority)/\(id.tenant)/oauth2/v2.0/token"
  }

  /// Exactly one resource, and everything that was granted there.
  static func scope(_ audience: String) -> String {
    audience.hasSuffix("/") ? "\(audience).default" : "\(audience)/.default"
  }

  static func assertion(_ token: String) -> [(name: String, value: String)] {
    [
      (
        name: "client_assertion_type",
        value: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
      ),
      (name: "client_assertion", value: token),
    ]
  }

  /// The number and the first sentence: what follows repeats ids and times, and is long.
  private static func refusal(
    _ error: CloudServiceError, _ source: String, hiding secret: Secret?
  ) -> SignInError {
    var words = error.message
    if words.hasPrefix(error.code) {
      words = String(words.dropFirst(error.code.count).drop { $0 == ":" || $0 == " " })
    }
    if let end = words.range(of: ". ") { words = String(words[..<end.lowerBound]) + "." }
    if let secret, !secret.isEmpty, words.contains(secret.reveal) { words = "" }
    return .notAccepted(
      source: source, code: error.code, words: PlainLine.make(words, limit: 200))
  }
}

extension TokenDialect {
  /// The token endpoint: `{"error": …, "error_description": "AADSTS7000215: …", "error_codes": …}`.
  static let azureSignIn = TokenDialect(
    cloud: "Microsoft Entra", document: signInDocument,
    meaning: { error in
      ["temporarily_unavailable", "server_error"].contains(error.reasons.first ?? "")
        ? .transient : .final
    })

  private static func signInDocument(_ response: HTTPResponse) -> Document? {
    guard let body = try? JSONReader.read(response.body), let kind = body["error"]?.string,
      !kind.isEmpty
    else { return nil }
    let words = body["error_description"]?.string ?? ""
    return Document(code: number(body, words) ?? kind, message: words, reasons: [kind])
  }

  private static func number(_ body: JSONValue, _ words: String) -> String? {
    if let first = body["error_codes"]?.array?.first?.number, let code = Int(exactly: first) {
      return "AADSTS\(code)"
    }
    guard words.hasPrefix("AADSTS") else { return nil }
    let digits = words.dropFirst(6).prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? nil : "AADSTS\(digits)"
  }
}
