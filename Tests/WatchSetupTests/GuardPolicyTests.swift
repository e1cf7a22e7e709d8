import Testing
import WatchCore

@testable import WatchSetup

/// The printed refusals, judged as IAM would: beside an administrator's own permission.
struct GuardPolicyTests {
  private static let auditor = "arn:aws:iam::111122223333:role/log-admin"
  private static let dev = "arn:aws:iam::111122223333:user/dev"
  private static let everything = """
    {"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}]}
    """

  private static var inventory: Inventory {
    var inventory = Inventory(account: AuditedAccount.account, sources: AuditedAccount.sources)
    inventory.stores = [Inventory.Store(bucket: AuditedAccount.bucket, folder: "audit/")]
    inventory.keys = [AuditedAccount.key]
    inventory.roles = [AuditedAccount.role]
    inventory.groups = [AuditedAccount.group]
    inventory.topics = [AuditedAccount.topic]
    inventory.alarms = ["arn:aws:cloudwatch:us-east-1:111122223333:alarm:tamper"]
    inventory.rules = ["arn:aws:events:us-east-1:111122223333:rule/tamper"]
    return inventory
  }

  private static func guarding(
    allowed: [String] = [auditor], mfa: Bool = true
  ) throws -> GuardPolicy {
    try GuardPolicy(inventory: inventory, allowed: allowed, asksForMFA: mfa)
  }

  /// What is printed: refusals, control policy, boundary; the first two beside somebody who may do
  /// everything.
  private static func evaluators(_ guarding: GuardPolicy) throws -> [PolicyEvaluator] {
    try [
      PolicyEvaluator([everything] + guarding.policies.map(\.minified)),
      PolicyEvaluator([everything] + guarding.controlPolicies.map(\.minified)),
      PolicyEvaluator([guarding.boundary.minified]),
    ]
  }

  static let kin: [(String, String)] = [
    ("cloudtrail:StopLogging", AuditedAccount.trail),
    ("cloudtrail:DeleteTrail", AuditedAccount.trail),
    ("cloudtrail:UpdateTrail", AuditedAccount.trail),
    ("cloudtrail:PutEventSelectors", AuditedAccount.trail),
    ("s3:PutBucketPolicy", "arn:aws:s3:::acme-audit-logs"),
    ("s3:PutLifecycleConfiguration", "arn:aws:s3:::acme-audit-logs"),
    ("s3:DeleteObjectVersion", "arn:aws:s3:::acme-audit-logs/audit/AWSLogs/1/x"),
    ("kms:DisableKey", AuditedAccount.key), ("kms:ScheduleKeyDeletion", AuditedAccount.key),
    ("iam:PutRolePolicy", AuditedAccount.role), ("iam:DeleteRole", AuditedAccount.role),
    ("logs:DeleteLogGroup", "\(AuditedAccount.group):*"),
    ("logs:PutRetentionPolicy", AuditedAccount.group),
    ("logs:DeleteMetricFilter", AuditedAccount.group),
    ("cloudwatch:DisableAlarmActions", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:tamper"),
    ("events:DisableRule", "arn:aws:events:us-east-1:111122223333:rule/tamper"),
    ("events:RemoveTargets", "arn:aws:events:us-east-1:111122223333:rule/tamper"),
    ("sns:DeleteTopic", AuditedAccount.topic), ("sqs:PurgeQueue", AuditedAccount.queue),
  ]

  @Test(arguments: kin)
  func othersAreRefused(_ action: String, _ resource: String) throws {
    for evaluator in try Self.evaluators(Self.guarding()) {
      for mfa in ["true", "false"] {
        let who = ["aws:PrincipalArn": Self.dev, "aws:MultiFactorAuthPresent": mfa]
        #expect(evaluator.decide(action, on: resource, who) == .denied)
      }
    }
  }

  @Test(arguments: kin)
  func theNamedRoleMayWithASecondFactorAlone(_ action: String, _ resource: String) throws {
    let role = ["aws:PrincipalArn": Self.auditor]
    for evaluator in try Self.evaluators(Self.guarding()) {
      let with = role.merging(["aws:MultiFactorAuthPresent": "true"]) { $1 }
      #expect(evaluator.decide(action, on: resource, with) == .allowed)
      let without = role.merging(["aws:MultiFactorAuthPresent": "false"]) { $1 }
      #expect(evaluator.decide(action, on: resource, without) == .denied)
      // Long-term keys: the condition's key is not there at all. Bool alone would let them pass.
      #expect(evaluator.decide(action, on: resource, role) == .denied)
    }
  }

  /// Sessions of Identity Center never carry a second factor.
  @Test(arguments: kin)
  func withoutMFATheRoleAloneCounts(_ action: String, _ resource: String) throws {
    for evaluator in try Self.evaluators(Self.guarding(mfa: false)) {
      #expect(
        evaluator.decide(action, on: resource, ["aws:PrincipalArn": Self.auditor]) == .allowed)
      #expect(evaluator.decide(action, on: resource, ["aws:PrincipalArn": Self.dev]) == .denied)
    }
  }

