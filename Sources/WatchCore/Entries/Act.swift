/// One move in an alert's life, by an operator or (without one) by the watch.
public struct Act: Hashable, Sendable {
  public enum Verb: String, Hashable, Sendable, CaseIterable {
    /// Taken: owner is the operator, until `until`. On one's own: renewed.
    case ack
    /// Given to `to` (to oneself: taken over), until `until`.
    case assign
    case note
    /// Out of the way until `until`, with a reason.
    case shelve
    /// The next person is called, `to`: by an operator with a line, or by the watch because nobody
    /// acknowledged in time, or (with `until`, that time) because it was to be restored by then.
    case escalate
    /// The cause in a line: the only end of an event; closes a condition that has cleared.
    case resolve
    /// Takes back entry `of`.
    case undo
    /// The condition is gone: fresh proof in `text`.
    case clear
    /// Closed by itself: acknowledged and cleared.
    case close
    /// NEW again, because `text`: the acknowledgement or shelf ran out, it came back, or got worse.
    case reopen
    /// It chattered, and was calm for long enough.
    case calm
  }

  public var verb: Verb
  public var alert: AlertID
  /// Nil: the watch itself.
  public var by: Operator?
  public var text: String?
  public var until: Timestamp?
  public var to: String?
  /// Sequence number of the entry that is taken back.
  public var of: Int?
  /// The alert's priority from now on, where it rises.
  public var priority: Priority?
  /// With `reopen`: the condition that had cleared is back.
  public var returned: Bool
  /// How often it came back while it chatters; 0: it chatters no more.
  public var chatter: Int?
  /// With `reopen`: a return of what chatters, of which nobody is told.
  public var isQuiet: Bool
  /// With `reopen`: how the alert's row reads from now on.
  public var what: String?

  public init(
    _ verb: Verb, alert: AlertID, by: Operator? = nil, text: String? = nil,
    until: Timestamp? = nil, to: String? = nil, of: Int? = nil, priority: Priority? = nil,
    returned: Bool = false, what: String? = nil, chatter: Int? = nil, isQuiet: Bool = false
  ) {
    self.chatter = chatter
    self.isQuiet = isQuiet
    self.what = what
    self.verb = verb
    self.alert = alert
    self.by = by
    self.text = text
    self.until = until
    self.to = to
    self.of = of
    self.priority = priority
    self.returned = returned
  }

  var facts: [(String, JSON?)] {
    [
      ("alert", .string(alert.text)), ("by", by?.json), ("text", text.map(JSON.string)),
      ("until", until.map { .string($0.iso) }), ("to", to.map(JSON.string)),
      ("of", of.map { .int(Int64($0)) }), ("priority", priority.map { .string($0.rawValue) }),
      ("returned", returned ? true : nil), ("what", what.map(JSON.string)),
      ("chatter", chatter.map { .int(Int64($0)) }), ("quiet", isQuiet ? true : nil),
    ]
  }

  init?(verb: Verb, json: JSON) {
    guard let alert = json["alert"]?.string.flatMap(AlertID.init(text:)) else { return nil }
    self.init(
      verb, alert: alert, by: Operator(json: json["by"]), text: json["text"]?.string,
      until: json["until"]?.time, to: json["to"]?.string, of: json["of"]?.int,
      priority: json["priority"]?.string.flatMap(Priority.init),
      returned: json["returned"]?.bool ?? false, what: json["what"]?.string,
      chatter: json["chatter"]?.int, isQuiet: json["quiet"]?.bool ?? false)
  }
}
