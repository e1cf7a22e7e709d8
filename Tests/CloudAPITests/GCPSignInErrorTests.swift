import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Every way in which credentials are no good: the error's exact facts, nothing secret in its words,
/// and nothing sent where nothing should be.
@Suite struct GCPSignInErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var file: String
    var wanted: SignInError

    init(_ name: String, _ file: String, _ wanted: SignInError) {
      testDescription = name
      self.file = file
      self.wanted = wanted
    }
  }

  static func bad(_ setting: String, _ reason: String) -> SignInError {
    .badSetting(source: "/f.json", setting: setting, reason: reason)
  }

  static func lacks(_ member: String) -> SignInError {
    .incomplete(source: "/f.json", missing: member)
  }

  static func external(_ source: String, _ extra: String = "") -> String {
    #"{"type":"external_account","audience":"a","subject_token_type":"t","#
      + #""credential_source":\#(source)\#(extra)}"#
  }

  static let notAnObject = SignInError.file(
    path: "/f.json", .unreadable(reason: "it is not a JSON object"))
  static let badKey = bad(
    "private_key", "it is not an unencrypted RSA key of 2048 bits or more in PEM")

  static let cases = [
    Case("empty", "", notAnObject), Case("an array", "[]", notAnObject),
    Case("cut", #"{"type":"#, notAnObject), Case("no type", "{}", lacks("type")),
    Case("a number as type", #"{"type":7}"#, bad("type", "it is not a string")),
    Case(
      "an unknown type", #"{"type":"gdch_service_account"}"#,
      bad("type", "gdch_service_account is not supported")),
    Case(
      "a user without token", #"{"type":"authorized_user","client_id":"a","client_secret":"s"}"#,
      lacks("refresh_token")),
    Case(
      "a user without secret", #"{"type":"authorized_user","client_id":"a","client_secret":""}"#,
      lacks("client_secret")),
    Case(
      "http to a stranger",
      #"{"type":"authorized_user","client_id":"a","client_secret":"s","refresh_token":"r","#
        + #""token_uri":"http://evil.example/token"}"#,
      .addressNotAllowed(setting: "token_uri of /f.json", host: "evil.example")),
    Case(
      "http to metadata is no token endpoint",
      GCPSignInTests.key(extra: #","token_uri":"http://169.254.169.254/token""#),
      .addressNotAllowed(setting: "token_uri of /f.json", host: "169.254.169.254")),
    Case(
      "no URL", GCPSignInTests.key(extra: #","token_uri":"ftp://a""#),
      bad("token_uri", "it is not a URL")),
    Case(
      "a URL with a password", GCPSignInTests.key(extra: #","token_uri":"https://u:p@h/""#),
      bad("token_uri", "it is not a URL")),
    Case("no PEM", GCPSignInTests.key(pem: "shh-key"), badKey),
    Case(
      "a public key in PEM's clothes",
      GCPSignInTests.key(
        pem: "-----BEGIN PRIVATE KEY-----\nshh=\n-----END PRIVATE KEY-----"), badKey),
    Case(
      "an encrypted key",
      GCPSignInTests.key(
        pem: GCPKeys.pem.replacingOccurrences(of: "PRIVATE", with: "ENCRYPTED PRIVATE")), badKey),
    Case(
      "a program's token", external(#"{"executable":{"command":"/bin/evil"}}"#),
      bad(
        "credential_source.executable",
        "a program as its token is not supported; use a file or url")),
    Case(
      "AWS's request", external(#"{"environment_id":"aws1","url":"http://169.254.169.254/x"}"#),
      bad(
        "credential_source.environment_id",
        "AWS's signed request as its token is not supported; use a file or url")),
    Case("no source", external("null"), lacks("credential_source")),
    Case(
      "an empty source", external("{}"), lacks("credential_source.file or credential_source.url")),
    Case(
      "a source far away in the clear", external(#"{"url":"http://a.example/t"}"#),
      .addressNotAllowed(setting: "credential_source.url of /f.json", host: "a.example")),
    Case(
      "another format", external(#"{"file":"/t","format":{"type":"xml"}}"#),
      bad("credential_source.format.type", "it is neither text nor json")),
    Case(
      "JSON without a name", external(#"{"file":"/t","format":{"type":"json"}}"#),
      lacks("credential_source.format.subject_token_field_name")),
    Case(
      "no file", external(#"{"file":"/none"}"#), .file(path: "/none", .missing)),
    Case(
      "an empty token", external(#"{"file":"/empty"}"#),
      .sourceFailed(
        source: "/empty", reason: "it holds no token where the credential file says")),
    Case(
      "impersonation elsewhere",
      external(
        #"{"file":"/t"}"#, #","service_account_impersonation_url":"https://evil.example/x""#),
      bad("service_account_impersonation_url", "it does not end with :generateAccessToken")),
    Case(
      "a chain",
      #"{"type":"impersonated_service_account","source_credentials":"#
        + #"{"type":"impersonated_service_account"}}"#,
      bad("source_credentials.type", "a chain of impersonations belongs in delegates")),
  ]

  @Test(arguments: cases)
  func filesThatAreNoGood(_ line: Case) async {
    let project = GCPFakeProject(
      FakeHTTP([]), access: GCPAccess(source: .file("/f.json")),
      files: ["/f.json": line.file, "/empty": " \n", "/t": "t"])
    await GCPSignInTests.expect(project, .signIn(line.wanted))
    #expect(project.http.requests.isEmpty)
    #expect(!line.wanted.plain.contains("shh"))
  }

  @Test func aNamedFileMustBeThere() async {
    let project = GCPFakeProject(
      FakeHTTP([]), access: GCPSignInTests.access(["GOOGLE_APPLICATION_CREDENTIALS": "/gone.json"]))
    await GCPSignInTests.expect(project, .signIn(.file(path: "/gone.json", .missing)))
  }

  @Test func oneUniversesTokenIsNotShownToAnother() async {
    let project = GCPFakeProject(
      FakeHTTP([]), access: GCPSignInTests.access(["GOOGLE_CLOUD_UNIVERSE_DOMAIN": "apis.example"]))
    await GCPSignInTests.expect(
      project,
      .signIn(
        .badSetting(
          source: GCPFakeProject.path, setting: "universe_domain",
          reason: "it is googleapis.com, and apis.example is asked")))
    #expect(project.http.requests.isEmpty)
  }

  @Test(arguments: [
    (
      #"{"error":"invalid_grant","error_description":"Invalid JWT Signature."}"#,
      "invalid_grant", "Invalid JWT Signature."
    ),
    (#"{"error":"invalid_scope"}"#, "invalid_scope", ""),
    (
      #"{"error":"unauthorized_client","error_description":"a\u001b[2Jb\u202ec"}"#,
      "unauthorized_client", "a[2Jbc"
    ),
  ])
  func whatTheSignInRefuses(_ body: String, _ code: String, _ words: String) async {
    let project = GCPFakeProject(
      FakeHTTP([.google(body, status: 400)]), access: GCPAccess(source: .file("/f.json")),
      files: ["/f.json": GCPSignInTests.key()])
    await GCPSignInTests.expect(
      project,
      .signIn(
        .notAccepted(source: "key of service account w@acme.iam", code: code, words: words)))
    #expect(project.http.requests.count == 1)
  }

  @Test func aUsersSignInThatIsOverNamesTheCommand() async {
    let project = GCPFakeProject(
      FakeHTTP([
        .google(#"{"error":"invalid_grant","error_subtype":"invalid_rapt"}"#, status: 400)
      ]))
    let wanted = SignInError.loginNeeded(
      source: GCPFakeProject.path, reason: "is no longer valid (invalid_grant/invalid_rapt)",
      command: "gcloud auth application-default login")
    await GCPSignInTests.expect(project, .signIn(wanted))
    #expect(wanted.plain.hasSuffix("Run: gcloud auth application-default login"))
  }

  @Test(arguments: [
    "{}", "[]", "", "<html>", #"{"access_token":""}"#, #"{"access_token":"a b","expires_in":9}"#,
    #"{"access_token":"shh","token_type":"mac","expires_in":9}"#,
    #"{"access_token":"shh","expires_in":"soon"}"#, #"{"access_token":"shh"}"#,
    #"{"access_token":"shh","expires_in":-5}"#, #"{"access_token":"shh","expires_in":1e300}"#,
    #"{"access_token":"shh\r\nX-Evil: 1","expires_in":9}"#,
  ])
  func answersThatAreNoToken(_ body: String) async {
    let project = GCPFakeProject(FakeHTTP([.google(body)]))
    let error = await #expect(throws: CloudError.self) {
      try await project.client.credentialSource()
    }
    guard case .unreadable(let answer) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(answer.operation == "RefreshToken")
    #expect(!(error?.plain.contains("shh") ?? true))
  }

  @Test func theMetadataServersRefusalsAreNamed() async {
    for (status, reason) in [
      (404, "this machine has no service account"), (403, "it answered with HTTP 403"),
      (500, "it answered with HTTP 500"),
    ] {
      let project = GCPFakeProject(
        FakeHTTP([.bytes(Array("no".utf8), status: status)]),
        access: GCPSignInTests.access(source: .metadata), files: [:])
      await GCPSignInTests.expect(
        project, .signIn(.sourceFailed(source: "the metadata server", reason: reason)))
    }
  }

  @Test func nothingSecretIsEverPrinted() throws {
    let access = GCPAccess(
      environment: ["GOOGLE_APPLICATION_CREDENTIALS": "/f.json", "SECRET": "shh-env"])
    for text in [GCPSignInTests.key(), GCPFakeProject.user] {
      let settings = try GCPSettings(
        access: access, files: .fake(["/f.json": text.replacingOccurrences(of: "id-1", with: "i")]))
      var dumped = ""
      dump(settings, to: &dumped)
      dump(access, to: &dumped)
      for secret in ["shh", GCPKeys.base64.prefix(20).description] {
        #expect(!dumped.contains(secret))
        #expect(!"\(settings) \(access)".contains(secret))
      }
    }
  }
}
