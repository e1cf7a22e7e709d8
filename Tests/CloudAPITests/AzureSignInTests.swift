import Crypto
import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Each way to a token by Microsoft's sign-in: what is sent, what is made of the answer.
@Suite struct AzureSignInTests {
  static let none = FakeHTTP.Answer.json(#"{"value":[]}"#)

  private func tenant(
    _ variables: [String: String], files: [String: String] = [:], signIn: FakeHTTP? = nil,
    change: (inout AzureAccess) -> Void = { _ in }
  ) -> FakeTenant {
    var access = AzureAccess(environment: variables, homeDirectory: "/home/mira")
    change(&access)
    return FakeTenant(FakeHTTP([Self.none]), signIn: signIn, access: access, files: .fake(files))
  }

  private func ask(_ tenant: FakeTenant) async -> CloudError? {
    await tenant.failure { (client) async throws(CloudError) in _ = try await client.subscriptions()
    }
  }

  @Test func aSecretIsSentInTheBodyAlone() async throws {
    let tenant = tenant(FakeTenant.variables)
    #expect(await ask(tenant) == nil)
    let request = try #require(tenant.signedIn.first)
    #expect(request.method == "POST")
    #expect(request.url == "https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token")
    #expect(request.header("Content-Type") == "application/x-www-form-urlencoded")
    #expect(
      request.text == "grant_type=client_credentials&client_id=client-1"
        + "&client_secret=very~secret&scope=https%3A%2F%2Fmanagement.azure.com%2F.default")
    #expect(request.header("Authorization") == nil)
    #expect(tenant.requests.first?.header("Authorization") == "Bearer token-1")
    #expect(tenant.calls.all == ["Microsoft.Resources/subscriptions/read @ "])
  }

