import Foundation
import Testing
import Transfer

@testable import CloudAPI

/// Each source, asked over a scripted network: what is sent, what is made of the answer.
@Suite struct CredentialFetchTests {
  static let expiry = "2027-01-15T09:00:00Z"  // an hour after the manual clock's start

  static func assumed(_ operation: String, id: String = "ASIAROLE") -> FakeHTTP.Answer {
    .xml(
      """
      <\(operation)Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
       <\(operation)Result><Credentials><AccessKeyId>\(id)</AccessKeyId>
        <SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken>
        <Expiration>\(expiry)</Expiration></Credentials></\(operation)Result>
      </\(operation)Response>
      """)
  }

  static func agent(_ expiry: String = expiry) -> FakeHTTP.Answer {
    .json(
      #"{"Code":"Success","AccessKeyId":"ASIAAGENT","SecretAccessKey":"s","Token":"t","#
        + #""Expiration":"\#(expiry)"}"#)
  }

  static func access(_ environment: [String: String], profile: String? = nil) -> AWSAccess {
    AWSAccess(
      profile: profile, environment: environment.merging(["AWS_REGION": "eu-west-1"]) { $1 },
      homeDirectory: "/home/mira")
  }

  private func failure(_ account: FakeAccount) async -> AWSError? {
    do {
      _ = try await account.client.credentialSource()
      return nil
    } catch {
      return error
    }
  }

  @Test func roleIsAssumedWithTheBaseKeys() async throws {
    var access = AWSAccess(environment: FakeAccount.keys)
    access.roleARN = "arn:aws:iam::444455556666:role/watchkeeper"
    access.externalID = "ext=1"
    let account = FakeAccount(FakeHTTP([Self.assumed("AssumeRole")]), access: access)
    let found = try await account.client.credentialSource()
    #expect(found == ("ASIAROLE", "role arn:aws:iam::444455556666:role/watchkeeper"))
    let request = try #require(account.http.requests.first)
    #expect(
      request.text == "Action=AssumeRole&Version=2011-06-15"
        + "&RoleArn=arn%3Aaws%3Aiam%3A%3A444455556666%3Arole%2Fwatchkeeper"
        + "&RoleSessionName=watchkeeper&ExternalId=ext%3D1")
    #expect(request.header("Authorization")?.contains("Credential=AKIAFAKE/") == true)
    #expect(account.calls.all == ["sts:AssumeRole:eu-west-1"])
  }

  @Test func aRefusedRoleIsDeniedByName() async {
    var access = AWSAccess(environment: FakeAccount.keys)
    access.roleARN = "arn:aws:iam::1:role/x"
    let answer = AWSExchangeTests.refused("AccessDenied", status: 403)
    let error = await failure(FakeAccount(FakeHTTP([answer]), access: access))
    guard case .denied(let denied) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(denied.operation == "AssumeRole")
  }

  @Test func webIdentityIsNotSigned() async throws {
    let access = Self.access([
      "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/x",
    ])
    let account = FakeAccount(
      FakeHTTP([Self.assumed("AssumeRoleWithWebIdentity")]), access: access,
      files: .fake(["/token": "eyJ.a.b\n"]))
    #expect(try await account.client.credentialSource().accessKeyID == "ASIAROLE")
    let request = try #require(account.http.requests.first)
    #expect(request.text.hasSuffix("&WebIdentityToken=eyJ.a.b"))
    #expect(request.header("Authorization") == nil)
  }

  @Test(arguments: ["", "  \n", "a\r\nX-Evil: 1"])
  func webIdentityFilesMustHoldOneToken(_ text: String) async {
    let access = Self.access([
      "AWS_WEB_IDENTITY_TOKEN_FILE": "/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/x",
    ])
    let account = FakeAccount(FakeHTTP([]), access: access, files: .fake(["/token": text]))
    let wanted = AWSError.credentials(
      .sourceFailed(source: "web identity", reason: "/token holds no token"))
    #expect(await failure(account) == wanted)
  }

  @Test func containerSendsItsToken() async throws {
    let access = Self.access([
      "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
      "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
    ])
    let account = FakeAccount(
      FakeHTTP([Self.agent()]), access: access, files: .fake(["/token": "abc\n"]))
    #expect(try await account.client.credentialSource() == ("ASIAAGENT", "container credentials"))
    #expect(account.http.requests.first?.header("Authorization") == "abc")
    #expect(account.calls.all.isEmpty)
  }

