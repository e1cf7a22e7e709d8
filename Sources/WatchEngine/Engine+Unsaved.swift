import WatchCore

extension Engine {
  /// What was handed out to be written and was not: to be handed out again.
  mutating func unspend(_ before: Unspent) {
    gaps = before.gaps + gaps.filter { !before.gaps.contains($0) }
    steps = before.steps + steps
    proofMarks = before.proofMarks
    asked = before.asked
    sending = before.sending
    unsaved = before.unsaved ?? unsaved
    knowledge.unread = before.unread.merging(knowledge.unread) { first, _ in first }
    knowledge.changes += before.changes.filter { !knowledge.changes.contains($0) }
    unturn(before.shown)
    // What was asked and dropped is asked anew.
    if looksThere.asked?.key != before.looksThere.asked?.key
      || looksThere.asked?.at != before.looksThere.asked?.at
    {
      (looksThere.asked, looksThere.last) = (nil, before.looksThere.last)
    }
  }

  /// A baseline that the journal has not is none: until when a setting was as it is known stays.
  private mutating func unturn(_ before: [PathID: [String: ShownSetting]]) {
    for (path, settings) in knowledge.shown {
      for (id, shown) in settings where shown.turned != before[path]?[id]?.turned {
        knowledge.shown[path]?[id] = before[path]?[id]
      }
    }
  }

  /// What the next effects may hand out.
  var unspent: Unspent {
    Unspent(
      gaps: gaps, steps: steps, proofMarks: proofMarks, asked: asked, sending: sending,
      unsaved: unsaved, unread: knowledge.unread, changes: knowledge.changes,
      shown: knowledge.shown, looksThere: looksThere)
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

/// A part of the engine, kept until the journal has it: a copy of all of it would be one of every path.
struct Unspent {
  var gaps: [WatchGap]
  var steps: [Duration]
  var proofMarks: [SourceID: ProofMark]
  var asked: [AlertID: Timestamp]
  var sending: [Sending: Timestamp]
  var unsaved: Timestamp?
  var unread: [PathID: UnreadMessages]
  var changes: [PipelineChange]
  var shown: [PathID: [String: ShownSetting]]
  var looksThere: LooksThere
}
