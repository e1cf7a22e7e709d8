import CloudAPI
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

/// Each weakness fails its own checks, and no other's.
struct StorePostureTests {
  typealias Change = @Sendable () -> (String, CannedCloud.Answer)

  @Test func `a sound estate fails one check: its bucket is its own account's`() async throws {
    let seen = try #require(await StoreEstate.look())
    #expect(seen.rules(.fails) == ["trail.separate-account"])
    #expect(seen.unknown == [])
    #expect(
      seen.rules(.none) == [
        "trail.data-events", "trail.organization", "bucket.organization-path",
      ])
    let kinds = ["trail.", "bucket.", "account.", "key."]
    let known = Set(
      PostureCatalogue.all.map(\.id).filter { id in kinds.contains { id.hasPrefix($0) } })
    #expect(Set(seen.checks.map(\.rule)) == known)
    for check in seen.checks { #expect(!check.seen.isEmpty, "\(check.rule)") }
  }

  static func xml(_ text: String) -> CannedCloud.Answer { { _ in StoreEstate.xml(text) } }

  static let weak: [(String, CannedCloud.Answer, Set<String>, String)] = [
    (
      "DescribeTrails", { _ in trailList(described()) },
      ["trail.multi-region", "trail.global-events", "trail.validation", "trail.encryption"],
      "trail.multi-region: us-east-1 alone"
    ),
    (
      "GetEventSelectors",
      { _ in
        .json(
          #"{"EventSelectors":[{"ReadWriteType":"WriteOnly","ExcludeManagementEventSources":["kms.amazonaws.com"]}]}"#
        )
      },
      ["trail.read-events", "trail.exclusions"], "trail.exclusions: passed over: kms.amazonaws.com"
    ),
    (
      "GetEventSelectors",
      { _ in .json(#"{"EventSelectors":[{"ReadWriteType":"All","IncludeManagementEvents":false}]}"#)
      },
      ["trail.read-events", "trail.write-events"], "trail.write-events: none"
    ),
    (
      "GetBucketVersioning", xml("<VersioningConfiguration/>"), ["bucket.versioning"],
      "bucket.versioning: off: never switched on"
    ),
    (
      "GetBucketVersioning", xml("<a><Status>Suspended</Status></a>"), ["bucket.versioning"],
      "bucket.versioning: suspended: new log files have no versions"
    ),
    (
      "GetBucketEncryption",
      { _ in .xmlRefusal("ServerSideEncryptionConfigurationNotFoundError", status: 404) },
      ["bucket.encryption"], "bucket.encryption: none by default"
    ),
    (
      "GetBucketLifecycleConfiguration",
      { _ in StoreEstate.lifecycle(StoreEstate.rule("<Expiration><Days>1</Days></Expiration>")) },
      ["bucket.expires-now", "bucket.retention"],
      "bucket.expires-now: hidden after 1 day, and kept as old versions (rule r)"
    ),
    (
      "GetBucketLifecycleConfiguration",
      { _ in StoreEstate.lifecycle(StoreEstate.rule("<Expiration><Days>90</Days></Expiration>")) },
      ["bucket.retention"],
      "bucket.retention: hidden after 90 days, and kept as old versions (rule r); 365 days are asked (SOC 2)"
    ),
    (
      "GetBucketLifecycleConfiguration",
      { _ in
        StoreEstate.lifecycle(
          StoreEstate.rule("<Expiration><Date>2026-11-20T00:00:00Z</Date></Expiration>"))
      },
      ["bucket.expires-now", "bucket.retention"],
      "bucket.expires-now: all hidden on 2026-11-20, and kept as old versions (rule r)"
    ),
    (
      "GetObjectLockConfiguration",
      { _ in .xmlRefusal("ObjectLockConfigurationNotFoundError", status: 404) },
      ["bucket.object-lock"], "bucket.object-lock: off"
    ),
    (
      "GetObjectLockConfiguration", { _ in StoreEstate.lock("") }, ["bucket.object-lock"],
      "bucket.object-lock: on, without a default retention: no log file is locked"
    ),
    (
      "GetObjectLockConfiguration",
      { _ in
        StoreEstate.lock(
          "<Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>30</Days></DefaultRetention></Rule>"
        )
      },
      ["bucket.object-lock"],
      "bucket.object-lock: GOVERNANCE for 30 days; 365 days are asked (SOC 2)"
    ),
    (
      "GetPublicAccessBlock", { _ in StoreEstate.block(true, true, false, true) },
      ["bucket.block-public-policy"],
      "bucket.block-public-policy: BlockPublicPolicy: bucket off, account off"
    ),
    (
      "GetBucketAcl", { _ in StoreEstate.acl(StoreEstate.everybody) }, [],
      "bucket.public: ACL or policy is public, and the switches keep it shut"
    ),
    (
      "GetBucketOwnershipControls",
      { _ in .xmlRefusal("OwnershipControlsNotFoundError", status: 404) },
      ["bucket.ownership"], "bucket.ownership: no ownership controls: ACLs count"
    ),
    (
      "GetBucketLogging", xml("<BucketLoggingStatus/>"), ["bucket.access-logging"],
      "bucket.access-logging: off"
    ),
    (
      "GetBucketPolicy", { _ in StoreEstate.policy(StoreEstate.aclCheck, StoreEstate.write) },
      ["bucket.tls-only"],
      "bucket.tls-only: plain http is not refused for: log files, other objects, the bucket itself"
    ),
    (
      "GetBucketPolicy", { _ in StoreEstate.policy(StoreEstate.write, StoreEstate.tls) },
      ["bucket.cloudtrail-acl-check"],
      "bucket.cloudtrail-acl-check: CloudTrail's GetBucketAcl is refused"
    ),
    (
      "GetBucketPolicy", { _ in StoreEstate.policy(StoreEstate.aclCheck, StoreEstate.tls) },
      ["bucket.cloudtrail-write"],
      "bucket.cloudtrail-write: CloudTrail's PutObject is refused"
    ),
    (
      "GetBucketPolicy", { _ in .xmlRefusal("NoSuchBucketPolicy", status: 404) },
      ["bucket.cloudtrail-write", "bucket.cloudtrail-acl-check", "bucket.tls-only"],
      "bucket.cloudtrail-write: no policy: nothing lets CloudTrail write"
    ),
    (
      "DescribeKey", { _ in StoreEstate.keyFacts("Disabled") }, ["key.enabled"],
      "key.enabled: Disabled"
    ),
    (
      "DescribeKey",
      { _ in StoreEstate.keyFacts("PendingDeletion", #","DeletionDate":1795748426"#) },
      ["key.enabled", "key.kept"], "key.kept: deleted on 2026-11-27"
    ),
    (
      "DescribeKey", { _ in .refusal("NotFoundException") }, ["key.enabled"],
      "key.enabled: there is no such key"
    ),
    (
      "GetKeyPolicy", { _ in StoreEstate.keyPolicy(StoreEstate.keyRoot) },
      ["key.policy", "key.describe"], "key.policy: CloudTrail's GenerateDataKey is refused"
    ),
    (
      "GetKeyPolicy",
      { _ in
        StoreEstate.keyPolicy(
          StoreEstate.keyTrail, StoreEstate.keyRoot.replacing("111122223333", with: "999988887777"))
      },
      ["key.guarded"], "key.guarded: arn:aws:iam::999988887777:root"
    ),
    (
      "GetKeyRotationStatus", { _ in .json(#"{"KeyRotationEnabled":false}"#) }, ["key.rotation"],
      "key.rotation: off"
    ),
  ]

  @Test(arguments: weak.indices)
  func `a weakness fails its own checks`(_ index: Int) async throws {
    let (operation, answer, rules, words) = Self.weak[index]
    let change: CannedCloud.Answer = { request in
      request.service == "s3-control" ? Self.open(request) : answer(request)
    }
    let seen = try #require(await StoreEstate.look([operation: change]))
    #expect(seen.rules(.fails) == rules.union(["trail.separate-account"]))
    #expect(seen.unknown == [])
    let name = String(words.prefix { $0 != ":" })
    #expect("\(name): \(seen.seen(name) ?? "")" == words)
  }

  @Test func `the account's switches stand in for the bucket's`() async throws {
    let seen = try #require(
      await StoreEstate.look([
        "GetPublicAccessBlock": { request in
          request.service == "s3-control"
            ? StoreEstate.block(true, true, true, true)
            : .xmlRefusal("NoSuchPublicAccessBlockConfiguration", status: 404)
        }
      ]))
    #expect(seen.rules(.fails) == ["trail.separate-account"])
    #expect(seen.seen("bucket.restrict-public") == "RestrictPublicBuckets: bucket off, account on")
  }

  static let open: CannedCloud.Answer = { _ in
    .xmlRefusal("NoSuchPublicAccessBlockConfiguration", status: 404)
  }

  @Test func `public by policy, and by ACL`() async throws {
    let read = StoreEstate.tls.replacing("Deny", with: "Allow").replacing(
      "\"false\"", with: "\"true\"")
    let byPolicy = try #require(
      await StoreEstate.look([
        "GetPublicAccessBlock": Self.open,
        "GetBucketPolicy": { _ in
          StoreEstate.policy(StoreEstate.aclCheck, StoreEstate.write, StoreEstate.tls, read)
        },
        "GetBucketPolicyStatus": Self.xml("<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>"),
      ]))
    #expect(byPolicy.rules(.fails).contains("bucket.public"))
    #expect(
      byPolicy.seen("bucket.public")?.hasPrefix("public by policy: s3:DeleteObject, ") == true)
    #expect(byPolicy.rules(.fails).contains("bucket.erasers"))
    let byACL = try #require(
      await StoreEstate.look([
        "GetPublicAccessBlock": Self.open,
        "GetBucketAcl": { _ in StoreEstate.acl(StoreEstate.everybody) },
        "GetBucketOwnershipControls": Self.xml(
          "<a><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></a>"),
      ]))
    #expect(byACL.seen("bucket.public") == "public by ACL: everybody READ")
    #expect(
      byACL.rules(.fails).isSuperset(of: ["bucket.public", "bucket.acl", "bucket.ownership"]))
  }