  @Test(arguments: [
    (FakeHTTP.Answer.json("{}", status: 403), "the agent answered with HTTP 403", 1),
    (.json("{}", status: 500), "the agent answered with HTTP 500", 3),
    (.json("<html>"), "the agent's answer is not JSON", 1),
    (.json("{}"), "the answer holds no complete keys", 1),
    (.json(#"{"AccessKeyId":"a","SecretAccessKey":"s"}"#), "the answer has no Expiration", 1),
    (agent("soon"), "the answer's Expiration is not a time", 1),
  ])
  func containerFailures(_ answer: FakeHTTP.Answer, _ reason: String, _ tries: Int) async {
    let account = FakeAccount(
      FakeHTTP([answer]), access: Self.access(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"]))
    let wanted = CredentialError.sourceFailed(source: "container credentials", reason: reason)
    #expect(await failure(account) == .credentials(wanted))
    #expect(account.http.requests.count == tries)
  }

  @Test func instanceUsesVersionTwo() async throws {
    let http = FakeHTTP([
      .bytes(Array("tok".utf8)), .bytes(Array("role name\n".utf8)), Self.agent(),
    ])
    let account = FakeAccount(http, access: Self.access([:]))
    #expect(try await account.client.credentialSource() == ("ASIAAGENT", "instance metadata"))
    #expect(
      http.requests.map { "\($0.method) \($0.url)" } == [
        "PUT http://169.254.169.254/latest/api/token",
        "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "GET http://169.254.169.254/latest/meta-data/iam/security-credentials/role%20name",
      ])
    #expect(http.requests.map { $0.header("X-aws-ec2-metadata-token") } == [nil, "tok", "tok"])
    #expect(http.requests.allSatisfy { $0.limits.totalMillis == 1_000 })
  }

  @Test func instanceNeverFallsBackToVersionOne() async {
    let http = FakeHTTP([
      .bytes(Array("no".utf8), status: 403), .bytes(Array("role".utf8)), Self.agent(),
    ])
    let found = await failure(FakeAccount(http, access: Self.access([:])))
    #expect(
      found?.plain
        == "No AWS credentials: run aws configure or aws sso login, or name a profile in the "
        + "configuration. Tried: environment (not set), profile default (missing), "
        + "web identity (not set), container (not set), instance metadata (no session token (HTTP "
        + "403); version 1 is not used instead).")
    #expect(http.requests.count == 1)
  }

  @Test func instanceMetadataMayBeMovedMultipliedAndOff() async {
    let timeout = FakeHTTP.Answer.failure(.timedOut(afterMillis: 2_000))
    let http = FakeHTTP([timeout])
    let environment = [
      "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE": "IPv6", "AWS_METADATA_SERVICE_TIMEOUT": "2",
      "AWS_METADATA_SERVICE_NUM_ATTEMPTS": "3",
    ]
    let account = FakeAccount(http, access: Self.access(environment))
    #expect(
      await failure(account)
        == .credentials(
          .nothingConfigured(
            tried: [
              "environment (not set)", "profile default (missing)", "web identity (not set)",
              "container (not set)", "instance metadata (no answer)",
            ])))
    #expect(
      http.requests.map(\.url)
        == Array(repeating: "http://[fd00:ec2::254]/latest/api/token", count: 3))
    #expect(http.requests.allSatisfy { $0.limits.totalMillis == 2_000 })
    let far = Self.access(["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://evil.example/"])
    let wanted = CredentialError.addressNotAllowed(
      setting: "AWS_EC2_METADATA_SERVICE_ENDPOINT", host: "evil.example")
    #expect(await failure(FakeAccount(FakeHTTP([]), access: far)) == .credentials(wanted))
  }

  @Test func aWantedInstanceThatIsSilentTellsOfTheHopLimit() async {
    let config =
      "[profile p]\nrole_arn = arn:aws:iam::1:role/x\ncredential_source = Ec2InstanceMetadata"
    let account = FakeAccount(
      FakeHTTP([.failure(.timedOut(afterMillis: 1_000))]), access: Self.access([:], profile: "p"),
      files: .fake(["/home/mira/.aws/config": config]))
    #expect(await failure(account)?.plain.contains("hop limit must be at least 2") == true)
  }

  static let processFiles = CredentialFiles.fake([
    "/home/mira/.aws/config": "[profile p]\ncredential_process = /bin/tool 'a b' --c=\"d\""
  ])

