import Testing
import WatchCore
import WatchEngine

@testable import WatchProbes

/// Announced changes, and updates of the trail that are undone before anybody looks.
struct PlannedTests {
  private func announce(
    _ rig: inout Rig, minutes: Int, source: SourceID? = nil, by who: Operator = Rig.mira
  ) {
    let plan = PlannedChange(
      from: rig.wall, to: rig.wall + .minutes(minutes), source: source, text: "new bucket",
      by: who)
    rig.perform([.append([.planned(plan)])])
    rig.tick()
  }

  private func stop(_ rig: inout Rig, since: Timestamp? = nil) {
    let stopped = since ?? rig.wall
    rig.saw([
      .trail(logging: false, stopped: stopped, delivered: stopped) {
        $0.multiRegion = true
        $0.validation = true
      },
      .history([.stop(at: stopped)], at: stopped),
    ])
  }

  @Test func `what is planned is low until the plan is over, then counts in full`() {
    var rig = TamperTableTests.rig()
    announce(&rig, minutes: 10)
    rig.pass(.minutes(1))
    stop(&rig)
    let alert = rig.queue.first
    #expect(alert?.code == "aws.trail.stopped")
    #expect(alert?.priority == .low)
    #expect(alert?.what == "PLANNED: STOPPED by dev, us-east-1, 03:01Z")
    #expect(alert?.evidence.contains { $0.text == "planned: new bucket (mira)" } == true)
    rig.command(.act(.ack, AlertID(1)))
    let since = rig.wall
    rig.pass(.minutes(5))
    stop(&rig, since: since)
    #expect(rig.alert(1)?.priority == .low)
    rig.pass(.minutes(6))
    stop(&rig, since: since)
    #expect(rig.alert(1)?.priority == .high)
    #expect(rig.alert(1)?.isNew == true)
    #expect(rig.alert(1)?.what == "STOPPED by dev, us-east-1, 03:01Z")
    #expect(rig.alert(1)?.reopened == "the planned change is over, and it still holds")
    #expect(rig.story().count { $0 == "reopen A-0001" } == 1)
  }

  @Test func `a plan of another source covers nothing here`() {
    var rig = TamperTableTests.rig()
    announce(&rig, minutes: 10, source: SourceID(cloud: .aws, account: "prod", name: "euw1"))
    stop(&rig)
    #expect(rig.queue.first?.priority == .high)
  }

  @Test func `a plan that is taken back covers nothing more`() {
    var rig = TamperTableTests.rig()
    announce(&rig, minutes: 30)
    stop(&rig)
    #expect(rig.queue.first?.priority == .low)
    guard var plan = rig.picture.planned.first else {
      Issue.record("no plan")
      return
    }
    rig.pass(.minutes(1))
    plan.to = rig.wall
    rig.perform([.append([.planned(plan)])])
    rig.pass(.minutes(1))
    rig.tick()
    #expect(rig.queue.first?.priority == .high)
  }

  /// Event history tells of an act some minutes later.
  @Test func `an act within a plan is planned, whenever it is told`() throws {
    var rig = TamperTableTests.rig()
    announce(&rig, minutes: 5)
    let record = try AuditRecords.record(
      "monitoring", "DeleteAlarms", #"{"alarmNames":["tamper"]}"#, at: rig.wall + .minutes(1))
    rig.pass(.minutes(12))
    let change = try #require(AuditRecords.parts().change(record))
    rig.saw([.history([change], at: rig.wall)])
    let alert = rig.queue.first { $0.code == "aws.alertpath.silenced" }
    #expect(alert?.priority == .low)
    #expect(alert?.what.hasPrefix("PLANNED: SILENCED by dev") == true)
  }

  private func update(_ parameters: String, at time: Timestamp, event: String) throws
    -> PipelineChange
  {
    let record = try AuditRecords.record(
      "cloudtrail", "UpdateTrail", parameters, at: time, event: event)
    return try #require(AuditRecords.parts().change(record))
  }

  @Test func `a narrowing undone between two looks is an alert, its mending an entry`() throws {
    var rig = TamperTableTests.rig()
    let off = #"{"name":"use1","enableLogFileValidation":false}"#
    let on = #"{"name":"use1","enableLogFileValidation":true}"#
    rig.saw([
      .history(
        [
          try update(off, at: rig.wall, event: "e-1"),
          try update(on, at: rig.wall + .seconds(20), event: "e-2"),
        ], at: rig.wall)
    ])
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.alert(1)?.evidence.first?.text.hasSuffix(": validation true -> false") == true)
    #expect(rig.story() == ["raise A-0001", "change"])
  }

