import CloudAPI
import WatchCore

/// Whether strangers can reach the bucket: ACL, policy and the switches of bucket and account.
extension StoreView {
  private typealias Switch = (
    rule: String, name: String, on: @Sendable (PublicAccessBlock) -> Bool
  )

  private static let switches: [Switch] = [
    ("bucket.block-public-acls", "BlockPublicAcls", { $0.blockPublicACLs }),
    ("bucket.ignore-public-acls", "IgnorePublicAcls", { $0.ignorePublicACLs }),
    ("bucket.block-public-policy", "BlockPublicPolicy", { $0.blockPublicPolicy }),
    ("bucket.restrict-public", "RestrictPublicBuckets", { $0.restrictPublicBuckets }),
  ]

  /// A switch works if it is on at the bucket or at its account.
  func addSwitches(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    for one in Self.switches {
      sheet.judge(one.rule, by: bucket.block) { sheet, block in
        if one.on(block ?? .off) {
          return sheet.add(one.rule, .holds, "\(one.name): bucket on")
        }
        switch ownersBlock(bucket) {
        case .success(let account):
          sheet.add(
            one.rule, if: one.on(account ?? .off), "\(one.name): bucket off, account on",
            else: "\(one.name): bucket off, account off")
        case .failure(let why): sheet.blind([one.rule], why)
        }
      }
    }
  }

  /// The account's switches, where the bucket is the account's that we sign for.
  private func ownersBlock(_ bucket: BucketReading) -> Reading<PublicAccessBlock?> {
    let isOurs = arn.account == ownAccount && bucket.isOwnedByTrail.value != false
    return isOurs
      ? accountBlock
      : .failure(
        Blindness(
          kind: .missing, detail: "\(bucket.name)'s switch is off, and its account's are not ours"))
  }

  /// On at the bucket or at the account.
  private func isOn(
    _ bucket: BucketReading, _ on: @Sendable (PublicAccessBlock) -> Bool
  ) -> Holds {
    .any([
      bucket.block.holds { on($0 ?? .off) }, ownersBlock(bucket).holds { on($0 ?? .off) },
    ])
  }

  func addPublic(_ bucket: BucketReading, _ sheet: inout PostureSheet) {
    let byACL = Holds.all([
      bucket.acl.holds { !$0.open.isEmpty },
      !bucket.ownership.holds { $0 == "BucketOwnerEnforced" },
      !isOn(bucket) { $0.ignorePublicACLs },
    ])
    // What S3 makes of the policy is asked for here alone: a refusal must show, switches or not.
    let byPolicy: Holds =
      bucket.policyIsPublic.blindness != nil
      ? .unknown
      : .all([
        bucket.policyIsPublic.holds { $0 == true }, !isOn(bucket) { $0.restrictPublicBuckets },
      ])
    switch Holds.any([byACL, byPolicy]) {
    case .no: sheet.add("bucket.public", .holds, notPublic(bucket))
    case .yes:
      let ways = [
        byACL == .yes ? "by ACL: \((bucket.acl.value?.open ?? []).joined(separator: ", "))" : nil,
        byPolicy == .yes ? "by policy: \(openActions(bucket))" : nil,
      ].compactMap { $0 }
      sheet.add(
        "bucket.public", .fails, "public \(ways.joined(separator: "; "))",
        raw: bucket.policy.value ?? nil)
    case .unknown:
      let whys = [
        bucket.policyIsPublic.blindness, bucket.acl.blindness, bucket.ownership.blindness,
        bucket.block.blindness, ownersBlock(bucket).blindness,
      ]
      let why = whys.compactMap { $0 }.first
      sheet.blind(
        ["bucket.public"], why ?? Blindness(kind: .other, detail: "cannot be told"))
    }
  }

  private func notPublic(_ bucket: BucketReading) -> String {
    let isOpen = bucket.acl.value?.open.isEmpty == false || bucket.policyIsPublic.value == true
    return isOpen ? "ACL or policy is public, and the switches keep it shut" : "not public"
  }

  /// What strangers may do by the policy's meaning.
  private func openActions(_ bucket: BucketReading) -> String {
    guard case .success(let text?) = bucket.policy, let policy = PolicyDocument(.string(text))
    else { return "GetBucketPolicyStatus says so" }
    let open = policy.openToStrangers(writer, at: now)
    let words = open.open.isEmpty ? open.maybe : open.open
    return words.isEmpty ? "GetBucketPolicyStatus says so" : words.joined(separator: ", ")
  }

  /// The account's own four, once for each account.
  var accountChecks: [PostureCheck] {
    // Where nobody says whose keys these are, the switches are unknown and not left out.
    guard ownAccount == nil || ownAccount == arn.account else { return [] }
    var sheet = PostureSheet(arn.account)
    sheet.judge("account.public-access", by: accountBlock) { sheet, block in
      let off = Self.switches.filter { !$0.on(block ?? .off) }.map(\.name)
      sheet.add(
        "account.public-access", .info,
        off.isEmpty ? "all four on" : "off: \(off.joined(separator: ", "))")
    }
    return sheet.checks
  }
}

extension BucketACL {
  /// Grants to everybody, or to whoever has an AWS account.
  var open: [String] {
    grants.filter { $0.grantee == .everybody || $0.grantee == .anyAccount }
      .map { "\($0.grantee.inWords) \($0.permission)" }
  }
}
