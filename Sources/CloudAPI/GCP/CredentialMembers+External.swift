extension CredentialMembers {
  func external() throws(SignInError) -> GCPCredentialRecipe {
    guard let source = try object("credential_source") else {
      throw .incomplete(source: path, missing: "credential_source")
    }
    let universe = try text("universe_domain") ?? GCPSettings.defaultUniverse
    let account = ExternalAccount(
      source: path, audience: try needText("audience"),
      subjectTokenType: try needText("subject_token_type"),
      tokenURL: try url("token_url", otherwise: "https://sts.\(universe)/v1/token"),
      subject: try source.subject(), tokenField: try source.tokenField(),
      clientID: try text("client_id"), clientSecret: try text("client_secret").map { Secret($0) },
      workforceProject: try text("workforce_pool_user_project"))
    guard let request = try impersonation() else { return .external(account) }
    return .impersonation(request, from: .external(account))
  }

  /// A file or a URL. Programs, certificates and AWS's signed requests are not run or made.
  private func subject() throws(SignInError) -> ExternalAccount.Subject {
    for (member, what) in [
      ("executable", "a program"), ("environment_id", "AWS's signed request"),
      ("certificate", "a certificate"),
    ] where value[member].map({ !$0.isNull }) == true {
      throw bad(member, "\(what) as its token is not supported; use a file or url")
    }
    if let file = try text("file") { return .file(path: access.path(file)) }
    guard let url = try text("url") else {
      throw .incomplete(source: path, missing: "\(name).file or \(name).url")
    }
    guard let parts = URLParts(url) else { throw bad("url", "it is not a URL") }
    guard parts.scheme == "https" || LocalAddress.isLocal(parts.host) else {
      throw .addressNotAllowed(
        setting: "\(name).url of \(path)", host: PlainLine.make(parts.host, limit: 80))
    }
    var headers: [String: Secret] = [:]
    for member in try object("headers")?.value.members ?? [] {
      guard let text = member.value.string else { throw bad("headers", "one is not a string") }
      headers[member.name] = Secret(text)
    }
    return .url(url, headers: headers)
  }

  private func tokenField() throws(SignInError) -> String? {
    guard let format = try object("format") else { return nil }
    switch try format.text("type") ?? "text" {
    case "text": return nil
    case "json": return try format.needText("subject_token_field_name")
    default: throw format.bad("type", "it is neither text nor json")
    }
  }
}
