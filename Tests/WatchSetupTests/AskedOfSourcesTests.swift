import Testing
import WatchCore

@testable import WatchSetup

/// Echo, retention, data events and the queue: what is read, and what is said of mistakes.
struct AskedOfSourcesTests {
  private func file(_ source: String, account: String = "", plan: String = "") -> [UInt8] {
    Array(
      """
      { \(plan) clouds: { aws: [{ name: 'prod', \(account) }] },
      sources: [{ id: 'aws/prod/t', trail: 'ttt', \(source) }] }
      """.utf8)
  }

  private func source(_ text: String, plan: String = "") throws -> SourcePlan {
    let outcome = ConfigurationReader.read(file(text, plan: plan))
    #expect(outcome.problems == [])
    return try #require(outcome.plan?.sources.first)
  }

  @Test(arguments: [
    ("", SourcePlan.Echo.off), ("echo: false", .off), ("echo: null", .off), ("echo: true", .home),
    ("echo: 'all'", .all),
  ])
  func echoIsRead(_ text: String, _ echo: SourcePlan.Echo) throws {
    #expect(try source(text).echo == echo)
  }

  @Test func theEchoHasAnExpectationOfItsOwn() throws {
    let source = try source("echo: true, expect: { echo: '20m+10m' }, optional: ['echo']")
    #expect(source.expect == [.echo: .minutes(20, 10)])
    #expect(source.optional == [.echo])
  }

  @Test func postureMayBeOptional() throws {
    #expect(try source("optional: ['posture', 's3']").optional == [.posture, .s3])
  }

  @Test(arguments: [
    ("", "", RetentionBar.standard), ("retention: 'hipaa'", "", RetentionBar.frameworks["hipaa"]),
    ("retention: '400d'", "", RetentionBar(days: 400, framework: "configuration")),
    ("", "retention: 'pci',", RetentionBar.frameworks["pci"]),
    ("retention: 'nist-800-171'", "retention: 'pci',", RetentionBar.frameworks["nist-800-171"]),
  ])
  func retentionIsRead(_ text: String, _ plan: String, _ bar: RetentionBar?) throws {
    #expect(try source(text, plan: plan).retention == bar)
  }

  @Test func dataEventsAreRead() throws {
    let arns = ["arn:aws:s3:::acme-ledger/", "arn:aws-us-gov:lambda:us-gov-west-1:1:function:f"]
    let listed = arns.map { "'\($0)'" }.joined(separator: ",")
    #expect(try source("data_events: [\(listed)]").dataEvents == arns)
  }

  @Test(arguments: [
    "https://sqs.us-east-1.amazonaws.com/111122223333/audit-events",
    "https://us-east-1.queue.amazonaws.com/111122223333/a", "http://127.0.0.1:5000/123456789012/q",
    "https://vpce-0a.sqs.us-east-1.vpce.amazonaws.com/111122223333/q",
  ])
  func queuesAreRead(_ url: String) throws {
    let outcome = ConfigurationReader.read(file("", account: "queue: '\(url)'"))
    #expect(outcome.problems == [])
    #expect(outcome.plan?.accounts.first?.queue == url)
  }

  @Test(arguments: [
    ("https://sqs.us-east-1.amazonaws.com/111122223333/q", "us-east-1"),
    ("https://sqs.us-gov-west-1.amazonaws.com/111122223333/q", "us-gov-west-1"),
    ("https://eu-west-1.queue.amazonaws.com/111122223333/q", "eu-west-1"),
    ("http://127.0.0.1:5000/111122223333/q", nil),
  ])
  func aQueueTellsItsRegion(_ url: String, _ region: String?) throws {
    #expect(try #require(QueueURL(url)).region == region)
  }

