import WatchCore

extension Engine {
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
      "journal.unsaved", source, subject: since.iso, region: "global", paths: [], failed: since,
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
