import Testing

@testable import CloudAPI

/// Which source wins, as tables: environment, files and settings in, recipe or error out.
@Suite struct CredentialPlanTests {
  static let config = """
    [default]
    region = eu-central-1
    [profile keys]
    aws_access_key_id = AKIAPROFILE
    aws_secret_access_key = s
    aws_session_token = t
    credential_process = never
    [profile half]
    aws_access_key_id = AKIAHALF
    [profile role]
    role_arn = arn:aws:iam::1:role/a
    source_profile = keys
    external_id = e
    role_session_name = n
    duration_seconds = 900
    [profile self]
    role_arn = arn:aws:iam::1:role/a
    source_profile = self
    aws_access_key_id = AKIASELF
    aws_secret_access_key = s
    [profile chain]
    role_arn = arn:aws:iam::1:role/b
    source_profile = role
    [profile loop1]
    role_arn = arn:aws:iam::1:role/1
    source_profile = loop2
    [profile loop2]
    role_arn = arn:aws:iam::1:role/2
    source_profile = loop1
    [profile mfa]
    role_arn = arn:aws:iam::1:role/a
    source_profile = keys
    mfa_serial = arn:aws:iam::1:mfa/mira
    [profile lost]
    role_arn = arn:aws:iam::1:role/a
    source_profile = nowhere
    [profile empty-source]
    role_arn = arn:aws:iam::1:role/a
    source_profile = default
    [profile no-source]
    role_arn = arn:aws:iam::1:role/a
    [profile both]
    role_arn = arn:aws:iam::1:role/a
    source_profile = keys
    credential_source = Environment
    [profile from-env]
    role_arn = arn:aws:iam::1:role/a
    credential_source = Environment
    [profile from-instance]
    role_arn = arn:aws:iam::1:role/a
    credential_source = Ec2InstanceMetadata
    [profile from-container]
    role_arn = arn:aws:iam::1:role/a
    credential_source = EcsContainer
    [profile from-moon]
    role_arn = arn:aws:iam::1:role/a
    credential_source = Moon
    [profile short]
    role_arn = arn:aws:iam::1:role/a
    source_profile = keys
    duration_seconds = 60
    [profile web]
    role_arn = arn:aws:iam::1:role/a
    web_identity_token_file = ~/token
    [profile sso]
    sso_session = corp
    sso_account_id = 111122223333
    sso_role_name = Audit
    [profile sso-old]
    sso_start_url = https://old.awsapps.com/start
    sso_region = us-east-1
    sso_account_id = 111122223333
    sso_role_name = Audit
    [profile sso-lost]
    sso_session = gone
    [sso-session corp]
    sso_region = eu-west-1
    sso_start_url = https://corp.awsapps.com/start
    [profile process]
    credential_process = /usr/bin/tool --x "a b"
    """

  static let env = ["AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"]
  static let role = RoleRequest(arn: "arn:aws:iam::1:role/a", sessionName: "watchkeeper")
  static let fullRole = RoleRequest(
    arn: "arn:aws:iam::1:role/a", sessionName: "n", externalID: Secret("e"), durationSeconds: 900)
  static let relative = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"]
  static let agent = CredentialRecipe.container(ContainerSource(url: "http://169.254.170.2/v2/x"))

  static func keys(_ id: String, _ source: String, token: String? = nil) -> CredentialRecipe {
    .keys(
      AWSCredentials(
        accessKeyID: id, secretAccessKey: Secret("s"), sessionToken: token.map { Secret($0) },
        source: source))
  }

  static let profileKeys = keys("AKIAPROFILE", "profile keys", token: "t")

  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var access: AWSAccess
    var wanted: CredentialRecipe
    var testDescription: String { name }

