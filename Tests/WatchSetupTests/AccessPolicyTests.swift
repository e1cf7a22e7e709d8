import CloudAPI
import Foundation
import Testing
import WatchCore
import WatchProbes

@testable import WatchSetup

/// Every probe is run, and nothing is asked that the printed policy does not allow.
struct AccessPolicyTests {
  private static func probes(_ cloud: AuditedAccount) -> [Probe] {
    AWSProbes.make(
      account: AuditedAccount.account, sources: AuditedAccount.sources, client: cloud.client,
      clock: .still)
  }

  private static func gap(_ cloud: AuditedAccount) -> GapProbe {
    AWSProbes.gap(
      account: AuditedAccount.account, sources: AuditedAccount.sources, client: cloud.client,
      clock: .still)
  }

  private static func readers(_ cloud: AuditedAccount) -> [EventReader] {
    AWSProbes.readers(
      account: AuditedAccount.account, sources: AuditedAccount.sources, client: cloud.client,
      clock: .still)
  }

  private static func policy() async -> AccessPolicy {
    let cloud = AuditedAccount()
    let probes = probes(cloud)
    let inventory = await Inventory.asked(
      account: AuditedAccount.account, sources: AuditedAccount.sources, client: cloud.client,
      probes: probes, at: AuditedAccount.now)
    return AccessPolicy(
      inventory: inventory, probes: probes, readers: readers(cloud), gap: gap(cloud))
  }

  /// Each with a client of its own: what one probe asked, another one does not ask again.
  private static func ran(_ mood: AuditedAccount.Mood) async -> [(Probe, AuditedAccount)] {
    var ran: [(Probe, AuditedAccount)] = []
    for index in probes(AuditedAccount()).indices {
      let cloud = AuditedAccount(mood)
      let probe = probes(cloud)[index]
      _ = await probe.look(AuditedAccount.now)
      _ = await probe.look(AuditedAccount.now + .minutes(10))
      ran.append((probe, cloud))
    }
    return ran
  }

  @Test(arguments: AuditedAccount.Mood.allCases)
  func noProbeAsksWhatItDoesNotDeclare(_ mood: AuditedAccount.Mood) async {
    for (probe, cloud) in await Self.ran(mood) {
      let asked = Set(
        cloud.calls.compactMap { ActionTable.action(for: "\($0.service):\($0.operation)") })
      #expect(!cloud.calls.isEmpty, "\(probe.id) asked nothing")
      #expect(asked.subtracting(probe.permissions) == [], "\(probe.id)")
    }
  }

