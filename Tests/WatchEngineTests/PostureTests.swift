import Testing
import WatchCore
import WatchProbes

@testable import WatchEngine

/// Posture looks, made of a few rules of the catalogue.
@Suite struct PostureTests {
  static let path = PathID(source: Rig.use1, kind: .posture, region: "us-east-1")

  /// Any rule of the catalogue that breaks nothing by itself, by its code.
  static func rule(_ code: FailureCode, _ index: Int = 0) -> String {
    let fitting = PostureCatalogue.all.filter { $0.code == code && !$0.breaksNow }
    return index < fitting.count ? fitting[index].id : "none"
  }

  static func look(
    _ checks: [(String, String, PostureCheck.Verdict)], path: PathID = path
  ) -> Look {
    Look(
      path: path,
      result: .saw(
        .posture(
          PostureSighting(
            checks: checks.map {
              PostureCheck(rule: $0.0, subject: $0.1, verdict: $0.2, seen: "as seen")
            }))))
  }

  static func raised(_ rig: Rig) -> [String] {
    rig.engine.picture.open.map { "\($0.code.text) \($0.subject ?? "-")" }
  }
}

extension PostureTests {
  private static let bucket = "acme-audit-logs"

  private static func rig() -> Rig {
    var rig = Rig()
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
    return rig
  }

  @Test("The first look at a messy estate is one summary alert, and not a flood")
  func firstLook() throws {
    var rig = Self.rig()
    rig.saw([
      Self.look([
        (Self.rule("aws.bucket.erasable"), Self.bucket, .fails),
        (Self.rule("aws.bucket.erasable", 1), Self.bucket, .fails),
        (Self.rule("aws.bucket.exposed"), Self.bucket, .fails),
        (Self.rule("aws.posture.weak"), Rig.trail, .holds),
      ])
    ])
    rig.pass(.minutes(2))
    #expect(Self.raised(rig) == ["aws.posture.weak first look"])
    let alert = try #require(rig.alert(1))
    #expect(alert.what.contains("3 weaknesses at first look"))
    #expect(alert.evidence.count == 3)
    #expect(rig.picture.postures[Rig.use1] != nil)
  }

  @Test("What the second posture path finds soon after belongs to the same summary")
  func twoPaths() {
    var rig = Self.rig()
    let other = PathID(
      source: Rig.use1, kind: .posture, region: "us-east-1", member: "alert-path")
    rig.saw([Self.look([(Self.rule("aws.bucket.erasable"), Self.bucket, .fails)])])
    rig.sleep(.seconds(20))
    rig.saw([Self.look([(Self.rule("aws.posture.weak"), "org-trail", .fails)], path: other)])
    rig.pass(.minutes(2))
    #expect(Self.raised(rig) == ["aws.posture.weak first look"])
    #expect(rig.alert(1)?.evidence.count == 2)
  }

  @Test("What fails later is an alert of its own, with its check as evidence")
  func later() throws {
    var rig = Self.rig()
    let rule = Self.rule("aws.bucket.exposed")
    rig.saw([Self.look([(rule, Self.bucket, .holds)])])
    rig.pass(.minutes(5))
    #expect(rig.picture.open.isEmpty)
    rig.saw([Self.look([(rule, Self.bucket, .fails)])])
    #expect(Self.raised(rig) == ["aws.bucket.exposed \(Self.bucket)"])
    let alert = try #require(rig.alert(1))
    #expect(alert.evidence.first?.text.contains(rule) == true)
    #expect(alert.what.contains(Self.bucket))
  }

  @Test("It clears when its checks hold by a later look, and not while one is unknown")
  func clears() {
    var rig = Self.rig()
    let rule = Self.rule("aws.bucket.exposed")
    rig.saw([Self.look([(rule, Self.bucket, .holds)])])
    rig.pass(.minutes(5))
    rig.saw([Self.look([(rule, Self.bucket, .fails)])])
    rig.pass(.minutes(1))
    let denied = Blindness(kind: .denied, detail: "GetBucketPolicy AccessDenied")
    rig.saw([Self.look([(rule, Self.bucket, .unknown(denied))])])
    #expect(rig.alert(1)?.clearedAt == nil)
    #expect(rig.state(.posture) == .blind)
    rig.pass(.minutes(1))
    rig.saw([Self.look([(rule, Self.bucket, .holds)])])
    #expect(rig.alert(1)?.state == .cleared)
    #expect(rig.alert(1)?.clearProof?.contains("\(rule) holds") == true)
  }

