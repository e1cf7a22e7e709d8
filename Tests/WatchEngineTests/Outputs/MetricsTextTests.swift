import Testing
import WatchCore

@testable import WatchEngine

/// Prometheus's text format, read by a strict reader.
@Suite struct MetricsTextTests {
  private func page(_ reading: StatusReading) throws -> MetricsPage {
    try MetricsPage(MetricsText.text(reading, version: "1.0"))
  }

  @Test("Names, one-hot states, counts, times")
  func whole() throws {
    let page = try page(StatusSample.reading())
    let one = "aws/prod/use1 s3 us-east-1"
    #expect(page.values("watchkeeper_path_age_seconds", ["path": one]) == [420])
    #expect(page.values("watchkeeper_path_late_after_seconds", ["path": one]) == [900])
    #expect(page.values("watchkeeper_path_silent_after_seconds", ["path": one]) == [1800])
    #expect(page.values("watchkeeper_path_state", ["path": one, "state": "silent"]) == [1])
    #expect(page.values("watchkeeper_path_state", ["path": one]).reduce(0, +) == 1)
    #expect(page.values("watchkeeper_path_state", ["path": one]).count == 9)
    #expect(page.values("watchkeeper_cloud_state", ["cloud": "aws", "state": "silent"]) == [1])
    #expect(page.values("watchkeeper_alerts", ["priority": "high", "state": "new"]) == [2])
    #expect(page.values("watchkeeper_alerts", ["priority": "high", "state": "ack"]) == [1])
    #expect(page.values("watchkeeper_alerts").count == 12)
    #expect(page.values("watchkeeper_alerts_raised_total") == [5])
    #expect(page.values("watchkeeper_alerts_overdue") == [1])
    #expect(page.values("watchkeeper_channel_failures", ["channel": "sec-slack"]) == [1])
    #expect(page.values("watchkeeper_outbox_waiting") == [1])
    #expect(page.values("watchkeeper_watch_up") == [1])
    #expect(page.values("watchkeeper_check_status") == [2])
    let now = Double(StatusSample.now.millis) / 1000
    #expect(page.values("watchkeeper_watch_last_look_timestamp_seconds") == [now])
    #expect(page.types["watchkeeper_alerts_raised_total"] == "counter")
    #expect(page.types.keys.allSatisfy { $0.hasPrefix("watchkeeper_") })
  }

  @Test("What never came has no age, and none is below nothing")
  func ages() throws {
    let paths = [
      StatusSample.path("never", .never, age: nil),
      StatusSample.path("ahead", .ok, age: .seconds(-90)),
    ]
    let page = try page(StatusSample.reading(paths: paths))
    #expect(page.values("watchkeeper_path_age_seconds") == [0])
    #expect(page.values("watchkeeper_path_late_after_seconds") == [900, 900])
  }

  @Test("No name breaks the format or stands there raw")
  func hostile() throws {
    let page = try page(StatusSample.reading())
    let paths = Set(page.samples.compactMap { $0.labels["path"] })
    #expect(paths.count == 3)
    let scalars = page.samples.flatMap { $0.labels.values.flatMap(\.unicodeScalars) }
    #expect(scalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" && $0 != "\u{7F}" })
  }

  @Test("Two long names stay two series; beyond a thousand paths the best are counted alone")
  func bounded() throws {
    let long = String(repeating: "n", count: 300)
    let paths = (0..<1200).map {
      StatusSample.path("\(long)\($0)", $0 == 1100 ? .silent : .ok)
    }
    let page = try page(StatusSample.reading(paths: paths))
    #expect(page.values("watchkeeper_path_required").count == 1000)
    #expect(page.values("watchkeeper_paths_left_out") == [200])
    #expect(page.values("watchkeeper_path_state", ["state": "silent"]).contains(1))
    #expect(page.samples.allSatisfy { $0.labels.values.allSatisfy { $0.count <= 200 } })
  }

  @Test("A watch that has ended says so, and nothing of any path")
  func ended() throws {
    let page = try MetricsPage(MetricsText.ended(at: StatusSample.now, version: "1.0"))
    #expect(page.values("watchkeeper_watch_up") == [0])
    #expect(
      Set(page.samples.map(\.name)) == [
        "watchkeeper_build_info", "watchkeeper_watch_up", "watchkeeper_watch_end_timestamp_seconds",
      ])
  }

  @Test("A demo's page, and one of what cannot be read: unknown, no watch, and nothing of any path")
  func unknown() throws {
    let demo = try page(StatusSample.reading(demo: "demo"))
    #expect(demo.values("watchkeeper_check_status") == [3])
    #expect(demo.values("watchkeeper_demo") == [1])
    let unread = try MetricsPage(MetricsText.unknown(version: "1.0"))
    #expect(unread.values("watchkeeper_check_status") == [3])
    for page in [demo, unread] {
      #expect(
        Set(page.samples.map(\.name)).subtracting(["watchkeeper_demo"])
          == ["watchkeeper_build_info", "watchkeeper_check_status"])
    }
  }

  @Test("A sighting that has grown old is blind, however good it was")
  func stale() {
    let fresh = StatusSample.path("us-east-1", .ok)
    #expect(fresh.judged(seen: nil, at: StatusSample.now + .minutes(2)).state == .ok)
    let old = fresh.judged(seen: nil, at: StatusSample.now + .hours(2))
    #expect(old.state == .blind && old.reason.hasPrefix("last look "))
    #expect(fresh.judged(seen: nil, at: StatusSample.now - .minutes(5)).state == .blind)
    let closed = StatusSample.path("us-east-1", .off)
    #expect(closed.judged(seen: nil, at: StatusSample.now + .hours(2)).state == .blind)
    let monday = StatusSample.now + .hours(63)
    #expect(closed.judged(seen: monday, at: monday).state == .off, "the others were looked at")
    var never = closed
    never.looked = nil
    #expect(never.judged(seen: StatusSample.now, at: monday).state == .off, "switched off")
    let cloud = CloudStatus(cloud: .aws, accounts: ["prod"], paths: [fresh], open: 0)
    #expect(cloud.judged(Picture(), at: StatusSample.now + .hours(2)).state == .blind)
  }

  @Test("Who is called next is known from the journal alone")
  func rules() {
    let plan = WatchPlan(rulesOf: Picture(StatusSample.entries())) { _ in .utc }
    let original = TellTests.plan(restore: [.high: .hours(4)])
    #expect(plan.roles == original.roles)
    #expect(plan.channels.map(\.name) == original.channels.map(\.name))
    #expect(plan.sources.map(\.id) == original.sources.map(\.id))
  }
}
