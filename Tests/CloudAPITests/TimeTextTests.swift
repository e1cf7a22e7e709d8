import Foundation
import Testing

@testable import CloudAPI

@Suite struct TimeTextTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0.0), ("2015-08-30T12:36:00Z", 1_440_938_160),
    ("2000-02-29T23:59:59.5Z", 951_868_799.5), ("2026-11-20T03:01:00+01:30", 1_795_138_260),
    ("2026-11-20 03:01:00-0000", 1_795_143_660), ("0001-01-01T00:00:00Z", -62_135_596_800),
    ("9999-12-31T23:59:59Z", 253_402_300_799), ("2016-12-31T23:59:60Z", 1_483_228_800),
  ])
  func readsISO8601(_ text: String, _ seconds: Double) throws {
    #expect(try #require(TimeText.iso8601(text)).timeIntervalSince1970 == seconds)
  }

  @Test(arguments: [
    "", "2026", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z",
    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:00", "2026-01-01T00:00:00.Z",
    "2026-01-01T00:00:00ZZ", "yesterday", "0000-01-01T00:00:00Z", "2026-01-01T00:00:00+25:00",
    "２０２６-01-01T00:00:00Z",
  ])
  func refuses(_ text: String) {
    #expect(TimeText.iso8601(text) == nil)
  }

  @Test func readsHTTPDates() throws {
    let date = try #require(TimeText.http("Sun, 06 Nov 1994 08:49:37 GMT"))
    #expect(date.timeIntervalSince1970 == 784_111_777)
    #expect(TimeText.http("Sunday, 06-Nov-94 08:49:37 GMT") == nil)
    #expect(TimeText.http("Sun, 06 Nov 1994 08:49:37 CET") == nil)
  }

  /// Every day of 800 years, there and back, in step with counting.
  @Test func calendarHasNoHoles() throws {
    var seconds = -12_219_292_800.0  // 1582-10-15
    var last = ""
    while seconds < 13_000_000_000 {
      let text = TimeText.iso8601(Date(timeIntervalSince1970: seconds))
      #expect(text > last)
      #expect(TimeText.iso8601(text)?.timeIntervalSince1970 == seconds)
      last = text
      seconds += 86_400 * 5 + 3_601
    }
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan, 1e300, -1e300])
  func absurdDatesDoNotTrap(_ seconds: Double) {
    #expect(TimeText.basic(Date(timeIntervalSince1970: seconds)).utf8.count == 16)
  }
}