  @Test("What was mended and fails again is no part of the first look any more")
  func again() {
    var rig = Self.rig()
    let rule = Self.rule("aws.bucket.erasable")
    rig.saw([Self.look([(rule, Self.bucket, .fails)])])
    rig.pass(.minutes(2))
    rig.saw([Self.look([(rule, Self.bucket, .holds)])])
    #expect(rig.alert(1)?.clearedAt != nil)
    rig.pass(.minutes(2))
    rig.saw([Self.look([(rule, Self.bucket, .fails)])])
    #expect(Self.raised(rig).contains("aws.bucket.erasable \(Self.bucket)"))
  }

  @Test("What breaks the pipeline now is raised by itself, also by the first look")
  func breaksNow() throws {
    var rig = Self.rig()
    let rule = try #require(
      PostureCatalogue.all.first { $0.code == "aws.key.unusable" && $0.breaksNow })
    rig.saw([Self.look([(rule.id, "key/1", .fails)])])
    #expect(Self.raised(rig) == ["\(rule.code.text) key/1"])
  }

  @Test(
    "An alert path that was broken before we came belongs to the summary; later it is by itself")
  func brokenBefore() throws {
    var rig = Self.rig()
    let broken = PostureCatalogue.all.filter { $0.code == "aws.alertpath.broken" && $0.breaksNow }
    rig.saw([Self.look(broken.prefix(2).map { ($0.id, "alarm/\($0.id)", .fails) })])
    rig.pass(.minutes(2))
    #expect(Self.raised(rig) == ["aws.posture.weak first look"])
    rig.saw([Self.look(broken.prefix(3).map { ($0.id, "alarm/\($0.id)", .fails) })])
    #expect(Self.raised(rig).last == "aws.alertpath.broken alarm/\(broken[2].id)")
  }

  @Test("An accepted weakness raises nothing until its acceptance ends")
  func accepted() {
    var rig = Self.rig()
    let rule = Self.rule("aws.bucket.exposed")
    rig.saw([Self.look([(rule, Self.bucket, .holds)])])
    rig.pass(.minutes(5))
    let accept = Command.accept(
      rule: rule, subject: Self.bucket, until: rig.wall + .hours(1), reason: "read by the auditors")
    #expect(rig.command(accept) == nil)
    rig.saw([Self.look([(rule, Self.bucket, .fails)])])
    #expect(rig.picture.open.isEmpty)
    rig.pass(.minutes(61))
    rig.saw([Self.look([(rule, Self.bucket, .fails)])])
    #expect(Self.raised(rig).contains("aws.bucket.exposed \(Self.bucket)"))
    #expect(
      rig.command(
        .accept(
          rule: rule, subject: Self.bucket, until: rig.wall + .hours(1), reason: "once more"))
        == nil)
    rig.pass(.minutes(1))
    rig.saw([Self.look([(rule, Self.bucket, .fails)])])
    let alert = rig.picture.alerts.values.first { $0.code == "aws.bucket.exposed" }
    #expect(alert?.clearProof?.contains("accepted") == true)
  }

  @Test(
    "An acceptance needs a reason, a known check and an end within a year",
    arguments: [
      ("bucket.no-such-check", "b", 1, "why"), ("aws.trail.stopped", "b", 1, "why"),
      ("aws.region.uncovered", "b", 1, "  "), ("aws.region.uncovered", "b", 10_000, "why"),
    ])
  func refused(_ rule: String, _ subject: String, _ hours: Int, _ reason: String) {
    var rig = Self.rig()
    let accept = Command.accept(
      rule: rule, subject: subject, until: rig.wall + .hours(hours), reason: reason)
    #expect(rig.command(accept) != nil)
  }

  @Test("A forgotten region that is used on purpose can be accepted")
  func region() {
    var rig = Self.rig()
    let cause = Cause(
      actor: "robot", action: "RunInstances", region: "eu-north-1", at: rig.wall, event: "E-9")
    rig.saw([.region("eu-north-1", activity: 2, since: rig.wall, by: cause)])
    #expect(Self.raised(rig).contains("aws.region.uncovered eu-north-1"))
    let accept = Command.accept(
      rule: "aws.region.uncovered", subject: "eu-north-1", until: rig.wall + .hours(100),
      reason: "no data there")
    #expect(rig.command(accept) == nil)
    #expect(rig.picture.open.allSatisfy { $0.clearedAt != nil })
  }
}

extension PostureTests {
  @Test("Where posture is optional it is looked at, and alarms nobody")
  func optional() {
    let plan = SourcePlan(id: Rig.use1, trail: Rig.trail, optional: [.posture])
    var rig = Rig(sources: [plan])
    rig.saw([.trail(delivered: rig.wall), .s3(rig.wall)])
    rig.saw([Self.look([(Self.rule("aws.bucket.exposed"), "acme-audit-logs", .fails)])])
    rig.pass(.minutes(2))
    #expect(Self.raised(rig) == [])
    #expect(rig.engine.postures()[Rig.use1]?.checks.count == 1)
  }
}
