import CloudAPI
import Transfer
import WatchCore

extension DemoScenario {
  /// Clients of the scenario's Azure and Google Cloud, over the same seam as AWS's: made-up
  /// credentials, no files, no environment, no haste.
  public struct Clients: Sendable {
    public var azure: AzureClient
    public var gcp: GCPClient
  }

  public func clients(
    http: HTTPClient, onAzureCall: @escaping AzureClient.OnCall = { _, _, _ in },
    onGCPCall: @escaping GCPClient.OnCall = { _, _, _ in }
  ) -> Clients {
    var clock = CallClock.live
    clock.sleep = { _ in }
    let azure = AzureClient(
      access: AzureAccess(
        tenantID: azure?.units.account.tenant, source: .environment,
        environment: [
          "AZURE_CLIENT_ID": "5e1f0000-5a5a-4c4c-8d8d-000000000009",
          "AZURE_CLIENT_SECRET": "made-up-for-the-demo",
        ], callSeconds: 600),
      http: http, clock: clock, files: .none, onCall: onAzureCall)
    let gcp = GCPClient(
      access: GCPAccess(source: .file("/demo/credentials.json"), callSeconds: 600), http: http,
      clock: clock, files: Self.googleFiles, onCall: onGCPCall)
    return Clients(azure: azure, gcp: gcp)
  }

  private static let googleFiles = CredentialFiles {
    (path) throws(CredentialFiles.Problem) in
    guard path == "/demo/credentials.json" else { throw .missing }
    return Array(
      """
      {"type": "authorized_user", "client_id": "demo.apps.googleusercontent.com",
       "client_secret": "made-up-for-the-demo", "refresh_token": "made-up-for-the-demo"}
      """.utf8)
  }
}
