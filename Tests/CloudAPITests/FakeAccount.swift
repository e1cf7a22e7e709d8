import Synchronization
import Transfer

@testable import CloudAPI

/// Files by path, for reading credentials from.
extension CredentialFiles {
  static func fake(_ files: [String: String]) -> CredentialFiles {
    CredentialFiles { (path) throws(Problem) in
      guard let text = files[path] else { throw .missing }
      return Array(text.utf8)
    }
  }
}

/// An account with fixed keys, a manual clock and a scripted network.
struct FakeAccount {
  static let keys = [
    "AWS_ACCESS_KEY_ID": "AKIAFAKE", "AWS_SECRET_ACCESS_KEY": "very-secret-key",
    "AWS_REGION": "eu-west-1",
  ]

  let http: FakeHTTP
  let time: ManualTime
  let calls = CallLog()
  let client: AWSClient

  init(
    _ http: FakeHTTP, time: ManualTime = ManualTime(), access: AWSAccess? = nil,
    files: CredentialFiles = .none,
    run: @escaping @Sendable ([String]) -> Result<String, CredentialProcess.Failure> = { _ in
      .failure(.notStarted(reason: "no processes here"))
    }
  ) {
    self.http = http
    self.time = time
    let log = calls
    client = AWSClient(
      access: access ?? AWSAccess(environment: Self.keys, homeDirectory: "/home/mira"),
      http: http.client, clock: time.clock, files: files,
      run: CredentialProcess { (arguments, _) async throws(CredentialProcess.Failure) in
        Array(try run(arguments).get().utf8)
      },
      onCall: { log.add("\($0):\($1):\($2)") })
  }
}

/// What `onCall` was told, in order.
final class CallLog: Sendable {
  private let lines = Mutex<[String]>([])

  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}
