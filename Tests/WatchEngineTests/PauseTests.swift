import Testing
import WatchCore
import WatchEngine

/// The watch itself did not run, or its clock was set: nothing is made of that but its own entries.
@Suite struct PauseTests {
  private func look(_ rig: inout Rig, newest: Timestamp) {
    rig.saw([
      .trail(delivered: newest, digest: rig.wall, group: newest), .s3(newest),
      .history(activity: [rig.wall - .minutes(1)], at: rig.wall),
    ])
  }

  /// Looked at for eight minutes in which nothing came, then suspended for ten.
  private func suspended() -> Rig {
    var rig = Rig()
    look(&rig, newest: rig.wall)
    for _ in 0..<4 {
      rig.pass(.minutes(2))
      look(&rig, newest: Rig.start)
    }
    #expect(rig.queue.isEmpty)
    rig.hurried = []
    rig.sleep(.minutes(10))
    rig.tick()
    return rig
  }

  @Test("Records that aged while nobody looked are not late before they were looked for again")
  func nothingIsLateBeforeTheCatchUpLook() {
    var rig = suspended()
    #expect(rig.queue.map(\.code) == ["watch.gap"], "18 minutes old, and unlooked at")
    #expect(rig.hurried.filter { $0 == nil }.count == 1, "one catch-up look at everything")
    look(&rig, newest: rig.wall - .minutes(2))
    rig.pass(.minutes(2))
    rig.tick()
    #expect(rig.story().filter { $0.hasPrefix("raise") }.count == 1)
  }

  @Test("Others' entries may be the first thing after a pause: it is noticed all the same")
  func entriesFirst() {
    var rig = Rig()
    look(&rig, newest: rig.wall)
    rig.hurried = []
    rig.sleep(.minutes(10))
    _ = rig.engine.handle(.entries([]), at: rig.reading)
    rig.sleep(.seconds(1))
    rig.tick()
    #expect(rig.queue.map(\.code) == ["watch.gap"])
    #expect(rig.hurried.filter { $0 == nil }.count == 1)
  }

  @Test("What is late after the catch-up look is told") func whatIsLateIsTold() {
    var rig = suspended()
    look(&rig, newest: Rig.start)
    #expect(rig.queue.map(\.code).contains("aws.delivery.late"))
  }

  @Test("The clock is slewed by 500 ppm for a day: no entry, no alert, no age below nothing")
  func slew() {
    var rig = Rig()
    let began = rig.entries.count
    for minute in 0..<(24 * 60) {
      rig.sleep(.minutes(1))
      rig.step(.milliseconds(minute < 720 ? 30 : -30))
      rig.tick()
      if minute % 5 == 0 { look(&rig, newest: rig.wall - .minutes(2)) }
    }
    #expect(rig.queue.isEmpty)
    let marks = rig.entries.dropFirst(began).filter { $0.event.kind == "watch" }
    #expect(marks.isEmpty)
    #expect(rig.engine.paths().allSatisfy { $0.since <= rig.engine.now })
  }

  @Test("The dead man's switch does not hear us: said once, an alert after two, over when it does")
  func unheard() {
    var plan = Rig().engine.plan
    plan.deadMan = DeadManPlan(url: .environment("SWITCH"))
    var rig = Rig(plan: plan)
    look(&rig, newest: rig.wall)
    func tell(_ answer: DeadManAnswer) {
      rig.perform(rig.engine.handle(.deadMan(answer), at: rig.reading))
      rig.tick()
      rig.pass(.minutes(1))
    }
    tell(.heard)
    tell(.unheard("it answered with status 503"))
    #expect(rig.queue.isEmpty)
    tell(.unheard("it answered with status 503"))
    tell(.unheard("it answered with status 503"))
    #expect(rig.queue.map(\.code) == ["watch.unheard"])
    tell(.heard)
    #expect(rig.alert(1)?.clearedAt != nil)
    tell(.unheard("no connection"))
    #expect(rig.story() == ["raise A-0001", "clear A-0001"])
  }

  @Test("Whoever attends is told by the screen once, and again when it becomes new again")
  func screen() {
    var rig = Rig()
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    var console = Engine(
      plan: rig.engine.plan, picture: rig.picture,
      mark: WatchMark(what: .start, epoch: 1, host: "bridge", pid: 8, version: "test"),
      screen: Rig.mira, reading: rig.reading)
    let events = console.screenEvents()
    #expect(events.map(\.kind) == ["duty", "told"])
    let entries = events.enumerated().map { index, event in
      Entry(
        seq: rig.entries.count + index + 1, prev: "", at: rig.wall, boot: rig.boot, event: event,
        hash: "\(index)")
    }
    _ = console.handle(.entries(entries), at: rig.reading)
    #expect(console.screenEvents().isEmpty)
    #expect(console.answer(.act(.ack, AlertID(1)), by: Rig.mira).events.map(\.kind) == ["ack"])
    #expect(console.answer(.act(.undo, AlertID(1)), by: Rig.mira).events.isEmpty)
  }
}
