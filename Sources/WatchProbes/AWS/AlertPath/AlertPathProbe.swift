import CloudAPI
import WatchCore

/// How the way from a trail to a human is set up: log group, role, metric filters, alarms, rules,
/// topics, subscriptions, queues; and the graph of them.
struct AlertPathProbe: Sendable {
  let facts: AccountFacts
  let shared: AlertFacts
  let plan: SourcePlan
  private let last = LastChecks()

  init(facts: AccountFacts, shared: AlertFacts, plan: SourcePlan) {
    self.facts = facts
    self.shared = shared
    self.plan = plan
  }

  static let permissions = [
    "cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudwatch:DescribeAlarms",
    "events:ListRules", "events:ListTargetsByRule", "iam:GetPolicy", "iam:GetPolicyVersion",
    "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies",
    "logs:DescribeLogGroups", "logs:DescribeMetricFilters", "logs:DescribeSubscriptionFilters",
    "sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic",
    "sqs:GetQueueAttributes",
  ]

  func probe(_ clock: ProbeClock) -> Probe {
    var probe = facts.probe(
      id: "aws.alertpath \(plan.id.text)", every: .minutes(10),
      permissions: Self.permissions, paths: [path], clock: clock, looks: looks)
    // Regions are not asked for.
    probe.permissions.removeAll { $0 == "ec2:DescribeRegions" }
    return probe
  }

  /// Beside the path of the trail's, bucket's and key's posture.
  private var path: PathID {
    PathID(
      source: plan.id, kind: .posture, region: facts.homeRegion(of: plan), member: "alert-path")
  }

  private func looks(at now: Timestamp) async -> [Look] {
    [Look(path: path, result: await look(at: now))]
  }

  private func look(at now: Timestamp) async -> Look.Result {
    let trail: Trail
    do throws(Blindness) {
      guard let found = try await facts.trail(plan, at: now, maxAge: .minutes(2)) else {
        return .saw(.posture(PostureSighting(checks: [], pipeline: gone)))
      }
      trail = found
    } catch {
      return .blind(error)
    }
    guard let arn = TrailARN(trail.arn) else {
      return .blind(Blindness(kind: .unreadable, detail: "DescribeTrails: no trail's ARN"))
    }
    let reader = AlertPathReader(facts: facts, shared: shared, plan: plan)
    let path = await reader.read(trail, arn, at: now)
    let checks = await last.completing(path.checks, path.blindness.first)
    return .saw(.posture(PostureSighting(checks: checks, pipeline: path.pipeline)))
  }

  private var gone: Pipeline {
    let id = PipelineNode.ID(.trail, plan.trail)
    return Pipeline(nodes: [
      PipelineNode(id: id, label: AlertARN.label(plan.trail), state: .broken("no such trail"))
    ])
  }
}

/// The checks of the last look. Where something could not be read, the parts behind it are not
/// known either: what was checked there is unknown then, and not forgotten.
actor LastChecks {
  private struct Key: Hashable {
    var rule: String
    var subject: String

    init(_ check: PostureCheck) {
      (rule, subject) = (check.rule, check.subject)
    }
  }

  private var checks: [PostureCheck] = []
  /// More than any alert path has.
  private static let limit = 5_000

  func completing(_ found: [PostureCheck], _ unread: Blindness?) -> [PostureCheck] {
    var all = found
    if let unread {
      let known = Set(found.map(Key.init))
      all += checks.filter { !known.contains(Key($0)) }.map { check in
        var lost = check
        lost.verdict = .unknown(unread)
        lost.seen = "could not look: \(unread.detail)"
        lost.raw = nil
        return lost
      }
    }
    checks = Array(all.prefix(Self.limit))
    return all
  }
}
