import Testing

@testable import WatchCore

/// The alarm load follows from entries alone.
@Suite struct AlarmLoadTests {
  private static let now = Timestamp(iso: "2026-11-20T12:00:00Z") ?? Timestamp(millis: 0)

  private struct Story {
    var entries: [Entry] = []

    mutating func add(_ event: Event, _ at: Timestamp) {
      entries.append(Entry(seq: entries.count + 1, prev: "", at: at, boot: 0, event: event))
    }

    mutating func raise(
      _ number: Int, _ priority: Priority, _ at: Timestamp, _ code: FailureCode = "aws.a"
    ) {
      add(
        .raise(
          Raise(
            alert: AlertID(number), code: code,
            source: SourceID(cloud: .aws, account: "prod", name: "main"), subject: "\(number)",
            place: Place(account: "prod", region: "eu-west-1"), kind: .condition,
            priority: priority, failed: at, what: "late")), at)
    }

    mutating func ack(_ number: Int, _ at: Timestamp) {
      add(.act(Act(.ack, alert: AlertID(number), by: Operator(name: "mira"))), at)
    }

    func load(_ span: Duration = AlarmLoad.base) -> AlarmLoad {
      AlarmLoad(Picture(entries), from: now - span, to: now)
    }
  }

  @Test("raised, acknowledged, open, stale, the mix, and the time to acknowledge")
  func figures() {
    var story = Story()
    story.raise(1, .high, Self.now - .hours(30))
    story.raise(2, .low, Self.now - .hours(5))
    story.raise(3, .low, Self.now - .hours(4))
    story.raise(4, .medium, Self.now - .hours(3))
    story.ack(2, Self.now - .hours(5) + .minutes(2))
    story.ack(3, Self.now - .hours(4) + .minutes(20))
    story.add(.act(Act(.close, alert: AlertID(2))), Self.now - .hours(2))
    let load = story.load()
    #expect(load.raised == 4 && load.acked == 2 && load.open == 3 && load.staleOpen == 1)
    #expect(load.mix == "25/25/50 %")
    #expect(load.medianToAck == .minutes(20) && load.longestToAck == .minutes(20))
    #expect(load.acked(within: .minutes(15)) == (1, 4), "what nobody took was not taken in time")
    #expect(load.span == "2 of 30 days" && load.known == .hours(30))
    #expect(story.load(.hours(24)).raised == 3, "only what was raised in the span")
    #expect(Story().load().raised == 0 && Story().load().mix == "-")
  }

  @Test("whoever closes an alert has seen it; when the watch closes it, nobody has")
  func closed() {
    var story = Story()
    let mira = Operator(name: "mira")
    for number in 1...4 { story.raise(number, .low, Self.now - .hours(5)) }
    let cleared = Self.now - .hours(5) + .minutes(1)
    for number in 1...4 { story.add(.act(Act(.clear, alert: AlertID(number))), cleared) }
    story.add(
      .act(Act(.resolve, alert: AlertID(1), by: mira, text: "done")), cleared + .minutes(4))
    story.ack(2, cleared + .minutes(1))
    story.add(.act(Act(.resolve, alert: AlertID(2), by: mira, text: "done")), cleared + .hours(2))
    story.add(.act(Act(.close, alert: AlertID(3))), cleared + .minutes(5))
    let load = story.load()
    #expect(load.acked == 2 && load.open == 1)
    #expect(load.delays == [.minutes(2), .minutes(5)])
    #expect(load.acked(within: .minutes(15)) == (2, 4))
  }

  @Test("a flood: the worst ten minutes wherever they lie, and the share of slices")
  func flood() {
    var story = Story()
    story.raise(1, .low, Self.now - .hours(10))
    for number in 2...13 {
      story.raise(number, .low, Self.now - .hours(1) - .minutes(59) + .seconds(number * 30))
    }
    let load = story.load()
    #expect(load.worstTenMinutes == 12)
    #expect(load.floodShare == 163, "1 of the 61 slices that ten hours touch: 1.6 %")
    #expect(load.floodPercent == "1.63 %")
    #expect(load.perDay == (median: 13, worst: 13))
  }

  @Test("a share is never more than all, however young the journal is")
  func youngFlood() {
    var story = Story()
    for number in 1...36 {
      story.raise(number, .low, Self.now - .minutes(15) + .seconds(number * 25))
    }
    #expect(story.load().floodShare <= 10_000)
    #expect(story.load().floodShare > 0)
  }

  @Test("the most frequent, and what the ten most frequent are of all")
  func frequent() {
    var story = Story()
    for number in 1...20 {
      story.raise(number, .low, Self.now - .hours(number), number < 4 ? "aws.b" : "aws.a")
    }
    #expect(story.load().mostFrequent?.code == "aws.a" && story.load().mostFrequent?.count == 17)
    #expect(story.load().topTen == 50)
    #expect(Story().load().topTen == nil)
  }