  private func narrowed(_ rig: inout Rig) {
    rig.saw([
      .trail(delivered: rig.wall) {
        $0.multiRegion = true
        $0.validation = false
        $0.selectors = TrailSelectors()
        $0.insights = []
      }
    ])
  }

  @Test func `the settings tell first: who did it comes later, and it stays one alert`() throws {
    var rig = TamperTableTests.rig()
    let acted = rig.wall
    rig.pass(.minutes(1))
    narrowed(&rig)
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.alert(1)?.cause == nil)
    rig.pass(.minutes(5))
    let change = try update(
      #"{"name":"use1","enableLogFileValidation":false}"#, at: acted, event: "e-1")
    rig.saw([.history([change], at: rig.wall)])
    #expect(rig.alert(1)?.cause?.actor == "dev")
    #expect(rig.alert(1)?.what == "NARROWED by dev, us-east-1, 03:00Z")
    #expect(rig.picture.open.count == 1)
  }

  @Test func `the act tells first: the settings are evidence, and it stays one alert`() throws {
    var rig = TamperTableTests.rig()
    let change = try update(
      #"{"name":"use1","enableLogFileValidation":false}"#, at: rig.wall, event: "e-1")
    rig.saw([.history([change], at: rig.wall)])
    rig.pass(.minutes(1))
    narrowed(&rig)
    narrowed(&rig)
    #expect(rig.picture.open.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.story() == ["raise A-0001", "evidence A-0001"])
  }

  @Test func `an update that asks for what is there is an entry`() throws {
    var rig = TamperTableTests.rig()
    let change = try update(
      #"{"name":"use1","isOrganizationTrail":false}"#, at: rig.wall, event: "e-1")
    rig.saw([.history([change], at: rig.wall)])
    #expect(rig.story() == ["change"])
  }

  @Test func `selectors that were never read are judged by the request`() throws {
    var rig = Rig()
    rig.saw([.trail(delivered: rig.wall) { $0.management = nil }])
    let record = try AuditRecords.record(
      "cloudtrail", "PutInsightSelectors", #"{"trailName":"use1","insightSelectors":[]}"#,
      at: rig.wall)
    let change = try #require(AuditRecords.parts().change(record))
    rig.saw([.history([change], at: rig.wall)])
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.queue.first?.evidence.first?.text.hasSuffix(": insights none") == true)
  }

  @Test func `a baseline of an earlier version learns the selectors without an alarm`() {
    var rig = Rig()
    rig.saw([.trail(delivered: rig.wall)])
    rig.saw([
      .trail(delivered: rig.wall) {
        $0.selectors = TrailSelectors(exclusions: ["kms.amazonaws.com"])
      }
    ])
    #expect(rig.queue.isEmpty)
    rig.saw([
      .trail(delivered: rig.wall) {
        $0.selectors = TrailSelectors(exclusions: ["kms.amazonaws.com", "rdsdata.amazonaws.com"])
      }
    ])
    #expect(rig.queue.map(\.code) == ["aws.trail.narrowed"])
    #expect(rig.queue.first?.evidence.first?.text == "excludes rdsdata.amazonaws.com")
  }
}
