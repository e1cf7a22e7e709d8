/// The birth of an alert: a failure at a source that someone must handle.
public struct Raise: Hashable, Sendable {
  public var alert: AlertID
  public var code: FailureCode
  public var source: SourceID
  /// What it is about, where one source has several: an ARN, a bucket, a region's path.
  public var subject: String?
  public var place: Place
  public var kind: AlertKind
  public var priority: Priority
  /// When the failure began, as well as the cloud can say.
  public var failed: Timestamp
  /// The row: `STOPPED by dev, us-east-1, 03:01Z`.
  public var what: String
  public var evidence: [Evidence]
  public var cause: Cause?
  /// The alert that this one is a symptom of.
  public var under: AlertID?
  /// How often it came and went of late, where that is chatter.
  public var chatter: Int?
  /// Values for the runbook's commands: `trail`, `region`, `bucket`, `profile`.
  public var values: [JSON.Member]

  public init(
    alert: AlertID, code: FailureCode, source: SourceID, subject: String? = nil, place: Place,
    kind: AlertKind, priority: Priority, failed: Timestamp, what: String,
    evidence: [Evidence] = [], cause: Cause? = nil, under: AlertID? = nil,
    values: [JSON.Member] = [], chatter: Int? = nil
  ) {
    self.chatter = chatter
    self.alert = alert
    self.code = code
    self.source = source
    self.subject = subject
    self.place = place
    self.kind = kind
    self.priority = priority
    self.failed = failed
    self.what = what
    self.evidence = evidence
    self.cause = cause
    self.under = under
    self.values = values
  }

  var facts: [(String, JSON?)] {
    [
      ("alert", .string(alert.text)), ("code", .string(code.text)),
      ("source", .string(source.text)), ("subject", subject.map(JSON.string)),
      ("account", .string(place.account)), ("region", .string(place.region)),
      ("class", .string(kind.rawValue)), ("priority", .string(priority.rawValue)),
      ("failed", .string(failed.iso)), ("what", .string(what)),
      ("evidence", evidence.isEmpty ? nil : .array(evidence.map(\.json))),
      ("cause", cause?.json), ("under", under.map { .string($0.text) }),
      ("values", values.isEmpty ? nil : .object(values)),
      ("chatter", chatter.map { .int(Int64($0)) }),
    ]
  }

  init?(json: JSON) {
    guard let alert = json["alert"]?.string.flatMap(AlertID.init(text:)),
      let code = json["code"]?.string, let source = json["source"]?.string.flatMap(SourceID.init),
      let account = json["account"]?.string, let region = json["region"]?.string,
      let kind = json["class"]?.string.flatMap(AlertKind.init),
      let priority = json["priority"]?.string.flatMap(Priority.init),
      let failed = json["failed"]?.time, let what = json["what"]?.string
    else { return nil }
    self.init(
      alert: alert, code: FailureCode(code), source: source, subject: json["subject"]?.string,
      place: Place(account: account, region: region), kind: kind, priority: priority,
      failed: failed, what: what,
      evidence: (json["evidence"]?.array ?? []).compactMap { Evidence(json: $0) },
      cause: Cause(json: json["cause"]),
      under: json["under"]?.string.flatMap(AlertID.init(text:)),
      values: json["values"]?.members ?? [], chatter: json["chatter"]?.int)
  }
}
