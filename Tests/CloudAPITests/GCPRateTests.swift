import Testing

@testable import CloudAPI

/// Who pays for a call, and who is told to stay away.
struct GCPRateTests {
  private static func call(_ place: String, _ operation: String = "logging.entries.list") -> GCPCall
  {
    GCPCall(.logging, operation, [.logEntriesList], place: place, path: "/v2/entries:list")
  }

  @Test func `without a quota project all units of a client share one quota`() {
    let places = [
      "projects/acme-1", "projects/acme-2", "folders/9",
      "projects/acme-1/locations/eu/buckets/audit/views/_AllLogs",
    ]
    let keys = places.map { Self.call($0).rate(nil)?.key }
    #expect(Set(keys) == ["logging.entries"])
    // What one project refuses, others may still answer; a view is its project's.
    let doors = places.map { Self.call($0).rate(nil)?.door }
    #expect(doors[0] != doors[1] && doors[1] != doors[2] && doors[0] == doors[3])
  }

  @Test func `a quota project pays for all, and is closed as a whole`() {
    let rates = ["projects/acme-1", "folders/9"].map { Self.call($0).rate("acme-pay") }
    #expect(rates[0] == rates[1])
    #expect(rates[0]?.key == "logging.entries projects/acme-pay" && rates[0]?.door == rates[0]?.key)
  }

  @Test func `eleven reads of eleven projects are one too many to go at once`() async {
    let time = ManualTime()
    let turns = CallTurns(clock: time.clock)
    for number in 0..<11 {
      if let rate = Self.call("projects/acme-\(number)").rate(nil) { await turns.enter(rate) }
    }
    #expect(time.sleeps == [1.25])
  }
}
