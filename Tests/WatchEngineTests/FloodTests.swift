import Testing
import WatchCore

@testable import WatchEngine

/// B4: 40 alerts in five minutes: 40 entries, the high ones told one by one, the others together.
@Suite struct FloodTests {
  private func raise(_ number: Int, _ priority: Priority, at time: Timestamp) -> Event {
    .raise(
      Raise(
        alert: AlertID(number), code: "aws.delivery.late", source: Rig.use1,
        subject: "subject \(number)", place: Place(account: "prod", region: "us-east-1"),
        kind: .condition, priority: priority, failed: time, what: "late \(number)"))
  }

  /// Every tenth is high.
  private func flood(_ rig: inout Rig, every span: Duration) -> [Rig.Notified] {
    var sent: [Rig.Notified] = []
    for number in 1...40 {
      rig.perform([.append([raise(number, number % 10 == 0 ? .high : .low, at: rig.wall)])])
      rig.tick()
      sent += rig.deliver()
      rig.sleep(span)
    }
    return sent
  }

  private func calls(_ sent: [Rig.Notified], _ channel: String) -> [AlertNotification] {
    sent.filter { $0.channel == channel && $0.notification.act.isCall }.map(\.notification)
  }

  @Test("B4: one after the other: few messages, each high alert its own, nobody forgotten")
  func spread() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    var sent = flood(&rig, every: .seconds(7))
    #expect(rig.story().count { $0.hasPrefix("raise ") } == 40)
    #expect(rig.engine.isFlood)
    #expect(rig.queue.first?.id == AlertID(10), "the first of the high ones is on top")
    #expect(rig.queue.dropFirst(4).first?.id == AlertID(1), "then the first out of the low ones")
    rig.pass(.minutes(3))
    rig.tick()
    sent += rig.deliver()
    for channel in ["sec-slack", "pager"] {
      let told = calls(sent, channel)
      #expect(told.count <= 16, "\(channel): \(told.map(\.title))")
      let high = told.filter { $0.priority == .high }.compactMap(\.alert?.number)
      #expect(high == [10, 20, 30, 40])
      #expect(told.contains { $0.title.hasSuffix("more)") })
    }
    #expect(rig.picture.untold.isEmpty && rig.picture.outbox.isEmpty)
    #expect(rig.picture.open.allSatisfy { !$0.called.isEmpty })
    #expect(rig.picture.open.allSatisfy { $0.tellings.contains(where: \.isAccepted) })
  }

  @Test("B4: all at once: one message that says how many more, and what they are")
  func atOnce() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([
      .append((1...36).map { raise($0, $0 > 32 ? .high : .low, at: rig.wall) })
    ])
    rig.tick()
    let told = calls(rig.deliver(), "sec-slack")
    #expect(told.count == 5)
    let many = told.first { $0.priority == .low }
    #expect(many?.title.hasSuffix("late 1 (and 31 more)") == true)
    #expect(many?.facts.contains { $0.value.hasSuffix("and 21 more on the console") } == true)
  }

  @Test("who was told as one of many is called by name when nobody acknowledges, and after a kill")
  func goesOn() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([.append((1...30).map { raise($0, .low, at: rig.wall) })])
    rig.tick()
    rig.restart()
    rig.tick()
    #expect(calls(rig.deliver(), "pager").count == 1, "it was owed, and is sent once")
    rig.command(.act(.ack, AlertID(1)))
    #expect(rig.deliver().isEmpty, "their one incident is not taken while others are NEW")
    rig.command(.act(.ack, AlertID(2)))
    #expect(rig.deliver().isEmpty, "of one of many the receivers have no message of its own")
    rig.pass(.minutes(16))
    rig.tick()
    let next = calls(rig.deliver(), "sec-slack").filter {
      ($0.alert?.number ?? 99) <= 30
    }
    #expect(next.map(\.to) == ["jon"] && next.first?.title.hasSuffix("(and 27 more)") == true)
    for number in 3...30 { rig.command(.act(.ack, AlertID(number))) }
    let last = rig.deliver().map(\.notification).filter { $0.alert == AlertID(1) }
    #expect(last.map(\.act) == [.acknowledged, .acknowledged], "none is NEW any more")
  }

  @Test("ten alerts and less are told one by one")
  func noFlood() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([.append((1...9).map { raise($0, .low, at: rig.wall) })])
    rig.tick()
    #expect(calls(rig.deliver(), "sec-slack").count == 9)
  }

  @Test("the entry reads as it was written")
  func entry() {
    let tell = Tell(
      alert: AlertID(1), act: .raised, to: "mira", channels: ["pager"], of: 4,
      more: [Tell.Also(AlertID(2), of: 5), Tell.Also(AlertID(3), of: 6)])
    #expect(Event(kind: "tell", json: .facts(Event.tell(tell).facts)) == .tell(tell))
  }
}
