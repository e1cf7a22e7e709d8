import Foundation
import Posix

/// An Azure or a Google Cloud for one test: `strict_clouds.py` on loopback, a port for each service,
/// steered over `/_control/`. What the published schemas do not know, it refuses.
struct StrictCloud: Sendable {
  enum Kind: String, Sendable {
    case azure, gcp
  }

  /// What the server says of itself: its endpoints, and who and what is in the default estate.
  struct Facts: Decodable, Sendable {
    /// By service: `arm`, `loganalytics`, `logging`, `pubsub` …
    var endpoints: [String: String]
    // Azure
    var tenant: String?
    var client: String?
    var secret: String?
    /// By label: `dev`, `test`.
    var subscriptions: [String: String]?
    /// ARM ids.
    var workspace: String?
    var store: String?
    var vaults: [String: String]?
    /// The workspace's `customerId`.
    var customer: String?
    var queue: String?
    // Google Cloud
    /// Numbers by id.
    var projects: [String: String]?
    var organization: String?
    var folder: String?
    var archive: String?
    /// `projects/acme-analytics/subscriptions/watchkeeper`.
    var subscription: String?
  }

  /// One call that reached the server, as it was answered.
  struct Call: Decodable, Sendable {
    var service: String
    var operation: String
    var method: String
    var permissions: [String]
    var scope: String
    var write: Bool
    var status: Int?
    /// Made before a Retry-After had run out.
    var early: Bool?
  }

  private struct Calls: Decodable {
    var calls: [Call]
  }

  let kind: Kind
  let facts: Facts
  private let port: UInt16

  /// Runs the server for as long as the body runs; whatever happens, it is gone afterwards.
  static func running<Result: Sendable>(
    _ kind: Kind, _ body: @escaping @Sendable (StrictCloud) async throws -> Result
  ) async throws -> Result {
    let python = try CloudsPython()
    let folder = try ScratchFolder()
    let ready = "\(folder.path)/ready.json"
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      defer { group.cancelAll() }
      group.addTask {
        let outcome = try await python.run(
          "strict_clouds.py", [kind.rawValue, "--with-parent", "--ready", ready],
          deadlineMillis: 1_500_000)
        guard outcome.ending == .cancelled || outcome.succeeded else {
          throw CloudsError.serverEnded(outcome)
        }
        return nil
      }
      group.addTask { try await body(StrictCloud(kind, announcedIn: ready)) }
      while let ended = try await group.next() {
        if let result = ended { return result }
      }
      throw CloudsError.notReady
    }
  }

  /// Waits for the server's own word that it listens.
  private init(_ kind: Kind, announcedIn path: String) async throws {
    let limit = ContinuousClock.now + .seconds(240)
    while !FileManager.default.fileExists(atPath: path) {
      guard ContinuousClock.now < limit else { throw CloudsError.notReady }
      try await Task.sleep(for: .milliseconds(20))
    }
    self.kind = kind
    facts = try JSONDecoder().decode(
      Facts.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    let any = facts.endpoints.values.first.flatMap { URL(string: $0)?.port }
    guard let port = any.flatMap(UInt16.init(exactly:)) else { throw CloudsError.notReady }
    self.port = port
  }

  /// One request to the server itself; the body is JSON as it goes on the wire.
  @discardableResult
  func control(_ method: String, _ path: String, _ body: String = "") async throws -> [UInt8] {
    let answer = try await LoopbackHTTP(port: port).send(method, "/_control/\(path)", body: body)
    guard answer.status == 200 else {
      let text = String(decoding: answer.body, as: UTF8.self)
      throw CloudsError.refused(path: path, status: answer.status, body: text)
    }
    return answer.body
  }

  /// Somebody changes something: see the lists in `strictclouds/azure/changes.py` and
  /// `strictclouds/gcp/changes.py`.
  /// - Parameter more: `subscription` (dev, test) or `project`, and what the change takes.
  func change(_ name: String, as person: String = "dev", _ more: [String: String] = [:])
    async throws
  {
    try await control("POST", "change", Self.object(["change": name, "as": person], more))
  }

  /// From now on this permission (a pattern) is not held, below that resource or everywhere.
  func deny(_ permission: String, scope: String = "") async throws {
    try await control("POST", "deny", Self.object(["permission": permission], ["scope": scope]))
  }

  /// Calls that meet these words (`service`, `operation`: patterns; `resource`: a part of the target)
  /// go wrong in the way named by `kind`: see `strictclouds/common/faults.py`.
  /// - Parameter numbers: `times`, `skip`, `ms`, `retry_after`, `status`.
  func fault(_ kind: String, _ words: [String: String] = [:], _ numbers: [String: Int] = [:])
    async throws
  {
    let text = words.merging(["kind": kind]) { $1 }.map { "\"\($0.key)\": \"\($0.value)\"" }
    let rest = numbers.map { "\"\($0.key)\": \($0.value)" }
    try await control("POST", "faults", "{\((text + rest).joined(separator: ", "))}")
  }

  func heal() async throws {
    try await control("DELETE", "faults")
    try await control("DELETE", "deny")
  }

  /// The server's clock; what was due by then happens. Ours stands where it is.
  func pass(seconds: Int) async throws {
    try await control("POST", "clock", "{\"move\": \(seconds)}")
  }

  /// What the body does was done that long ago, and its consequences are there.
  func earlier(seconds: Int, _ act: () async throws -> Void) async throws {
    try await control("POST", "past", "{\"seconds\": \(seconds)}")
    try await act()
    try await pass(seconds: seconds)
  }

  /// As it was at the start; faults and denials too.
  func reset() async throws {
    try await control("POST", "reset")
  }

  func calls() async throws -> [Call] {
    let body = try await control("GET", "calls")
    return try JSONDecoder().decode(Calls.self, from: Data(body)).calls
  }

  func endpoint(_ service: String) -> String { facts.endpoints[service] ?? "" }

  private static func object(_ pairs: [String: String], _ more: [String: String]) -> String {
    let all = pairs.merging(more) { $1 }.map { "\"\($0.key)\": \"\($0.value)\"" }
    return "{\(all.joined(separator: ", "))}"
  }
}
