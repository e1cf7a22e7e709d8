/// What the alarm load counts beside alerts, as entries tell it: the newest month of it.
public struct LoadMarks: Hashable, Sendable {
  /// The first entry's time.
  public private(set) var began: Timestamp?
  /// When a rule was changed by nobody who is named.
  public private(set) var unnamed: [Timestamp] = []
  public private(set) var blind: [Blind] = []
  public private(set) var gaps: [Gap] = []

  /// Minutes of a source's proof summary in which it could not be looked at.
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
    case .proof(let proof):
      let minutes = proof.minutes.first { $0.key == HeartbeatState.blind.rawValue }?.value.int ?? 0
      guard minutes > 0 else { return }
      // A summary is of a day at most, whatever the entry says.
      blind.append(Blind(at: entry.at, minutes: min(minutes, 1440)))
      shed(&blind, at: entry.at, \.at)
    case .watch(let mark):
      guard mark.what == .gap, let from = mark.from, let to = mark.to, to > from else { return }
      gaps.append(Gap(from: from, to: to))
      shed(&gaps, at: entry.at, \.to)
    default: return
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