  @Test(arguments: kin)
  func withoutARoleNobodyMay(_ action: String, _ resource: String) throws {
    let guarding = try Self.guarding(allowed: [])
    for evaluator in try Self.evaluators(guarding) {
      let who = ["aws:PrincipalArn": Self.auditor, "aws:MultiFactorAuthPresent": "true"]
      #expect(evaluator.decide(action, on: resource, who) == .denied)
    }
    #expect(guarding.notes.contains { $0.contains("NOBODY") })
  }

  /// Reads of the same parts, the same calls on others' parts, what CloudTrail's own role does.
  @Test(arguments: [
    ("cloudtrail:StopLogging", "arn:aws:cloudtrail:us-east-1:111122223333:trail/other"),
    ("cloudtrail:GetTrailStatus", AuditedAccount.trail),
    ("cloudtrail:StartLogging", AuditedAccount.trail),
    ("s3:PutBucketPolicy", "arn:aws:s3:::acme-web"),
    ("s3:PutBucketPolicy", "arn:aws:s3:::acme-audit-logs-2"),
    ("s3:DeleteObject", "arn:aws:s3:::acme-audit-logs/elsewhere/x"),
    ("s3:GetObject", "arn:aws:s3:::acme-audit-logs/audit/AWSLogs/1/x"),
    ("s3:PutObject", "arn:aws:s3:::acme-audit-logs/audit/AWSLogs/1/x"),
    ("logs:PutLogEvents", "\(AuditedAccount.group):log-stream:s"),
    ("logs:DeleteLogGroup", "arn:aws:logs:us-east-1:111122223333:log-group:org-trail-logs-2"),
    ("kms:DisableKey", "arn:aws:kms:us-east-1:111122223333:key/other"),
    ("iam:DeleteRole", "arn:aws:iam::111122223333:role/app"),
    ("sqs:ReceiveMessage", AuditedAccount.queue), ("sns:Publish", AuditedAccount.topic),
    ("ec2:RunInstances", "*"),
  ])
  func unrelatedActionsAreUntouched(_ action: String, _ resource: String) throws {
    for evaluator in try Self.evaluators(Self.guarding()) {
      #expect(evaluator.decide(action, on: resource, ["aws:PrincipalArn": Self.dev]) == .allowed)
    }
  }

  @Test func namesMayHoldAStarAndAccountsToo() throws {
    let sso = "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_LogAdmin_*"
    let session =
      "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_LogAdmin_0ab"
    for evaluator in try Self.evaluators(Self.guarding(allowed: [sso], mfa: false)) {
      #expect(
        evaluator.decide(
          "cloudtrail:StopLogging", on: AuditedAccount.trail, ["aws:PrincipalArn": session])
          == .allowed)
    }
  }

  @Test(arguments: [
    "arn:aws:iam::111122223333:role/*", "arn:aws:iam::*:role/*",
    "arn:aws:iam::111122223333:role/**",
    "arn:aws:iam::111122223333:role/${aws:username}", "arn:aws:iam::111122223333:user/dev", "*",
    "log-admin", "arn:aws:iam::1:role/a", "arn:aws:iam::111122223333:role/a b",
    "arn:aws:iam::111122223333:role/a\u{1B}[m",
  ])
  func aDoorThatIsTooWideIsRefused(_ role: String) {
    #expect(throws: GuardPolicy.Problem.self) {
      try GuardPolicy(inventory: Self.inventory, allowed: [role], asksForMFA: true)
    }
  }

  @Test func documentsKeepTheirLimits() throws {
    let guarding = try Self.guarding()
    for document in guarding.controlPolicies {
      #expect(document.characters <= 5_120)
      #expect(document.statements.allSatisfy { $0.effect == .deny })
    }
    for document in guarding.policies {
      #expect(document.characters <= 6_144)
      #expect(document.statements.allSatisfy { $0.effect == .deny })
    }
    #expect(guarding.boundary.characters <= 6_144)
  }

  /// A table of its own: every row's actions are refused on the part that they belong to.
  @Test func theWholeTableIsRefused() throws {
    let guarding = try Self.guarding()
    let evaluator = try PolicyEvaluator(
      [Self.everything] + guarding.controlPolicies.map(\.minified))
    for part in guarding.parts {
      for action in part.actions {
        for resource in part.resources {
          let target = resource.replacing("*", with: "x")
          #expect(
            evaluator.decide(action, on: target, ["aws:PrincipalArn": Self.dev]) == .denied)
        }
      }
    }
    #expect(guarding.parts.count == 10)
  }
}