  @Test("blind minutes, time without a watch, rules changed by nobody, what chatters")
  func marks() {
    var story = Story()
    let source = SourceID(cloud: .aws, account: "prod", name: "main")
    let at = Self.now - .hours(2)
    story.add(
      .proof(
        ProofSummary(
          source: source, state: .ok, from: at - .hours(1), to: at,
          minutes: [JSON.Member("blind", 7), JSON.Member("ok", 53)])), at)
    for _ in 0..<2 {
      story.add(
        .proof(
          ProofSummary(
            source: source, state: .ok, from: at - .hours(1), to: at,
            minutes: [JSON.Member("blind", .int(.max))])), at - .hours(3))
    }
    story.add(
      .watch(
        WatchMark(
          what: .gap, epoch: 1, host: "h", pid: 1, version: "0", from: at - .minutes(9), to: at)),
      at)
    for (by, difference) in [
      (nil, ["a 1 -> 2"]), (Operator(name: "mira"), ["a 2 -> 3"]), (nil, [String]()),
    ] as [(Operator?, [String])] {
      story.add(
        .snapshot(
          Snapshot(what: .thresholds, hash: "h", content: [:], difference: difference, by: by)), at)
    }
    story.raise(1, .low, at)
    story.add(
      .act(Act(.reopen, alert: AlertID(1), returned: true, chatter: 3)), Self.now - .hours(1))
    let load = story.load()
    #expect(load.blindMinutes == 7 + 2 * 1440 && load.unwatched == .minutes(9))
    #expect(load.unnamedChanges == 1 && load.chattering == 1)
    #expect(story.load(.minutes(90)).blindMinutes == 0 && story.load(.hours(1)).unwatched == .zero)
  }

  private static let source = SourceID(cloud: .aws, account: "prod", name: "main")

  private static func proof(
    _ from: Timestamp, _ to: Timestamp, _ state: HeartbeatState, minutes: Int64 = 0,
    isBlind: Bool? = nil
  ) -> Event {
    .proof(
      ProofSummary(
        source: source, state: state, from: from, to: to,
        minutes: minutes > 0 ? [JSON.Member("blind", .int(minutes))] : [], isBlind: isBlind))
  }

  @Test("a source that is blind now counts from its last summary on, also under a worse path")
  func blindNow() {
    for state in [HeartbeatState.blind, .failing] {
      var story = Story()
      let since = Self.now - .hours(9)
      story.add(Self.proof(since - .hours(1), since, state, isBlind: true), since)
      #expect(story.load().blindMinutes == 540)
      #expect(story.load(.hours(1)).blindMinutes == 60, "of the span alone")
      let read = story.entries.compactMap { Event(kind: "proof", json: .facts($0.event.facts)) }
      #expect(read == story.entries.map(\.event))
      let end = Self.now - .hours(2)
      story.add(Self.proof(since, end, .ok, minutes: 420), end)
      #expect(story.load().blindMinutes == 420, "what its summary says, and no more")
    }
  }

  private static func mark(_ what: WatchMark.What, _ hours: Int = 0, _ to: Int = 0) -> Event {
    .watch(
      WatchMark(
        what: what, epoch: 1, host: "h", pid: 1, version: "0", from: now - .hours(hours),
        to: now - .hours(to)))
  }

  @Test("blind when the watch was ended or killed: until then, and not while none ran")
  func blindAtTheEnd() {
    var ended = Story()
    ended.add(Self.proof(Self.now - .hours(9), Self.now - .hours(8), .blind), Self.now - .hours(8))
    var killed = ended
    ended.add(Self.mark(.stop), Self.now - .hours(5))
    #expect(ended.load().blindMinutes == 180)
    killed.add(Self.mark(.gap, 5, 2), Self.now - .hours(2))
    #expect(killed.load().blindMinutes == 300)
    let back = Self.now - .hours(1)
    killed.add(Self.proof(back, back, .ok), back)
    #expect(killed.load().blindMinutes == 240)
  }

  @Test("one flooded slice of a month is no nothing")
  func seldomFlood() {
    var story = Story()
    story.raise(1, .low, Self.now - .hours(30 * 24 - 1))
    for number in 2...13 { story.raise(number, .low, Self.now - .minutes(5)) }
    #expect(story.load().floodPercent == "0.02 %")
  }

  @Test("lines and JSON tell the same figures; the aim is the roster's")
  func output() {
    var story = Story()
    let plan = WatchPlan(
      roles: [Role(name: "r", members: ["mira"], acknowledgeWithin: .minutes(5))])
    story.add(
      .snapshot(Snapshot(what: .roster, hash: "h", content: plan.rosterJSON)),
      Self.now - .hours(1))
    story.raise(1, .low, Self.now - .minutes(30))
    let aim = AlarmLoad.aim(Picture(story.entries))
    #expect(aim == .minutes(5) && AlarmLoad.aim(Picture()) == .minutes(15))
    let load = story.load()
    #expect(load.lines(aim: aim).contains { $0.name == "raised" && $0.value == "1" })
    #expect(load.json(aim: aim)["raised"]?.int == 1)
    #expect(load.json(aim: aim)["to_ack_aim_s"]?.int == 300)
  }
}
