/// Who did what, where and when, as the cloud's own audit record says: the cause beside the symptom.
public struct Cause: Hashable, Sendable {
  /// The acting identity's short name: a user, a role's session, `root`.
  public var actor: String
  /// The API action: `StopLogging`.
  public var action: String
  public var region: String
  public var at: Timestamp
  /// Source address as recorded.
  public var from: String?
  public var agent: String?
  /// The whole identity: an ARN.
  public var identity: String?
  public var event: String?
  /// The resource acted on: a trail's ARN, a bucket's name.
  public var subject: String?
  /// The cloud's refusal, where the action failed; nil where it succeeded.
  public var error: String?

  public init(
    actor: String, action: String, region: String, at: Timestamp, from: String? = nil,
    agent: String? = nil, identity: String? = nil, event: String? = nil, subject: String? = nil,
    error: String? = nil
  ) {
    self.actor = actor
    self.action = action
    self.region = region
    self.at = at
    self.from = from
    self.agent = agent
    self.identity = identity
    self.event = event
    self.subject = subject
    self.error = error
  }

  public var json: JSON {
    .facts([
      ("actor", .string(actor)), ("action", .string(action)), ("region", .string(region)),
      ("at", .string(at.iso)), ("from", from.map(JSON.string)), ("agent", agent.map(JSON.string)),
      ("identity", identity.map(JSON.string)), ("event", event.map(JSON.string)),
      ("subject", subject.map(JSON.string)), ("error", error.map(JSON.string)),
    ])
  }

  public init?(json: JSON?) {
    guard let json, let actor = json["actor"]?.string, let action = json["action"]?.string,
      let region = json["region"]?.string, let at = json["at"]?.time
    else { return nil }
    self.init(
      actor: actor, action: action, region: region, at: at, from: json["from"]?.string,
      agent: json["agent"]?.string, identity: json["identity"]?.string,
      event: json["event"]?.string, subject: json["subject"]?.string, error: json["error"]?.string)
  }
}
