import CloudAPI
import WatchCore

/// The role that CloudTrail writes to the group as (CloudTrail User Guide, "Role policy document
/// for CloudTrail to use CloudWatch Logs for monitoring").
extension AlertPath {
  var roleChecks: [PostureCheck] {
    guard let role else { return [] }
    var sheet = sheet(role.arn)
    sheet.judge("role.exists", "role.trust", "role.scoped", by: role.facts) { sheet, found in
      guard let found else {
        sheet.add("role.exists", .fails, "the trail names it, and there is no such role")
        for rule in ["role.trust", "role.scoped"] { sheet.add(rule, .none, "no such role") }
        return
      }
      sheet.add("role.exists", .holds, "there")
      judgeTrust(found, &sheet)
    }
    if case .success(nil) = role.facts { return sheet.checks }
    sheet.judge("role.permissions", "role.narrow", by: role.allowances) { sheet, allowances in
      judgePermissions(allowances, &sheet)
    }
    return sheet.checks
  }

  private func judgeTrust(_ role: IAMRole, _ sheet: inout PostureSheet) {
    guard let trust = PolicyDocument(.string(role.trust)) else {
      sheet.blind(
        ["role.trust", "role.scoped"],
        Blindness(kind: .unreadable, detail: "GetRole: its trust policy cannot be read"))
      return
    }
    sheet.add(
      "role.trust", if: trust.allows(.cloudTrail(arn, "sts:AssumeRole", on: nil)),
      "\(LogWriter.service) may become it",
      else: "\(LogWriter.service) may not become it: no event reaches the group", raw: role.trust)
    var stranger = arn
    stranger.account = arn.account == "000000000000" ? "000000000001" : "000000000000"
    sheet.add(
      "role.scoped", if: !trust.allows(.cloudTrail(stranger, "sts:AssumeRole", on: nil)),
      "bound to our trails by aws:SourceArn or aws:SourceAccount",
      else: "no condition on aws:SourceArn: another account's trail could use it", raw: role.trust)
  }

  private func judgePermissions(_ role: RoleAllowances, _ sheet: inout PostureSheet) {
    guard let group else {
      for rule in ["role.permissions", "role.narrow"] { sheet.add(rule, .none, "no log group") }
      return
    }
    let stream = "\(group.arn):log-stream:\(arn.account)_CloudTrail_\(arn.homeRegion)"
    let needed = ["logs:CreateLogStream", "logs:PutLogEvents"]
    let answers = needed.map { ($0, role.allows($0, on: stream)) }
    let lacking = answers.filter { $0.1 == .no }.map(\.0).joined(separator: ", ")
    sheet.add(
      "role.permissions", if: .all(answers.map(\.1)), "may create streams and put events",
      else: "may not \(lacking) on the group's streams: no event reaches it")
    let other = "arn:\(arn.partition):logs:\(arn.homeRegion):\(arn.account):log-group:another"
    let tooMuch = [
      ("delete the log group", "logs:DeleteLogGroup", group.arn),
      ("write to other log groups", "logs:PutLogEvents", "\(other):log-stream:x"),
      ("change IAM roles", "iam:PutRolePolicy", role.arn),
      ("delete log files", "s3:DeleteObject", "arn:\(arn.partition):s3:::any-bucket/any"),
    ].filter { role.allows($0.1, on: $0.2) == .yes }.map(\.0)
    sheet.add(
      "role.narrow", if: tooMuch.isEmpty, "may do no more than write to the group",
      else: "may also \(tooMuch.joined(separator: ", "))")
  }
}

/// All that a role may do, by its policies within its boundary.
struct RoleAllowances: Sendable {
  var arn: String
  var policies: [PolicyDocument]
  var boundary: PolicyDocument?

  func allows(_ action: String, on resource: String) -> Holds {
    let request = PolicyRequest(.holder, action, on: resource) { key in
      key == "aws:securetransport" ? .value("true") : .unknown
    }
    let allowed = Holds.any(policies.map { $0.allows(request) })
    let denied = Holds.any(policies.map { $0.denies(request) })
    return .all([allowed, !denied, boundary?.allows(request) ?? .yes])
  }
}

extension RoleReading {
  var allowances: Reading<RoleAllowances> {
    policies.flatMap { documents in
      boundary.map { RoleAllowances(arn: arn, policies: documents, boundary: $0) }
    }
  }
}