  @Test(arguments: AuditedAccount.Mood.allCases)
  func nothingIsWritten(_ mood: AuditedAccount.Mood) async {
    for (probe, cloud) in await Self.ran(mood) {
      let writes = cloud.calls.filter { !Self.isRead($0.operation) }
      #expect(writes == [], "\(probe.id)")
      #expect(
        cloud.s3Requests.allSatisfy { $0.method == "GET" || $0.method == "HEAD" }, "\(probe.id)")
    }
  }

  /// It writes, and only this: it deletes messages of the watch's own queue.
  @Test(arguments: AuditedAccount.Mood.allCases)
  func theQueuesReaderDeletesItsMessagesAndWritesNothingElse(
    _ mood: AuditedAccount.Mood
  ) async throws {
    let cloud = AuditedAccount(mood)
    let reader = try #require(Self.readers(cloud).first)
    _ = await reader.receive(AuditedAccount.now)
    await reader.release(["receipt"])
    let writes = cloud.calls.filter { !Self.isRead($0.operation) }
    #expect(writes.allSatisfy { $0.service == "sqs" && $0.operation.hasPrefix("DeleteMessage") })
    #expect(!writes.isEmpty)
    let asked = Set(
      cloud.calls.compactMap { ActionTable.action(for: "\($0.service):\($0.operation)") })
    #expect(asked.subtracting(reader.permissions) == [])
    let evaluator = try PolicyEvaluator(await Self.policy().documents.map(\.minified))
    for action in ["sqs:ReceiveMessage", "sqs:DeleteMessage"] {
      #expect(evaluator.decide(action, on: AuditedAccount.queue) == .allowed)
      #expect(
        evaluator.decide(action, on: "arn:aws:sqs:us-east-1:111122223333:orders") == .notAllowed)
    }
  }

  @Test(arguments: AuditedAccount.Mood.allCases)
  func thePrintedPolicyAllowsAllThatIsAsked(_ mood: AuditedAccount.Mood) async throws {
    let evaluator = try PolicyEvaluator(await Self.policy().documents.map(\.minified))
    for (probe, cloud) in await Self.ran(mood) {
      for call in cloud.calls {
        guard let action = ActionTable.action(for: "\(call.service):\(call.operation)"),
          let level = ActionTable.level(of: action), level != .bucket, level != .object
        else { continue }
        let decision = evaluator.decide(action, on: Self.resource(level, action))
        #expect(decision == .allowed, "\(probe.id): \(action)")
      }
      for request in cloud.s3Requests {
        #expect(Self.isAllowed(request, evaluator), "\(probe.id): \(request)")
      }
    }
  }

  /// HeadBucket carries no prefix and may be refused: the refusal names the region, which is all
  /// that is asked.
  private static func isAllowed(
    _ request: AuditedAccount.S3Request, _ evaluator: PolicyEvaluator
  ) -> Bool {
    let bucket = "arn:aws:s3:::\(request.bucket)"
    if request.isListing {
      let context = request.prefix.map { ["s3:prefix": $0] } ?? [:]
      return evaluator.decide("s3:ListBucket", on: bucket, context) == .allowed
    }
    if request.method == "HEAD" || request.key.isEmpty { return true }
    return evaluator.decide("s3:GetObject", on: "\(bucket)/\(request.key)") == .allowed
  }

  private static func resource(_ level: ActionTable.Level, _ action: String) -> String {
    switch level {
    case .trail: AuditedAccount.trail
    case .key: AuditedAccount.key
    case .role: AuditedAccount.role
    case .policy: "arn:aws:iam::\(AuditedAccount.id):policy/p"
    case .group: "\(AuditedAccount.group):*"
    case .groups: "arn:aws:logs:us-east-1:\(AuditedAccount.id):log-group::log-stream:"
    case .topic: AuditedAccount.topic
    case .rule: "arn:aws:events:us-east-1:\(AuditedAccount.id):rule/tamper"
    case .queue, .ownQueue: AuditedAccount.queue
    case .bucket: "arn:aws:s3:::\(AuditedAccount.bucket)"
    case .object: "arn:aws:s3:::\(AuditedAccount.bucket)/audit/AWSLogs/x"
    case .none: "*"
    }
  }

  /// So that nothing is allowed on `*` because nobody looked it up.
  @Test func everyDeclaredActionHasItsLevel() {
    let cloud = AuditedAccount()
    let declared =
      Self.probes(cloud).flatMap(\.permissions) + Self.gap(cloud).permissions
      + Self.readers(cloud).flatMap(\.permissions)
    #expect(!declared.isEmpty)
    for action in Set(declared) {
      #expect(ActionTable.level(of: action) != nil, "\(action): add it to ActionTable")
      #expect(ActionTable.action(for: action) == action, "\(action) is an operation's name")
      let name = String(action.split(separator: ":").last ?? "")
      #expect(Self.isRead(name) || action == "sqs:DeleteMessage", "\(action)")
    }
  }

  /// Nothing of others: not their buckets, logs, queues, keys, and no write at all.
  @Test(arguments: [
    ("s3:GetObject", "arn:aws:s3:::acme-ledger/secret"),
    ("s3:GetObject", "arn:aws:s3:::acme-audit-logs/other/AWSLogs/x"),
    ("s3:PutObject", "arn:aws:s3:::acme-audit-logs/audit/AWSLogs/x"),
    ("s3:DeleteObject", "arn:aws:s3:::acme-audit-logs/audit/AWSLogs/x"),
    ("s3:GetBucketPolicy", "arn:aws:s3:::acme-ledger"),
    ("cloudtrail:StopLogging", AuditedAccount.trail),
    ("cloudtrail:UpdateTrail", AuditedAccount.trail),
    ("kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/other"),
    ("kms:Decrypt", AuditedAccount.key), ("kms:Encrypt", AuditedAccount.key),
    ("sqs:ReceiveMessage", "arn:aws:sqs:us-east-1:111122223333:orders"),
    ("iam:PassRole", AuditedAccount.role), ("sts:AssumeRole", AuditedAccount.role),
  ])
  func nothingElseIsAllowed(_ action: String, _ resource: String) async throws {
    let evaluator = try PolicyEvaluator(await Self.policy().documents.map(\.minified))
    #expect(evaluator.decide(action, on: resource) == .notAllowed)
  }

  @Test func listingIsBoundToTheTrailsFolder() async throws {
    let evaluator = try PolicyEvaluator(await Self.policy().documents.map(\.minified))
    let bucket = "arn:aws:s3:::acme-audit-logs"
    #expect(
      evaluator.decide("s3:ListBucket", on: bucket, ["s3:prefix": "audit/AWSLogs/"]) == .allowed)
    #expect(evaluator.decide("s3:ListBucket", on: bucket, ["s3:prefix": "audit/"]) == .notAllowed)
    #expect(evaluator.decide("s3:ListBucket", on: bucket) == .notAllowed)
  }

  /// Other queues of the alert path are looked at; nothing is ever taken out of them.
  @Test func messagesOfOthersAreSafe() async throws {
    let others = "arn:aws:sqs:us-east-1:111122223333:soc-events"
    var policy = await Self.policy()
    policy.inventory.queues.insert(others)
    policy.actions.insert("sqs:GetQueueAttributes")
    let evaluator = try PolicyEvaluator(policy.documents.map(\.minified))
    #expect(evaluator.decide("sqs:GetQueueAttributes", on: others) == .allowed)
    #expect(evaluator.decide("sqs:ReceiveMessage", on: others) == .notAllowed)
    #expect(evaluator.decide("sqs:DeleteMessage", on: others) == .notAllowed)
    #expect(evaluator.decide("sqs:DeleteMessage", on: AuditedAccount.queue) == .allowed)
  }

  /// A log under a key is read through S3 alone.
  @Test func theKeyDecryptsThroughS3Alone() async throws {
    let evaluator = try PolicyEvaluator(await Self.policy().documents.map(\.minified))
    let via = ["kms:ViaService": "s3.us-east-1.amazonaws.com"]
    #expect(evaluator.decide("kms:Decrypt", on: AuditedAccount.key, via) == .allowed)
    let other = ["kms:ViaService": "sqs.us-east-1.amazonaws.com"]
    #expect(evaluator.decide("kms:Decrypt", on: AuditedAccount.key, other) == .notAllowed)
  }

  @Test func documentsKeepTheLimitAndTheirSids() async {
    for document in await Self.policy().documents {
      #expect(document.characters <= PrintedPolicy.managedLimit)
      #expect(Set(document.statements.map(\.sid)).count == document.statements.count)
      for statement in document.statements {
        #expect(statement.sid.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
        #expect(!statement.resources.contains("*") || statement.sid == "NoResourceLevel")
      }
    }
  }

  /// Without an answer the policy is wider, and says where.
  @Test func whatNobodyNamedIsWideAndSaid() async throws {
    let cloud = AuditedAccount(.denies)
    let probes = Self.probes(cloud)
    let inventory = await Inventory.asked(
      account: AuditedAccount.account, sources: AuditedAccount.sources, client: cloud.client,
      probes: probes, at: AuditedAccount.now)
    #expect(inventory.unseen.count == 1)
    let policy = AccessPolicy(inventory: inventory, probes: probes, readers: [], gap: nil)
    #expect(policy.widened.contains(.bucket))
    #expect(!policy.widened.contains(.ownQueue))
    let evaluator = try PolicyEvaluator(policy.documents.map(\.minified))
    #expect(
      evaluator.decide("s3:ListBucket", on: "arn:aws:s3:::any", ["s3:prefix": "AWSLogs/"])
        == .allowed)
  }

  static func isRead(_ operation: String) -> Bool {
    ["Get", "List", "Describe", "Lookup", "Head", "Filter", "Receive"].contains {
      operation.hasPrefix($0)
    }
  }

  /// Topics that channels publish to as the account, and no others.
  @Test func tellingPeopleIsAllowedOnTheirTopicsAlone() async throws {
    var policy = await Self.policy()
    #expect(!policy.statements.contains { $0.actions.contains("sns:Publish") })
    policy.published = ["arn:aws:sns:us-east-1:111122223333:security"]
    let evaluator = try PolicyEvaluator(policy.documents.map(\.minified))
    #expect(evaluator.decide("sns:Publish", on: policy.published[0], [:]) == .allowed)
    #expect(
      evaluator.decide("sns:Publish", on: "arn:aws:sns:us-east-1:111122223333:other", [:])
        != .allowed)
  }

  /// The client has no call that writes, but for the one on the watch's own queue, for telling people
  /// by a topic, and for taking on a role.
  @Test func theClientKnowsNoWrite() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/CloudAPI/AWS")
    var found: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: root.path) {
      let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      let parts = text.components(separatedBy: "\", ")
      for (part, next) in zip(parts, parts.dropFirst()) {
        guard next.hasPrefix("region:") || next.hasPrefix("bucket:") else { continue }
        found.insert(
          String(part.split(separator: "\"", omittingEmptySubsequences: false).last ?? ""))
      }
    }
    #expect(found.contains("DescribeTrails") && found.contains("HeadBucket"))
    let writes = [
      "Put", "Delete", "Create", "Update", "Stop", "Disable", "Enable", "Set", "Remove", "Attach",
      "Detach", "Purge", "Send", "Publish", "Schedule", "Cancel", "Terminate", "Restore",
    ]
    let verbs = found.filter { word in writes.contains { word.hasPrefix($0) } }
    #expect(verbs.subtracting(["DeleteMessage", "DeleteMessageBatch", "Publish"]) == [])
  }
}
