import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Tokens from the machine itself: metadata service, App Service, Azure CLI; and the order of looking.
@Suite struct AzureAgentTests {
  typealias Run = @Sendable ([String]) -> Result<String, CredentialProcess.Failure>

  static let token = FakeHTTP.Answer.json(
    #"{"access_token":"t-msi","client_id":"c","expires_in":"86399","expires_on":"1800086399","#
      + #""not_before":"1","resource":"https://management.azure.com/","token_type":"Bearer"}"#)
  static let silence = FakeHTTP.Answer.failure(.timedOut(afterMillis: 1_000))

  private func tenant(
    _ variables: [String: String] = [:], _ answers: [FakeHTTP.Answer] = [],
    source: AzureAccess.Source? = nil,
    run: @escaping Run = { _ in .failure(.notStarted(reason: "none")) }
  ) -> FakeTenant {
    FakeTenant(
      FakeHTTP([.json(#"{"value":[]}"#)]), signIn: FakeHTTP(answers),
      access: AzureAccess(source: source, environment: variables), run: run)
  }

  private func ask(_ tenant: FakeTenant) async -> CloudError? {
    await tenant.failure { (client) async throws(CloudError) in _ = try await client.subscriptions()
    }
  }

  @Test func theMachineIsAskedWithItsHeader() async throws {
    let tenant = tenant(["AZURE_CLIENT_ID": "user assigned"], [Self.token])
    #expect(await ask(tenant) == nil)
    let request = try #require(tenant.signedIn.first)
    #expect(
      request.url == "http://169.254.169.254/metadata/identity/oauth2/token"
        + "?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F"
        + "&client_id=user%20assigned")
    #expect(request.header("Metadata") == "true")
    #expect(request.header("Authorization") == nil)
    #expect(request.limits.connectMillis == 1_000)
    #expect(tenant.requests.first?.header("Authorization") == "Bearer t-msi")
  }

  @Test func appServiceHasItsOwnAddress() async throws {
    let variables = [
      "IDENTITY_ENDPOINT": "http://127.0.0.1:41/msi/token", "IDENTITY_HEADER": "hush",
    ]
    let answer = FakeHTTP.Answer.json(
      #"{"access_token":"t-app","expires_on":"1800003600","resource":"r","token_type":"Bearer"}"#)
    let tenant = tenant(variables, [answer])
    #expect(await ask(tenant) == nil)
    let request = try #require(tenant.signedIn.first)
    #expect(
      request.url == "http://127.0.0.1:41/msi/token?api-version=2019-08-01"
        + "&resource=https%3A%2F%2Fmanagement.azure.com%2F")
    #expect(request.header("X-IDENTITY-HEADER") == "hush")
  }

  @Test(arguments: [
    (
      ["IDENTITY_ENDPOINT": "http://evil.example/msi/token", "IDENTITY_HEADER": "h"],
      "IDENTITY_ENDPOINT names evil.example"
    ),
    (["IDENTITY_ENDPOINT": "http://127.0.0.1/msi/token"], "lack IDENTITY_HEADER"),
    (
      ["AZURE_POD_IDENTITY_AUTHORITY_HOST": "http://evil.example"],
      "AZURE_POD_IDENTITY_AUTHORITY_HOST names evil.example"
    ),
    (["AZURE_TOKEN_CREDENTIALS": "VisualStudioCredential"], "is not supported here"),
    (["AZURE_TOKEN_CREDENTIALS": "EnvironmentCredential"], "No Azure credentials"),
  ])
  func surroundingsThatAreWrong(_ variables: [String: String], _ words: String) async {
    let tenant = tenant(variables, [Self.token])
    #expect(await ask(tenant)?.plain.contains(words) == true)
    #expect(tenant.signedIn.isEmpty)
  }

  /// What the machine says when it was asked on purpose, and how often it is asked.
  @Test(arguments: [
    (
      400, #"{"error":"invalid_request","error_description":"Identity not found"}"#, 1,
      "managed identity gave no token: no such identity here (HTTP 400, invalid_request)."
    ),
    (404, "", 4, "managed identity gave no token: it answered HTTP 404."),
    (410, "", 4, "managed identity gave no token: it answered HTTP 410."),
    (500, "oops", 4, "managed identity gave no token: it answered HTTP 500."),
    (429, "", 4, "managed identity gave no token: it answered HTTP 429 (too many requests)."),
    (200, "<html>", 1, "managed identity gave no token: its answer is not JSON."),
    (200, "{}", 1, "managed identity gave no token: the answer holds no access_token."),
  ])
  func aChosenMachineThatFails(_ status: Int, _ body: String, _ tries: Int, _ plain: String) async {
    let tenant = tenant(
      [:], [.bytes(Array(body.utf8), status: status)], source: .managedIdentity)
    #expect(await ask(tenant)?.plain == plain)
    #expect(tenant.signedIn.count == tries)
  }

  @Test func nobodyAnywhere() async {
    let tenant = tenant([:], [Self.silence])
    #expect(
      await ask(tenant)?.plain
        == "No Azure credentials: run az login, or name a credential in the configuration. "
        + "Tried: environment (no AZURE_CLIENT_SECRET or certificate), "
        + "workload identity (no AZURE_FEDERATED_TOKEN_FILE), managed identity (no answer), "
        + "Azure CLI (az is not here).")
    #expect(tenant.signedIn.count == 1)
  }

  @Test func theCommandLineIsAskedLast() async throws {
    let run: Run = { words in
      let wanted = [
        "az", "account", "get-access-token", "--output", "json", "--resource",
        "https://management.azure.com/", "--tenant", "t-9",
      ]
      return words == wanted
        ? .success(#"{"accessToken":"t-cli","expires_on":1800003600,"expiresOn":"x"}"#)
        : .failure(.exited(status: 99))
    }
    let noIdentity = FakeHTTP.Answer.json(#"{"error":"invalid_request"}"#, status: 400)
    let tenant = tenant(["AZURE_TENANT_ID": "t-9"], [noIdentity], run: run)
    #expect(await ask(tenant) == nil)
    #expect(tenant.requests.first?.header("Authorization") == "Bearer t-cli")
  }

  @Test(arguments: [
    (
      Result<String, CredentialProcess.Failure>.failure(.exited(status: 1)),
      "The sign-in of Azure CLI gave no token (az ended with status 1). Run: az login"
    ),
    (
      .failure(.killed(reason: "it took longer than 30 s")),
      "Azure CLI gave no token: it took longer than 30 s."
    ),
    (
      .failure(.notStarted(reason: "it cannot be started")),
      "Azure CLI gave no token: it cannot be started."
    ),
    (.success("hush-hush"), "Azure CLI gave no token: az printed no token."),
    (
      .success(#"{"accessToken":"hush hush","expires_on":1800003600}"#),
      "Azure CLI gave no token: az printed no token."
    ),
    (
      .success(#"{"accessToken":"hush","expiresOn":"soon"}"#),
      "Azure CLI gave no token: az does not say how long the token lasts."
    ),
    (.success(#"{"accessToken":"hush","expires_on":1}"#), "The token from Azure CLI has expired."),
  ])
  func commandLineFailures(
    _ output: Result<String, CredentialProcess.Failure>, _ plain: String
  ) async {
    let error = await ask(tenant(source: .cli, run: { _ in output }))
    #expect(error?.plain == plain)
    #expect("\(String(describing: error))".contains("hush") == false)
  }

  @Test func olderCommandLinesWriteLocalTime() async {
    let run: Run = { _ in
      .success(#"{"accessToken":"t","expiresOn":"2027-01-15 09:00:00.000000"}"#)
    }
    #expect(await ask(tenant(source: .cli, run: run)) == nil)
  }

  @Test func federatedVariablesBeatTheMachine() async {
    let variables = ["AZURE_FEDERATED_TOKEN_FILE": "/gone", "AZURE_TENANT_ID": "t"]
    #expect(
      await ask(tenant(variables, [Self.token], source: .managedIdentity))
        == .signIn(.incomplete(source: "workload identity", missing: "AZURE_CLIENT_ID")))
  }
}