  private func process(
    _ output: Result<String, CredentialProcess.Failure>
  ) -> FakeAccount {
    FakeAccount(
      FakeHTTP([]), access: Self.access([:], profile: "p"), files: Self.processFiles,
      run: { words in
        words == ["/bin/tool", "a b", "--c=d"] ? output : .failure(.exited(status: 99))
      })
  }

  @Test func processGetsItsWordsWithoutAShell() async throws {
    let account = process(
      .success(#"{"Version":1,"AccessKeyId":"ASIAPROC","SecretAccessKey":"s","SessionToken":"t"}"#))
    let found = try await account.client.credentialSource()
    #expect(found == ("ASIAPROC", "credential_process of profile p"))
  }

  @Test(arguments: [
    (
      Result<String, CredentialProcess.Failure>.failure(.exited(status: 7)),
      "it ended with status 7"
    ),
    (.failure(.killed(reason: "it took longer than 30 s")), "it took longer than 30 s"),
    (.success("hush-secret"), "its output is not JSON of version 1"),
    (
      .success(#"{"Version":2,"AccessKeyId":"a","SecretAccessKey":"hush"}"#),
      "its output is not JSON of version 1"
    ),
    (.success(#"{"Version":1,"AccessKeyId":"a"}"#), "the answer holds no complete keys"),
    (
      .success(#"{"Version":1,"AccessKeyId":"a","SecretAccessKey":"hush","Expiration":"x"}"#),
      "the answer's Expiration is not a time"
    ),
  ])
  func processFailures(
    _ output: Result<String, CredentialProcess.Failure>, _ reason: String
  ) async {
    let error = await failure(process(output))
    let wanted = CredentialError.sourceFailed(
      source: "credential_process of profile p", reason: reason)
    #expect(error == .credentials(wanted))
    #expect(error.map { "\($0) \($0.plain)" }?.contains("hush") == false)
  }

  static let ssoConfig = """
    [profile p]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = Audit
    [sso-session corp]
    sso_region = eu-north-1
    sso_start_url = https://corp.awsapps.com/start
    """
  /// sha1("corp")
  static let ssoPath = "/home/mira/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"

  private func sso(_ cache: String?, _ answers: [FakeHTTP.Answer]) -> FakeAccount {
    var files = ["/home/mira/.aws/config": Self.ssoConfig]
    files[Self.ssoPath] = cache
    return FakeAccount(
      FakeHTTP(answers), access: Self.access([:], profile: "p"), files: .fake(files))
  }

  @Test func signInUsesTheCachedToken() async throws {
    let account = sso(
      #"{"accessToken":"tok","expiresAt":"2027-01-15T20:00:00Z","region":"x"}"#,
      [
        .json(
          #"{"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","#
            + #""sessionToken":"t","expiration":1800003600000}}"#)
      ])
    let found = try await account.client.credentialSource()
    #expect(found == ("ASIASSO", "SSO sign-in of profile p"))
    let request = try #require(account.http.requests.first)
    #expect(
      request.url == "https://portal.sso.eu-north-1.amazonaws.com/federation/credentials"
        + "?role_name=Audit&account_id=111122223333")
    #expect(request.header("x-amz-sso_bearer_token") == "tok")
    #expect(request.header("Authorization") == nil)
  }

  @Test(arguments: [
    (String?.none, "has not been made"), ("{}", "cannot be read"), ("<html>", "cannot be read"),
    (#"{"accessToken":"hush","expiresAt":"2027-01-15T07:59:59Z"}"#, "has expired"),
    (#"{"accessToken":"hush","expiresAt":"2027-01-15T07:59:59UTC"}"#, "has expired"),
    (#"{"accessToken":"hush\r\nX: y","expiresAt":"2028-01-15T07:59:59Z"}"#, "cannot be read"),
    (#"{"accessToken":"hush","expiresAt":"2027-01-15T20:00:00Z"}"#, "is no longer valid"),
  ])
  func aMissingSignInSaysWhatToDo(_ cache: String?, _ reason: String) async {
    let refusal = FakeHTTP.Answer.json(
      #"{"message":"Session token not found or invalid"}"#, status: 401,
      headers: [HTTPHeader("x-amzn-ErrorType", "UnauthorizedException")])
    let error = await failure(sso(cache, [refusal]))
    #expect(error == .credentials(.loginNeeded(profile: "p", reason: reason)))
    #expect(error?.plain.hasSuffix("Run: aws sso login --profile p") == true)
  }
}