  static let refusals: [(String, Set<String>)] = [
    ("GetTrailStatus", ["trail.validation"]),
    (
      "GetEventSelectors",
      [
        "trail.write-events", "trail.read-events", "trail.exclusions", "trail.data-events",
        "trail.recorded",
      ]
    ),
    ("GetInsightSelectors", ["trail.insights"]), ("ListTags", ["trail.tags"]),
    ("DescribeOrganization", ["trail.organization"]),
    (
      "GetPublicAccessBlock",
      [
        "bucket.block-public-acls", "bucket.ignore-public-acls", "bucket.block-public-policy",
        "bucket.restrict-public", "account.public-access",
      ]
    ),
    ("GetBucketVersioning", ["bucket.versioning", "bucket.mfa-delete"]),
    ("GetBucketEncryption", ["bucket.encryption"]),
    (
      "GetBucketLifecycleConfiguration",
      ["bucket.expires-now", "bucket.retention", "bucket.lifecycle"]
    ),
    ("GetObjectLockConfiguration", ["bucket.object-lock"]),
    ("GetBucketPolicyStatus", ["bucket.public"]),
    (
      "GetBucketPolicy",
      [
        "bucket.cloudtrail-write", "bucket.organization-path", "bucket.cloudtrail-acl-check",
        "bucket.source-arn", "bucket.tls-only", "bucket.erasers",
      ]
    ),
    ("GetBucketAcl", ["bucket.acl", "trail.separate-account"]),
    ("GetBucketOwnershipControls", ["bucket.ownership"]),
    ("GetBucketLogging", ["bucket.access-logging"]),
    ("GetBucketReplication", ["bucket.replication"]),
    ("DescribeKey", ["key.enabled", "key.kept"]),
    ("GetKeyPolicy", ["key.policy", "key.describe", "key.guarded"]),
    ("GetKeyRotationStatus", ["key.rotation"]),
  ]

