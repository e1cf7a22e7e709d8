import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Somebody else's token, and becoming somebody else.
@Suite struct GCPFederationTests {
  static let sts = FakeHTTP.Answer.google(
    #"{"access_token":"shh-sts","issued_token_type":"urn:ietf:params:oauth:token-type:access_token","#
      + #""token_type":"Bearer","expires_in":3599}"#)
  static let become = FakeHTTP.Answer.google(
    #"{"accessToken":"shh-sa","expireTime":"2027-01-15T09:00:00.5Z"}"#)
  static let url =
    "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/w@acme.iam"
    + ":generateAccessToken"

  static func file(_ source: String, _ extra: String = "") -> [String: String] {
    [
      "/ext.json":
        #"{"type":"external_account","audience":"//iam.googleapis.com/pool","#
        + #""subject_token_type":"urn:ietf:params:oauth:token-type:jwt","#
        + #""token_url":"https://sts.googleapis.com/v1/token","credential_source":\#(source)"#
        + "\(extra)}",
      "/token": "shh-subject\n", "/token.json": #"{"id":{"x":1},"jwt":"shh-subject"}"#,
    ]
  }

  static let access = GCPAccess(source: .file("/ext.json"))

  @Test(arguments: [
    #"{"file":"/token"}"#,
    #"{"file":"/token.json","format":{"type":"json","subject_token_field_name":"jwt"}}"#,
    #"{"file":"/token","format":{"type":"text"}}"#,
  ])
  func aFilesTokenIsExchanged(_ source: String) async throws {
    let project = GCPFakeProject(
      FakeHTTP([Self.sts]), access: Self.access, files: Self.file(source))
    #expect(try await project.client.credentialSource() == "identity federation of /ext.json")
    let request = try #require(project.http.requests.first)
    #expect(request.url == "https://sts.googleapis.com/v1/token")
    let fields = GCPSignInTests.fields(request)
    #expect(fields["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange")
    #expect(fields["audience"] == "//iam.googleapis.com/pool")
    #expect(fields["subject_token"] == "shh-subject")
    #expect(fields["subject_token_type"] == "urn:ietf:params:oauth:token-type:jwt")
    #expect(fields["scope"] == GCPSignInTests.read)
    #expect(fields["options"] == nil)
  }

  @Test func aURLsTokenIsExchanged() async throws {
    let source =
      #"{"url":"http://169.254.169.254/identity?x=1","headers":{"Metadata":"true"},"#
      + #""format":{"type":"json","subject_token_field_name":"access_token"}}"#
    let project = GCPFakeProject(
      FakeHTTP([.google(#"{"access_token":"shh-subject"}"#), Self.sts]), access: Self.access,
      files: Self.file(source, #","workforce_pool_user_project":"acme-9""#))
    _ = try await project.client.credentialSource()
    let requests = project.http.requests
    #expect(
      requests.map(\.url) == [
        "http://169.254.169.254/identity?x=1", "https://sts.googleapis.com/v1/token",
      ])
    #expect(requests[0].header("Metadata") == "true")
    let fields = GCPSignInTests.fields(requests[1])
    #expect(fields["subject_token"] == "shh-subject")
    #expect(fields["options"] == #"{"userProject":"acme-9"}"#)
  }

  @Test func federationMayEndInImpersonation() async throws {
    let extra =
      #","service_account_impersonation_url":"\#(Self.url)","#
      + #""service_account_impersonation":{"token_lifetime_seconds":900}"#
    let project = GCPFakeProject(
      FakeHTTP([Self.sts, Self.become, .google("{}")]), access: Self.access,
      files: Self.file(#"{"file":"/token"}"#, extra))
    _ = try await project.client.sinks(of: .project("a"))
    let requests = project.http.requests
    #expect(
      GCPSignInTests.fields(requests[0])["scope"] == "https://www.googleapis.com/auth/iam")
    #expect(requests[1].url == Self.url)
    #expect(requests[1].header("Authorization") == "Bearer shh-sts")
    let body = try JSONReader.read(requests[1].body)
    #expect(body["lifetime"]?.string == "900s")
    #expect(
      body["scope"]?.array?.compactMap(\.string).joined(separator: " ") == GCPSignInTests.read)
    #expect(requests[2].header("Authorization") == "Bearer shh-sa")
    #expect(
      project.calls.all.contains(
        "iamcredentials.projects.serviceAccounts.generateAccessToken "
          + "iam.serviceAccounts.getAccessToken service account w@acme.iam"))
  }

  @Test func impersonationOnTopOfAUser() async throws {
    let file =
      #"{"type":"impersonated_service_account","service_account_impersonation_url":"\#(Self.url)","#
      + #""delegates":["d@acme.iam"],"source_credentials":\#(GCPFakeProject.user)}"#
    let project = GCPFakeProject(
      FakeHTTP([GCPSignInTests.good, Self.become]), access: Self.access,
      files: ["/ext.json": file])
    #expect(
      try await project.client.credentialSource()
        == "service account w@acme.iam by user sign-in of /ext.json")
    let body = try JSONReader.read(project.http.requests[1].body)
    #expect(body["delegates"]?.array == [.string("d@acme.iam")])
  }

  @Test func impersonationByTheSettings() async throws {
    var access = GCPAccess(
      impersonate: "w@acme.iam", endpoint: "http://10.0.0.9:8080/", homeDirectory: "/home/mira")
    access.environment = ["CLOUDSDK_CONFIG": "/sdk"]
    let project = GCPFakeProject(
      FakeHTTP([GCPSignInTests.good, Self.become, .google("{}")]), access: access,
      files: ["/sdk/application_default_credentials.json": GCPFakeProject.user])
    _ = try await project.client.sinks(of: .project("a"))
    #expect(
      project.http.requests.map(\.url).dropFirst() == [
        "http://10.0.0.9:8080/v1/projects/-/serviceAccounts/w%40acme.iam:generateAccessToken",
        "http://10.0.0.9:8080/v2/projects/a/sinks",
      ])
    #expect(project.http.requests.map(\.allowPlain) == [false, true, true])
  }

  @Test func aDeniedImpersonationNamesThePermission() async throws {
    let refusal = GCPFakeProject.refusal(
      403, "PERMISSION_DENIED", reason: "IAM_PERMISSION_DENIED",
      permission: "iam.serviceAccounts.getAccessToken")
    let project = GCPFakeProject(
      FakeHTTP([GCPSignInTests.good, .google(refusal, status: 403)]),
      access: GCPAccess(impersonate: "w@acme.iam", homeDirectory: "/home/mira"))
    let error = await #expect(throws: CloudError.self) {
      try await project.client.credentialSource()
    }
    guard case .denied(let denied) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(denied.permission == "iam.serviceAccounts.getAccessToken")
    #expect(denied.place == "service account w@acme.iam")
  }

  @Test func aWorkforceSignInNamesItselfInAHeader() async throws {
    let file =
      #"{"type":"external_account_authorized_user","client_id":"i d","client_secret":"s","#
      + #""refresh_token":"shh-refresh","token_url":"https://sts.googleapis.com/v1/oauthtoken"}"#
    let project = GCPFakeProject(
      FakeHTTP([GCPSignInTests.good]), access: Self.access, files: ["/ext.json": file])
    _ = try await project.client.credentialSource()
    let request = try #require(project.http.requests.first)
    #expect(request.header("Authorization") == "Basic aSUyMGQ6cw==")
    #expect(GCPSignInTests.fields(request).keys.sorted() == ["grant_type", "refresh_token"])
  }
}