    init(
      _ name: String, profile: String? = nil, roleARN: String? = nil, externalID: String? = nil,
      env: [String: String] = [:], _ wanted: CredentialRecipe
    ) {
      self.name = name
      access = AWSAccess(
        profile: profile, roleARN: roleARN, externalID: externalID, environment: env,
        homeDirectory: "/home/mira")
      self.wanted = wanted
    }
  }

  @Test(arguments: [
    Row("environment", env: env, keys("AKIAENV", "environment")),
    Row(
      "environment with token", env: env.merging(["AWS_SESSION_TOKEN": "t"]) { $1 },
      keys("AKIAENV", "environment", token: "t")),
    Row(
      "environment beats AWS_PROFILE", env: env.merging(["AWS_PROFILE": "keys"]) { $1 },
      keys("AKIAENV", "environment")),
    Row("a chosen profile beats the environment", profile: "keys", env: env, profileKeys),
    Row("AWS_PROFILE", env: ["AWS_PROFILE": "keys"], profileKeys),
    Row("role of a profile", profile: "role", .role(fullRole, from: profileKeys)),
    Row(
      "a profile may be its own source", profile: "self",
      .role(role, from: keys("AKIASELF", "profile self"))),
    Row(
      "role of a role", profile: "chain",
      .role(
        RoleRequest(arn: "arn:aws:iam::1:role/b", sessionName: "watchkeeper"),
        from: .role(fullRole, from: profileKeys))),
    Row(
      "role from the environment", profile: "from-env", env: env,
      .role(role, from: keys("AKIAENV", "environment"))),
    Row(
      "role from the instance", profile: "from-instance",
      .role(role, from: .instance(isLastResort: false))),
    Row(
      "role from the container", profile: "from-container", env: relative,
      .role(role, from: agent)),
    Row(
      "web identity of a profile", profile: "web", .webIdentity(role, tokenFile: "/home/mira/token")
    ),
    Row(
      "web identity in the environment",
      env: [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/token", "AWS_ROLE_ARN": "arn:aws:iam::1:role/a",
        "AWS_ROLE_SESSION_NAME": "pod",
      ],
      .webIdentity(
        RoleRequest(arn: "arn:aws:iam::1:role/a", sessionName: "pod"), tokenFile: "/var/run/token")),
    Row(
      "SSO session", profile: "sso",
      .sso(
        SSOLogin(
          profile: "sso", cacheName: "corp", region: "eu-west-1", accountID: "111122223333",
          roleName: "Audit"))),
    Row(
      "SSO, old form", profile: "sso-old",
      .sso(
        SSOLogin(
          profile: "sso-old", cacheName: "https://old.awsapps.com/start", region: "us-east-1",
          accountID: "111122223333", roleName: "Audit"))),
    Row(
      "process", profile: "process",
      .process(
        command: Secret("/usr/bin/tool --x \"a b\""),
        source: "credential_process of profile process")),
    Row("container", env: relative, agent),
    Row(
      "container, full, with token file",
      env: [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/t", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "u",
      ],
      .container(
        ContainerSource(
          url: "http://169.254.170.23/v1/credentials", tokenFile: "/t", token: Secret("u")))),
    Row("instance at last", .instance(isLastResort: true)),
    Row("a profile without keys falls through", profile: "default", .instance(isLastResort: true)),
    Row(
      "configured role on top", roleARN: "arn:aws:iam::1:role/a", externalID: "e", env: env,
      .role(
        RoleRequest(
          arn: "arn:aws:iam::1:role/a", sessionName: "watchkeeper", externalID: Secret("e")),
        from: keys("AKIAENV", "environment"))),
  ])
  func chooses(_ row: Row) throws {
    #expect(try plan(row.access).recipe() == row.wanted)
  }

  struct Failure: Sendable, CustomTestStringConvertible {
    var access: AWSAccess
    var error: CredentialError
    var testDescription: String { error.plain }

    init(profile: String? = nil, env: [String: String] = [:], _ error: CredentialError) {
      access = AWSAccess(profile: profile, environment: env, homeDirectory: "/home/mira")
      self.error = error
    }
  }

  @Test(arguments: [
    Failure(
      env: ["AWS_ACCESS_KEY_ID": "A"],
      .incomplete(source: "environment", missing: "AWS_SECRET_ACCESS_KEY")),
    Failure(
      env: ["AWS_SECRET_ACCESS_KEY": "A"],
      .incomplete(source: "environment", missing: "AWS_ACCESS_KEY_ID")),
    Failure(
      profile: "half", .incomplete(source: "profile half", missing: "aws_secret_access_key")),
    Failure(profile: "mfa", .needsPerson(source: "profile mfa", setting: "mfa_serial")),
    Failure(profile: "loop1", .profileLoop(["loop1", "loop2", "loop1"])),
    Failure(profile: "lost", .noProfile("nowhere")),
    Failure(
      profile: "empty-source",
      .incomplete(source: "profile default", missing: "keys, a sign-in or a command")),
    Failure(
      profile: "no-source",
      .incomplete(source: "profile no-source", missing: "source_profile or credential_source")),
    Failure(
      profile: "both",
      .badSetting(
        source: "profile both", setting: "credential_source",
        reason: "source_profile is set as well")
    ),
    Failure(
      profile: "from-env", .incomplete(source: "environment", missing: "AWS_ACCESS_KEY_ID")),
    Failure(
      profile: "from-moon",
      .badSetting(
        source: "profile from-moon", setting: "credential_source",
        reason: "it is none of Environment, Ec2InstanceMetadata, EcsContainer")),
    Failure(
      profile: "short",
      .badSetting(
        source: "profile short", setting: "duration_seconds", reason: "it is not 900 to 43200")),
    Failure(
      profile: "sso-lost",
      .incomplete(source: "profile sso-lost", missing: "a section [sso-session gone]")),
    Failure(
      env: ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t"],
      .incomplete(source: "environment", missing: "AWS_ROLE_ARN")),
    Failure(
      env: ["AWS_EC2_METADATA_DISABLED": "TRUE"],
      .nothingConfigured(
        tried: [
          "environment (not set)", "profile default (without keys)", "web identity (not set)",
          "container (not set)", "instance metadata (switched off)",
        ])),
    Failure(
      env: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "@evil.com/"],
      .badSetting(
        source: "environment", setting: "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        reason: "it does not start with /")),
  ])
  func explains(_ row: Failure) {
    #expect(throws: row.error) { try plan(row.access).recipe() }
  }

  @Test(arguments: [
    ("http://127.0.0.1:80/x", true), ("http://127.9.9.9/", true), ("http://localhost/", true),
    ("http://[::1]/", true), ("http://169.254.170.23/", true), ("http://[fd00:ec2::23]/", true),
    ("https://anywhere.example/", true), ("http://10.0.0.1/", false), ("http://127.1/", false),
    ("http://0x7f.0.0.1/", false), ("http://127.0.0.1.evil.com/", false),
    ("http://localhost.evil.com/", false), ("http://127.0.0.01/", false), ("http://[::2]/", false),
    ("http://169.253.1.1/", false),
  ])
  func tokensGoOnlyToNearPlainAddresses(_ url: String, _ isAllowed: Bool) {
    let access = AWSAccess(
      environment: ["AWS_CONTAINER_CREDENTIALS_FULL_URI": url], homeDirectory: "/home/mira")
    let host = URLParts(url)?.host ?? ""
    if isAllowed {
      #expect((try? plan(access).recipe()) == .container(ContainerSource(url: url)))
    } else {
      #expect(
        throws: CredentialError.addressNotAllowed(
          setting: "AWS_CONTAINER_CREDENTIALS_FULL_URI", host: host)
      ) { try plan(access).recipe() }
    }
  }

  private func plan(_ access: AWSAccess) throws -> CredentialPlan {
    let files = CredentialFiles.fake(["/home/mira/.aws/config": Self.config])
    return CredentialPlan(settings: try AWSSettings(access: access, files: files))
  }
}
