extension PostureCatalogue {
  private static let s3 = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
  private static let trailPolicy =
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"
    + "create-s3-bucket-policy-for-cloudtrail.html"

  static let bucket: [PostureRule] = writing + switches + access + keeping + aside

  private static let writing: [PostureRule] = [
    PostureRule(
      "bucket.cloudtrail-write", "aws.bucket.blocked", .high, "letting CloudTrail write",
      why: "CloudTrail cannot deliver: nothing is stored, while the trail still says logging.",
      mend: "Give the bucket a statement that allows cloudtrail.amazonaws.com s3:PutObject under "
        + "AWSLogs/ACCOUNT/, and take out what denies it.",
      reference: trailPolicy, breaksNow: true),
    PostureRule(
      "bucket.organization-path", "aws.bucket.blocked", .high,
      "letting CloudTrail write for the members",
      why: "An organization's trail writes its members' logs under AWSLogs/ORGANIZATION/: without "
        + "that second path only the management account's arrive.",
      mend: "Add a second statement that allows s3:PutObject under AWSLogs/o-.../.",
      reference: trailPolicy, breaksNow: true),
    PostureRule(
      "bucket.cloudtrail-acl-check", "aws.posture.weak", .medium,
      "letting CloudTrail check its ACL",
      why: "CloudTrail looks at the ACL before it trusts a bucket: the next change of the trail "
        + "fails.",
      mend: "Allow cloudtrail.amazonaws.com s3:GetBucketAcl on the bucket.",
      reference: trailPolicy),
    PostureRule(
      "bucket.source-arn", "aws.posture.weak", .medium, "bound to its trail (aws:SourceArn)",
      why: "Any trail of any account may write here, forged folders too: CloudTrail acts for "
        + "whoever names the bucket.",
      mend: "Add the condition StringEquals aws:SourceArn with the trail's ARN to the statements "
        + "for CloudTrail.",
      reference: trailPolicy),
  ]

  private static func block(_ id: String, _ name: String, _ title: String, _ why: String)
    -> PostureRule
  {
    PostureRule(
      id, "aws.posture.weak", .medium, title, why: why,
      mend: "aws s3api put-public-access-block --bucket BUCKET with \(name)=true (and the other "
        + "three), or the same for the whole account.",
      reference: s3 + "access-control-block-public-access.html")
  }

  private static let switches: [PostureRule] = [
    block(
      "bucket.block-public-acls", "BlockPublicAcls", "closed to new public ACLs",
      "Anybody who may write ACLs can make the logs public."),
    block(
      "bucket.ignore-public-acls", "IgnorePublicAcls", "deaf to public ACLs",
      "Public ACLs that are there, or come later, take effect."),
    block(
      "bucket.block-public-policy", "BlockPublicPolicy", "closed to new public policies",
      "Anybody who may write the policy can make the logs public."),
    block(
      "bucket.restrict-public", "RestrictPublicBuckets", "restricted where its policy is public",
      "A public policy takes effect for everybody."),
    PostureRule(
      "account.public-access", "aws.posture.weak", .low, "closed to the public as an account",
      why: "The account's four switches hold for every bucket, also for the next one.",
      mend: "aws s3control put-public-access-block --account-id ACCOUNT with all four true.",
      reference: s3 + "configuring-block-public-access-account.html"),
  ]

