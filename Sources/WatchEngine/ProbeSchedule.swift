import WatchCore
import WatchProbes

/// When each probe is due: by its interval, by the clock that nobody can step, never twice at once,
/// and after a pause once and not as often as it was missed.
///
/// All are due at the start; from then on each keeps its own place in its interval, so that calls
/// are spread over it. An account has so many under way at once and no more: neither after a pause,
/// nor where an endpoint hangs, do they crowd out the others.
struct ProbeSchedule {
  private let probes: [Probe]
  private var due: [String: Int64] = [:]
  private var started: Set<String> = []
  private var running: [String: Lane] = [:]
  /// Seconds that the watch has lived through since a look began: not those that it slept.
  private var ages: [String: Int] = [:]

  /// What shares a width: the probes of one account.
  private struct Lane: Hashable {
    var cloud: Cloud?
    var account: String
  }

  static let width = 8

  init(_ probes: [Probe]) {
    self.probes = probes
  }

  /// The probes to start now, the longest overdue first; they count as running from here on.
  mutating func due(at boot: Int64) -> [Probe] {
    var busy: [Lane: Int] = [:]
    for lane in running.values { busy[lane, default: 0] += 1 }
    let waiting = probes.filter { running[$0.id] == nil && (due[$0.id] ?? .min) <= boot }
      .sorted { (due[$0.id] ?? .min) < (due[$1.id] ?? .min) }
    var ready: [Probe] = []
    for probe in waiting {
      let lane = Self.lane(probe)
      guard busy[lane, default: 0] < Self.width else { continue }
      busy[lane, default: 0] += 1
      running[probe.id] = lane
      ages[probe.id] = 0
      due[probe.id] = next(probe, at: boot)
      ready.append(probe)
    }
    return ready
  }

  mutating func finished(_ id: String) {
    running[id] = nil
    ages[id] = nil
  }

  /// A second has gone by; gives the looks that have not come back for so long that they never will.
  /// They count as finished: their place in the lane is another's, and they are due again.
  mutating func second() -> [Probe] {
    ages = ages.mapValues { $0 + 1 }
    guard ages.values.contains(where: { $0 > 60 }) else { return [] }
    let hanging = probes.filter { (ages[$0.id] ?? 0) > Self.patience($0) }
    for probe in hanging {
      finished(probe.id)
      due[probe.id] = nil
    }
    return hanging
  }

  /// Seconds: three missed looks and a minute, and of what is seldom looked at one interval. Each call
  /// has a limit of its own far below.
  static func patience(_ probe: Probe) -> Int {
    let interval = Int(probe.interval.millis / 1000)
    return min(3 * interval + 60, max(interval, 900))
  }

  /// The probes that see a source (all for nil) are due at once.
  mutating func hurry(_ source: SourceID?) {
    for probe in probes where source == nil || Self.sources(probe).contains(where: { $0 == source })
    {
      due[probe.id] = nil
    }
  }

  /// The second look comes between half an interval and a whole one after the first, by the probe's
  /// name; then one follows the other by the interval.
  private mutating func next(_ probe: Probe, at boot: Int64) -> Int64 {
    let interval = probe.interval.millis
    guard started.insert(probe.id).inserted else { return boot + interval }
    return boot + interval / 2 + Self.place(probe.id) * (interval / 2) / 1000
  }

  /// A number from 0 to 999 that is the same in each run (FNV-1a).
  private static func place(_ id: String) -> Int64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in id.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return Int64(hash % 1000)
  }

  private static func lane(_ probe: Probe) -> Lane {
    let source = sources(probe).first
    return Lane(cloud: source?.cloud, account: source?.account ?? "")
  }

  /// What it looks at: by its paths, or, where none is known before the first look, by its name
  /// (`aws.group aws/prod/org-trail`).
  private static func sources(_ probe: Probe) -> [SourceID] {
    guard probe.paths.isEmpty else { return probe.paths.map(\.source) }
    return probe.id.split(separator: " ").dropFirst().compactMap { SourceID(text: String($0)) }
  }
}
