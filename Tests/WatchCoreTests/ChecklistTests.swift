import Testing

@testable import WatchCore

struct ChecklistTests {
  static let now = Timestamp(seconds: 1_795_143_600)
  static let source = SourceID(cloud: .aws, account: "prod", name: "use1")

  static func path(
    _ kind: PathKind, _ state: HeartbeatState = .ok, minutes: Int = 3, event: Int? = nil,
    region: String = "us-east-1"
  ) -> PathStatus {
    PathStatus(
      id: PathID(source: source, kind: kind, region: region), state: state, since: now,
      newest: now - .minutes(minutes), newestEvent: event.map { now - .minutes($0) })
  }

  static let rules = [
    "trail.multi-region", "trail.validation", "bucket.public", "bucket.tls-only",
    "bucket.versioning",
  ]

  static func posture(
    _ changes: [String: PostureCheck.Verdict] = [:], group: Bool = true
  ) -> PostureSighting {
    let kinds: [PipelineNode.Kind] = [.trail, .bucket] + (group ? [.group] : [])
    return PostureSighting(
      checks: rules.map {
        PostureCheck(rule: $0, subject: "x", verdict: changes[$0] ?? .holds, seen: "as seen")
      },
      pipeline: Pipeline(
        nodes: kinds.map { PipelineNode(id: PipelineNode.ID($0, "n"), label: "n") }))
  }

  static let paths = [path(.trail), path(.s3), path(.digest), path(.group)]

  static func checklist(
    _ paths: [PathStatus] = paths, _ posture: PostureSighting? = posture(),
    picture: Picture = Picture()
  ) -> Checklist {
    let board = Board(
      picture: picture,
      clouds: [CloudStatus(cloud: .aws, accounts: ["prod"], paths: paths, open: 0)],
      me: Operator(name: "mira"),
      plan: WatchPlan(sources: [SourcePlan(id: source, trail: "t")]),
      postures: posture.map { [source: $0] } ?? [:])
    return Checklist(board, at: now)
  }

  @Test func `seven lines, and the alert test cannot be told yet`() {
    let checklist = Self.checklist()
    #expect(
      checklist.lines.map(\.id) == [
        "logging", "s3-delivery", "multi-region", "digests", "cloudwatch", "alert-test",
        "s3-security",
      ])
    #expect(
      checklist.lines.map(\.verdict) == [.pass, .pass, .pass, .pass, .pass, .unknown, .pass])
    #expect(checklist.exitStatus == 3)
    #expect(checklist.lines[1].proofs == ["aws/prod/use1: ok, newest 3m ago"])
    #expect(checklist.lines[5].proofs.first?.contains("no channel was tested") == true)
  }

  @Test func `a channel's test is named, and is no drill`() {
    let trials = [(1, "sec-slack", true), (2, "pager", false)].map { seq, name, accepted in
      Entry(
        seq: seq, prev: "", at: Self.now - .hours(3), boot: 0,
        event: .trial(
          ChannelTrial(
            channel: name, kind: "slack", accepted: accepted, by: Operator(name: "mira"))),
        hash: "\(seq)")
    }
    let line = Self.checklist(picture: Picture(trials)).lines[5]
    #expect(line.verdict == .unknown)
    #expect(
      line.proofs.first?.hasPrefix("sec-slack accepted a test 3h ago (entry 1, mira)") == true)
  }

  static let denied = PostureCheck.Verdict.unknown(Blindness(kind: .denied, detail: "no"))

  typealias Case = ([PathStatus], PostureSighting?, String, Checklist.Verdict)

  static let cases: [Case] = [
    ([path(.trail, .failing)], posture(), "logging", .fail),
    ([path(.trail, .blind)], posture(), "logging", .unknown), ([], posture(), "logging", .unknown),
    ([path(.s3, .late, minutes: 20)], posture(), "s3-delivery", .fail),
    ([path(.s3, .okQuiet, minutes: 200)], posture(), "s3-delivery", .pass),
    ([path(.s3, minutes: 3, event: 30)], posture(), "s3-delivery", .fail),
    ([path(.s3, minutes: 30, event: 35)], posture(), "s3-delivery", .pass),
    ([path(.s3, minutes: 30)], posture(), "s3-delivery", .unknown),
    ([path(.s3), path(.s3, .silent, region: "eu-west-1")], posture(), "s3-delivery", .fail),
    ([path(.group, minutes: 8)], posture(), "cloudwatch", .unknown),
    ([path(.group, .never)], posture(), "cloudwatch", .fail),
    ([], posture(group: false), "cloudwatch", .fail), ([], posture(), "cloudwatch", .unknown),
    ([], posture(["trail.multi-region": .fails]), "multi-region", .fail),
    ([], posture(["trail.validation": .fails]), "digests", .fail),
    ([], posture(["trail.validation": .info]), "digests", .fail),
    ([path(.digest, .silent)], posture(), "digests", .fail),
    ([path(.digest, .blind)], posture(), "digests", .unknown),
    ([], posture(["bucket.tls-only": .fails, "bucket.public": denied]), "s3-security", .fail),
    ([], posture(["bucket.public": denied]), "s3-security", .unknown),
    ([], nil, "s3-security", .unknown),
  ]

  @Test(arguments: cases)
  func `each line by its own proof`(
    _ paths: [PathStatus], _ posture: PostureSighting?, _ id: String, _ wanted: Checklist.Verdict
  ) {
    let line = Self.checklist(paths, posture).lines.first { $0.id == id }
    #expect(line?.verdict == wanted)
    #expect(line?.proofs.allSatisfy { $0.hasPrefix("aws/prod/use1: ") } == true)
  }

  @Test func `a failure beats what could not be seen`() {
    #expect(Self.checklist([Self.path(.trail, .failing)], nil).exitStatus == 1)
  }
}

struct PostureCatalogueTests {
  @Test func `every rule is whole, and its code is known`() {
    let all = PostureCatalogue.all
    #expect(Set(all.map(\.id)).count == all.count)
    for rule in all {
      #expect(FailureCatalogue.failure(rule.code) != nil, "\(rule.id)")
      #expect(rule.reference.hasPrefix("https://"), "\(rule.id)")
      #expect(!rule.title.isEmpty && !rule.why.isEmpty && !rule.mend.isEmpty, "\(rule.id)")
    }
  }

  @Test func `what breaks now is what stops records or deletes them within a day`() {
    let own = PostureCatalogue.trail + PostureCatalogue.bucket + PostureCatalogue.key
    #expect(
      own.filter(\.breaksNow).map(\.id) == [
        "trail.write-events", "bucket.cloudtrail-write", "bucket.organization-path",
        "bucket.expires-now", "key.enabled", "key.kept", "key.policy",
      ])
  }
}
