import Foundation
import Synchronization
import Transfer

@testable import CloudAPI

/// A Google Cloud with a manual clock, scripted network, files and commands.
struct GCPFakeProject {
  /// A person's credentials: the least that opens every call.
  static let user = #"""
    {"type":"authorized_user","client_id":"id-1","client_secret":"shh-client",
     "refresh_token":"shh-refresh","quota_project_id":null}
    """#
  static let path = "/home/mira/.config/gcloud/application_default_credentials.json"
  static let tokenURL = "https://oauth2.googleapis.com/token"

  let http: FakeHTTP
  let time: ManualTime
  let calls = CallLog()
  let client: GCPClient

  /// Answers of APIs alone: sign-in is answered by itself, with tokens `shh-token-1`, `-2` …
  init(
    _ answers: [FakeHTTP.Answer], time: ManualTime = ManualTime(), access: GCPAccess? = nil,
    files: [String: String] = [path: user]
  ) {
    let counter = Counter()
    self.init(
      FakeHTTP { request, _ in
        if request.url == Self.tokenURL {
          return .google(Self.token("shh-token-\(counter.next("tokens") + 1)"))
        }
        let number = counter.next("calls")
        return number < answers.count
          ? answers[number] : answers.last ?? .failure(.connectFailed(host: "h", detail: ""))
      }, time: time, access: access, files: files)
  }

  init(
    _ http: FakeHTTP, time: ManualTime = ManualTime(), access: GCPAccess? = nil,
    files: [String: String] = [path: user],
    run: @escaping @Sendable ([String]) -> Result<String, CredentialProcess.Failure> = { _ in
      .failure(.notStarted(reason: "it cannot be started"))
    }
  ) {
    self.http = http
    self.time = time
    let log = calls
    client = GCPClient(
      access: access ?? GCPAccess(homeDirectory: "/home/mira"), http: http.client,
      clock: time.clock, files: .fake(files),
      run: CredentialProcess { (arguments, _) async throws(CredentialProcess.Failure) in
        Array(try run(arguments).get().utf8)
      },
      onCall: { log.add("\($1) \($0.rawValue) \($2)") })
  }

  /// What went to APIs: everything but the sign-in.
  var asked: [HTTPRequest] { http.requests.filter { $0.url != Self.tokenURL } }

  static func token(_ text: String, expires: Int = 3_599) -> String {
    #"{"access_token":"\#(text)","expires_in":\#(expires),"token_type":"Bearer"}"#
  }

  static func refusal(
    _ status: Int, _ code: String, reason: String? = nil, permission: String? = nil,
    message: String = "words"
  ) -> String {
    var details = ""
    if let reason {
      let metadata = permission.map { #"{"permission":"\#($0)"}"# } ?? "{}"
      details =
        #","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"\#(reason)","#
        + #""domain":"googleapis.com","metadata":\#(metadata)}]"#
    }
    return #"{"error":{"code":\#(status),"message":"\#(message)","status":"\#(code)"\#(details)}}"#
  }
}

/// Counts by name, from 0.
final class Counter: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  func next(_ name: String) -> Int {
    counts.withLock {
      $0[name, default: -1] += 1
      return $0[name] ?? 0
    }
  }
}

extension Result where Success == HTTPResponse, Failure == HTTPError {
  static func google(
    _ text: String, status: Int = 200, headers: [HTTPHeader] = []
  ) -> Self {
    let fixed = [HTTPHeader("Content-Type", "application/json; charset=UTF-8")]
    return .success(HTTPResponse(status: status, headers: fixed + headers, body: Array(text.utf8)))
  }

  static func refused(_ status: Int, _ code: String, reason: String? = nil) -> Self {
    .google(GCPFakeProject.refusal(status, code, reason: reason), status: status)
  }
}
