import Testing
import WatchCore
import WatchProbes

@testable import WatchEngine

@Suite struct ScheduleTests {
  static func probes(_ count: Int, account: String = "prod") -> [Probe] {
    (0..<count).map { number in
      let source = SourceID(cloud: .aws, account: account, name: "trail-\(number)")
      let path = PathID(source: source, kind: .trail, region: "us-east-1")
      return Probe(id: "aws.trail \(source.text)", permissions: [], paths: [path]) { now in
        ProbeReport(probe: "p", began: now, ended: now, looks: [])
      }
    }
  }

  /// Runs a schedule in seconds, each probe taking one; gives how many began in each second.
  static func starts(_ schedule: inout ProbeSchedule, seconds: Range<Int64>) -> [Int] {
    seconds.map { second in
      let ready = schedule.due(at: second * 1000)
      for probe in ready { schedule.finished(probe.id) }
      return ready.count
    }
  }

  @Test("Forty trails are asked within an interval each, and spread over it")
  func spread() {
    var schedule = ProbeSchedule(Self.probes(40))
    let starts = Self.starts(&schedule, seconds: 0..<300)
    #expect(starts[0..<60].reduce(0, +) >= 40)
    #expect(starts[120..<180].reduce(0, +) == 40)
    #expect(starts[120..<180].max() ?? 0 <= 4)
  }

  @Test("After a pause each probe is asked once, and no more at once than the width")
  func pause() {
    var schedule = ProbeSchedule(Self.probes(40))
    _ = Self.starts(&schedule, seconds: 0..<180)
    let herd = schedule.due(at: 3_600_000)
    #expect(herd.count == ProbeSchedule.width)
    for probe in herd { schedule.finished(probe.id) }
    let rest = Self.starts(&schedule, seconds: 3601..<3606)
    #expect(rest.reduce(0, +) == 40 - ProbeSchedule.width)
  }

  @Test("An account that hangs does not hold up another")
  func lanes() {
    var schedule = ProbeSchedule(
      Self.probes(20, account: "hangs") + Self.probes(3, account: "works"))
    let first = schedule.due(at: 0)
    #expect(first.count { $0.id.contains("works") } == 3)
    #expect(first.count { $0.id.contains("hangs") } == ProbeSchedule.width)
    for probe in first where probe.id.contains("works") { schedule.finished(probe.id) }
    schedule.hurry(nil)
    #expect(schedule.due(at: 1000).map(\.id).allSatisfy { $0.contains("works") })
  }

  @Test("No probe runs twice at once")
  func once() {
    var schedule = ProbeSchedule(Self.probes(1))
    #expect(schedule.due(at: 0).count == 1)
    schedule.hurry(nil)
    #expect(schedule.due(at: 900_000).isEmpty)
    schedule.finished("aws.trail aws/prod/trail-0")
    #expect(schedule.due(at: 900_000).count == 1)
  }
}

extension ScheduleTests {
  @Test("A probe that knows no path before its first look is of its source all the same")
  func withoutPaths() {
    let source = SourceID(cloud: .aws, account: "prod", name: "trail-0")
    let group = Probe(id: "aws.group aws/prod/trail-0", permissions: [], paths: []) { now in
      ProbeReport(probe: "p", began: now, ended: now, looks: [])
    }
    var schedule = ProbeSchedule(Self.probes(8, account: "hangs") + [group])
    #expect(schedule.due(at: 0).count == 9)
    schedule.finished(group.id)
    #expect(schedule.due(at: 1000).isEmpty)
    schedule.hurry(source)
    #expect(schedule.due(at: 2000).map(\.id) == [group.id])
  }
}
