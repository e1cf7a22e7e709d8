import Testing

@testable import WatchCore

/// The alert queue that entries give.
@Suite struct PictureTests {
  private static let start = Timestamp(millis: 1_800_000_000_000)
  private let mira = Operator(name: "mira")

  /// Each event is a minute after the one before.
  private func picture(_ events: [Event]) -> Picture {
    Picture(
      events.enumerated().map { index, event in
        Entry(
          seq: index + 1, prev: "", at: Self.start + .minutes(index), boot: 0, event: event)
      })
  }

  private func raise(_ number: Int, _ priority: Priority, under: Int? = nil) -> Event {
    .raise(
      Raise(
        alert: AlertID(number), code: "aws.delivery.late",
        source: SourceID(cloud: .aws, account: "prod", name: "main"), subject: "\(number)",
        place: Place(account: "prod", region: "eu-west-1"), kind: .condition, priority: priority,
        failed: Self.start, what: "late", under: under.map { AlertID($0) }))
  }

  private func act(_ verb: Act.Verb, _ number: Int, of seq: Int? = nil) -> Event {
    .act(Act(verb, alert: AlertID(number), by: mira, of: seq))
  }

  private func numbers(_ ids: [AlertID]) -> [Int] { ids.map(\.number) }

  @Test func newComesFirstByPriorityAndThenTheOldest() {
    let picture = picture([raise(1, .low), raise(2, .high), raise(3, .medium), raise(4, .high)])
    #expect(numbers(picture.queueOrder) == [2, 4, 3, 1])
    #expect(picture.queue.map(\.id) == picture.queueOrder)
    #expect(numbers(picture.newOrder) == [2, 4, 3, 1])
    #expect(picture.newHighCount == 2)
    #expect(picture.openCount == 4 && picture.open.map(\.id.number) == [1, 2, 3, 4])
    #expect(picture.open(on: .aws) == 4 && picture.open(on: .azure) == 0)
  }

  @Test func whatWasTakenStandsBelowByAge() {
    let picture = picture([
      raise(1, .low), raise(2, .high), raise(3, .high), act(.ack, 3), act(.ack, 2),
    ])
    #expect(numbers(picture.queueOrder) == [1, 3, 2])
    #expect(picture.count("NEW") == 1 && picture.count("ACK") == 2)
  }

  @Test func anUndoneActCountsNoMore() {
    let picture = picture([raise(1, .high), act(.ack, 1), act(.undo, 1, of: 2)])
    #expect(picture.count("NEW") == 1 && picture.count("ACK") == 0)
  }

  @Test func whatIsClosedIsGone() {
    let picture = picture([
      raise(1, .high), raise(2, .low), act(.clear, 1), act(.ack, 1), act(.close, 1),
    ])
    #expect(numbers(picture.queueOrder) == [2])
    #expect(picture.openCount == 1 && picture.alerts.count == 2)
  }

  @Test func aSymptomStandsUnderItsCauseAsLongAsThatIsOpen() throws {
    var picture = picture([raise(1, .high), raise(2, .high, under: 1)])
    let symptom = try #require(picture.alerts[AlertID(2)])
    #expect(numbers(picture.queueOrder) == [1] && picture.isFolded(symptom))
    #expect(picture.count("NEW") == 2, "what is folded is counted")
    #expect(picture.symptoms(of: AlertID(1)).map(\.id.number) == [2])
    let close = Entry(seq: 3, prev: "", at: Self.start, boot: 0, event: act(.close, 1))
    picture.apply(close)
    #expect(numbers(picture.queueOrder) == [2] && !picture.isFolded(symptom))
  }

  @Test("an act that is found later moves the time at which what it ended had failed, and no other")
  func foundLater() {
    let at = Timestamp(iso: "2026-11-20T03:02:27Z") ?? Timestamp(millis: 0)
    for (code, error, moves) in [
      ("azure.setting.deleted", nil, true), ("gcp.sink.disabled", nil, true),
      ("azure.setting.deleted", "AuthorizationFailed", false), ("azure.store.capped", nil, false),
    ] as [(FailureCode, String?, Bool)] {
      let raise = Raise(
        alert: AlertID(1), code: code,
        source: SourceID(cloud: .azure, account: "dev", name: "activity-log"), subject: "to-siem",
        place: Place(account: "dev", region: "global"), kind: .condition, priority: .high,
        failed: at, what: "SETTING DELETED")
      let cause = Cause(
        actor: "sam", action: "delete", region: "global", at: at - .seconds(25), error: error)
      let events: [Event] = [
        .raise(raise), .cause(AlertID(1), cause, what: "SETTING DELETED by sam", evidence: []),
      ]
      let entries = events.enumerated().map { index, event in
        Entry(seq: index + 1, prev: "", at: at, boot: 0, event: event)
      }
      let alert = Picture(entries).alerts[AlertID(1)]
      #expect(alert?.failed == (moves ? cause.at : at), "\(code.text)")
      #expect(alert?.missingSince == alert?.failed)
    }
  }
}
