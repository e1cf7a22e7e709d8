import Foundation

extension AzureTokenFetch {
  /// `az account get-access-token`: the token of whoever is signed in on this machine. In the
  /// arguments stand the audience and the tenant, nothing secret.
  func cli(
    _ tenant: String?, _ audience: String, isGuess: Bool
  ) async throws(CloudError) -> BearerToken {
    let source = "Azure CLI"
    var words = ["az", "account", "get-access-token", "--output", "json", "--resource", audience]
    if let tenant {
      // What starts with a dash would be read as an option.
      guard !tenant.hasPrefix("-"), !tenant.isEmpty else {
        throw .signIn(
          .badSetting(source: source, setting: "AZURE_TENANT_ID", reason: "it starts with a dash"))
      }
      words += ["--tenant", tenant]
    }
    // Older versions write the end in local time alone: so that is UTC.
    let environment = access.environment.merging(["TZ": "UTC"]) { $1 }
    let output: [UInt8]
    do {
      output = try await run.output(words, environment)
    } catch {
      switch error {
      case .notStarted where isGuess: throw absent("az is not here")
      case .notStarted(let reason), .killed(let reason): throw failed(source, reason)
      case .exited(let status):
        throw .signIn(
          .loginNeeded(
            source: source, reason: "gave no token (az ended with status \(status))",
            command: Self.login(tenant)))
      }
    }
    guard output.count <= CredentialProcess.outputLimit,
      let body = try? JSONReader.read(output), let text = body["accessToken"]?.string,
      BearerToken.isUsable(text)
    else { throw failed(source, "az printed no token") }
    guard let expires = Self.end(body) else {
      throw failed(source, "az does not say how long the token lasts")
    }
    return BearerToken(text: Secret(text), expires: expires, source: source)
  }

  private static func login(_ tenant: String?) -> String {
    tenant.map { "az login --tenant \(ShellWords.quote($0))" } ?? "az login"
  }

  /// `expires_on` counts seconds since 1970; `expiresOn` is `2026-11-20 10:00:00.000000`.
  private static func end(_ body: JSONValue) -> Date? {
    let seconds = body["expires_on"]?.number ?? body["expires_on"]?.string.flatMap { Double($0) }
    if let seconds, (0...253_402_300_799).contains(seconds) {
      return Date(timeIntervalSince1970: seconds)
    }
    guard let text = body["expiresOn"]?.string else { return nil }
    return TimeText.iso8601(text) ?? TimeText.iso8601("\(text)Z")
  }
}
