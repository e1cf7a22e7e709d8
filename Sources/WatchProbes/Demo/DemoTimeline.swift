/// What a scenario's trails did, at any second from its start.
struct DemoTimeline: Sendable {
  let script: DemoScript

  /// One log file: when it came, and which events' seconds it holds.
  struct Delivery: Hashable, Sendable {
    var at: Int
    var events: Range<Int>
  }

  /// Seconds between the newest event of a log file and its delivery.
  private static let delay = 60
  /// Seconds from the end of a refusal until what was held back comes.
  private static let catchUp = 90

  private func last(_ names: Set<String>, _ trail: DemoEstate.Trail, at time: Int) -> DemoScript
    .Act?
  {
    script.timeline.last { act in
      act.at <= time && names.contains(act.act ?? "") && (act.trails?.contains(trail.id) ?? true)
    }
  }

  func isLogging(_ trail: DemoEstate.Trail, at time: Int) -> Bool {
    last(["stop", "start"], trail, at: time)?.act != "stop"
  }

  func started(_ trail: DemoEstate.Trail, at time: Int) -> Int? {
    last(["start"], trail, at: time)?.at
  }

  func stopped(_ trail: DemoEstate.Trail, at time: Int) -> Int? {
    last(["stop"], trail, at: time)?.at
  }

  /// The refusal that holds then.
  func block(_ trail: DemoEstate.Trail, at time: Int) -> DemoScript.Act? {
    guard let act = last(["block", "unblock"], trail, at: time), act.act == "block" else {
      return nil
    }
    return act
  }

  /// When the refusal that holds then was tried first after it began; nil where none was yet.
  func refused(_ trail: DemoEstate.Trail, every: Int, phase: Int, at time: Int) -> DemoScript.Act? {
    guard let block = block(trail, at: time) else { return nil }
    return Self.slots(every: every, phase: phase, from: block.at, to: time).isEmpty ? nil : block
  }

  /// The log files that came in that time, oldest first.
  func deliveries(_ trail: DemoEstate.Trail, from: Int, to: Int) -> [Delivery] {
    let last = min(to, trail.until ?? to)
    return came(trail, every: trail.every, phase: trail.phase, from: from, to: to, slotsTo: last)
  }

  /// The digests that came in that time, oldest first: one an hour, whatever happens.
  func digests(_ trail: DemoEstate.Trail, from: Int, to: Int) -> [Delivery] {
    guard trail.validation else { return [] }
    return came(trail, every: 3_600, phase: trail.digestPhase, from: from, to: to, slotsTo: to)
  }

  private func came(
    _ trail: DemoEstate.Trail, every: Int, phase: Int, from: Int, to: Int, slotsTo last: Int
  ) -> [Delivery] {
    let earliest = min(from, script.timeline.map(\.at).min() ?? from)
    var late = 0
    var deliveries: [Delivery] = []
    for slot in Self.slots(every: every, phase: phase, from: earliest, to: last)
    where isLogging(trail, at: slot) {
      let events = slot - every - Self.delay + 1..<slot - Self.delay + 1
      if let block = block(trail, at: slot) {
        guard let end = unblocked(trail, after: block.at) else { continue }
        deliveries.append(Delivery(at: end + Self.catchUp + 5 * late, events: events))
        late += 1
      } else {
        deliveries.append(Delivery(at: slot, events: events))
      }
    }
    return deliveries.filter { from <= $0.at && $0.at <= to }.sorted { $0.at < $1.at }
  }

  private func unblocked(_ trail: DemoEstate.Trail, after time: Int) -> Int? {
    script.timeline.first {
      $0.at > time && $0.act == "unblock" && ($0.trails?.contains(trail.id) ?? true)
    }?.at
  }

  /// The newest of a regular beat while the trail logged; nil where none was in the last two days.
  func newestBeat(_ trail: DemoEstate.Trail, every: Int, phase: Int, at time: Int) -> Int? {
    Self.slots(every: every, phase: phase, from: time - 172_800, to: time).last { slot in
      isLogging(trail, at: slot)
    }
  }

  /// The variants of the pipeline that hold then, in the order in which they came to hold.
  func applied(at time: Int) -> [String] {
    var applied: [String] = []
    for act in script.timeline.sorted(by: { $0.at < $1.at }) where act.at <= time {
      if let name = act.apply { applied.append(name) }
      if let name = act.revert { applied.removeAll { $0 == name } }
    }
    return applied
  }

  static func slots(every: Int, phase: Int, from: Int, to: Int) -> [Int] {
    guard from <= to, every > 0 else { return [] }
    let rest = (from - phase) % every
    let first = from + (rest == 0 ? 0 : rest > 0 ? every - rest : -rest)
    return Array(stride(from: first, through: to, by: every))
  }
}