  @Test func aTokenForEachAudienceIsFetchedOnce() async throws {
    let rows = #"{"tables":[{"name":"PrimaryResult","columns":[],"rows":[]}]}"#
    let tenant = FakeTenant(
      FakeHTTP { request, _ in request.method == "POST" ? .json(rows) : Self.none })
    for _ in 0..<3 {
      _ = try await tenant.client.subscriptions()
      _ = try await tenant.client.query(
        workspace: "w-1", "T", tables: ["T"], columns: [], hours: 1)
    }
    #expect(
      tenant.signedIn.map { $0.text.components(separatedBy: "scope=").last } == [
        "https%3A%2F%2Fmanagement.azure.com%2F.default",
        "https%3A%2F%2Fapi.loganalytics.io%2F.default",
      ])
    #expect(
      Set(tenant.requests.map { "\($0.method) \($0.header("Authorization") ?? "")" })
        == ["GET Bearer token-1", "POST Bearer token-2"])
  }

  @Test func aFederatedTokenIsReadAgainForEachRequest() async throws {
    let variables = [
      "AZURE_TENANT_ID": "tenant-1", "AZURE_CLIENT_ID": "client-1",
      "AZURE_FEDERATED_TOKEN_FILE": "/var/run/token",
      "AZURE_AUTHORITY_HOST": "https://login.microsoftonline.us/",
    ]
    let tenant = tenant(variables, files: ["/var/run/token": "eyJ.a.b\n"])
    #expect(await ask(tenant) == nil)
    let request = try #require(tenant.signedIn.first)
    #expect(request.url == "https://login.microsoftonline.us/tenant-1/oauth2/v2.0/token")
    #expect(
      request.text == "grant_type=client_credentials&client_id=client-1"
        + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
        + "&client_assertion=eyJ.a.b&scope=https%3A%2F%2Fmanagement.usgovcloudapi.net%2F.default")
    #expect(tenant.requests.first?.url.hasPrefix("https://management.usgovcloudapi.net/") == true)
  }

  @Test(arguments: ["", "  \n", "a\r\nX-Evil: 1", "two words"])
  func federatedFilesMustHoldOneToken(_ text: String) async {
    let variables = [
      "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_FEDERATED_TOKEN_FILE": "~/token",
    ]
    let tenant = tenant(variables, files: ["/home/mira/token": text])
    #expect(
      await ask(tenant)
        == .signIn(
          .sourceFailed(
            source: "workload identity", reason: "/home/mira/token holds no token")))
    #expect(tenant.signedIn.isEmpty)
  }

  @Test func aMissingFederatedFileIsNamed() async {
    let variables = [
      "AZURE_TENANT_ID": "t", "AZURE_CLIENT_ID": "c", "AZURE_FEDERATED_TOKEN_FILE": "/gone",
    ]
    #expect(await ask(tenant(variables)) == .signIn(.file(path: "/gone", .missing)))
  }

  /// Code, words, and what people read.
  @Test(arguments: [
    (
      400,
      #""invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. "#
        + #"Ensure the secret is right. Trace ID: 1","error_codes":[7000215]"#,
      "The client secret is not accepted: AADSTS7000215: Invalid client secret provided."
    ),
    (
      401,
      #""invalid_client","error_description":"AADSTS7000222: The provided client secret keys "#
        + #"are expired. Visit","error_codes":[7000222]"#,
      "The client secret is not accepted: AADSTS7000222: The provided client secret keys are expired."
    ),
    (
      400, #""unauthorized_client","error_description":"AADSTS700016: Application not found""#,
      "The client secret is not accepted: AADSTS700016: Application not found"
    ),
    (400, #""invalid_request""#, "The client secret is not accepted: invalid_request."),
    (
      400, #""x","error_description":"AADSTS1: You sent very~secret. Really""#,
      "The client secret is not accepted: AADSTS1."
    ),
  ])
  func refusalsShowNumberAndFirstSentence(_ status: Int, _ rest: String, _ plain: String) async {
    let signIn = FakeHTTP([.json("{\"error\":\(rest)}", status: status)])
    let tenant = tenant(FakeTenant.variables, signIn: signIn)
    let error = await ask(tenant)
    #expect(error?.plain == plain)
    #expect(tenant.signedIn.count == 1)
    #expect("\(String(describing: error))".contains("very~secret") == false)
  }

  @Test(arguments: [
    (503, #"{"error":"temporarily_unavailable"}"#, 4), (500, "<html>oops</html>", 4),
    (400, #"{"error":"temporarily_unavailable"}"#, 4), (429, "", 4),
    (302, "", 1), (403, "<html>proxy</html>", 1), (200, "", 1), (200, "{}", 1),
    (200, #"{"access_token":"a b","expires_in":1}"#, 1), (200, #"{"access_token":"t"}"#, 1),
    (200, #"{"access_token":"t","expires_in":"soon"}"#, 1),
    (200, #"{"access_token":"t","expires_in":3599,"token_type":"pop"}"#, 1),
    (200, #"{"access_token":"t","expires_in":0}"#, 1),
  ])
  func brokenSignIns(_ status: Int, _ body: String, _ tries: Int) async {
    let signIn = FakeHTTP([.bytes(Array(body.utf8), status: status)])
    let tenant = tenant(FakeTenant.variables, signIn: signIn)
    let error = await ask(tenant)
    #expect(error != nil)
    #expect(tenant.signedIn.count == tries)
    #expect(tenant.requests.isEmpty)
    #expect("\(String(describing: error)) \(error?.plain ?? "")".contains("very~secret") == false)
  }

  @Test func numbersMayComeAsStrings() async {
    let signIn = FakeHTTP([
      .json(#"{"access_token":"t","expires_in":"3599","token_type":"bearer"}"#)
    ])
    #expect(await ask(tenant(FakeTenant.variables, signIn: signIn)) == nil)
  }

  @Test(arguments: [
    (["AZURE_CLIENT_SECRET": "s"], "AZURE_TENANT_ID"),
    (["AZURE_CLIENT_SECRET": "s", "AZURE_TENANT_ID": "t"], "AZURE_CLIENT_ID"),
  ])
  func halfAnEnvironmentIsAnError(_ variables: [String: String], _ missing: String) async {
    #expect(
      await ask(tenant(variables)) == .signIn(.incomplete(source: "environment", missing: missing)))
  }

  @Test(arguments: ["../evil", "a/b", "t?x=1", "t#", ".."])
  func aTenantIsNoPath(_ name: String) async {
    var variables = FakeTenant.variables
    variables["AZURE_TENANT_ID"] = name
    guard case .signIn(.badSetting(_, "AZURE_TENANT_ID", _)) = await ask(tenant(variables)) else {
      Issue.record("\(name) was taken")
      return
    }
  }

  @Test func theAccountsOwnIdsBeatTheEnvironment() async throws {
    let tenant = tenant(FakeTenant.variables) {
      $0.tenantID = "other.example"
      $0.clientID = "client-2"
    }
    #expect(await ask(tenant) == nil)
    let request = try #require(tenant.signedIn.first)
    #expect(request.url.contains("/other.example/oauth2/"))
    #expect(request.text.contains("client_id=client-2&"))
  }

  @Test func sovereignCloudsByName() async throws {
    for (name, host, manager) in [
      ("AzureUSGovernment", "login.microsoftonline.us", "management.usgovcloudapi.net"),
      ("china", "login.chinacloudapi.cn", "management.chinacloudapi.cn"),
      ("AZURE_PUBLIC_CLOUD", "login.microsoftonline.com", "management.azure.com"),
    ] {
      let tenant = tenant(FakeTenant.variables) { $0.cloud = AzureCloud.named(name) }
      #expect(await ask(tenant) == nil)
      #expect(tenant.signedIn.first?.url.hasPrefix("https://\(host)/") == true)
      #expect(tenant.requests.first?.url.hasPrefix("https://\(manager)/") == true)
    }
    #expect(AzureCloud.named("mars") == nil)
  }

  @Test func overridesMayBePlainAndKeepTheAudience() async throws {
    let tenant = tenant(FakeTenant.variables) {
      $0.overrides.authority = "http://cloud.test:8080/"
      $0.overrides.resourceManager = "http://cloud.test:8081/arm"
    }
    #expect(await ask(tenant) == nil)
    let signIn = try #require(tenant.signedIn.first)
    #expect(signIn.url == "http://cloud.test:8080/tenant-1/oauth2/v2.0/token")
    #expect(signIn.allowPlain)
    #expect(signIn.text.hasSuffix("scope=https%3A%2F%2Fmanagement.azure.com%2F.default"))
    let request = try #require(tenant.requests.first)
    #expect(request.url == "http://cloud.test:8081/arm/subscriptions?api-version=2022-12-01")
    #expect(request.allowPlain)
  }

  @Test func plainAuthoritiesInTheEnvironmentAreRefused() async {
    var variables = FakeTenant.variables
    variables["AZURE_AUTHORITY_HOST"] = "http://login.example"
    #expect(
      await ask(tenant(variables))
        == .signIn(.addressNotAllowed(setting: "AZURE_AUTHORITY_HOST", host: "login.example")))
    variables["AZURE_AUTHORITY_HOST"] = "login.microsoftonline.us"
    #expect(await ask(tenant(variables)) == nil)
  }

  @Test func nothingPrintsTheSecret() {
    let access = AzureAccess(environment: FakeTenant.variables)
    var dumped = ""
    dump(access, to: &dumped)
    let source = AzureTokenSource.secret(
      AzureClientID(tenant: "t", client: "c"), Secret("very~secret"))
    for text in ["\(access)", String(reflecting: access), dumped, "\(source)"] {
      #expect(!text.contains("very~secret"))
    }
  }

  @Test func aTokenTellsWhoWeAre() async throws {
    let claims = Data(#"{"oid":"o-1","appid":"a-1","tid":"t-1"}"#.utf8).base64EncodedString()
    let signIn = FakeHTTP([
      .json("{\"access_token\":\"h.\(claims).s\",\"expires_in\":3599,\"token_type\":\"Bearer\"}")
    ])
    let identity = try await tenant(FakeTenant.variables, signIn: signIn).client.identity()
    #expect(identity.objectID == "o-1")
    #expect(identity.appID == "a-1")
    #expect(identity.tenantID == "t-1")
    #expect(identity.source == "client secret")
  }

  static let certificate = [
    "AZURE_TENANT_ID": "tenant-1", "AZURE_CLIENT_ID": "client-1",
    "AZURE_CLIENT_CERTIFICATE_PATH": "/pem",
  ]

  @Test func aCertificateSignsItsClaim() async throws {
    let tenant = tenant(Self.certificate, files: ["/pem": AzureTestCertificate.pem])
    #expect(await ask(tenant) == nil)
    let form = try #require(tenant.signedIn.first).text
    let claim = try #require(
      form.components(separatedBy: "client_assertion=").last?.components(separatedBy: "&").first)
    let parts = claim.components(separatedBy: ".")
    #expect(parts.count == 3)
    let header = try JSONReader.read(Self.bytes(parts[0]))
    #expect(header["alg"] == .string("RS256"))
    #expect(header["x5t#S256"] == .string(AzureTestCertificate.thumbprint))
    let body = try JSONReader.read(Self.bytes(parts[1]))
    #expect(
      body["aud"]?.string == "https://login.microsoftonline.com/tenant-1/oauth2/v2.0/token")
    #expect(body["iss"]?.string == "client-1")
    #expect(body["sub"]?.string == "client-1")
    #expect(body["exp"]?.number == 1_800_000_600)
    #expect((body["jti"]?.string?.count ?? 0) >= 16)
    let der = try #require(Data(base64Encoded: AzureTestCertificate.publicKey))
    let key = try RSAPublicKey(der: Array(der), encoding: .spki)
    #expect(
      key.verifies(signature: Self.bytes(parts[2]), of: Array("\(parts[0]).\(parts[1])".utf8)))
  }

  @Test(arguments: [
    "", "hush", "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      + "-----BEGIN PRIVATE KEY-----\nhush\n-----END PRIVATE KEY-----",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      + "-----BEGIN PRIVATE KEY-----\naHVzaA==\n-----END PRIVATE KEY-----",
  ])
  func certificatesThatCannotBeUsed(_ pem: String) async {
    let tenant = tenant(Self.certificate, files: ["/pem": pem])
    let error = await ask(tenant)
    guard case .signIn(.badSetting(_, "AZURE_CLIENT_CERTIFICATE_PATH", _)) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!"\(String(describing: error))".contains("hush"))
    #expect(tenant.signedIn.isEmpty)
  }

  private static func bytes(_ text: String) -> [UInt8] {
    var plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(
      of: "_", with: "/")
    while plain.count % 4 != 0 { plain += "=" }
    return Data(base64Encoded: plain).map { Array($0) } ?? []
  }
}
