import Testing
import WatchCore

@testable import WatchEngine

/// What a channel's answers say of the channel, and who is told where a cause hides a symptom.
@Suite struct TellAgainTests {
  private func stopped(_ plan: WatchPlan = TellTests.plan()) -> Rig {
    var rig = Rig(plan: plan, tells: true)
    rig.saw([.trail(logging: false, stopped: Rig.start)])
    return rig
  }

  /// What we gave up, or could not send, says nothing of a channel that is dead.
  @Test(arguments: [true, false])
  func aDeadChannelsAccountIsItsOwn(_ isOwn: Bool) {
    var rig = stopped()
    for _ in 0..<3 {
      rig.deliver { _ in .failed("HTTP 503", retryAfter: nil) }
      rig.sleep(.minutes(2))
      rig.tick()
    }
    let before = rig.picture.channels["pager"]
    #expect(before?.failures == 3)
    guard let telling = rig.alert(1)?.tellings.first else {
      Issue.record("nothing was told")
      return
    }
    let told = Told(
      alert: AlertID(1), channel: "pager", to: "mira", accepted: false, detail: "given up",
      of: telling.seq, attempt: 3, isOwn: isOwn)
    rig.perform([.append([.told(told)])])
    let after = rig.picture.channels["pager"]
    #expect((after == before) == isOwn, "a refusal is an answer, ours is none")
    #expect(Event.told(told) == .told(told))
  }

