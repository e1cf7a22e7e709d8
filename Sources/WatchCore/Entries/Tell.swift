/// Somebody is to be told of an alert, by these channels. Written before anything is sent: from then on
/// no end of the program loses the notification. `Told` says what became of it.
public struct Tell: Hashable, Sendable {
  public var alert: AlertID
  public var act: AlertNotification.Act
  public var to: String
  public var role: String?
  /// Empty: there is no channel by which this person can be told.
  public var channels: [String]
  /// Number of the entry that it tells of.
  public var of: Int
  /// Other alerts of which the same message tells, and the entries of theirs: in a flood.
  public var more: [Also]

  public struct Also: Hashable, Sendable {
    public var alert: AlertID
    public var of: Int

    public init(_ alert: AlertID, of: Int) {
      (self.alert, self.of) = (alert, of)
    }
  }

  public init(
    alert: AlertID, act: AlertNotification.Act, to: String, role: String? = nil,
    channels: [String], of: Int, more: [Also] = []
  ) {
    self.more = more
    self.alert = alert
    self.act = act
    self.to = to
    self.role = role
    self.channels = channels
    self.of = of
  }

  /// Whether one message may tell of it together with others, in a flood: not what is high, not what
  /// somebody asks for, and not what stands in the way of telling.
  public func isGathered(_ alert: Alert) -> Bool {
    guard act.isCall, !channels.isEmpty, alert.priority != .high, alert.code != .muted,
      alert.code != .unreachable
    else { return false }
    return act != .escalated || alert.entries.last { $0.seq == of }?.event.by == nil
  }

  var facts: [(String, JSON?)] {
    [
      ("alert", .string(alert.text)), ("act", .string(act.rawValue)), ("to", .string(to)),
      ("role", role.map(JSON.string)), ("channels", .array(channels.map(JSON.string))),
      ("of", .int(Int64(of))),
      (
        "more",
        more.isEmpty
          ? nil : .object(more.map { JSON.Member($0.alert.text, .int(Int64($0.of))) })
      ),
    ]
  }

  init?(json: JSON) {
    guard let alert = json["alert"]?.string.flatMap(AlertID.init(text:)),
      let act = json["act"]?.string.flatMap(AlertNotification.Act.init),
      let to = json["to"]?.string, let channels = json["channels"]?.array,
      let of = json["of"]?.int
    else { return nil }
    self.init(
      alert: alert, act: act, to: to, role: json["role"]?.string,
      channels: channels.compactMap(\.string), of: of,
      more: (json["more"]?.members ?? []).compactMap { member in
        guard let id = AlertID(text: member.key), let of = member.value.int else { return nil }
        return Also(id, of: of)
      })
  }
}

extension AlertNotification.Act {
  /// Whether it asks a person to do something: only these count for the escalation.
  public var isCall: Bool {
    switch self {
    case .raised, .reopened, .escalated: true
    case .acknowledged, .cleared, .closed, .shelved, .note, .test: false
    }
  }
}
