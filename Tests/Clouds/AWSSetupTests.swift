import Foundation
import Posix
import Testing

/// What sets a watch up: `init`, `policy`, `guard`, against a cloud that answers; and a `check` of one
/// that does not.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AWSSetupTests {
  private static func run(
    _ words: [String], _ server: CloudServer, _ folder: ScratchFolder
  ) async throws -> ChildProcess.Outcome {
    var environment = CloudsPython.environment
    environment["HOME"] = folder.path
    environment["AWS_ENDPOINT_URL"] = server.endpoint
    environment["AWS_REGION"] = "us-east-1"
    environment["AWS_ACCESS_KEY_ID"] = server.users["watchkeeper"]?.key
    environment["AWS_SECRET_ACCESS_KEY"] = server.users["watchkeeper"]?.secret
    return try await ChildProcess.run(
      arguments: [try WatchkeeperProcess.find()] + words, environment: environment,
      deadlineMillis: 300_000)
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test(.timeLimit(.minutes(12)))
  func initFindsTheTrailOnceAndCheckTakesItsFile() async throws {
    try await CloudServer.running { server in
      _ = try await CloudEstate.build(on: server)
      let folder = try ScratchFolder()
      let file = "\(folder.path)/made/watchkeeper.json5"
      try await server.control("DELETE", "calls")
      let made = try await Self.run(["init", "aws", "--output", file], server, folder)
      #expect(made.ending == .exited(0), "\(Self.text(made.errorOutput))")
      #expect(Self.text(made.errorOutput).contains("watchkeeper check --config \(file)\n"))
      let calls = try await server.calls()
      let reads = ["Get", "List", "Describe", "Lookup", "Head"]
      #expect(calls.allSatisfy { call in reads.contains { call.operation.hasPrefix($0) } })
      let written = try String(contentsOfFile: file, encoding: .utf8)
      #expect(written.components(separatedBy: "trail: \"").count == 2, "\(written)")
      #expect(written.contains("arn:aws:cloudtrail:us-east-1:\(server.account):trail/main"))
      let checked = try await Self.run(["config", "check", file], server, folder)
      #expect(checked.ending == .exited(0), "\(Self.text(checked.output))")
      let again = try await Self.run(["init", "aws", "--output", file], server, folder)
      #expect(again.ending == .exited(73))
      #expect(try String(contentsOfFile: file, encoding: .utf8) == written)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func thePolicyNamesTheBucketThatTheTrailTold() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      let watchkeeper = try WatchkeeperProcess(server: server, trail: estate.trail)
      let policy = try await watchkeeper.run(["policy", "aws"])
      #expect(policy.ending == .exited(0), "\(Self.text(policy.errorOutput))")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(policy.output)) as? [String: Any])
      #expect(document["Version"] as? String == "2012-10-17")
      #expect(!Self.text(policy.output).contains("arn:aws:s3:::*"))
      let guarding = try await watchkeeper.run([
        "guard", "aws", "--allow-role", "arn:aws:iam::\(server.account):role/log-admin",
      ])
      #expect(guarding.ending == .exited(0))
      #expect(Self.text(guarding.output).contains("cloudtrail:StopLogging"))
    }
  }

  /// It listens and takes connections, and never says a word: a check is over all the same.
  @Test(.timeLimit(.minutes(12)))
  func anEndpointThatNeverAnswersIsBlind() async throws {
    try await CloudServer.running { server in
      let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(listener) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let bound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(listener, $0, length) == 0 && listen(listener, 64) == 0
            && getsockname(listener, $0, &length) == 0
        }
      }
      try #require(bound)
      let port = UInt16(bigEndian: address.sin_port)
      let trail = "arn:aws:cloudtrail:us-east-1:\(server.account):trail/main"
      let watchkeeper = try WatchkeeperProcess(
        server: server, trail: trail,
        account: #"regions: "enabled", endpoint: "http://127.0.0.1:\#(port)""#)
      let round = try await watchkeeper.check(patience: nil)
      #expect(round.exit == 3, "\(round.text)")
    }
  }
}
