import WatchCore

/// A newer board: the rows change, the cursor stays on its alert, and what is new is announced.
extension ConsoleState {
  mutating func take(_ next: Board) -> [ConsoleEffect] {
    let before = board
    let index = selectedIndex
    board = next
    if frozen == nil {
      refreshRows()
      settleCursor(index)
    }
    marks = marks.filter { next.picture.alerts[$0]?.isOpen == true }
    noteRecoveries(since: before)
    announce(since: before.picture)
    return ringsBell && hasNewHigh(since: before.picture) ? [.bell] : []
  }

  private mutating func noteRecoveries(since before: Board) {
    for cloud in board.clouds where cloud.state.isProven {
      let was = before.clouds.first { $0.cloud == cloud.cloud }
      if let was, !was.state.isProven, was.state != .notSetUp { recoveries[cloud.cloud] = seconds }
    }
    for cloud in board.clouds where !cloud.state.isProven { recoveries[cloud.cloud] = nil }
  }

  private func hasNewHigh(since before: Picture) -> Bool {
    newAlerts.contains { $0.priority == .high && before.alerts[$0.id]?.isNew != true }
  }

  /// The last of these that is true is said: a new high alert before all else.
  private mutating func announce(since before: Picture) {
    guard board.picture.count != before.count else { return }
    if let text = changeNews(since: before) ?? clearNews(since: before) { say(Message(text)) }
    if let text = proposalNews(since: before) { say(Message(text, role: .late, seconds: 20)) }
    if let text = returnNews(since: before) { say(Message(text, role: .late)) }
    if let text = highNews(since: before) { say(Message(text, role: .newHigh, seconds: 20)) }
  }

  private func highNews(since before: Picture) -> String? {
    let fresh = newAlerts.filter { $0.priority == .high && before.alerts[$0.id] == nil }
    guard let first = fresh.first else { return nil }
    let more = fresh.count > 1 ? " and \(fresh.count - 1) more" : ""
    return
      "NEW high alert \(first.id.text) \(first.place.label): \(first.what)\(more). n goes there"
  }

  private func returnNews(since before: Picture) -> String? {
    let back = newAlerts.first { alert in
      guard before.alerts[alert.id]?.isNew == false, alert.reopened != nil else { return false }
      // What chatters comes back without a word.
      if case .act(let act)? = alert.entries.last?.event { return !act.isQuiet }
      return true
    }
    return back.map { "\($0.id.text) is NEW again: \($0.reopened ?? "")" }
  }

  private func clearNews(since before: Picture) -> String? {
    let cleared = board.picture.alerts.values.filter { alert in
      alert.clearedAt != nil && before.alerts[alert.id].map { $0.clearedAt == nil } == true
    }
    guard let first = cleared.min(by: { $0.id < $1.id }) else { return nil }
    let proof = first.clearProof.map { ": \($0)" } ?? ""
    let more = cleared.count > 1 ? ", and \(cleared.count - 1) more" : ""
    return "\(first.id.text) cleared\(proof)\(more)"
  }

  private func changeNews(since before: Picture) -> String? {
    let seen = before.head?.seq ?? 0
    let change = board.picture.recent.reversed().prefix { $0.seq > seen }.first { entry in
      if case .change = entry.event { true } else { false }
    }
    return change.map { "changed: \($0.detail(in: board.picture))" }
  }
}
