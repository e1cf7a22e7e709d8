import CloudAPI
import WatchCore

extension StoreView {
  func bucketChecks(_ bucket: BucketReading) -> [PostureCheck] {
    var sheet = PostureSheet(bucket.name, elsewhere: elsewhere)
    if bucket.isMissing, elsewhere == nil {
      sheet.add("bucket.cloudtrail-write", .fails, "there is no such bucket")
      return sheet.checks
    }
    addPolicy(bucket, &sheet)
    addSwitches(bucket, &sheet)
    addPublic(bucket, &sheet)
    addGrants(bucket, &sheet)
    addKeeping(bucket, &sheet)
    addAside(bucket, &sheet)
    return sheet.checks + accountChecks
  }

  private func addPolicy(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    let rules = [
      "bucket.cloudtrail-write", "bucket.organization-path", "bucket.cloudtrail-acl-check",
      "bucket.source-arn", "bucket.tls-only", "bucket.erasers",
    ]
    switch bucket.policy {
    case .failure(let why): sheet.blind(rules, why)
    case .success(nil):
      sheet.add("bucket.cloudtrail-write", .fails, "no policy: nothing lets CloudTrail write")
      sheet.add("bucket.organization-path", .none, "no policy")
      sheet.add("bucket.cloudtrail-acl-check", .fails, "no policy")
      sheet.add("bucket.source-arn", .none, "no policy")
      sheet.add("bucket.tls-only", .fails, "no policy: plain http is not refused")
      sheet.add("bucket.erasers", .holds, "no policy")
    case .success(let text?):
      guard let policy = PolicyDocument(.string(text)) else {
        let why = Blindness(kind: .unreadable, detail: "GetBucketPolicy: not a policy")
        return sheet.blind(rules, why)
      }
      addWriting(policy, text, &sheet)
      addPlainHTTP(policy, text, &sheet)
      addErasers(policy, text, &sheet)
    }
  }

  private func addWriting(
    _ policy: PolicyDocument, _ text: String, _ sheet: inout PostureSheet
  ) {
    let own = policy.allows(writer.write(of: writer.object(in: nil, at: now)))
    sheet.add(
      "bucket.cloudtrail-write", if: own, "allowed", else: "CloudTrail's PutObject is refused",
      raw: text)
    if !isOrganization {
      sheet.add("bucket.organization-path", .none, "no organization's trail")
    } else {
      sheet.judge("bucket.organization-path", by: organization) { sheet, facts in
        guard let id = facts?.id else {
          return sheet.add("bucket.organization-path", .none, "the organization is not known here")
        }
        let allowed = policy.allows(writer.write(of: writer.object(in: id, at: now)))
        sheet.add(
          "bucket.organization-path", if: allowed, "allowed under AWSLogs/\(id)/",
          else: "PutObject under AWSLogs/\(id)/ is refused", raw: text)
      }
    }
    sheet.add(
      "bucket.cloudtrail-acl-check", if: policy.allowsACLCheck(writer), "allowed",
      else: "CloudTrail's GetBucketAcl is refused", raw: text)
    if own == .no {
      sheet.add("bucket.source-arn", .none, "no trail may write")
    } else {
      sheet.add(
        "bucket.source-arn", if: !policy.allowsForeignTrail(writer, at: now),
        "other accounts' trails are refused", else: "any account's trail may write here", raw: text)
    }
  }

  private func addPlainHTTP(
    _ policy: PolicyDocument, _ text: String, _ sheet: inout PostureSheet
  ) {
    let gaps = policy.plainHTTPGaps(writer, at: now)
    let answer: Holds = !gaps.open.isEmpty ? .no : gaps.unsure.isEmpty ? .yes : .unknown
    sheet.add(
      "bucket.tls-only", if: answer, "refused to everybody, bucket and objects",
      else: "plain http is not refused for: \(gaps.open.joined(separator: ", "))", raw: text)
  }

  private func addErasers(
    _ policy: PolicyDocument, _ text: String, _ sheet: inout PostureSheet
  ) {
    let owner = bucketReadingIsOwn ? arn.account : nil
    let grants = policy.erasers(writer, at: now, owner: owner)
    let words = grants.flatMap { grant in
      grant.principals.map {
        "\($0) (\(grant.actions.joined(separator: ", "))\(grant.isConditional ? ", conditional" : ""))"
      }
    }
    sheet.add(
      "bucket.erasers", if: grants.isEmpty, "nobody by policy",
      else: Set(words).sorted().joined(separator: "; "), raw: text)
  }

  private var bucketReadingIsOwn: Bool { bucket?.isOwnedByTrail.value ?? true }

  private func addGrants(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    sheet.judge("bucket.ownership", by: bucket.ownership) { sheet, ownership in
      sheet.add(
        "bucket.ownership", if: ownership == "BucketOwnerEnforced", "BucketOwnerEnforced",
        else: ownership ?? "no ownership controls: ACLs count")
    }
    sheet.judge("bucket.acl", by: bucket.acl) { sheet, acl in
      let others = acl.grants.filter { $0.grantee != .user(acl.owner) }
      let words = others.map { "\($0.grantee.inWords) \($0.permission)" }
      if bucket.ownership.value == "BucketOwnerEnforced" {
        return sheet.add("bucket.acl", .holds, "ACLs are switched off")
      }
      sheet.add(
        "bucket.acl", if: others.isEmpty, "the owner alone",
        else: Set(words).sorted().joined(separator: ", "))
    }
    sheet.judge("bucket.access-logging", by: bucket.logging) { sheet, logging in
      let isSelf = logging?.targetBucket == bucket.name
      sheet.add(
        "bucket.access-logging", if: logging != nil,
        logging.map { "to \($0.targetBucket)/\($0.targetPrefix)\(isSelf ? ", itself" : "")" } ?? "",
        else: "off")
    }
  }

  private func addAside(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    sheet.judge("bucket.encryption", by: bucket.encryption) { sheet, encryption in
      let key = encryption?.keyID.map { ", \($0)" } ?? ""
      sheet.add(
        "bucket.encryption", if: encryption != nil,
        encryption.map { "\($0.algorithm)\(key)" } ?? "", else: "none by default")
    }
    sheet.judge("bucket.replication", by: bucket.replication) { sheet, rules in
      let on = (rules ?? []).filter(\.isEnabled).map(\.destination)
      sheet.add(
        "bucket.replication", .info,
        on.isEmpty ? "none" : "to \(Set(on).sorted().joined(separator: ", "))")
    }
  }
}

extension BucketACL.Grantee {
  var inWords: String {
    switch self {
    case .everybody: "everybody"
    case .anyAccount: "any AWS account"
    case .logDelivery: "S3's log delivery"
    case .group(let uri): uri
    case .user(let id): "account \(id.prefix(12))"
    case .email(let address): address
    }
  }
}
