import Foundation
import Synchronization
import Transfer

@testable import CloudAPI

/// A tenant with a client secret, a manual clock and a scripted network: the sign-in hands out
/// `token-1`, `token-2` …, everything else answers from the script.
struct FakeTenant {
  static let variables = [
    "AZURE_TENANT_ID": "tenant-1", "AZURE_CLIENT_ID": "client-1",
    "AZURE_CLIENT_SECRET": "very~secret",
  ]
  static let subscription = "0f0f0f0f-0000-0000-0000-000000000001"
  static let root = "/subscriptions/0f0f0f0f-0000-0000-0000-000000000001"

  let time: ManualTime
  let calls = CallLog()
  let client: AzureClient
  private let signIns: FakeHTTP
  private let asked: FakeHTTP

  init(
    _ script: FakeHTTP, signIn: FakeHTTP? = nil, time: ManualTime = ManualTime(),
    access: AzureAccess? = nil, files: CredentialFiles = .none,
    run: @escaping @Sendable ([String]) -> Result<String, CredentialProcess.Failure> = { _ in
      .failure(.notStarted(reason: "no processes here"))
    }
  ) {
    self.time = time
    let signIns =
      signIn
      ?? FakeHTTP { _, number in
        .json(
          #"{"token_type":"Bearer","expires_in":3599,"access_token":"token-\#(number + 1)"}"#)
      }
    self.signIns = signIns
    asked = script
    let log = calls
    let inner = (signIns.client, script.client)
    client = AzureClient(
      access: access ?? AzureAccess(environment: Self.variables),
      http: HTTPClient { (request) async throws(HTTPError) in
        try await Self.isSignIn(request) ? inner.0.send(request) : inner.1.send(request)
      }, clock: time.clock, files: files,
      run: CredentialProcess { (arguments, _) async throws(CredentialProcess.Failure) in
        Array(try run(arguments).get().utf8)
      },
      onCall: { action, _, place in log.add("\(action) @ \(place)") })
  }

  init(_ answers: [FakeHTTP.Answer], access: AzureAccess? = nil) {
    self.init(FakeHTTP(answers), access: access)
  }

  /// Sign-ins that were sent.
  var signedIn: [HTTPRequest] { signIns.requests }
  /// Everything else that was sent.
  var requests: [HTTPRequest] { asked.requests }

  private static func isSignIn(_ request: HTTPRequest) -> Bool {
    ["/oauth2/v2.0/token", "/metadata/identity/", "/msi/token"].contains {
      request.url.contains($0)
    }
  }

  /// The error of a call, nil when it went well.
  func failure(_ run: (AzureClient) async throws(CloudError) -> Void) async -> CloudError? {
    do {
      try await run(client)
      return nil
    } catch {
      return error
    }
  }
}
