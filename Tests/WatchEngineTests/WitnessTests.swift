import Testing
import WatchCore
import WatchEngine

@testable import WatchProbes

/// Two witnesses of one act, and what the queue's messages wait for before they are deleted.
struct WitnessTests {
  private static let path = PathID(
    source: SourceID(cloud: .aws, account: "prod", name: "event-queue"), kind: .queue,
    region: "us-east-1")

  private func queue(
    _ changes: [PipelineChange] = [], _ receipts: [String] = [], unreadable: [String] = []
  ) -> Look {
    Look(
      path: Self.path,
      result: .saw(
        .queue(QueueSighting(changes: changes, receipts: receipts, unreadable: unreadable))))
  }

  private func act(
    _ service: String, _ action: String, _ parameters: String, at time: Timestamp,
    event: String = "e-1", by witness: String = PipelineChange.queue
  ) throws -> PipelineChange {
    let record = try AuditRecords.record(service, action, parameters, at: time, event: event)
    return try #require(AuditRecords.parts().change(record, witness: witness))
  }

  @Test func `one event id from both witnesses is one alert with both`() throws {
    var rig = TamperTableTests.rig()
    let parameters = #"{"alarmNames":["tamper"]}"#
    let at = rig.wall
    rig.saw([queue([try act("monitoring", "DeleteAlarms", parameters, at: at)], ["r1"])])
    #expect(rig.queue.map(\.code) == ["aws.alertpath.silenced"])
    #expect(rig.queue.first?.what == "SILENCED by dev, DeleteAlarms tamper")
    #expect(rig.hurried.contains(Rig.use1), "the path itself is looked at")
    rig.pass(.minutes(5))
    let told = try act(
      "monitoring", "DeleteAlarms", parameters, at: at, by: PipelineChange.history)
    for _ in 0..<3 { rig.saw([.history([told], at: rig.wall)]) }
    #expect(rig.story() == ["raise A-0001", "evidence A-0001"])
    let seen = rig.alert(1)?.evidence.map { $0.seen.prefix(5) }
    #expect(seen == ["queue", "Event"])
  }

  @Test func `messages are deleted when the journal has what they say, and not before`() throws {
    var rig = TamperTableTests.rig()
    rig.saves = false
    let stop = try act("cloudtrail", "StopLogging", #"{"name":"use1"}"#, at: rig.wall)
    rig.saw([queue([stop], ["r1"])])
    rig.pass(.minutes(2))
    #expect(rig.released.isEmpty && rig.queue.isEmpty)
    rig.saw([queue([stop], ["r2"])])
    #expect(rig.released.isEmpty)
    rig.saves = true
    rig.tick()
    rig.tick()
    #expect(rig.queue.map(\.code).contains("aws.trail.stopped"))
    #expect(rig.released[Self.path] == ["r1", "r2"])
    rig.saw([queue([stop], ["r3"])])
    #expect(rig.released[Self.path] == ["r1", "r2", "r3"], "one that came again is known")
    #expect(rig.queue.count { $0.code == "aws.trail.stopped" } == 1)
  }

  @Test func `what is nothing to us is deleted at once`() {
    var rig = TamperTableTests.rig()
    rig.saw([queue([], ["r1", "r2"])])
    #expect(rig.released[Self.path] == ["r1", "r2"])
    #expect(rig.story().isEmpty)
  }

  @Test func `unreadable messages are told of, the many by their number`() {
    var rig = TamperTableTests.rig()
    rig.saw([queue([], ["r1"], unreadable: ["aa"])])
    #expect(rig.story() == ["change"])
    #expect(rig.entries.last?.detail.contains("sha256 aa") == true)
    #expect(rig.released[Self.path] == ["r1"])
    for index in 0..<20 {
      rig.saw([queue([], ["s\(index)"], unreadable: ["b\(index)"])])
    }
    #expect(rig.story() == ["change"])
    #expect(rig.released[Self.path]?.count == 21)
    rig.pass(.minutes(11))
    #expect(rig.story().count { $0 == "change" } == 2)
    #expect(rig.entries.last { $0.event.kind == "change" }?.detail.contains("19 more") == true)
  }

  @Test func `another act on the same part is news to whoever took the alert`() throws {
    var rig = TamperTableTests.rig()
    let off = try act(
      "monitoring", "DisableAlarmActions", #"{"alarmNames":["tamper"]}"#, at: rig.wall)
    rig.saw([queue([off], ["r1"])])
    rig.command(.act(.ack, AlertID(1)))
    rig.pass(.minutes(1))
    let gone = try act(
      "monitoring", "DeleteAlarms", #"{"alarmNames":["tamper"]}"#, at: rig.wall, event: "e-2")
    rig.saw([queue([gone], ["r2"])])
    #expect(
      rig.story() == [
        "raise A-0001", "ack A-0001", "change", "evidence A-0001", "reopen A-0001",
      ])
    #expect(rig.queue.first?.isNew == true)
    #expect(rig.released[Self.path] == ["r1", "r2"])
  }

  @Test func `acts latch until somebody resolves them`() throws {
    var rig = TamperTableTests.rig()
    rig.saw([
      queue([try act("sns", "Unsubscribe", Self.subscription, at: rig.wall)], ["r1"])
    ])
    rig.pass(.minutes(20))
    rig.command(.act(.ack, AlertID(1)))
    rig.tick()
    #expect(rig.picture.open.map(\.code).contains("aws.alertpath.silenced"))
    rig.command(.act(.resolve, AlertID(1), text: "Ana moved it to the other topic"))
    #expect(!rig.picture.open.map(\.code).contains("aws.alertpath.silenced"))
  }

  private static let subscription =
    #"{"subscriptionArn":"arn:aws:sns:us-east-1:111122223333:alarms:1f0a"}"#
}
