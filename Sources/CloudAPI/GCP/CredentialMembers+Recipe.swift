extension CredentialMembers {
  /// What a credential file of this `type` leads to.
  func recipe() throws(SignInError) -> GCPCredentialRecipe {
    switch try needText("type") {
    case "authorized_user": return .user(try user())
    case "service_account": return .serviceAccount(try serviceAccount())
    case "external_account": return try external()
    case "external_account_authorized_user": return .user(try workforceUser())
    case "impersonated_service_account": return try impersonated()
    case let other:
      throw bad("type", "\(PlainLine.make(other, limit: 60)) is not supported")
    }
  }

  private var tokenHost: String {
    access.variable("CLOUDSDK_AUTH_TOKEN_HOST") ?? "https://oauth2.googleapis.com/token"
  }

  private func user() throws(SignInError) -> GoogleUser {
    GoogleUser(
      source: path, clientID: try needText("client_id"),
      clientSecret: Secret(try needText("client_secret")),
      refreshToken: Secret(try needText("refresh_token")),
      tokenURL: try url("token_uri", otherwise: tokenHost),
      quotaProject: try text("quota_project_id"))
  }

  private func workforceUser() throws(SignInError) -> GoogleUser {
    GoogleUser(
      source: path, clientID: try needText("client_id"),
      clientSecret: Secret(try needText("client_secret")),
      refreshToken: Secret(try needText("refresh_token")),
      tokenURL: try url("token_url", otherwise: "https://sts.googleapis.com/v1/oauthtoken"),
      usesBasic: true, quotaProject: try text("quota_project_id"))
  }

  private func serviceAccount() throws(SignInError) -> ServiceAccountKey {
    ServiceAccountKey(
      source: path, email: try needText("client_email"), keyID: try text("private_key_id"),
      privateKey: Secret(try needText("private_key")),
      tokenURL: try url("token_uri", otherwise: "https://oauth2.googleapis.com/token"),
      universe: try text("universe_domain") ?? GCPSettings.defaultUniverse)
  }

  private func impersonated() throws(SignInError) -> GCPCredentialRecipe {
    guard let source = try object("source_credentials") else {
      throw .incomplete(source: path, missing: "source_credentials")
    }
    let kind = try source.needText("type")
    guard kind != "impersonated_service_account" else {
      throw source.bad("type", "a chain of impersonations belongs in delegates")
    }
    guard var request = try impersonation() else {
      throw .incomplete(source: path, missing: "service_account_impersonation_url")
    }
    for delegate in value["delegates"]?.array ?? [] {
      guard let text = delegate.string else { throw bad("delegates", "it is not a list of names") }
      request.delegates.append(text)
    }
    request.quotaProject = try source.text("quota_project_id")
    return .impersonation(request, from: try source.recipe())
  }

  /// Nil where the file asks for none.
  func impersonation() throws(SignInError) -> Impersonation? {
    let member = "service_account_impersonation_url"
    guard try text(member) != nil else { return nil }
    let url = try url(member, otherwise: "")
    guard let parts = URLParts(url), parts.query == nil,
      parts.path.hasSuffix(":generateAccessToken")
    else { throw bad(member, "it does not end with :generateAccessToken") }
    let account = parts.path.split(separator: "/").last?.dropLast(":generateAccessToken".count)
    var request = Impersonation(
      source: "service account \(PlainLine.make(String(account ?? ""), limit: 120))", url: url)
    if let seconds = try object("service_account_impersonation")?.value["token_lifetime_seconds"]?
      .number
    {
      guard (600...43_200).contains(seconds) else {
        throw bad("service_account_impersonation", "its lifetime is not 600 to 43200 seconds")
      }
      request.lifetime = Int(seconds)
    }
    return request
  }
}
