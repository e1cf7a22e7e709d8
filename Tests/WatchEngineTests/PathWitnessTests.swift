import Testing
import WatchCore
import WatchEngine

/// A path that two look at: its own probe, and the trail's status. And what a digest proves.
struct PathWitnessTests {
  private func round(
    _ rig: inout Rig, s3: Timestamp, digest: Look, group: Look? = nil, status: Timestamp? = nil,
    history: Bool = false
  ) {
    let now = rig.wall
    rig.saw(
      [
        digest, .trail(delivered: now, digest: status ?? now, group: group == nil ? nil : now),
        .s3(s3), history ? .history(at: now) : .blind(.history, Rig.history),
      ] + (group.map { [$0] } ?? []))
  }

  @Test func aFreshDigestMakesAQuietRegionQuietWithoutEventHistory() {
    var rig = Rig()
    let newest = rig.wall
    for minute in stride(from: 0, to: 240, by: 5) {
      if minute > 0 { rig.pass(.minutes(5)) }
      let hour = newest + .minutes(minute / 60 * 60)
      round(&rig, s3: newest, digest: .digest(hour), status: hour)
      if minute == 0 { continue }  // The witness is still being asked.
      #expect(rig.state(.s3) == (minute <= 15 ? .ok : .okQuiet), "minute \(minute)")
    }
    #expect(
      rig.picture.alerts.values.allSatisfy { $0.code == "aws.probe.blind" },
      "the blind history is all there is")
  }

  @Test func aCutQuietRegionIsTold() {
    var rig = Rig()
    let cut = rig.wall
    var silent: Int?
    for minute in stride(from: 0, to: 200, by: 5) {
      round(&rig, s3: cut, digest: .digest(cut), status: cut)
      if rig.state(.s3) == .silent, silent == nil { silent = minute }
      rig.pass(.minutes(5))
    }
    #expect(silent == 95, "a digest's period, and this path's grace")
    #expect(rig.state(.digest) == .silent)
    #expect(rig.picture.open.contains { $0.code == "aws.digest.silent" })
  }

  @Test func whatIsOwedIsNotExcusedByADigest() {
    var rig = Rig()
    let newest = rig.wall
    rig.saw([
      .digest(newest), .trail(digest: newest), .s3(newest),
      .history(activity: [newest + .minutes(1)], at: rig.wall),
    ])
    for _ in 0..<8 {
      rig.pass(.minutes(5))
      round(&rig, s3: newest, digest: .digest(rig.wall))
    }
    #expect(rig.state(.s3) == .silent)
  }

  @Test func aRefusedProbeIsNotHiddenByTheStatusAndDoesNotFlap() {
    var rig = Rig()
    var states: Set<HeartbeatState> = []
    round(&rig, s3: rig.wall, digest: .digest(rig.wall), group: .group(rig.wall), history: true)
    for _ in 0..<10 {
      rig.pass(.minutes(1))
      let now = rig.wall
      rig.saw([.blind(.group), .blind(.digest)])
      states.formUnion([rig.state(.group), rig.state(.digest)].compactMap { $0 })
      rig.saw([.trail(delivered: now, digest: now, group: now), .s3(now), .history(at: now)])
      states.formUnion([rig.state(.group), rig.state(.digest)].compactMap { $0 })
    }
    #expect(states == [.blind])
    #expect(rig.queue.map(\.code) == ["aws.probe.blind"])
  }

  @Test func aBlindStatusBlindsNoPathThatIsLookedAtItself() {
    var rig = Rig()
    round(&rig, s3: rig.wall, digest: .digest(rig.wall), group: .group(rig.wall), history: true)
    rig.pass(.minutes(1))
    rig.saw([.blind(.trail), .digest(rig.wall), .group(rig.wall)])
    #expect(rig.state(.digest) == .ok && rig.state(.group) == .ok)
    #expect(rig.state(.trail) == .blind)
  }

  @Test func aDigestThatCloudTrailDoesNotKnowOfCountsAsOld() {
    var rig = Rig()
    let last = rig.wall
    round(&rig, s3: rig.wall, digest: .digest(last), status: last, history: true)
    rig.pass(.minutes(80))
    round(&rig, s3: rig.wall, digest: .digest(rig.wall), status: last, history: true)
    #expect(rig.state(.digest) == .late)
    rig.pass(.minutes(60))
    round(&rig, s3: rig.wall, digest: .digest(rig.wall), status: last, history: true)
    #expect(rig.state(.digest) == .silent)
    #expect(rig.queue.first?.what.contains("GetTrailStatus: last digest 03:00Z") == true)
    rig.pass(.minutes(1))
    round(&rig, s3: rig.wall, digest: .digest(rig.wall), history: true)
    #expect(rig.state(.digest) == .ok)
  }

  /// An organization's trail, seen from a member account.
  @Test func managedElsewhereIsShownAndNoAlarmAndNotGreen() {
    var rig = Rig()
    rig.saw([
      .trail(digest: rig.wall) { $0.organization = true },
      .blind(.s3, Rig.use1, .elsewhere), .blind(.digest, Rig.use1, .elsewhere),
      .history(at: rig.wall),
    ])
    #expect(rig.state(.s3) == .off, "the status does not tell when it delivered")
    #expect(
      rig.engine.paths().first { $0.id.kind == .s3 }?.reason.hasPrefix("managed elsewhere") == true)
    #expect(rig.state(.digest) == .ok, "this it tells")
    for _ in 0..<60 {
      rig.pass(.minutes(1))
      rig.saw([
        .trail(digest: rig.wall) { $0.organization = true },
        .blind(.s3, Rig.use1, .elsewhere), .blind(.digest, Rig.use1, .elsewhere),
        .history(at: rig.wall),
      ])
    }
    #expect(rig.story() == [])
    #expect(rig.engine.clouds()[0].delivering == (1, 1))
  }

  /// D03: an empty error field is no proof of delivery; ages alone raise.
  @Test func staleThoughNoErrorIsSilentElsewhereToo() {
    var rig = Rig()
    let last = rig.wall
    for _ in 0..<32 {
      rig.saw([
        .trail(delivered: last) { $0.organization = true }, .blind(.s3, Rig.use1, .elsewhere),
        .history(activity: [last + .seconds(1)], at: rig.wall),
      ])
      rig.pass(.minutes(1))
    }
    #expect(rig.state(.s3) == .silent)
    #expect(rig.queue.map(\.code) == ["aws.delivery.silent"])
  }

  @Test func bothAgesAndTheCountAreTold() {
    var rig = Rig()
    let event = rig.wall - .minutes(9)
    var look = Look.group(rig.wall)
    look.result = .saw(
      .arrival(Arrival(newest: rig.wall, newestEvent: event, count: 7, name: "audit")))
    rig.saw([.trail(group: rig.wall), look])
    let path = rig.engine.paths().first { $0.id.kind == .group }
    #expect(path?.newest == rig.wall)
    #expect(path?.newestEvent == event)
    #expect(path?.count == 7)
    #expect(path?.name == "audit")
  }

  @Test func oneMembersDigestReplacesNoOthers() {
    var rig = Rig()
    var own = Look.digest(rig.wall)
    own.path.member = "111122223333"
    var other = Look.digest(rig.wall - .hours(3))
    other.path.member = "444455556666"
    rig.saw([.trail(digest: rig.wall), own, other])
    rig.saw([.trail(digest: rig.wall)])
    let paths = rig.engine.paths().filter { $0.id.kind == .digest }
    #expect(paths.map(\.id.member) == ["111122223333", "444455556666"])
    #expect(paths.map(\.state) == [.ok, .silent])
  }
}
