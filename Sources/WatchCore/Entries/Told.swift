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
  /// Not accepted by our own verdict: nothing could be sent, or it was given up. It says nothing of
  /// how the channel fares.
  public var isOwn: Bool
  /// Who has taken it on there, as the channel says; `nobody`: not any more. It is no acknowledgement of
  /// ours. Without an attempt's number it was seen by a later look.
  public var takenBy: String?

  /// In ``takenBy``: whoever had taken it there has given it back.
  public static let nobody = "nobody"

  /// Nobody was told: a look at what became of it there.
  public var isLook: Bool { takenBy != nil && attempt == nil }

  public init(
    alert: AlertID, channel: String, to: String, accepted: Bool, detail: String? = nil,
    of: Int? = nil, attempt: Int? = nil, next: Timestamp? = nil,
    isOwn: Bool = false, takenBy: String? = nil
  ) {
    self.takenBy = takenBy
    self.isOwn = isOwn
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
      ("next", next.map { .string($0.iso) }), ("own", isOwn ? true : nil),
      ("taken_by", takenBy.map(JSON.string)),
    ]
  }

  init?(alert: AlertID, json: JSON) {
    guard let channel = json["channel"]?.string, let to = json["to"]?.string,
      let accepted = json["accepted"]?.bool
    else { return nil }
    self.init(
      alert: alert, channel: channel, to: to, accepted: accepted, detail: json["detail"]?.string,
      of: json["of"]?.int, attempt: json["attempt"]?.int, next: json["next"]?.time,
      isOwn: json["own"]?.bool ?? false, takenBy: json["taken_by"]?.string)
  }
}
