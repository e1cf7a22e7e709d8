/// A weakness that somebody took on, with a reason and an end: it raises no alert until then.
public struct Acceptance: Hashable, Sendable {
  /// A posture check's id or a failure's code.
  public var rule: String
  public var subject: String
  /// From then on it counts again; the time of the entry itself takes the acceptance back.
  public var until: Timestamp
  public var reason: String
  public var by: Operator?

  /// What it is about.
  public struct Key: Hashable, Sendable {
    public var rule: String
    public var subject: String

    public init(rule: String, subject: String) {
      self.rule = rule
      self.subject = subject
    }
  }

  public var key: Key { Key(rule: rule, subject: subject) }

  public init(rule: String, subject: String, until: Timestamp, reason: String, by: Operator?) {
    self.rule = rule
    self.subject = subject
    self.until = until
    self.reason = reason
    self.by = by
  }

  /// In one line, for a list. Holds outside text.
  public func detail(at now: Timestamp) -> String {
    let end = until <= now ? "taken back" : "until \(until.iso)"
    return "\(rule) \(subject) \(end) \"\(reason)\""
  }

  var facts: [(String, JSON?)] {
    [
      ("rule", .string(rule)), ("subject", .string(subject)), ("until", .string(until.iso)),
      ("reason", .string(reason)), ("by", by?.json),
    ]
  }

  init?(json: JSON) {
    guard let rule = json["rule"]?.string, let subject = json["subject"]?.string,
      let until = json["until"]?.time, let reason = json["reason"]?.string
    else { return nil }
    self.init(
      rule: rule, subject: subject, until: until, reason: reason,
      by: Operator(json: json["by"]))
  }
}

/// An announced, expected change of the pipeline, with a start and an end: what is changed within
/// it is shown as planned.
public struct PlannedChange: Hashable, Sendable {
  public var from: Timestamp
  /// It ends by itself; an end that is its start takes it back.
  public var to: Timestamp
  /// The source that it is about; nil: all.
  public var source: SourceID?
  public var text: String
  public var by: Operator?

  public init(from: Timestamp, to: Timestamp, source: SourceID? = nil, text: String, by: Operator?)
  {
    self.from = from
    self.to = to
    self.source = source
    self.text = text
    self.by = by
  }

  public func covers(_ time: Timestamp, _ source: SourceID) -> Bool {
    time >= from && time <= to && (self.source == nil || self.source == source)
  }

  /// In one line, for a list. Holds outside text.
  public func detail(at now: Timestamp) -> String {
    let span = to <= from ? "taken back" : "\(from.clock(at: now)) to \(to.clock(at: now))"
    return "\(source?.text ?? "everything") \(span) \"\(text)\""
  }

  var facts: [(String, JSON?)] {
    [
      ("from", .string(from.iso)), ("to", .string(to.iso)),
      ("source", source.map { .string($0.text) }), ("text", .string(text)), ("by", by?.json),
    ]
  }

  init?(json: JSON) {
    guard let from = json["from"]?.time, let to = json["to"]?.time, let text = json["text"]?.string
    else { return nil }
    self.init(
      from: from, to: to, source: json["source"]?.string.flatMap(SourceID.init(text:)), text: text,
      by: Operator(json: json["by"]))
  }
}
