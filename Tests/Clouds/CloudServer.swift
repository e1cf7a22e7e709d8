import Foundation
import Posix

/// An AWS for one test: `aws_overlay.py` on loopback, steered over `/_overlay/`.
struct CloudServer: Sendable {
  /// An access key of the overlay's table; every secret there follows from its id.
  struct Keys: Decodable, Sendable {
    var key: String
    var secret: String
  }

  /// One call that reached the server, as it was answered.
  struct Call: Decodable, Sendable {
    var service: String
    var operation: String
    var region: String
    var user: String
    /// Its User-Agent, whole.
    var agent: String
    var status: Int?
  }

  private struct Ready: Decodable {
    var port: UInt16
    var account: String
    var users: [String: Keys]
  }

  private struct Calls: Decodable {
    var calls: [Call]
  }

  let port: UInt16
  let account: String
  let users: [String: Keys]

  var endpoint: String { "http://127.0.0.1:\(port)" }

  /// Runs the server for as long as the body runs; whatever happens, it is gone afterwards.
  static func running<Result: Sendable>(
    _ body: @escaping @Sendable (CloudServer) async throws -> Result
  ) async throws -> Result {
    let python = try CloudsPython()
    let folder = try ScratchFolder()
    let ready = "\(folder.path)/ready.json"
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        let outcome = try await python.run(
          "aws_overlay.py", ["--with-parent", "--ready", ready], deadlineMillis: 1_500_000)
        guard outcome.ending == .cancelled || outcome.succeeded else {
          throw CloudsError.serverEnded(outcome)
        }
        return nil
      }
      group.addTask { try await body(CloudServer(announcedIn: ready)) }
      while let ended = try await group.next() {
        if let result = ended { return result }
      }
      throw CloudsError.notReady
    }
  }

  /// Waits for the server's own word that it listens.
  private init(announcedIn path: String) async throws {
    let limit = ContinuousClock.now + .seconds(240)
    while !FileManager.default.fileExists(atPath: path) {
      guard ContinuousClock.now < limit else { throw CloudsError.notReady }
      try await Task.sleep(for: .milliseconds(20))
    }
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let ready = try JSONDecoder().decode(Ready.self, from: bytes)
    (port, account, users) = (ready.port, ready.account, ready.users)
  }

  /// One request to the overlay itself; the body is JSON as it goes on the wire.
  @discardableResult
  func control(_ method: String, _ path: String, _ body: String = "") async throws -> [UInt8] {
    let answer = try await LoopbackHTTP(port: port).send(method, "/_overlay/\(path)", body: body)
    guard answer.status == 200 else {
      let text = String(decoding: answer.body, as: UTF8.self)
      throw CloudsError.refused(path: path, status: answer.status, body: text)
    }
    return answer.body
  }

  /// From now on, calls that meet these words (`service`, `operation`, `region`, `user`, `prefix`,
  /// `resource`: a text in the call's parameters)
  /// go wrong in the way named by `kind`: see awsoverlay/faults.py.
  func fault(_ kind: String, _ words: [String: String]) async throws {
    let pairs = words.merging(["kind": kind]) { $1 }.map { "\"\($0.key)\": \"\($0.value)\"" }
    try await control("POST", "faults", "{\(pairs.joined(separator: ", "))}")
  }

  func heal() async throws {
    try await control("DELETE", "faults")
  }

  func calls() async throws -> [Call] {
    let body = try await control("GET", "calls")
    return try JSONDecoder().decode(Calls.self, from: Data(body)).calls
  }

  /// The server ends; its port refuses connections from then on.
  func stop() async throws {
    try await control("POST", "stop")
    let limit = ContinuousClock.now + .seconds(120)
    while ContinuousClock.now < limit {
      do {
        _ = try await LoopbackHTTP(port: port).send("GET", "/_overlay/ready")
      } catch LoopbackError.refused {
        return
      } catch {}
      try await Task.sleep(for: .milliseconds(20))
    }
    throw CloudsError.notReady
  }
}
