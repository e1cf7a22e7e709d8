import WatchCore

/// A journal entry for a log collector or SIEM: one flat JSON line with the alert as it was after that
/// entry (docs/siem.md). No evidence by itself: `hash` says which line of the journal it is about.
public enum JournalRecord {
  public static let schema: Int64 = 1

  /// - Parameter picture: as it is when this entry has been applied, and no later one.
  public static func json(_ entry: Entry, in picture: Picture) -> JSON {
    let alert = entry.event.alert.flatMap { picture.alerts[$0] }
    let head: [(String, JSON?)] = [
      ("schema", .int(schema)), ("seq", .int(Int64(entry.seq))), ("at", .string(entry.at.iso)),
      ("kind", text(entry.event.kind, 40)), ("by", text(entry.event.by?.name ?? "watch", 200)),
      ("from_address", entry.event.by?.ssh.flatMap { text($0, 100) }),
      ("text", text(words(entry, picture), 2000)), ("demo", entry.demo ? true : nil),
    ]
    let rest: [(String, JSON?)] = [
      ("source", source(entry.event).flatMap { text($0.text, 300) }),
      ("channel", channel(entry.event)), ("accepted", accepted(entry.event)),
      ("alert", alert.map(json)), ("hash", .string(entry.hash)),
    ]
    return .facts(head + rest)
  }

  /// What a command printed stays in the journal: nobody knows what it holds.
  private static func words(_ entry: Entry, _ picture: Picture) -> String {
    guard case .remedy(var remedy) = entry.event else { return entry.detail(in: picture) }
    remedy.output = nil
    return remedy.detail
  }

  private static func json(_ alert: Alert) -> JSON {
    let cause = alert.cause
    let facts: [(String, JSON?)] = [
      ("id", .string(alert.id.text)), ("key", .string(alert.raiseHash)),
      ("code", text(alert.code.text, 100)),
      ("title", alert.failure.flatMap { text($0.title, 200) }),
      ("state", .string(alert.state.label)), ("priority", .string(alert.priority.rawValue)),
      ("cloud", .string(alert.source.cloud.rawValue)), ("account", text(alert.place.account, 200)),
      ("region", text(alert.place.region, 200)), ("source", text(alert.source.text, 300)),
      ("subject", alert.subject.flatMap { text($0, 500) }), ("what", text(alert.what, 500)),
      ("failed", .string(alert.failed.iso)), ("detected", .string(alert.detected.iso)),
      ("cleared", alert.clearedAt.map { .string($0.iso) }),
      ("owner", alert.state.owner.flatMap { text($0, 200) }),
      ("under", alert.under.map { .string($0.text) }),
    ]
    let who: [(String, JSON?)] = [
      ("actor", cause.flatMap { text($0.actor, 300) }),
      ("actor_identity", cause?.identity.flatMap { text($0, 500) }),
      ("actor_address", cause?.from.flatMap { text($0, 100) }),
      ("action", cause.flatMap { text($0.action, 200) }),
      ("action_at", cause.map { .string($0.at.iso) }),
      ("cloud_event", cause?.event.flatMap { text($0, 200) }),
    ]
    return .facts(facts + who)
  }

  private static func source(_ event: Event) -> SourceID? {
    switch event {
    case .change(let source, _, _): source
    case .snapshot(let snapshot): snapshot.source
    case .proof(let proof): proof.source
    case .planned(let plan): plan.source
    default: nil
    }
  }

  private static func channel(_ event: Event) -> JSON? {
    if case .told(let told) = event { text(told.channel, 100) } else { nil }
  }

  private static func accepted(_ event: Event) -> JSON? {
    if case .told(let told) = event, !told.isLook { .bool(told.accepted) } else { nil }
  }

  /// Harmless also where it is shown after it was read back: no control or direction character.
  private static func text(_ text: String, _ limit: Int) -> JSON {
    .string(text.shortened(to: limit).plainLine.shortened(to: limit))
  }
}
