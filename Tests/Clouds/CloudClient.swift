import CloudAPI
import Transfer

/// An account's client as the program makes it, but for where it finds keys and files.
struct CloudClient: Sendable {
  let server: CloudServer
  private let http: HTTPClient

  /// Tests of other things do not wait for a retry.
  static let hasty = Backoff(firstSeconds: 0.01, throttledSeconds: 0.01, longestSeconds: 0.05)
  static let home = "/home/mira"

  init(_ server: CloudServer) throws {
    self.server = server
    http = try CurlTransfer.client()
  }

  /// - Parameters:
  ///   - variables: The whole environment; nil for the keys of the user `watchkeeper`.
  ///   - files: Path and text; there are no others.
  func client(
    variables: [String: String]? = nil, files: [String: String] = [:], roleARN: String? = nil,
    externalID: String? = nil, callSeconds: Double = 120,
    backoff: Backoff = hasty
  ) -> AWSClient {
    let access = AWSAccess(
      roleARN: roleARN, externalID: externalID, sessionName: "night-watch", region: "us-east-1",
      endpoint: server.endpoint, environment: variables ?? keys("watchkeeper"),
      homeDirectory: Self.home, callSeconds: callSeconds,
      backoff: backoff)
    let found = CredentialFiles { (path) throws(CredentialFiles.Problem) in
      guard let text = files[path] else { throw .missing }
      return Array(text.utf8)
    }
    return AWSClient(access: access, http: http, files: found)
  }

  /// The environment of somebody whom the overlay knows.
  func keys(_ user: String) -> [String: String] {
    let keys = server.users[user]
    return ["AWS_ACCESS_KEY_ID": keys?.key ?? "", "AWS_SECRET_ACCESS_KEY": keys?.secret ?? ""]
  }
}
