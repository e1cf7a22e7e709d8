import CloudAPI
import WatchCore

/// One source's trail, bucket and key as they were read at one time: what the checks are made of.
struct StoreView: Sendable {
  var plan: SourcePlan
  var trail: Trail
  var arn: TrailARN
  var now: Timestamp
  /// The account that we sign for; nil where STS did not say.
  var ownAccount: String?
  /// Nil inside: no such trail there.
  var status: Reading<CloudAPI.TrailStatus?>
  var selectors: Reading<EventSelectors>
  var insights: Reading<[String]?>
  var tags: Reading<[String: String]>
  var organization: Reading<OrganizationFacts?>
  var accountBlock: Reading<PublicAccessBlock?>
  /// Nil: the trail names no bucket.
  var bucket: BucketReading?
  /// Nil: log files are encrypted with S3's own keys.
  var key: KeyReading?
  var keyUse: PolicyDocument.KeyUse

  var isOrganization: Bool { trail.isOrganization == true }

  /// A member of an organization sees its trail, and may change or look into nothing of it.
  var isMember: Bool { isOrganization && ownAccount.map { $0 != arn.account } == true }

  /// What is said in place of what a member may not see.
  var elsewhere: String? {
    isMember ? "managed elsewhere: account \(arn.account) owns the organization's trail" : nil
  }

  /// The organization's id, where it is known.
  var organizationID: String? {
    if case .success(let facts?) = organization { facts.id } else { nil }
  }

  var writer: LogWriter {
    LogWriter(
      arn: arn, bucket: bucket?.name ?? "", prefix: trail.s3KeyPrefix,
      isOrganization: isOrganization, organizationID: organizationID)
  }

  /// Every check of the catalogue's three parts, in its order.
  var checks: [PostureCheck] {
    trailChecks + (bucket.map(bucketChecks) ?? []) + (key.map(keyChecks) ?? [])
  }
}
