import Testing
import WatchCore
import WatchEngine

/// Silence told apart by our own calls: what comes back is quiet, what does not is a cut.
struct EchoRulesTests {
  private func plan(_ optional: Set<PathKind> = []) -> [SourcePlan] {
    [SourcePlan(id: Rig.use1, trail: Rig.trail, optional: optional, echo: .home)]
  }

  /// A round of looks: nothing but our own calls happens.
  private func look(
    _ rig: inout Rig, newest: Timestamp? = nil, group: Timestamp? = nil, legs: [EchoLeg],
    error: String? = nil
  ) {
    let now = rig.wall
    rig.saw([
      .trail(delivered: now, deliveryError: error, group: now), .s3(newest ?? now),
      .group(group ?? now), .history(at: now), .echo(legs),
    ])
  }

  /// Half an hour in which the ends named give nothing back, and nothing comes by their paths.
  private func live(_ rig: inout Rig, cut: Set<PathKind>, minutes: Int = 32, error: String? = nil) {
    let since = rig.wall
    for minute in 1...minutes {
      rig.pass(.minutes(1))
      let legs = [PathKind.s3, .group].map { kind in
        guard cut.contains(kind) else { return back(kind, at: rig.wall) }
        return minute > 30
          ? owed(kind, since: since, rig.wall)
          : EchoLeg(kind: kind, sent: rig.wall, returned: since - .minutes(5), waiting: since)
      }
      look(
        &rig, newest: cut.contains(.s3) ? since : nil, group: cut.contains(.group) ? since : nil,
        legs: legs, error: error)
    }
  }

  private func back(_ kind: PathKind, at now: Timestamp) -> EchoLeg {
    EchoLeg(kind: kind, sent: now, returned: now - .minutes(5), arrived: now - .minutes(2))
  }

  private func owed(_ kind: PathKind, since sent: Timestamp, _ now: Timestamp) -> EchoLeg {
    EchoLeg(
      kind: kind, sent: now, returned: sent - .minutes(5), arrived: sent - .minutes(1),
      waiting: sent, owed: sent)
  }

  @Test func silenceAndAReturnedEchoIsQuiet() {
    var rig = Rig(sources: plan())
    let newest = rig.wall
    for _ in 0..<120 {
      rig.pass(.minutes(1))
      look(
        &rig, newest: newest, group: newest,
        legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    }
    #expect(rig.state(.s3) == .okQuiet)
    #expect(rig.state(.group) == .okQuiet)
    #expect(rig.state(.echo) == .ok)
    #expect(rig.story() == [])
  }

  @Test func silenceAndAMissingEchoIsSilent() {
    var rig = Rig(sources: plan())
    let cut = rig.wall
    look(&rig, legs: [back(.s3, at: cut), back(.group, at: cut)])
    live(&rig, cut: [.s3, .group])
    #expect(rig.state(.s3) == .silent)
    #expect(rig.state(.group) == .silent)
    #expect(rig.state(.echo) == .silent)
    #expect(rig.queue.map(\.code) == ["aws.echo.missing"], "one alert, one cause")
    #expect(
      rig.queue.first.map { rig.picture.symptoms(of: $0.id).map(\.code.text).sorted() } == [
        "aws.delivery.silent", "aws.group.silent",
      ], "quiet until the call was due: no time of lateness before")
    #expect(rig.queue.first?.failed == cut)
    #expect(
      rig.queue.first?.what.hasPrefix("ECHO MISSING: S3 us-east-1, sent 03:00Z, and 1 more") == true
    )
    #expect(rig.queue.first?.evidence.count == 2)

