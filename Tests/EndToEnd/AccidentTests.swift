import Posix
import TerminalTesting
import Testing

/// The three accidents, at 80x24: who, what, where, and what to do first.
@Suite(Need.program.trait) struct AccidentTests {
  struct Accident: Sendable, CustomTestStringConvertible {
    var scenario: String
    var actor: String
    var action: String
    var region: String
    var state: String
    var command: String

    var testDescription: String { scenario }
  }

  static let accidents = [
    Accident(
      scenario: "stop-logging", actor: "dev", action: "STOPPED", region: "us-east-1",
      state: "FAILING",
      command: "aws cloudtrail get-trail-status --name use1 --region us-east-1 --profile prod"),
    Accident(
      scenario: "bucket-blocked", actor: "ana", action: "PutBucketPolicy", region: "us-east-1",
      state: "FAILING",
      command: "aws s3api get-bucket-policy --bucket acme-audit-logs --profile prod"),
    Accident(
      scenario: "forgotten-region", actor: "ci-deploy", action: "RunInstances",
      region: "ap-southeast-2", state: "NOT SET UP",
      command: "aws cloudtrail describe-trails --region ap-southeast-2 --profile prod"),
  ]

  @Test(
    "D1, B6: the first row names actor, action, region; step 1 can be copied; no cloud is ok",
    arguments: accidents)
  func atAGlance(accident: Accident) async throws {
    try await Seats.shared.run {
      let run = try DemoRun(accident.scenario)
      let cause = " by " + accident.actor.prefix(4)
      try run.session.wait(forText: cause)
      try run.session.type("n")
      try run.session.wait(for: "the alert, selected") { screen in
        screen.contains("a ack") && Self.selected(screen.lines).contains(cause)
          && screen.lines[1].contains(" \(accident.state) ")
      }
      let lines = run.screen.lines
      let row = Self.selected(lines)
      for fact in [accident.actor, accident.action, accident.region] {
        #expect(row.contains(fact), "\(fact) in “\(row)”")
      }
      #expect(Self.command(lines) == accident.command)
      // One region that is well does not hide the one that is not.
      let titles = lines[1].split(separator: "┬")
      #expect(titles.count == 3 && titles[0].contains(" \(accident.state) "), "\(lines[1])")
      #expect(!titles.contains { $0.contains(#/ ok\b/#) })
      #expect(try run.quit() == .exited(0))
    }
  }

  private static func selected(_ lines: [String]) -> String {
    lines.first { $0.hasPrefix("▸ ") && $0.contains("!!!") } ?? ""
  }

  /// The command of the step on screen: its rows joined, as a shell joins them.
  private static func command(_ lines: [String]) -> String? {
    guard let start = lines.firstIndex(where: { $0.contains(#/^ +aws /#) }) else { return nil }
    var words = ""
    for line in lines[start...] {
      let part = line.drop { $0 == " " }
      guard part.hasSuffix("\\") else { return words + part }
      words += part.dropLast()
    }
    return words
  }
}
