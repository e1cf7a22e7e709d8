import WatchCore
import WatchProbes

/// When each probe is due: by its interval, by the clock that nobody can step, never twice at once,
/// and after a pause once and not as often as it was missed.
struct ProbeSchedule {
  private var probes: [Probe]
  private var due: [String: Int64] = [:]
  private var running: Set<String> = []

  init(_ probes: [Probe]) {
    self.probes = probes
  }

  /// The probes to start now; they count as running from here on.
  mutating func due(at boot: Int64) -> [Probe] {
    let ready = probes.filter { !running.contains($0.id) && (due[$0.id] ?? .min) <= boot }
    for probe in ready {
      running.insert(probe.id)
      due[probe.id] = boot + probe.interval.millis
    }
    return ready
  }

  mutating func finished(_ id: String) {
    running.remove(id)
  }

  /// The probes that see a source (all for nil) are due at once.
  mutating func hurry(_ source: SourceID?) {
    for probe in probes where source == nil || probe.paths.contains(where: { $0.source == source })
    {
      due[probe.id] = nil
    }
  }
}
