@testable import CloudAPI

/// The places in which people keep their keys, each as the overlay's account has it, and whom
/// Event history names when they are used.
enum CredentialSource: String, CaseIterable, Sendable {
  case environment, profile, role, accountRole, webIdentity, container, instance, process, signIn

  /// Event history's Username.
  var caller: String {
    switch self {
    case .environment, .profile: "watchkeeper"
    case .role: "by-profile"
    case .accountRole: "night-watch"
    case .webIdentity: "by-token"
    case .container: "watchkeeper-task"
    case .instance: "watchkeeper-host"
    case .process: "ops"
    case .signIn: "mira"
    }
  }

  static let externalID = "acme-7"
  static let roleARN = "arn:aws:iam::123456789012:role/Audit"

  func variables(_ cloud: CloudClient) -> [String: String] {
    let endpoint = cloud.server.endpoint
    switch self {
    case .environment, .accountRole: return cloud.keys("watchkeeper")
    case .profile, .role, .process, .signIn: return ["AWS_PROFILE": "audit"]
    case .webIdentity:
      return [
        "AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/token", "AWS_ROLE_ARN": Self.roleARN,
        "AWS_ROLE_SESSION_NAME": "by-token",
      ]
    case .container:
      return [
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": "\(endpoint)/v2/credentials/watchkeeper",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "container-agent-token",
      ]
    case .instance: return ["AWS_EC2_METADATA_SERVICE_ENDPOINT": endpoint]
    }
  }

  func files(_ cloud: CloudClient) -> [String: String] {
    let config = "\(CloudClient.home)/.aws/config"
    let credentials = "\(CloudClient.home)/.aws/credentials"
    switch self {
    case .environment, .accountRole, .container, .instance: return [:]
    case .webIdentity: return ["/var/run/token": "eyJhbGciOiJub25lIn0.e30.\n"]
    case .profile: return [credentials: section("audit", cloud, "watchkeeper")]
    case .role:
      let text = """
        [profile audit]
        role_arn = \(Self.roleARN)
        role_session_name = by-profile
        external_id = \(Self.externalID)
        source_profile = base
        """
      return [config: text, credentials: section("base", cloud, "watchkeeper")]
    case .process:
      let keys = cloud.server.users["ops"]
      let json =
        #"{"Version": 1, "AccessKeyId": "\#(keys?.key ?? "")", "#
        + #""SecretAccessKey": "\#(keys?.secret ?? "")"}"#
      return [config: "[profile audit]\ncredential_process = /bin/echo '\(json)'\n"]
    case .signIn:
      let text = """
        [sso-session corp]
        sso_start_url = https://corp.example/start
        sso_region = us-east-1
        [profile audit]
        sso_session = corp
        sso_account_id = 123456789012
        sso_role_name = Audit
        """
      let login = #"{"accessToken": "sign-in-token", "expiresAt": "2099-01-01T00:00:00Z"}"#
      let name = SHA1.hex(Array("corp".utf8))
      return [config: text, "\(CloudClient.home)/.aws/sso/cache/\(name).json": login]
    }
  }

  func client(_ cloud: CloudClient) -> AWSClient {
    let assumes = self == .accountRole
    return cloud.client(
      variables: variables(cloud), files: files(cloud), roleARN: assumes ? Self.roleARN : nil,
      externalID: assumes ? Self.externalID : nil)
  }

  private func section(_ name: String, _ cloud: CloudClient, _ user: String) -> String {
    let keys = cloud.server.users[user]
    return """
      [\(name)]
      aws_access_key_id = \(keys?.key ?? "")
      aws_secret_access_key = \(keys?.secret ?? "")

      """
  }
}
