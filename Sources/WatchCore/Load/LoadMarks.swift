/// What the alarm load counts beside alerts, as entries tell it: the newest month of it.
public struct LoadMarks: Hashable, Sendable {
  /// The first entry's time.
  public private(set) var began: Timestamp?
  /// When a rule was changed by nobody who is named.
  public private(set) var unnamed: [Timestamp] = []
  public private(set) var blind: [Blind] = []
  public private(set) var gaps: [Gap] = []
  /// Sources that cannot be looked at, and since when no summary counts it.
  public private(set) var running: [SourceID: Timestamp] = [:]

  /// Minutes in which a source could not be looked at.
  public struct Blind: Hashable, Sendable {
    public var at: Timestamp
    public var minutes: Int
  }

  /// No watch ran.
  public struct Gap: Hashable, Sendable {
    public var from: Timestamp
    public var to: Timestamp
  }

  mutating func take(_ entry: Entry) {
    began = min(began ?? entry.at, entry.at)
    switch entry.event {
    case .snapshot(let snapshot)
    where snapshot.source == nil && !snapshot.difference.isEmpty
      && (snapshot.isUnnamed || snapshot.by == nil):
      unnamed.append(entry.at)
      shed(&unnamed, at: entry.at) { $0 }
    case .proof(let proof): take(proof, at: entry.at)
    case .watch(let mark) where mark.what == .stop:
      // What its last summaries would have said; the next watch says it anew.
      for since in running.values { add(blindMinutes(since, entry.at), at: entry.at) }
      running = [:]
    case .watch(let mark):
      guard mark.what == .gap, let from = mark.from, let to = mark.to, to > from else { return }
      gaps.append(Gap(from: from, to: to))
      shed(&gaps, at: entry.at, \.to)
    default: return
    }
  }

  private mutating func take(_ proof: ProofSummary, at now: Timestamp) {
    // A watch that was killed wrote no summary of its last stretch.
    if let since = running[proof.source], proof.from > since {
      add(blindMinutes(since, proof.from), at: now)
    }
    let minutes = proof.minutes.first { $0.key == HeartbeatState.blind.rawValue }?.value.int ?? 0
    // A summary is of a day at most, whatever the entry says.
    add(min(minutes, 1440), at: now)
    running[proof.source] = proof.isBlind ? proof.to : nil
  }

  private mutating func add(_ minutes: Int, at now: Timestamp) {
    guard minutes > 0 else { return }
    blind.append(Blind(at: now, minutes: minutes))
    shed(&blind, at: now, \.at)
  }

  /// Whole minutes from one time to another, without those in which no watch ran.
  func blindMinutes(_ from: Timestamp, _ to: Timestamp) -> Int {
    let without = unwatched(from, to)
    return Int(max(0, (to - from - without).wholeSeconds / 60))
  }

  /// For how long no watch ran between two times.
  func unwatched(_ from: Timestamp, _ to: Timestamp) -> Duration {
    gaps.reduce(.zero) { sum, gap in
      sum + max(.zero, min(gap.to, to) - max(gap.from, from))
    }
  }

  /// Seldom, and then all that is too old.
  private func shed<Mark>(
    _ marks: inout [Mark], at now: Timestamp, _ time: (Mark) -> Timestamp
  ) {
    guard marks.count % 256 == 0 else { return }
    marks.removeAll { now - time($0) > AlarmLoad.base + .hours(24) }
  }
}
