import Testing
import WatchCore

/// The troubleshooting trees: each asks what it has to, in words that a shell takes, and probes again.
struct RunbookTreeTests {
  struct Tree: Sendable, CustomTestStringConvertible {
    var name: String
    /// What its commands must ask, in this order.
    var asks: [String]
    /// What it must tell of.
    var tells: [String]

    var testDescription: String { name }
  }

  static let trees = [
    Tree(
      name: "aws-delivery-silent",
      asks: [
        "cloudtrail get-trail-status", "cloudtrail get-trail ", "s3 ls s3://acme-audit-logs/",
        "s3api get-bucket-policy", "s3api get-bucket-ownership-controls",
      ], tells: ["IsMultiRegionTrail", "15 minutes", "s3:GetBucketAcl"]),
    Tree(
      name: "aws-group-silent",
      asks: [
        "cloudtrail get-trail-status", "logs describe-log-streams",
        "logs describe-log-groups --log-group-name-prefix org-trail",
        "--query Role.AssumeRolePolicyDocument", "iam list-role-policies",
        "--action-names logs:CreateLogStream logs:PutLogEvents",
      ], tells: ["trust policy", "sts:AssumeRole"]),
    Tree(
      name: "aws-alertpath-broken",
      asks: [
        "logs describe-metric-filters", "logs test-metric-filter", "cloudwatch describe-alarms",
        "events list-rules", "sns list-subscriptions",
      ], tells: ["INSUFFICIENT_DATA", "PendingConfirmation"]),
    Tree(
      name: "aws-cost-high",
      asks: [
        "ce get-cost-and-usage", "cloudtrail describe-trails", "cloudtrail get-event-selectors",
        "logs describe-log-groups",
      ], tells: ["first copy", "data events"]),
  ]

  @Test(arguments: trees) func asksAllInOrder(_ tree: Tree) throws {
    let runbook = try RunbookShippedTests.read(tree.name + ".md")
    let commands = runbook.steps.flatMap(\.commands)
      .map { $0.command(with: RunbookShippedTests.values).text }
    var rest = commands[...]
    for ask in tree.asks {
      let at = rest.firstIndex { $0.contains(ask) }
      #expect(at != nil, "\(ask) is missing or too early")
      if let at { rest = rest[at...] }
    }
    let words = runbook.steps.flatMap { step in
      (step.prose + step.outcomes.map(\.text)).map { $0.text(with: RunbookShippedTests.values) }
    }.joined(separator: " ").lowercased()
    for tell in tree.tells { #expect(words.contains(tell.lowercased()), "\(tell)") }
    #expect(runbook.steps.contains { $0.probes })
  }

  /// What is looked at is only read; what writes stands in a step of its own that says so.
  @Test(arguments: RunbookShippedTests.names) func looksWithoutWriting(_ name: String) throws {
    let mends = [
      "Mend", "Put", "Protect", "Shut", "Cut", "Switch", "Keep", "Make", "Give", "Cover", "Start",
    ]
    let reads = ["get", "list", "describe", "lookup", "test", "simulate", "validate", "head", "ls"]
    for step in try RunbookShippedTests.read(name).steps {
      let title = step.title.text(with: RunbookShippedTests.values)
      let mayMend = step.number > 1 && mends.contains { title.hasPrefix($0) }
      for command in step.commands {
        let words = command.command(with: RunbookShippedTests.values).text
          .split(separator: " ").map(String.init)
        guard let at = words.firstIndex(where: { $0 == "aws" || $0.hasSuffix("$(aws") }) else {
          continue
        }
        let verb = words[at + 2].split(separator: "-").first.map(String.init) ?? ""
        #expect(mayMend || reads.contains(verb), "step \(step.number): \(words[at + 2])")
      }
    }
  }

  @Test func aQuestionHasARunbookOfItsOwn() throws {
    let runbook = try RunbookShippedTests.read("aws-cost-high.md")
    #expect(runbook.codes.isEmpty)
    #expect([runbook].handling("none") == nil)
  }
}
