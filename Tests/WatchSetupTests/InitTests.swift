import CloudAPI
import Testing
import WatchCore

@testable import WatchSetup

/// What is found is written as a configuration that is read without a complaint.
struct InitTests {
  private static func draft(
    _ mood: AuditedAccount.Mood, profile: String? = nil
  ) async throws -> (ConfigurationDraft, AuditedAccount) {
    let cloud = AuditedAccount(mood)
    let findings = try await Finder(client: cloud.client).find(at: AuditedAccount.now)
    return (
      ConfigurationDraft(findings: findings, profile: profile, me: "mira", at: AuditedAccount.now),
      cloud
    )
  }

  private static func plan(_ draft: ConfigurationDraft) throws -> WatchPlan {
    let outcome = ConfigurationReader.read(Array(draft.text(bill: nil).utf8))
    #expect(outcome.errors.map { $0.line(file: "f") } == [])
    return try #require(outcome.plan)
  }

  @Test func aTrailIsFoundOnceAndNamedByTheAccountsAlias() async throws {
    let (draft, _) = try await Self.draft(.answers)
    let plan = try Self.plan(draft)
    #expect(plan.accounts.map(\.name) == ["acme"])
    #expect(plan.accounts.map(\.regions) == [nil])
    #expect(
      plan.accounts.map(\.queue) == [
        "https://sqs.us-east-1.amazonaws.com/111122223333/watchkeeper-events"
      ])
    #expect(plan.sources.map(\.id.text) == ["aws/acme/org-trail"])
    #expect(plan.sources.map(\.trail) == [AuditedAccount.trail])
    #expect(plan.roles.map(\.members) == [["mira"]])
    let text = draft.text(bill: nil)
    for said in [
      "found by DescribeTrails in eu-west-1",
      "writes to bucket acme-audit-logs/audit, in us-east-1",
      "2 regions are enabled", "is logging", "encrypts with \(AuditedAccount.key)",
      "write events of the last 7 days, none: eu-west-1, us-east-1",
    ] {
      #expect(text.contains(said), "\(said)")
    }
  }

  @Test func nothingIsWrittenToAWS() async throws {
    for mood in AuditedAccount.Mood.allCases where mood != .denies {
      let (_, cloud) = try await Self.draft(mood)
      let writes = cloud.calls.filter { !AccessPolicyTests.isRead($0.operation) }
      #expect(writes == [])
      #expect(cloud.s3Requests.allSatisfy { $0.method == "HEAD" })
    }
  }

  @Test func anOrganizationsTrailIsSaidToBeOne() async throws {
    let (draft, _) = try await Self.draft(.organization)
    #expect(draft.text(bill: nil).contains("an organization's trail: it records every member"))
  }

  @Test func withoutATrailItSaysSo() async throws {
    let (draft, _) = try await Self.draft(.isEmpty, profile: "audit")
    let plan = try Self.plan(draft)
    #expect(plan.accounts.map(\.name) == ["audit"])
    #expect(plan.accounts.map(\.profile) == ["audit"])
    #expect(plan.sources == [])
    #expect(draft.text(bill: nil).contains("NO TRAIL WAS FOUND"))
  }

  /// STS answers even those who may do nothing; where it does not, there is nothing to write.
  @Test func whatIsDeniedIsSaid() async throws {
    let cloud = AuditedAccount(.denies)
    await #expect(throws: AWSError.self) {
      _ = try await Finder(client: cloud.client).find(at: AuditedAccount.now)
    }
    var findings = Findings(
      identity: CallerIdentity(
        account: "111122223333", arn: "arn:aws-us-gov:iam::111122223333:user/mira", userID: "A"))
    findings.unseen = ["trails in us-gov-west-1: Not allowed to call DescribeTrails"]
    let draft = ConfigurationDraft(
      findings: findings, profile: nil, me: "mira", at: AuditedAccount.now)
    let plan = try Self.plan(draft)
    #expect(plan.accounts.map(\.name) == ["aws-111122223333"])
    #expect(plan.accounts.map(\.partition) == ["aws-us-gov"])
    #expect(draft.text(bill: nil).contains("// - trails in us-gov-west-1: Not allowed"))
  }

  @Test func twoTrailsOfOneNameAreToldApart() throws {
    var findings = Findings(
      identity: CallerIdentity(
        account: "111122223333", arn: "arn:aws:iam::111122223333:user/mira", userID: "A"))
    for region in ["us-east-1", "eu-west-1"] {
      let arn = "arn:aws:cloudtrail:\(region):111122223333:trail/main"
      findings.trails.append(Findings.FoundTrail(trail: Trail(arn: arn), seenFrom: region))
    }
    let draft = ConfigurationDraft(
      findings: findings, profile: nil, me: "mira", at: AuditedAccount.now)
    #expect(
      try Self.plan(draft).sources.map(\.id.name) == ["main-us-east-1", "main-eu-west-1"])
  }

  /// Names in answers are others' words.
  @Test(arguments: [
    "\u{1B}]0;x\u{7}", "a\nclouds: {}", "\u{202E}live", "x\u{2028}}", "\", regions: []", "*/ }",
    String(repeating: "w", count: 5_000),
  ])
  func hostileAnswersStayText(_ text: String) throws {
    var findings = Findings(
      identity: CallerIdentity(account: "111122223333", arn: "arn:aws:iam::\(text)", userID: text))
    findings.alias = text
    findings.busy = [text]
    findings.regions = [text]
    findings.unseen = [text]
    findings.queues = [text, "https://sqs.us-east-1.amazonaws.com/111122223333/\(text)"]
    var trail = Trail(arn: AuditedAccount.trail)
    trail.s3BucketName = text
    trail.kmsKeyID = text
    trail.logGroupARN = text
    findings.trails = [
      Findings.FoundTrail(trail: trail, seenFrom: text, bucketRegion: text),
      Findings.FoundTrail(trail: Trail(arn: text), seenFrom: text),
    ]
    let draft = ConfigurationDraft(
      findings: findings, profile: text, me: text, at: AuditedAccount.now)
    let plan = try Self.plan(draft)
    #expect(plan.sources.map(\.trail) == [AuditedAccount.trail])
    #expect(plan.accounts.count == 1)
    for line in draft.text(bill: nil).split(separator: "\n") {
      #expect(String(line).plainLine == line)
    }
  }

  @Test func theBillIsSaid() {
    let bill = CallBill(
      cloud: .aws, account: "prod",
      lines: [
        CallBill.Line(what: "S3 LIST", callsPerMonth: 146_880, dollars: 0.7344),
        CallBill.Line(what: "without charge", callsPerMonth: 9, dollars: 0),
      ])
    #expect(
      ConfigurationDraft.cost(bill) == [
        "The watch's own calls in prod: 146889 a month, about $0.73, at prices of us-east-1 as of "
          + "2025-06, not verified (docs/cost.md)", "  S3 LIST: 146880 calls, $0.73",
      ])
    #expect(
      [0, 0.005, 1.005, 12.3].map(ConfigurationDraft.money) == ["0.00", "0.01", "1.00", "12.30"])
  }
}
