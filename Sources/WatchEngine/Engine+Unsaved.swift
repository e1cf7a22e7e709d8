import WatchCore

extension Engine {
  /// What was handed out to be written and was not: to be handed out again.
  mutating func unspend(_ before: Engine) {
    gaps = before.gaps + gaps.filter { !before.gaps.contains($0) }
    steps = before.steps + steps
    proofMarks = before.proofMarks
    asked = before.asked
    sending = before.sending
    unsaved = before.unsaved ?? unsaved
    knowledge.unread = before.knowledge.unread.merging(knowledge.unread) { first, _ in first }
    knowledge.changes += before.knowledge.changes.filter { !knowledge.changes.contains($0) }
  }

  /// The journal could not be written for a while and now can: that it happened is an entry, and
  /// an alert that somebody must have seen.
  mutating func noteUnsaved(since: Timestamp) {
    unsaved = since
  }

  mutating func unsavedEvents(numbering: inout Int) -> [Event] {
    guard let since = unsaved, let first = plan.sources.first?.id else { return [] }
    unsaved = nil
    let source = SourceID(cloud: first.cloud, account: first.account, name: "watch")
    let finding = finding(
      "journal.unsaved", source, subject: since.iso, region: "global", failed: since,
      what: "JOURNAL could not be written for \((wall - since).text)",
      evidence: [
        Evidence(
          at: since, text: "appends failed from \(since.clock) to \(wall.clock)",
          seen: "watch, \(wall.clock)")
      ])
    let id = AlertID(numbering)
    numbering += 1
    return [
      .raise(raise(finding, id, under: nil)),
      .act(Act(.clear, alert: id, text: "written again \(wall.clock)")),
    ]
  }
}