  static let mistakes: [(String, [String])] = [
    (
      "echo: 'al'",
      [
        "f:2:51: echo is \"al\"; write true (the trail's home region), \"all\" (every region) or "
          + "false"
      ]
    ),
    ("echo: 1", ["f:2:51: echo is a number; write true, false or \"all\""]),
    (
      "expect: { echo: '5m+5m' }",
      [
        "f:2:45: warning: expect names the echo, and the echo is off; write echo: true beside it, "
          + "or leave it out"
      ]
    ),
    ("retention: 'hippa'", ["f:2:56: retention is \"hippa\"; did you mean \"hipaa\"?"]),
    (
      "retention: '7y'",
      [
        "f:2:56: retention is \"7y\"; write days such as \"400d\", 1d to 3650d, or one of: hipaa, "
          + "nist-800-171, pci, seven-years, soc2"
      ]
    ),
    ("retention: 400", ["f:2:56: retention is a number; write a text in quotes"]),
    (
      "data_events: ['acme-ledger']",
      [
        "f:2:59: \"acme-ledger\" is not the ARN of what has data events; write one such as "
          + "arn:aws:s3:::BUCKET/ or arn:aws:lambda:us-east-1:111122223333:function:NAME"
      ]
    ),
    ("data_event: []", ["f:2:45: \"data_event\" is not known here; did you mean \"data_events\"?"]),
    (
      "optional: ['queue']",
      [
        "f:2:56: \"queue\" is not a path of a trail; known here: s3, log_group, digest, echo, posture"
      ]
    ),
    (
      "expect: { posture: '5m+5m' }",
      ["f:2:55: \"posture\" is not known here; known here: s3, log_group, digest, echo"]
    ),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheirPlace(_ text: String, _ said: [String]) {
    #expect(ConfigurationReader.read(file(text)).problems.map { $0.line(file: "f") } == said)
  }

  static let queueMistakes: [(String, String)] = [
    (
      "arn:aws:sqs:us-east-1:111122223333:q",
      "queue is an ARN; write the queue's URL: https://sqs.us-east-1.amazonaws.com/111122223333/NAME"
    ),
    (
      "audit-events",
      "queue is not the URL of a queue; write https://sqs.us-east-1.amazonaws.com/111122223333/NAME"
    ),
    (
      "https://u:p@sqs.us-east-1.amazonaws.com/111122223333/q",
      "queue is not the URL of a queue; write https://sqs.us-east-1.amazonaws.com/111122223333/NAME"
    ),
    (
      "http://sqs.us-east-1.amazonaws.com/111122223333/q",
      "queue is not asked by https; write https://sqs.us-east-1.amazonaws.com/111122223333/NAME"
    ),
    (
      "https://sqs.us-east-1.amazonaws.com/111122223333/q.fifo",
      "queue \"q.fifo\" is a FIFO queue; use a standard one: EventBridge gives a FIFO queue's "
        + "messages one by one, in groups"
    ),
  ]

  @Test(arguments: queueMistakes)
  func aQueueThatIsNoneIsRefused(_ url: String, _ said: String) {
    let outcome = ConfigurationReader.read(file("", account: "queue: '\(url)'"))
    #expect(outcome.problems.map(\.text) == [said])
  }

  /// What the journal keeps of the rules: a change of any of these is a snapshot entry.
  @Test func theSnapshotHoldsThem() throws {
    let url = "https://sqs.us-east-1.amazonaws.com/111122223333/q"
    let outcome = ConfigurationReader.read(
      file(
        "echo: 'all', retention: '400d', data_events: ['arn:aws:s3:::b/']",
        account: "queue: '\(url)'"))
    let plan = try #require(outcome.plan)
    let configuration = plan.configurationJSON
    let source = configuration["sources"]?.array?.first
    #expect(configuration["accounts"]?.array?.first?["queue"]?.string == url)
    #expect(source?["echo"]?.string == "all")
    #expect(source?["data_events"] == ["arn:aws:s3:::b/"])
    let thresholds = plan.thresholdsJSON["aws/prod/t"]
    #expect(thresholds?["retention"]?.string == "400d (configuration)")
    #expect(thresholds?["echo"]?.string == "15m+15m")
    #expect(
      thresholds?.members?.map(\.key).sorted()
        == ["digest", "echo", "group", "retention", "s3"], "of its own cloud alone")
  }

  @Test func anEchoThatIsOffIsNotWaitedFor() throws {
    let plan = try #require(ConfigurationReader.read(file("")).plan)
    #expect(plan.thresholdsJSON["aws/prod/t"]?["echo"] == nil)
    #expect(plan.thresholdsJSON["aws/prod/t"]?["retention"]?.string == "365d (SOC 2)")
  }
}
