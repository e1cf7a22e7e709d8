/// Somebody was told, or could not be: one attempt on one channel.
public struct Told: Hashable, Sendable {
  public var alert: AlertID
  public var channel: String
  public var to: String
  public var accepted: Bool
  /// The channel's own id, or why it did not take it.
  public var detail: String?
  /// Number of the `tell` entry whose outcome this is; nil for what was told on screen.
  public var of: Int?
  /// Which attempt on this channel it was, from 1.
  public var attempt: Int?
  /// Not accepted: it is tried again at this time. Nil: never again.
  public var next: Timestamp?

  public init(
    alert: AlertID, channel: String, to: String, accepted: Bool, detail: String? = nil,
    of: Int? = nil, attempt: Int? = nil, next: Timestamp? = nil
  ) {
    self.alert = alert
    self.channel = channel
    self.to = to
    self.accepted = accepted
    self.detail = detail
    self.of = of
    self.attempt = attempt
    self.next = next
  }

  var facts: [(String, JSON?)] {
    [
      ("alert", .string(alert.text)), ("channel", .string(channel)), ("to", .string(to)),
      ("accepted", .bool(accepted)), ("detail", detail.map(JSON.string)),
      ("of", of.map { .int(Int64($0)) }), ("attempt", attempt.map { .int(Int64($0)) }),
      ("next", next.map { .string($0.iso) }),
    ]
  }

  init?(alert: AlertID, json: JSON) {
    guard let channel = json["channel"]?.string, let to = json["to"]?.string,
      let accepted = json["accepted"]?.bool
    else { return nil }
    self.init(
      alert: alert, channel: channel, to: to, accepted: accepted, detail: json["detail"]?.string,
      of: json["of"]?.int, attempt: json["attempt"]?.int, next: json["next"]?.time)
  }
}
