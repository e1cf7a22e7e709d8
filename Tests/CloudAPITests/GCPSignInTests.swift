import Crypto
import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Each shape of Application Default Credentials over a scripted network: what is sent, what is made
/// of the answer.
@Suite struct GCPSignInTests {
  static let read = GCPScope.read.audience
  static let list = FakeHTTP.Answer.google("{}")
  static let good = FakeHTTP.Answer.google(GCPFakeProject.token("shh-token"))

  static func access(
    _ environment: [String: String] = [:], source: GCPAccess.Source = .automatic
  ) -> GCPAccess {
    GCPAccess(source: source, environment: environment, homeDirectory: "/home/mira")
  }

  static func fields(_ request: HTTPRequest) -> [String: String] {
    var fields: [String: String] = [:]
    for pair in request.text.split(separator: "&") {
      let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      fields[parts[0]] = PercentEncoding.decode(parts[1])
    }
    return fields
  }

  @Test func aUsersRefreshTokenAsksForNoScopes() async throws {
    let user = GCPFakeProject.user.replacingOccurrences(of: "null", with: "\"acme-bill\"")
    let project = GCPFakeProject(
      FakeHTTP([Self.good, Self.list]), files: [GCPFakeProject.path: user])
    _ = try await project.client.sinks(of: .project("acme-1"))
    let requests = project.http.requests
    #expect(
      requests.map(\.url) == [
        "https://oauth2.googleapis.com/token",
        "https://logging.googleapis.com/v2/projects/acme-1/sinks",
      ])
    #expect(
      Self.fields(requests[0]) == [
        "grant_type": "refresh_token", "client_id": "id-1", "client_secret": "shh-client",
        "refresh_token": "shh-refresh",
      ])
    #expect(requests[0].header("X-Goog-User-Project") == nil)
    #expect(requests[1].header("Authorization") == "Bearer shh-token")
    #expect(requests[1].header("X-Goog-User-Project") == "acme-bill")
    #expect(
      project.calls.all.contains(
        "logging.sinks.list serviceusage.services.use projects/acme-1"))
    #expect(try await project.client.credentialSource() == "user sign-in of \(GCPFakeProject.path)")
  }

  @Test(arguments: ["-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----"])
  func aServiceAccountSignsAClaim(_ kind: String) async throws {
    let pem =
      kind.contains("RSA")
      ? "\(kind)\n\(Data(GCPKeys.bytes(GCPKeys.base64).dropFirst(26)).base64EncodedString())\n"
        + "-----END RSA PRIVATE KEY-----" : GCPKeys.pem
    let project = GCPFakeProject(
      FakeHTTP([Self.good]), access: Self.access(["GOOGLE_APPLICATION_CREDENTIALS": "~/key.json"]),
      files: ["/home/mira/key.json": Self.key(pem: pem)])
    #expect(try await project.client.credentialSource() == "service account w@acme.iam")
    let request = try #require(project.http.requests.first)
    #expect(request.url == "https://oauth2.googleapis.com/token")
    let fields = Self.fields(request)
    #expect(fields["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
    let parts = try #require(fields["assertion"]).split(separator: ".")
    try #require(parts.count == 3)
    let header = try JSONReader.read(GCPKeys.base64URL(parts[0]))
    #expect(header.text == #"{"alg":"RS256","typ":"JWT","kid":"kid-1"}"#)
    let claims = try JSONReader.read(GCPKeys.base64URL(parts[1]))
    #expect(claims["iss"]?.string == "w@acme.iam")
    #expect(claims["aud"]?.string == "https://oauth2.googleapis.com/token")
    #expect(claims["scope"]?.string == Self.read)
    #expect(claims["iat"]?.number == 1_800_000_000)
    #expect(claims["exp"]?.number == 1_800_003_600)
    let key = try RSAPublicKey(der: GCPKeys.publicKey, encoding: .spki)
    #expect(
      key.verifies(
        signature: GCPKeys.base64URL(parts[2]), of: Array("\(parts[0]).\(parts[1])".utf8)))
  }

  @Test func inAnotherUniverseTheClaimIsTheToken() async throws {
    let project = GCPFakeProject(
      FakeHTTP([Self.list]), access: Self.access(source: .file("/key.json")),
      files: ["/key.json": Self.key(extra: #","universe_domain":"apis.example.org""#)])
    _ = try await project.client.sinks(of: .project("a"))
    let request = try #require(project.http.requests.first)
    #expect(request.url == "https://logging.apis.example.org/v2/projects/a/sinks")
    let claim = try #require(request.header("Authorization")).dropFirst("Bearer ".count)
    let claims = try JSONReader.read(GCPKeys.base64URL(claim.split(separator: ".")[1]))
    #expect(claims["sub"]?.string == "w@acme.iam")
    #expect(claims["aud"] == nil)
    #expect(project.http.requests.count == 1)
  }

  @Test func theMetadataServerMustSayThatItIsOne() async throws {
    let flavor = HTTPHeader("Metadata-Flavor", "Google")
    let answer = FakeHTTP.Answer.google(
      GCPFakeProject.token("shh-vm", expires: 900), headers: [flavor])
    let access = Self.access(["GCE_METADATA_HOST": "127.0.0.1:8099"], source: .metadata)
    let project = GCPFakeProject(FakeHTTP([answer]), access: access, files: [:])
    #expect(try await project.client.credentialSource() == "the metadata server")
    let request = try #require(project.http.requests.first)
    #expect(
      request.url.hasPrefix(
        "http://127.0.0.1:8099/computeMetadata/v1/instance/service-accounts/default/token?scopes="))
    #expect(request.url.contains("logging.read%2Chttps%3A"))
    #expect(request.header("Metadata-Flavor") == "Google")
    let impostor = GCPFakeProject(FakeHTTP([Self.good]), access: access, files: [:])
    await Self.expect(
      impostor,
      .signIn(
        .sourceFailed(
          source: "the metadata server", reason: "what answers at its address is something else")))
  }

  @Test func withoutAnythingItSaysWhereItLooked() async throws {
    let project = GCPFakeProject(
      FakeHTTP([.failure(.nameNotResolved(host: "metadata.google.internal"))]), files: [:])
    await Self.expect(
      project,
      .signIn(
        .nothingConfigured(
          cloud: "Google Cloud",
          tried: [
            "GOOGLE_APPLICATION_CREDENTIALS (not set)",
            "\(GCPFakeProject.path) (no such file)",
            "the metadata server (its name cannot be looked up)",
            "gcloud (it cannot be started)",
          ])))
    #expect(project.http.requests.map(\.limits.totalMillis) == [3_000])
  }

  @Test func gcloudIsTheLastResort() async throws {
    let project = GCPFakeProject(
      FakeHTTP([Self.list]), access: Self.access(["NO_GCE_CHECK": "true"]), files: [:],
      run: { arguments in
        arguments == ["gcloud", "auth", "print-access-token"]
          ? .success("shh-gcloud\n") : .failure(.exited(status: 2))
      })
    _ = try await project.client.sinks(of: .project("a"))
    #expect(project.http.requests.map { $0.header("Authorization") } == ["Bearer shh-gcloud"])
  }

  @Test(arguments: ["", "two words", "a\nb", "é"])
  func gcloudMustPrintOneToken(_ output: String) async {
    let project = GCPFakeProject(
      FakeHTTP([Self.list]), access: Self.access(source: .gcloud), files: [:],
      run: { _ in .success(output) })
    await Self.expect(
      project, .signIn(.sourceFailed(source: "gcloud", reason: "its output is not one token")))
    #expect(project.http.requests.isEmpty)
  }

  static func key(pem: String = GCPKeys.pem, extra: String = "") -> String {
    let text = JSONValue.string(pem).text
    return #"{"type":"service_account","client_email":"w@acme.iam","private_key_id":"kid-1","#
      + #""private_key":\#(text)\#(extra)}"#
  }

  static func expect(_ project: GCPFakeProject, _ wanted: CloudError) async {
    await #expect(throws: wanted) { try await project.client.credentialSource() }
  }
}
