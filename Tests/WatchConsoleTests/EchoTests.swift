import Testing
import WatchCore

@testable import WatchConsole

/// Both ages, the echo and the bill, in words.
@Suite struct EchoTests {
  private let now = SampleBoard.now

  @Test("An echo's words: back, owed, not back yet, off, blind")
  func words() {
    func leg(_ change: (inout EchoLeg) -> Void) -> EchoLine.Line {
      var leg = EchoLeg(kind: .s3)
      change(&leg)
      return EchoLine.of(leg, at: now)
    }
    #expect(leg { _ in }.text == "no call was sent yet")
    #expect(leg { $0.sent = now - .seconds(70) }.text == "sent 1m10s ago, none is back yet")
    let back = leg {
      $0.returned = now - .minutes(5)
      $0.arrived = now - .minutes(3)
      $0.p50 = .seconds(110)
      $0.p95 = .seconds(171)
    }
    #expect(back.text == "last 5m00s ago, back after 2m00s, p50 1m50s, p95 2m51s")
    #expect(back.role == .text)
    let owed = leg { $0.owed = now - .minutes(9) }
    #expect(owed.text == "OWED since 03:03:44Z, 9m00s; none was ever back" && owed.role == .newHigh)
    let blind = leg { $0.blind = Blindness(kind: .denied, detail: "FilterLogEvents AccessDenied") }
    #expect(blind.text == "BLIND: FilterLogEvents AccessDenied" && blind.role == .blind)
  }

  @Test("The cloud's screen: echo off says why; owed, both ages, the queue and the bill are there")
  func screen() {
    var desk = Desk(width: 120, height: 40)
    desk.state.show(.cloud(.aws))
    let text = desk.text.joined(separator: "\n")
    for fact in [
      "OWED since 03:01:00Z", "arrived 11m14s ago (03:01:30Z), event 15m05s ago (02:57:39Z)",
      "12 in the window", "fast witness queue us-east-1 ok, newest event 11m07s ago",
      "own calls $3.15 a month (prod): S3 LIST $2.59",
    ] { #expect(text.contains(fact), "\(fact)") }
    desk.state.path = PathID(source: SampleBoard.trail, kind: .s3, region: "eu-west-1")
    let quiet = desk.text.joined(separator: "\n")
    #expect(quiet.contains("off: the trail records no read events"))
    #expect(quiet.contains("digest 32m13s ago (02:40:31Z), expected every 75m+55m, ok"))
  }

  @Test("Dollars: never nothing for something, never a trap")
  func dollars() {
    let cases: [(Double, String)] = [
      (0, "$0.00"), (0.001, "under $0.01"), (0.005, "$0.01"), (2.592, "$2.59"), (12, "$12.00"),
      (.infinity, "over $1000000000"), (.nan, "$0.00"), (-1, "$0.00"),
    ]
    for (value, text) in cases { #expect(BillLine.dollars(value) == text) }
    let bills = ["a", "b"].map {
      CallBill(
        cloud: .aws, account: $0,
        lines: [.init(what: "S3 LIST", callsPerMonth: 1, dollars: $0 == "a" ? 1 : 4)])
    }
    #expect(
      BillLine.texts(.aws, bills).first
        == "own calls $5.00 a month (2 accounts, b $4.00): S3 LIST $4.00")
    #expect(BillLine.texts(.gcp, bills).isEmpty)
  }

  @Test("What an act changed stands field by field; both witnesses; a planned one says so")
  func tampering() {
    let state = OtherScenes.tampered.state(width: 120, height: 40)
    guard let alert = state.picture.alerts[AlertID(1)] else {
      Issue.record("no alert")
      return
    }
    #expect(
      alert.differences
        == ["ActionsEnabled true -> false", "TreatMissingData breaching -> notBreaching"])
    for size in SceneSize.all {
      var desk = OtherScenes.tampered.alert(width: size.width, height: size.height)
      let text = Console.render(desk).text.joined(separator: "\n")
      #expect(text.contains("ActionsEnabled true -> false"), "\(size)")
      desk.show(.alert(AlertID(2)))
      let planned = Console.render(desk).text.joined(separator: "\n")
      #expect(planned.contains("PLANNED"), "\(size)")
      #expect(
        planned.contains("new pager, ticket 4711 (mira), journal, until 04:00:00Z"), "\(size)")
    }
    let wide = Console.render(OtherScenes.tampered.alert(width: 200, height: 60)).text
    #expect(wide.contains { $0.contains("2 witnesses: queue us-east-1, Event history us-east-1") })
  }
}