    rig.pass(.minutes(1))
    look(
      &rig, newest: cut, group: cut,
      legs: [
        EchoLeg(kind: .s3, sent: rig.wall, returned: cut, arrived: cut + .minutes(3)),
        back(.group, at: rig.wall),
      ])
    #expect(rig.queue.first?.clearedAt == nil, "the missing call itself is no proof of today")
    rig.pass(.minutes(5))
    look(&rig, legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    #expect(rig.picture.open.allSatisfy { $0.clearedAt != nil })
    #expect(
      rig.picture.open.first { $0.code == "aws.echo.missing" }?.clearProof?.hasPrefix("echo S3")
        == true)
  }

  @Test(arguments: [PathKind.s3, .group])
  func anEchoMissingAtOneEndNamesIt(_ kind: PathKind) {
    var rig = Rig(sources: plan())
    let cut = rig.wall
    look(&rig, legs: [back(.s3, at: cut), back(.group, at: cut)])
    let other: PathKind = kind == .s3 ? .group : .s3
    for _ in 0..<31 {
      rig.pass(.minutes(1))
      look(&rig, legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    }
    look(&rig, legs: [owed(kind, since: cut, rig.wall), back(other, at: rig.wall)])
    #expect(rig.queue.map(\.code) == ["aws.echo.missing"])
    #expect(rig.queue.first?.what.contains("\(kind.label) us-east-1") == true)
    #expect(rig.queue.first?.evidence.contains { $0.text.contains("gave back") } == true)
    #expect(rig.state(.echo) == .ok, "the round trip itself works, by the other end")
    #expect(rig.state(kind) == .ok, "records come by it")
  }

  @Test func missingInEventHistoryAloneIsNoCut() {
    var rig = Rig(sources: plan())
    let sent = rig.wall - .minutes(40)
    look(
      &rig,
      legs: [
        back(.s3, at: rig.wall), back(.group, at: rig.wall), owed(.history, since: sent, rig.wall),
      ])
    #expect(rig.story() == [])
    #expect(rig.state(.echo) == .ok)
  }

  @Test func aStoppedTrailExplainsTheMissingEcho() {
    var rig = Rig(sources: plan())
    let cut = rig.wall
    look(&rig, legs: [back(.s3, at: cut), back(.group, at: cut)])
    live(&rig, cut: [.s3, .group], minutes: 29)
    rig.saw([
      .trail(logging: false, stopped: cut, group: cut), .s3(cut), .group(cut),
      .history(at: rig.wall),
      .echo([owed(.s3, since: cut, rig.wall), owed(.group, since: cut, rig.wall)]),
    ])
    #expect(rig.queue.map(\.code) == ["aws.trail.stopped"])
    let symptoms = rig.queue.first.map { rig.picture.symptoms(of: $0.id).map(\.code) }
    #expect(symptoms?.contains("aws.echo.missing") == true)
  }

  @Test func aDeliveryErrorExplainsItAtTheBucketAlone() {
    var rig = Rig(sources: plan())
    look(&rig, legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    live(&rig, cut: [.s3], error: "AccessDenied")
    #expect(rig.queue.map(\.code) == ["aws.delivery.error"])
    let under = rig.queue.first.map { rig.picture.symptoms(of: $0.id).map(\.code) }
    #expect(under?.contains("aws.echo.missing") == true)

    var both = Rig(sources: plan())
    look(&both, legs: [back(.s3, at: both.wall), back(.group, at: both.wall)])
    live(&both, cut: [.s3, .group], error: "AccessDenied")
    #expect(both.queue.contains { $0.code == "aws.echo.missing" }, "the group is another matter")
  }

  @Test func blindIsNotMissingAndClearsNothing() {
    var rig = Rig(sources: plan())
    look(&rig, legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    rig.pass(.minutes(1))
    let why = Blindness(kind: .denied, detail: "GetObject AccessDenied")
    look(&rig, legs: [EchoLeg(kind: .s3, sent: rig.wall, blind: why), back(.group, at: rig.wall)])
    #expect(rig.state(.echo) == .blind, "an end that cannot be searched")
    #expect(rig.story() == [])
    live(&rig, cut: [.s3])
    let missing = rig.queue.first { $0.code == "aws.echo.missing" }?.id
    #expect(missing != nil)
    rig.pass(.minutes(1))
    look(&rig, legs: [EchoLeg(kind: .s3, sent: rig.wall, blind: why), back(.group, at: rig.wall)])
    #expect(missing.flatMap { rig.picture.alerts[$0] }?.clearedAt == nil)
  }

  @Test func beforeTheFirstOneIsBackThereIsNothingToSay() {
    var rig = Rig(sources: plan())
    look(&rig, legs: [EchoLeg(kind: .s3, sent: rig.wall, waiting: rig.wall)])
    #expect(rig.state(.echo) == nil)
    #expect(rig.engine.echoes.count == 1, "but it is shown")
    #expect(rig.engine.clouds()[0].state == .ok)
  }

  @Test func offIsSaidAndIsNoAlarm() {
    var rig = Rig(sources: plan())
    look(&rig, legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    rig.pass(.minutes(5))
    let path = PathID(source: Rig.use1, kind: .echo, region: "us-east-1")
    rig.saw([
      Look(path: path, result: .saw(.echo(EchoSighting(legs: [], off: "no read events"))))
    ])
    #expect(rig.state(.echo) == .off)
    #expect(rig.engine.paths().first { $0.id.kind == .echo }?.reason == "no read events")
    rig.pass(.minutes(2))
    look(&rig, legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    #expect(rig.state(.echo) == .ok)
    #expect(!rig.story().contains { $0.hasPrefix("raise") })
  }

  @Test func afterAPauseNothingIsMissingThatWasNotSentYet() {
    var rig = Rig(sources: plan())
    look(&rig, legs: [back(.s3, at: rig.wall), back(.group, at: rig.wall)])
    let before = rig.wall
    rig.sleep(.hours(3))
    let legs = [PathKind.s3, .group].map {
      EchoLeg(
        kind: $0, sent: rig.wall, returned: before - .minutes(5), arrived: before - .minutes(2),
        waiting: rig.wall)
    }
    look(&rig, legs: legs)
    #expect(rig.state(.echo) == .okQuiet)
    #expect(!rig.picture.open.contains { $0.code == "aws.echo.missing" })
  }
}
