import CloudAPI
import Synchronization
import Testing
import Transfer
import WatchCore

@testable import WatchProbes

struct StoreSharingTests {
  @Test func `calls what it declares, reads only, and all of it`() async throws {
    let called = Mutex<Set<String>>([])
    let cloud = StoreEstate.cloud()
    let client = cloud.client { service, operation, _ in
      _ = called.withLock { $0.insert(IAMAction.allowing(service, operation)) }
    }
    let facts = AccountFacts(
      account: CloudAccount(cloud: .aws, name: "prod"), sources: [.use1], client: client,
      clock: .still)
    let probe = StorePostureProbe(store: StoreFacts(facts: facts), plan: .use1).probe(.still)
    _ = await probe.look(three)
    let all = called.withLock { $0 }
    // Nobody needs a permission to ask who he is.
    #expect(all.subtracting(["sts:GetCallerIdentity"]) == Set(probe.permissions))
    #expect(probe.permissions.count == Set(probe.permissions).count)
    for action in all {
      let verb = action.split(separator: ":").last ?? ""
      #expect(["Get", "List", "Describe"].contains { verb.hasPrefix($0) }, "\(action)")
    }
    #expect(probe.id == "aws.posture.store aws/prod/use1")
    #expect(probe.paths.map(\.text) == ["aws/prod/use1 posture us-east-1"])
  }

  @Test func `sources share what they share, for one round`() async throws {
    let cloud = StoreEstate.cloud()
    let second = SourcePlan(
      id: SourceID(cloud: .aws, account: "prod", name: "again"), trail: SourcePlan.use1.trail)
    let facts = AccountFacts(
      account: CloudAccount(cloud: .aws, name: "prod"), sources: [.use1, second],
      client: cloud.client(), clock: .still)
    let store = StoreFacts(facts: facts)
    let probes = [SourcePlan.use1, second].map {
      StorePostureProbe(store: store, plan: $0).probe(.still)
    }
    for probe in probes { _ = await probe.look(three) }
    #expect(cloud.count("GetBucketVersioning") == 1)
    #expect(cloud.count("DescribeKey") == 1)
    for probe in probes { _ = await probe.look(three + .minutes(10)) }
    #expect(cloud.count("GetBucketVersioning") == 2)
    #expect(cloud.count("DescribeKey") == 2)
  }

  @Test func `a member of an organization is not alarmed by what it may not see`() async throws {
    var changes: [String: CannedCloud.Answer] = [
      "GetCallerIdentity": { _ in StoreEstate.identity("444455556666") },
      "DescribeTrails": { _ in StoreEstate.trailAnswer(#","IsOrganizationTrail":true"#) },
      "GetTrailStatus": { _ in .json(StoreEstate.status) },
    ]
    for operation in StoreEstate.answers.keys where changes[operation] == nil {
      changes[operation] = { request in
        request.isJSON
          ? .refusal("AccessDeniedException") : .xmlRefusal("AccessDenied", status: 403)
      }
    }
    let seen = try #require(await StoreEstate.look(changes))
    #expect(seen.rules(.fails) == [])
    #expect(seen.unknown == [])
    #expect(
      seen.seen("bucket.versioning")
        == "managed elsewhere: account 111122223333 owns the organization's trail")
    #expect(
      seen.seen("trail.organization")
        == "an organization's trail, managed elsewhere, in account 111122223333")
    #expect(seen.rules(.holds).contains("trail.multi-region"))
  }

  @Test func `the organization's members need their own path`() async throws {
    let organization: CannedCloud.Answer = { _ in
      .json(#"{"Organization":{"Id":"o-abcdefghij","MasterAccountId":"111122223333"}}"#)
    }
    let trail: CannedCloud.Answer = { _ in
      StoreEstate.trailAnswer(#","IsOrganizationTrail":true"#)
    }
    let one = try #require(
      await StoreEstate.look(["DescribeOrganization": organization, "DescribeTrails": trail]))
    #expect(one.rules(.fails) == ["trail.separate-account", "bucket.organization-path"])
    let both = try #require(
      await StoreEstate.look([
        "DescribeOrganization": organization, "DescribeTrails": trail,
        "GetBucketPolicy": { _ in
          StoreEstate.policy(
            StoreEstate.aclCheck, StoreEstate.write, StoreEstate.tls,
            StoreEstate.write.replacing("AWSLogs/111122223333/", with: "AWSLogs/o-abcdefghij/"))
        },
      ]))
    #expect(both.rules(.fails) == ["trail.separate-account"])
  }

  @Test func `a bucket of another account is told by S3's refusal`() async throws {
    // Whoever expects another owner is refused; the demo's request does not show the header, so the
    // second of the two calls stands for it.
    let calls = Mutex(0)
    let seen = try #require(
      await StoreEstate.look([
        "GetBucketAcl": { _ in
          calls.withLock { $0 += 1 }
          return calls.withLock { $0 } == 1
            ? StoreEstate.acl() : .xmlRefusal("AccessDenied", status: 403)
        }
      ]))
    #expect(seen.rules(.fails) == [])
    #expect(seen.seen("trail.separate-account") == "acme-audit-logs is another account's")
  }

  @Test func `the pipeline has its proofs`() async throws {
    let seen = try #require(
      await StoreEstate.look(["DescribeKey": { _ in StoreEstate.keyFacts("Disabled") }]))
    let pipeline = seen.pipeline
    #expect(pipeline.nodes.map(\.label) == ["use1", "acme-audit-logs", "k-1", "ct-to-logs", "ct"])
    #expect(
      pipeline.nodes.map(\.state) == [.works, .works, .broken("Disabled"), .unseen, .unseen])
    #expect(pipeline.edges.map(\.verb) == ["writes to", "encrypts with", "writes as", "sends to"])
    #expect(pipeline.edges.first?.proven == Timestamp(seconds: 1_795_143_300))
    #expect(pipeline.edges.first?.proof == "LatestDeliveryTime")
    #expect(pipeline.edges.last?.proven == Timestamp(seconds: 1_795_143_400))
    #expect(Set(pipeline.edges.map(\.from)) == [PipelineNode.ID(.trail, StoreEstate.trail)])
  }

  @Test func `a trail without a key has its bucket's`() async throws {
    let seen = try #require(
      await StoreEstate.look([
        "DescribeTrails": { _ in trailList(described()) },
        "GetBucketEncryption": { _ in
          StoreEstate.xml(
            "<a><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>"
              + "<KMSMasterKeyID>\(StoreEstate.key)</KMSMasterKeyID>"
              + "</ApplyServerSideEncryptionByDefault></Rule></a>")
        },
      ]))
    #expect(seen.rules(.holds).contains("key.enabled"))
    #expect(seen.pipeline.edges.last?.from == PipelineNode.ID(.bucket, "acme-audit-logs"))
  }
}
