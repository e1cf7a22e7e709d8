import WatchCore

extension Engine {
  /// What is learned from, for whoever stores it beside the sightings.
  public var gapHistories: [PathID: GapHistory] {
    // A path that nobody could look at in this run keeps what it was known by.
    earlierGaps.filter { sourcePlan($0.key.source) != nil }.merging(knowledge.gaps) { $1 }
  }

  /// Takes over what earlier watches saw of a path whose expectation is learned.
  mutating func recallGaps(of path: PathID) {
    guard knowledge.heartbeats[path]?.expectation?.learning != nil else { return }
    knowledge.gaps[path] = earlierGaps[path] ?? GapHistory(looked: now)
    relearn(path)
  }

  /// A look at such a path. What is usual changes only when a record comes, so that no gap is judged
  /// by two measures; and once an hour is enough.
  mutating func learn(_ path: PathID, newest: Timestamp?) {
    guard let heartbeat = knowledge.heartbeats[path],
      let learning = heartbeat.expectation?.learning
    else { return }
    if heartbeat.isFailing || heartbeat.isRecovering { knowledge.gaps[path]?.distrust() }
    let before = knowledge.gaps[path]?.last
    let isNew =
      knowledge.gaps[path]?.saw(
        newest, at: lookedAt, staleAfter: heartbeat.staleAfter, limit: learning.limit) == true
    guard isNew, let newest else { return }
    knowledge.newGaps = true
    if before.map({ $0.millis / 3_600_000 != newest.millis / 3_600_000 }) ?? true { relearn(path) }
  }

  private mutating func relearn(_ path: PathID) {
    guard let learning = knowledge.heartbeats[path]?.expectation?.learning,
      let history = knowledge.gaps[path]
    else { return }
    let hours = sourcePlan(path.source)?.hours
    let delay = Learning.delay(path.kind)
    switch GapModel.learn(
      history, learning, delay: delay, zone: hours?.zone ?? .utc, workdays: hours?.workdays)
    {
    case .usual(let usual): knowledge.heartbeats[path]?.learned(usual, lacks: nil)
    case .lacks(let what): knowledge.heartbeats[path]?.learned(nil, lacks: what)
    }
  }

  /// Whether something was learned since this was last asked.
  mutating func takeNewGaps() -> Bool {
    defer { knowledge.newGaps = false }
    return knowledge.newGaps
  }
}
