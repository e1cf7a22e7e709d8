import WatchCore

/// Builds a board the way the engine does: entries, folded into a picture.
struct Timeline {
  private(set) var entries: [Entry] = []
  private(set) var picture = Picture()

  /// Time of today (2026-11-20), or of another day of that November: `at("03:01:37")`,
  /// `at("17:52:51", day: 19)`.
  static func at(_ clock: String, day: Int = 20) -> Timestamp {
    let text = "2026-11-\(day < 10 ? "0" : "")\(day)T\(clock)Z"
    return Timestamp(iso: text) ?? Timestamp(millis: 0)
  }

  @discardableResult
  mutating func add(_ event: Event, at time: Timestamp, seq: Int? = nil) -> Entry {
    let next = seq ?? (entries.last?.seq ?? 0) + 1
    let hash = String(repeating: String(next % 10), count: 64)
    let entry = Entry(
      seq: next, prev: entries.last?.hash ?? Entry.noPrevious, at: time, boot: Int64(next) * 1000,
      event: event, hash: hash)
    entries.append(entry)
    picture.apply(entry)
    return entry
  }

  /// A low condition on a source of its own, for lists.
  mutating func raise(
    _ number: Int, _ priority: Priority = .low, at time: Timestamp,
    code: FailureCode = "aws.delivery.late", kind: AlertKind = .condition, what: String? = nil,
    under: Int? = nil, values: [JSON.Member] = []
  ) {
    add(
      .raise(
        Raise(
          alert: AlertID(number), code: code,
          source: SourceID(cloud: .aws, account: "prod", name: "org-trail"),
          subject: "subject-\(number)", place: Place(account: "prod", region: "us-east-1"),
          kind: kind, priority: priority, failed: time, what: what ?? "number \(number) is late",
          under: under.map { AlertID($0) }, values: values)),
      at: time)
  }

  mutating func act(
    _ verb: Act.Verb, _ number: Int, by who: Operator? = SampleBoard.mira, at time: Timestamp,
    text: String? = nil, until: Timestamp? = nil, to: String? = nil, of: Int? = nil
  ) {
    add(
      .act(Act(verb, alert: AlertID(number), by: who, text: text, until: until, to: to, of: of)),
      at: time)
  }
}
