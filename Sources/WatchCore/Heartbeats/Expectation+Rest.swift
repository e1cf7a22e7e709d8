extension Expectation {
  /// What an old newest record is that is as old as expected: by what was learned that is ok; outside of
  /// the hours, or on a free day, nothing is proven and nothing expected, and that is never ok.
  func rest(
    after newest: Timestamp, at now: Timestamp
  ) -> (state: HeartbeatState, since: Timestamp, reason: String) {
    if let usual { return usually(usual, after: newest, at: now) }
    let since = newest + period
    guard let hours else { return (.late, since, "no record") }
    let reason =
      hours.contains(now)
      ? "\(hours.text): next record by \(late(after: newest).shortClock(at: now))"
      : "outside \(hours.text), until \(hours.begin(after: now).shortClock(at: now))"
    return (.off, since, reason)
  }

  private func usually(
    _ usual: UsualGaps, after newest: Timestamp, at now: Timestamp
  ) -> (state: HeartbeatState, since: Timestamp, reason: String) {
    let usually = newest + usual.allowed(after: newest)
    guard now > usually, let workdays = hours?.workdays else {
      return (.ok, newest, usual.text(after: newest))
    }
    let reason =
      workdays.contains(now)
      ? "after a free day: next record by \(late(after: newest).shortClock(at: now))"
      : "a free day, until \(workdays.begin(after: now).shortClock(at: now))"
    return (.off, usually, reason)
  }
}