  private static let access: [PostureRule] = [
    PostureRule(
      "bucket.public", "aws.bucket.exposed", .high, "closed to the public",
      why: "Strangers can read or write the audit logs, by ACL or by policy.",
      mend: "Switch on all four public access switches, then mend ACL and policy.",
      reference: s3 + "access-control-block-public-access.html"),
    PostureRule(
      "bucket.tls-only", "aws.bucket.exposed", .medium, "closed to plain http",
      why: "Logs and the requests for them can be read and changed on the way.",
      mend: "Deny s3:* to everybody on the bucket and its objects with Bool aws:SecureTransport "
        + "false.",
      reference: s3 + "security-best-practices.html"),
    PostureRule(
      "bucket.acl", "aws.posture.weak", .low, "free of grants to others",
      why: "ACLs let others in past policies and roles, and are easily overlooked.",
      mend: "Set object ownership to BucketOwnerEnforced, which switches ACLs off.",
      reference: s3 + "about-object-ownership.html"),
    PostureRule(
      "bucket.ownership", "aws.posture.weak", .low, "owner of all of its objects",
      why: "Where ACLs count, objects can belong to whoever wrote them.",
      mend: "aws s3api put-bucket-ownership-controls with ObjectOwnership=BucketOwnerEnforced",
      reference: s3 + "about-object-ownership.html"),
    PostureRule(
      "bucket.access-logging", "aws.posture.weak", .low, "logged itself",
      why: "Who read or deleted logs can only be told from the bucket's own access log.",
      mend: "aws s3api put-bucket-logging with another bucket as target.",
      reference: s3 + "ServerLogs.html"),
  ]

  private static let keeping: [PostureRule] = [
    PostureRule(
      "bucket.expires-now", "aws.bucket.erasable", .high, "keeping logs for more than a day",
      why: "A lifecycle rule deletes the logs within a day: a known way to get rid of them.",
      mend: "Remove or disable the lifecycle rule at once; find out who set it.",
      reference: s3 + "lifecycle-configuration-examples.html", breaksNow: true),
    PostureRule(
      "bucket.retention", "aws.bucket.erasable", .medium, "keeping logs for the retention asked",
      why: "Logs expire before the time for which the chosen framework wants them.",
      mend: "Raise the days of the expiration rule, or set retention to what your contract asks.",
      reference: s3 + "intro-lifecycle-rules.html"),
    PostureRule(
      "bucket.versioning", "aws.bucket.erasable", .medium, "versioned",
      why: "Without versions, whoever deletes or overwrites a log file has it gone for good.",
      mend: "aws s3api put-bucket-versioning --versioning-configuration Status=Enabled",
      reference: s3 + "Versioning.html"),
    PostureRule(
      "bucket.mfa-delete", "aws.bucket.erasable", .low, "guarded by MFA delete",
      why: "Old versions can be deleted for good by whoever has the permission alone.",
      mend: "Only the root user can set it, with its MFA device, by put-bucket-versioning; object "
        + "lock serves as well.",
      reference: s3 + "MultiFactorAuthenticationDelete.html"),
    PostureRule(
      "bucket.object-lock", "aws.bucket.erasable", .low, "locked for the retention asked",
      why: "Without object lock nothing keeps an administrator from deleting logs.",
      mend: "Enable object lock with a default retention; COMPLIANCE cannot be lifted by anybody.",
      reference: s3 + "object-lock.html"),
    PostureRule(
      "bucket.erasers", "aws.bucket.erasable", .medium, "free of grants to delete",
      why: "The bucket's policy lets somebody delete logs, or the rules that keep them.",
      mend: "Take s3:Delete*, lifecycle and versioning actions out of the bucket's policy.",
      reference: s3 + "security-best-practices.html"),
  ]

  private static let aside: [PostureRule] = [
    PostureRule(
      "bucket.encryption", "aws.posture.weak", .low, "encrypted by default",
      why: "Objects that say nothing of it are stored in plain.",
      mend: "aws s3api put-bucket-encryption with AES256 at least, aws:kms by preference.",
      reference: s3 + "bucket-encryption.html"),
    PostureRule(
      "bucket.lifecycle", "aws.posture.weak", .low, "explained: what its lifecycle does",
      why: "Cheaper classes after 30, 90 and 365 days are common; deletion is what must not come "
        + "early.",
      mend: "Nothing to mend: this tells what becomes of old logs.",
      reference: s3 + "object-lifecycle-mgmt.html"),
    PostureRule(
      "bucket.replication", "aws.posture.weak", .low, "copied elsewhere",
      why: "A copy in another account or region outlives the loss of this one.",
      mend: "aws s3api put-bucket-replication, where the price is worth it.",
      reference: s3 + "replication.html"),
  ]
}
