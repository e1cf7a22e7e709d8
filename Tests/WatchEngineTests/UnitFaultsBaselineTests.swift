import Testing
import WatchCore
import WatchEngine

/// What cannot be read for a while is compared with what it was, when it can be read again.
struct UnitFaultsBaselineTests {
  private static let above: PipelineSetting = {
    var config = Units.auditing
    config.id = "folders/9/auditConfigs"
    return config
  }()

  @Test func aFoldersAuditConfigIsComparedOverABlindTime() {
    var rig = Units.rig()
    rig.saw([Units.settings([Units.auditing, Self.above], .gcp, "acme-1")])
    rig.pass(.minutes(2))
    // The folder is refused: the project's own is all that there is.
    for _ in 0..<3 {
      rig.saw([Units.settings([Units.auditing], .gcp, "acme-1")])
      rig.pass(.minutes(1))
    }
    #expect(rig.queue.isEmpty)
    let weakened = Self.above.with("types", .covers(["allServices ADMIN_READ"]))
    for _ in 0..<3 {
      rig.saw([Units.settings([Units.auditing, weakened], .gcp, "acme-1")])
      rig.pass(.minutes(1))
    }
    #expect(rig.queue.map(\.code) == ["gcp.auditconfig.weakened"])
  }

  /// A whole unit that cannot be read loses nothing of its baseline either.
  @Test(arguments: [
    (Cloud.azure, FailureCode("azure.setting.deleted")), (.gcp, "gcp.sink.deleted"),
  ])
  func whatWasDeletedInABlindTimeIsSeenAfterIt(_ cloud: Cloud, _ code: FailureCode) {
    var rig = Units.rig()
    let unit = UnitMatrixWorld.units(cloud)[0]
    let rest = UnitMatrixWorld.settings(cloud).filter { !$0.carriesOut }
    rig.saw([Units.settings(UnitMatrixWorld.settings(cloud), cloud, unit)])
    for _ in 0..<30 {
      rig.pass(.minutes(1))
      rig.saw([Units.blind(Units.path(.setting, cloud, unit))])
    }
    #expect(rig.queue.map(\.code) == [cloud.code("probe.blind")])
    rig.pass(.minutes(1))
    rig.saw([Units.settings(rest, cloud, unit)])
    #expect(rig.queue.map(\.code).contains(code))
  }

  /// Who disables a sink and then takes away the right to list sinks ends no alert.
  @Test func whatIsLeftOutOfABlindListingEndsNoAlert() {
    var rig = Units.rig()
    let path = Units.path(.posture, .gcp, "acme-1")
    let there = PostureCheck(
      rule: "gcp.sink.exists", subject: "projects/acme-1", verdict: .holds, seen: "1 sink")
    func saw(_ checks: PostureCheck...) -> [Look] {
      [Look(path: path, result: .saw(.posture(PostureSighting(checks: checks))))]
    }
    func enabled(_ verdict: PostureCheck.Verdict) -> PostureCheck {
      PostureCheck(
        rule: "gcp.sink.enabled", subject: Units.sink, verdict: verdict, seen: "disabled")
    }
    rig.saw(saw(there, enabled(.holds)))
    rig.pass(.minutes(2))
    rig.saw(saw(there, enabled(.fails)))
    #expect(rig.queue.map(\.code) == ["gcp.sink.disabled"])
    var unread = there
    unread.verdict = .unknown(Blindness(kind: .denied, detail: "needs logging.sinks.list"))
    for _ in 0..<3 {
      rig.pass(.minutes(1))
      rig.saw(saw(unread))
    }
    let alert = rig.queue.first { $0.code == "gcp.sink.disabled" }
    #expect(alert != nil && alert?.clearedAt == nil)
    rig.pass(.minutes(1))
    rig.saw(saw(there, enabled(.holds)))
    #expect(rig.queue.first { $0.code == "gcp.sink.disabled" }?.clearedAt != nil)
  }
}