  /// A denied call makes exactly its own checks unknown, and nothing green.
  @Test(arguments: refusals)
  func `a refusal blinds its own checks`(_ operation: String, _ rules: Set<String>) async throws {
    let sound = try #require(await StoreEstate.look())
    for answer in [
      HTTPResponse.xmlRefusal("AccessDenied", status: 403), .html,
      HTTPResponse(status: 200, body: Array("<a><b>".utf8)),
    ] {
      let seen = try #require(await StoreEstate.look([operation: { _ in answer }]))
      #expect(seen.unknown == rules)
      #expect(seen.rules(.fails).subtracting(["trail.separate-account"]) == [])
      #expect(seen.rules(.holds).isSubset(of: sound.rules(.holds)))
    }
  }

  @Test func `whether the policy is public is asked where nothing restricts it`() async throws {
    let seen = try #require(
      await StoreEstate.look([
        "GetPublicAccessBlock": Self.open,
        "GetBucketPolicyStatus": { _ in .xmlRefusal("AccessDenied", status: 403) },
      ]))
    #expect(seen.unknown == ["bucket.public"])
    #expect(seen.seen("bucket.public")?.contains("GetBucketPolicyStatus") == true)
  }

  @Test func `no trails, no answer`() async throws {
    let blind = await StoreEstate.probe(
      StoreEstate.cloud(["DescribeTrails": { _ in .refusal("AccessDeniedException") }])
    ).look(three)
    #expect(blind.looks.first?.result.blindness?.kind == .denied)
    let gone = try #require(
      await StoreEstate.look(["DescribeTrails": { _ in trailList() }]))
    #expect(gone.checks == [])
    #expect(gone.pipeline.nodes.first?.state == .broken("no such trail"))
  }

  @Test func `a bucket that is gone is a bucket that takes nothing`() async throws {
    var changes: [String: CannedCloud.Answer] = [:]
    for operation in StoreEstate.answers.keys where operation.contains("Bucket") {
      changes[operation] = { _ in .xmlRefusal("NoSuchBucket", status: 404) }
    }
    changes["GetObjectLockConfiguration"] = { _ in .xmlRefusal("NoSuchBucket", status: 404) }
    let seen = try #require(await StoreEstate.look(changes))
    #expect(seen.rules(.fails) == ["bucket.cloudtrail-write"])
    #expect(seen.unknown == [])
    #expect(seen.seen("bucket.cloudtrail-write") == "there is no such bucket")
  }
}