  @Test func whatCannotBeSentHereIsTriedByTheNextWatch() {
    var rig = stopped()
    rig.deliver { _ in .unsent("the command cannot be started: No such file or directory") }
    #expect(rig.picture.outbox.isEmpty && rig.picture.channels["pager"]?.failures == 0)
    #expect(rig.alert(1).flatMap { rig.picture.unheard($0) }?.isSure == true)
    let next = rig.alert(1).flatMap { Escalation.next(for: $0, plan: rig.engine.plan)?.at }
    rig.pass(.minutes(5))
    #expect(rig.notified.allSatisfy { $0.notification.alert != AlertID(1) })
    rig.restart()
    rig.tick()
    let sent = rig.deliver().filter { $0.notification.alert == AlertID(1) }
    #expect(sent.map(\.channel) == ["sec-slack", "pager"])
    #expect(sent.allSatisfy { $0.notification.calls == 1 }, "it is the same call")
    #expect(
      rig.alert(1).flatMap { Escalation.next(for: $0, plan: rig.engine.plan)?.at } == next,
      "and puts nothing off")
    rig.restart()
    rig.tick()
    #expect(rig.deliver().isEmpty, "once it has arrived it is not told again")
  }

  /// A key that is refused is no passing failure: somebody else must know at once.
  @Test func aKeyThatIsRefusedIsAFailingChannel() {
    var rig = stopped(TellTests.plan(then: true))
    let sent = rig.deliver {
      $0.channel == "mail"
        ? .accepted(id: nil) : .failed("answered 401", retryAfter: ChannelAnswer.slowly)
    }
    #expect(sent.map(\.channel).contains("mail"))
    #expect(rig.picture.open.map(\.code).contains(.unreachable))
    rig.sleep(.minutes(15))
    rig.tick()
    let own = rig.deliver().filter { $0.notification.alert == AlertID(1) }
    #expect(Set(own.map(\.channel)) == ["sec-slack", "pager"], "the key was changed")
  }

  private func raise(_ number: Int, _ priority: Priority, under: Int? = nil) -> Event {
    .raise(
      Raise(
        alert: AlertID(number), code: "aws.delivery.late", source: Rig.use1,
        subject: "subject \(number)", place: Place(account: "prod", region: "us-east-1"),
        kind: .condition, priority: priority, failed: Rig.start, what: "late",
        under: under.map { AlertID($0) }))
  }

  private func told(_ rig: inout Rig) -> Set<Int> {
    rig.tick()
    return Set(rig.deliver().compactMap { $0.notification.alert?.number })
  }

  @Test func aHighSymptomOfALowerCauseIsTold() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([
      .append([raise(1, .medium), raise(2, .high, under: 1), raise(3, .medium, under: 1)])
    ])
    #expect(told(&rig) == [1, 2])
  }

  @Test func aHighSymptomThatComesUnderAnAcknowledgedCauseIsTold() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([.append([raise(1, .high)])])
    #expect(told(&rig) == [1])
    rig.command(.act(.ack, AlertID(1)))
    rig.deliver()
    rig.perform([.append([raise(2, .high, under: 1), raise(3, .low, under: 1)])])
    #expect(told(&rig) == [2])
  }

  @Test func aHighSymptomUnderAShelvedCauseIsTold() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([.append([raise(1, .high), raise(2, .high, under: 1)])])
    #expect(told(&rig) == [1])
    let shelf = Act(.shelve, alert: AlertID(1), text: "later", until: rig.wall + .hours(2))
    rig.perform([.append([.act(shelf)])])
    #expect(told(&rig).contains(2))
  }

  /// PagerDuty opens an incident for each call, and hears of the whole alert's keys after.
  @Test func callsAreCountedByChannel() {
    var rig = stopped(TellTests.plan(then: true))
    #expect(rig.deliver().map(\.notification.calls) == [1, 1])
    rig.command(.act(.escalate, AlertID(1), text: "need help"))
    let called = rig.deliver().filter { $0.notification.alert == AlertID(1) }
    #expect(called.map(\.notification.calls) == [2, 2])
    rig.command(.act(.escalate, AlertID(1), text: "more help"))
    let third = rig.deliver().filter { $0.notification.alert == AlertID(1) }
    #expect(third.map(\.channel) == ["mail"] && third.map(\.notification.calls) == [1])
    rig.command(.act(.ack, AlertID(1)))
    let ack = rig.deliver().filter { $0.notification.alert == AlertID(1) }
    #expect(
      Dictionary(uniqueKeysWithValues: ack.map { ($0.channel, $0.notification.calls) })
        == ["sec-slack": 2, "pager": 2, "mail": 1])
    #expect(Set(ack.map(\.notification.dedupKey)).count == 1)
  }

  /// What a receiver denies one message, where it took others, it does not deny the next.
  @Test func oneMessageThatIsDeniedShutsNoChannel() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([.append([raise(1, .high)])])
    rig.tick()
    #expect(rig.deliver().map(\.channel) == ["sec-slack", "pager"])
    rig.perform([.append([raise(2, .high)])])
    rig.tick()
    let denied = rig.deliver { _ in .failed("answered 403", retryAfter: ChannelAnswer.slowly) }
    #expect(denied.allSatisfy { $0.notification.alert == AlertID(2) } && denied.count == 2)
    #expect(
      rig.alert(2).flatMap { rig.picture.unheard($0) }?.isSure == true, "it is put off for long")
    rig.sleep(.minutes(1))
    rig.perform([.append([raise(9, .high)])])
    #expect(told(&rig).contains(9) && !rig.picture.outbox.values.contains(AlertID(9)))
    rig.sleep(.minutes(15))
    #expect(told(&rig).contains(2), "and is tried again")
  }

  /// Denied twice running it is the channel.
  @Test func aChannelThatDeniesTwiceIsShut() {
    var rig = Rig(plan: TellTests.plan(), tells: true)
    rig.perform([.append([raise(1, .high)])])
    #expect(told(&rig) == [1])
    for number in [11, 21] {
      rig.perform([.append([raise(number, .high)])])
      rig.tick()
      rig.deliver { _ in .failed("answered 403", retryAfter: ChannelAnswer.slowly) }
      rig.sleep(.minutes(1))
    }
    let pager = rig.picture.channels["pager"]
    #expect(pager?.failures == 2)
    #expect(pager?.next.map { $0 - rig.wall > .minutes(13) } == true)
    rig.perform([.append([raise(31, .high)])])
    #expect(!told(&rig).contains(31))
  }
}
