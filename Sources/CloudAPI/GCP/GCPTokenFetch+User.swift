extension GCPTokenFetch {
  /// A person's refresh token, turned into a token with all that the person has consented to: asking
  /// for less than that by another name is refused (RFC 6749, 6).
  func refresh(_ user: GoogleUser) async throws(CloudError) -> BearerToken {
    let source = "user sign-in of \(user.source)"
    let since = exchange.clock.now()
    var fields = [
      (name: "grant_type", value: "refresh_token"),
      (name: "refresh_token", value: user.refreshToken.reveal),
    ]
    if !user.usesBasic {
      fields.append((name: "client_id", value: user.clientID))
      fields.append((name: "client_secret", value: user.clientSecret.reveal))
    }
    do {
      let body = try await form(
        "RefreshToken", user.tokenURL, fields,
        basic: user.usesBasic ? (user.clientID, user.clientSecret) : nil, source: source)
      return try token(body, source: source, since: since)
    } catch .signIn(.notAccepted(_, let code, _)) where code.hasPrefix("invalid_grant") {
      throw .signIn(
        .loginNeeded(
          source: user.source, reason: "is no longer valid (\(code))",
          command: "gcloud auth application-default login"))
    }
  }
}
