import Testing
import WatchCore

struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("2026-11-20T03:11:58.214Z", 1_795_144_318_214),
    ("2026-11-20T03:11:58.2149999Z", 1_795_144_318_214),
    ("2026-11-20T04:11:58+01:00", 1_795_144_318_000),
    ("2026-11-20T04:11:58.5+0100", 1_795_144_318_500),
    ("2024-02-29T23:59:59Z", 1_709_251_199_000),
    ("1969-12-31T23:59:59.999Z", -1),
  ])
  func reads(_ text: String, _ millis: Int64) {
    #expect(Timestamp(iso: text)?.millis == millis)
  }

  @Test(arguments: [
    "", "2026-11-20", "2026-11-20T03:11:58", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
    "2026-11-20T24:00:00Z", "2026-11-20T03:11:58.Z", "2026-11-20T03:11:58Zx",
    "2026-11-20T03:11:58+1:00",
  ])
  func refuses(_ text: String) {
    #expect(Timestamp(iso: text) == nil)
  }

  @Test func everyDayComesBack() {
    for day in stride(from: -40_000, to: 80_000, by: 17) {
      let time = Timestamp(millis: Int64(day) * 86_400_000 + 45_296_789)
      #expect(Timestamp(iso: time.iso) == time)
    }
  }

  @Test func words() {
    let time = Timestamp(millis: 1_795_144_318_214)
    #expect(time.iso == "2026-11-20T03:11:58.214Z")
    #expect(time.clock == "03:11:58Z")
    #expect(time.shortClock == "03:11Z")
    #expect(time.clock(at: time + .hours(20)) == "03:11:58Z")
    #expect(time.clock(at: time + .hours(21)) == "11-20 03:11Z")
  }

  @Test(arguments: [
    (0, "0s", "0s"), (42, "42s", "42s"), (492, "8m12s", "8m"), (3900, "1h05m", "1h"),
    (234_000, "2d17h", "2d"), (-5, "0s", "0s"),
  ])
  func spans(_ seconds: Int, _ text: String, _ short: String) {
    #expect(Duration.seconds(seconds).text == text)
    #expect(Duration.seconds(seconds).shortText == short)
  }
}
