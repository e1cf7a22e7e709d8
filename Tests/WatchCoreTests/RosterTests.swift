import Testing

@testable import WatchCore

/// "Who was to be told on 14 March" has an answer, and a roster is read back as it was written.
@Suite struct RosterTests {
  private static let march = Timestamp(iso: "2026-03-14T03:00:00Z") ?? Timestamp(millis: 0)

  private func entry(_ seq: Int, _ at: Timestamp, _ event: Event) -> Entry {
    Entry(seq: seq, prev: "", at: at, boot: 0, event: event, hash: "\(seq)")
  }

  private func roster(_ members: [String], _ difference: [String], why: String?) -> Event {
    let plan = WatchPlan(
      roles: [Role(name: "security-lead", members: members, channels: ["pager"])])
    return .snapshot(
      Snapshot(
        what: .roster, hash: "h", content: plan.rosterJSON, difference: difference,
        by: Operator(name: "ana"), why: why))
  }

  @Test func whoWasToBeToldThen() throws {
    let mira = Operator(name: "mira")
    let entries = [
      entry(1, Self.march - .hours(100), roster(["mira"], [], why: nil)),
      entry(2, Self.march - .hours(2), .duty(DutyMark(to: "mira", by: mira))),
      entry(
        3, Self.march + .hours(1),
        roster(["mira", "jon"], ["security-lead.members mira -> mira, jon"], why: "jon joins")),
    ]
    let then = RosterAt(entries, at: Self.march).lines
    #expect(then.contains { $0.contains("security-lead: mira; by pager") })
    #expect(then.contains { $0.contains("on duty: mira") })
    let later = RosterAt(entries, at: Self.march + .hours(2)).lines
    #expect(later.contains { $0.contains("mira, jon") })
    #expect(later.contains { $0.contains("by ana, \"jon joins\"") })
    #expect(!RosterAt(entries, at: Self.march - .hours(200)).isKnown)
    for entry in entries {
      let json = try #require(try? JSON(text: entry.line))
      #expect(Entry(json: json, hash: entry.hash) == entry)
    }
  }

  /// A role put before the others changes none of them, and a change names what it is of.
  @Test func aChangeOfTheRosterNamesTheRole() {
    func roster(_ roles: [Role]) -> JSON { WatchPlan(roles: roles).rosterJSON }
    let lead = Role(name: "security-lead", members: ["mira"], channels: ["pager"])
    let cto = Role(name: "cto", members: ["ana"], channels: ["mail"])
    let both = JSON.difference(roster([lead]), roster([cto, lead]))
    #expect(both.contains("cto.members none -> ana"))
    #expect(!both.contains { $0.contains("security-lead") }, "\(both)")
    var joined = lead
    joined.members.append("jon")
    #expect(
      JSON.difference(roster([cto, lead]), roster([cto, joined]))
        == ["security-lead.members mira -> mira, jon"])
    #expect(
      JSON.difference(roster([cto, lead]), roster([lead, cto]))
        == ["order cto, security-lead -> security-lead, cto"])
    #expect(JSON.difference(["a": ["x"]], ["a": []]) == ["a x -> none"])
  }

  @Test func tellAndToldAreReadBack() throws {
    let events: [Event] = [
      .tell(
        Tell(
          alert: AlertID(1), act: .escalated, to: "jon", role: "security-lead",
          channels: ["pager"], of: 7)),
      .told(
        Told(
          alert: AlertID(1), channel: "pager", to: "jon", accepted: false, detail: "HTTP 503",
          of: 8, attempt: 2, next: Self.march)),
      .act(Act(.escalate, alert: AlertID(1), text: "need help", to: "jon")),
    ]
    for (index, event) in events.enumerated() {
      let written = entry(index + 1, Self.march, event)
      let json = try #require(try? JSON(text: written.line))
      #expect(Entry(json: json, hash: written.hash) == written)
    }
  }

  @Test func anOldToldIsFoldedAsBefore() throws {
    let line =
      #"{"v":1,"seq":2,"prev":"1","at":"2026-03-14T03:00:00.000Z","boot":0,"kind":"told","alert":"A-0001","channel":"console","to":"mira","accepted":true}"#
    let json = try #require(try? JSON(text: line))
    let told = try #require(Entry(json: json, hash: "2"))
    let raise = Raise(
      alert: AlertID(1), code: "aws.trail.stopped",
      source: SourceID(cloud: .aws, account: "prod", name: "t"),
      place: Place(account: "prod", region: "us-east-1"), kind: .condition, priority: .high,
      failed: Self.march, what: "STOPPED")
    let picture = Picture([entry(1, Self.march, .raise(raise)), told])
    let alert = try #require(picture.alerts[AlertID(1)])
    #expect(alert.told.count == 1 && alert.called.map(\.to) == ["mira"])
    #expect(picture.outbox.isEmpty && picture.unheard(alert) == nil)
  }
}
