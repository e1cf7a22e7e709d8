import Foundation
import Posix
import Testing

/// The program around a round: journal, status, credentials, hostile names, and that it ends.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AWSProgramTests {
  struct Field: Sendable {
    var fields: String
    var code: String
    var priority: String
    var exit: Int32
  }

  /// What CloudTrail itself may say of one region, and what the watch makes of it.
  static let fields: [Field] = [
    Field(
      fields: #"{"LatestDeliveryError": "AccessDenied", "LatestDeliveryTime": "-20m"}"#,
      code: "aws.delivery.error", priority: "high", exit: 2),
    Field(
      fields: #"{"LatestDigestDeliveryError": "InternalError"}"#, code: "aws.digest.error",
      priority: "medium", exit: 2),
    Field(
      fields: #"{"LatestCloudWatchLogsDeliveryError": "Access denied."}"#, code: "aws.group.error",
      priority: "medium", exit: 2),
    Field(
      fields: #"{"LatestNotificationError": "Topic does not exist"}"#, code: "aws.notify.error",
      priority: "low", exit: 1),
    Field(
      fields: #"{"LatestDigestDeliveryTime": "-100m"}"#, code: "aws.digest.late", priority: "low",
      exit: 1),
    Field(
      fields: #"{"LatestDigestDeliveryTime": "-140m"}"#, code: "aws.digest.silent",
      priority: "high", exit: 2),
  ]

  @Test(.timeLimit(.minutes(12)), arguments: fields)
  func everyFieldOfTheStatusIsJudged(field: Field) async throws {
    try await onEstate(["--log-group"]) { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.status(field.fields, region: "eu-west-1")
      let round = try await watchkeeper.check()
      #expect(round.report.codes == [field.code], "\(round.text)")
      #expect(round.report.alert(field.code)?.priority == field.priority, "\(round.text)")
      #expect(round.exit == field.exit, "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func whatWasFoundIsInAJournalThatVerifies() async throws {
    try await onEstate { estate, watchkeeper in
      _ = try await watchkeeper.check()
      try await estate.act("stop-logging", as: .dev)
      _ = try await watchkeeper.check()
      let verified = try await watchkeeper.run(["journal", "verify"])
      #expect(verified.ending == .exited(0), "\(text(verified.output))")
      let shown = text(try await watchkeeper.run(["journal", "show"]).output)
      #expect(shown.contains("raise") && shown.contains("aws.trail.stopped"), "\(shown)")
      let copy = "\(watchkeeper.folder.path)/copy.jsonl"
      #expect(try await watchkeeper.run(["journal", "export", "--output", copy]).succeeded)
      let lines = text(Array(try #require(FileManager.default.contents(atPath: copy))))
      #expect(lines.contains("StopLogging") && lines.contains("user/dev"))
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aStopThatWasUndoneBetweenTwoLooksIsStillTold() async throws {
    try await onEstate { estate, watchkeeper in
      try await watchkeeper.expectExit(0)
      try await estate.act("stop-logging", as: .dev)
      try await estate.act("start-logging", as: .dev)
      let round = try await watchkeeper.check()
      let told = round.report.alerts.first { $0.cause?.action == "StopLogging" }
      #expect(told?.cause?.actor == "dev", "\(round.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func statusTellsTheLastLookAndAsksNobody() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.act("stop-logging", as: .dev)
      _ = try await watchkeeper.check()
      try await estate.server.control("DELETE", "calls")
      let status = try await watchkeeper.run(["status", "--json"])
      let report = try JSONDecoder().decode(CheckReport.self, from: Data(status.output))
      #expect(report.state == "failing" && status.ending == .exited(2))
      #expect(report.alert("aws.trail.stopped")?.cause?.actor == "dev")
      #expect(try await estate.server.calls().isEmpty)
    }
  }

  /// Profile, role and external id, as they stand in the configuration.
  @Test(.timeLimit(.minutes(12)))
  func aConfiguredRoleIsAssumed() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      try await server.control("POST", "settings", #"{"external_id": "acme-7"}"#)
      let keys = try #require(server.users["watchkeeper"])
      let credentials = """
        [audit]
        aws_access_key_id = \(keys.key)
        aws_secret_access_key = \(keys.secret)
        """
      let account =
        #"profile: "audit", external_id: "acme-7", "#
        + #"role_arn: "arn:aws:iam::123456789012:role/watchkeeper""#
      let watchkeeper = try WatchkeeperProcess(
        server: server, trail: estate.trail, account: account,
        files: ["credentials": credentials], variables: [:])
      try await server.control("DELETE", "calls")
      let round = try await watchkeeper.check()
      #expect(round.exit == 0, "\(round.text)")
      let calls = try await server.calls()
      #expect(calls.count { $0.operation == "AssumeRole" } == 1)
      let trails = calls.filter { $0.operation == "GetTrailStatus" }
      #expect(!trails.isEmpty && trails.allSatisfy { $0.status == 200 })
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func withoutCredentialsItIsBlind() async throws {
    try await CloudServer.running { server in
      let estate = try await CloudEstate.build(on: server)
      let watchkeeper = try WatchkeeperProcess(server: server, trail: estate.trail, variables: [:])
      let round = try await watchkeeper.check()
      #expect(round.exit == 3 && round.report.state == "blind", "\(round.text)")
    }
  }

  /// A secret, a session token or a signature never leaves the program but in a request.
  @Test(.timeLimit(.minutes(12)))
  func noSecretIsPrintedOrKept() async throws {
    try await onEstate { estate, watchkeeper in
      let secret = try #require(estate.server.users["watchkeeper"]?.secret)
      for kind in ["deny", "html", "expired_token", "throttle"] {
        try await estate.server.fault(kind, ["service": "cloudtrail"])
        for command in [["check"], ["check", "--json"]] {
          let outcome = try await watchkeeper.run(command)
          let said = text(outcome.output) + text(outcome.errorOutput)
          #expect(!said.contains(secret) && !said.contains("Signature="), "\(kind)")
        }
        try await estate.server.heal()
      }
      let files = FileManager.default.enumerator(atPath: watchkeeper.stateFolder)
      var read = 0
      while let name = files?.nextObject() as? String {
        let path = "\(watchkeeper.stateFolder)/\(name)"
        guard let bytes = FileManager.default.contents(atPath: path) else { continue }
        read += 1
        #expect(!text(Array(bytes)).contains(secret), "\(name)")
      }
      #expect(read > 0)
    }
  }

  /// Names are other people's: what reaches a terminal holds no control and no direction marks.
  @Test(.timeLimit(.minutes(12)))
  func hostileNamesReachNoTerminal() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.act("stop-logging", as: .ops)
      try await estate.server.control("DELETE", "events")
      let name = #"\u001b]0;owned\u0007\u001b[2Jev\u202eil\u0000\n"#
      try await estate.server.control(
        "POST", "events",
        """
        {"events": [{"eventName": "StopLogging", "user": {"type": "IAMUser",
          "accountId": "123456789012", "userName": "\(name)", "arn": "arn:aws:iam::1:user/x"},
          "sourceIPAddress": "\(name)", "userAgent": "\(name)",
          "requestParameters": {"name": "\(estate.trail)"}}]}
        """)
      for command in [
        ["check", "--patience", "120"], ["check", "--json", "--patience", "120"], ["status"],
        ["journal", "show"],
      ] {
        let outcome = try await watchkeeper.run(command)
        let said = text(outcome.output) + text(outcome.errorOutput)
        let bad = said.unicodeScalars.filter {
          ($0.value < 0x20 && $0 != "\n") || $0.value == 0x7f || (0x80..<0xa0).contains($0.value)
            || (0x202a...0x202e).contains($0.value) || (0x2066...0x2069).contains($0.value)
        }
        #expect(bad.isEmpty, "\(command): \(bad.map { String($0.value, radix: 16) })")
        #expect(said.contains("aws.trail.stopped"), "\(command)")
      }
    }
  }

  /// A server that takes every request and answers none.
  @Test(.timeLimit(.minutes(12)))
  func aHangingCloudEndsInABlindRound() async throws {
    try await onEstate { estate, watchkeeper in
      try await estate.server.fault("hang", ["operation": "LookupEvents"])
      let round = try await watchkeeper.check(patience: 30)
      #expect(round.report.states("history") == ["blind"], "\(round.text)")
      #expect(round.report.states("trail") == ["ok"], "\(round.text)")
      #expect(round.exit == 3, "\(round.text)")
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
