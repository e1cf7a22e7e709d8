import Testing
import WatchCore

@testable import WatchEngine

/// What is acknowledged there is shown as theirs, and never as ours.
@Suite struct TakenThereTests {
  private static let plan: WatchPlan = {
    var plan = TellTests.plan()
    plan.channels.append(ChannelPlan(name: "tickets", kind: .jira))
    plan.roles[0].channels = ["tickets"]
    return plan
  }()

  private func told() -> Rig {
    var rig = Rig(plan: Self.plan, tells: true)
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    rig.deliver { _ in .accepted(id: "SEC-1") }
    return rig
  }

  private func taken(_ rig: Rig) -> [String] {
    rig.entries.compactMap { entry in
      guard case .told(let told) = entry.event, told.isLook, told.alert == AlertID(1) else {
        return nil
      }
      return told.takenBy
    }
  }

  /// Lets time pass, and answers each look; gives how many there were.
  private func pass(_ rig: inout Rig, _ minutes: Int, _ answer: ThereAnswer) -> Int {
    var looks = 0
    for _ in 0..<(minutes * 6) {
      rig.sleep(.seconds(10))
      rig.tick()
      rig.deliver { _ in .accepted(id: "SEC-1") }
      while let look = rig.looks.popLast() {
        if rig.picture.alerts[AlertID(1)]?.telling(look.of) != nil { looks += 1 }
        #expect(look.id == "SEC-1" && look.channel == "tickets")
        rig.perform(
          rig.engine.handle(
            .there(of: look.of, channel: look.channel, answer), at: rig.reading))
        rig.tick()
      }
    }
    return looks
  }

  @Test func aTakenTicketIsAnEntryAndNoAcknowledgement() {
    var rig = told()
    #expect(pass(&rig, 4, .taken(by: "Ana")) == 0, "not sooner than five minutes")
    _ = pass(&rig, 12, .taken(by: "Ana Roe, In Progress"))
    #expect(taken(rig) == ["Ana Roe, In Progress"], "once, however often it is seen")
    #expect(rig.alert(1)?.isNew == true && rig.alert(1)?.acked == nil)
    #expect(rig.alert(1)?.taken(in: "tickets")?.by == "Ana Roe, In Progress")
    _ = pass(&rig, 6, .untaken)
    #expect(taken(rig) == ["Ana Roe, In Progress", "nobody"])
    let delivered = rig.entries.last { entry in
      if case .told(let told) = entry.event { told.accepted && !told.isLook } else { false }
    }
    #expect(
      rig.picture.channels["tickets"]?.accepted == delivered?.at, "a look proves no delivery")
    let detail = rig.entries.last { entry in
      if case .told(let told) = entry.event { told.isLook } else { false }
    }?.detail
    #expect(detail == "tickets: given back there")
    #expect(rig.entries.contains { $0.event.kind == "escalate" }, "the next is called all the same")
  }

  /// What was taken belongs to the time before; of this one the channel has taken nothing yet.
  @Test func aTicketOfAnEarlierTimeIsNotAskedAgain() {
    var rig = told()
    _ = pass(&rig, 7, .taken(by: "Ana"))
    #expect(taken(rig) == ["Ana"])
    let before = rig.entries.count
    rig.perform([.append([.act(Act(.reopen, alert: AlertID(1), text: "again"))])])
    rig.tick()
    for _ in 0..<60 {
      rig.sleep(.minutes(1))
      rig.tick()
      rig.deliver { _ in .failed("503", retryAfter: nil) }
      while let look = rig.looks.popLast() {
        let answer = EngineInput.there(of: look.of, channel: look.channel, .taken(by: "Ana"))
        rig.perform(rig.engine.handle(answer, at: rig.reading))
      }
    }
    #expect(taken(rig) == ["Ana"], "\(rig.story(after: before))")
  }

  /// A look is no attempt to tell: neither for a script nor for a collector.
  @Test func aLookIsNoTelling() throws {
    var rig = told()
    #expect(rig.alert(1)?.toldNow.count == 1)
    _ = pass(&rig, 7, .taken(by: "Ana"))
    let look = try #require(
      rig.entries.last { entry in
        if case .told(let told) = entry.event { told.isLook } else { false }
      })
    #expect(rig.alert(1)?.toldNow.count == 1 && rig.alert(1)?.told.count == 2)
    let record = JournalRecord.json(look, in: rig.picture)
    #expect(record["accepted"] == nil && record["channel"]?.string == "tickets")
    let alert = try #require(rig.alert(1))
    let reading = StatusSample.reading(entries: rig.entries)
    #expect(BoardJSON.alert(alert, reading)["told"]?.array?.count == 1)
  }

  /// The entry before it was lost, and the question with it: it is asked with the next.
  @Test func aLookThatWasDroppedIsMadeAgain() {
    var rig = told()
    rig.sleep(.minutes(6))
    let before = rig.engine.unspent
    _ = rig.engine.handle(.tick, at: rig.reading)
    #expect(rig.looks.isEmpty)
    rig.engine.unspend(before)
    rig.sleep(.seconds(1))
    rig.tick()
    #expect(rig.looks.map(\.channel) == ["tickets"])
  }

  @Test func aJiraThatDoesNotAnswerIsAskedMoreSeldom() {
    var rig = told()
    let looks = pass(&rig, 180, .unknown("503"))
    #expect((2...6).contains(looks), "\(looks) looks in three hours")
    #expect(taken(rig) == [])
  }

  @Test func aReceiverMaySayItAtOnce() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    rig.deliver { $0.channel == "pager" ? .taken(id: "evt-9", by: "ana") : .accepted(id: nil) }
    #expect(rig.alert(1)?.taken(in: "pager")?.by == "ana")
    #expect(rig.picture.channels["pager"]?.accepted != nil && rig.alert(1)?.isNew == true)
    #expect(rig.looks.isEmpty)
  }
}
