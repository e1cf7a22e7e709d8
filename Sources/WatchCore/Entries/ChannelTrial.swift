/// An operator tried a channel out: no alert, but proof that the way to people was tested.
public struct ChannelTrial: Hashable, Sendable {
  public var channel: String
  /// `slack`
  public var kind: String
  public var accepted: Bool
  /// The channel's own id, or why it did not take it.
  public var detail: String?
  public var by: Operator

  public init(
    channel: String, kind: String, accepted: Bool, detail: String? = nil, by: Operator
  ) {
    self.channel = channel
    self.kind = kind
    self.accepted = accepted
    self.detail = detail
    self.by = by
  }

  /// In one line. Holds outside text.
  public var text: String {
    let rest = detail.map { ": \($0)" } ?? ""
    return "\(channel) (\(kind)) \(accepted ? "accepted a test" : "did NOT accept a test")\(rest)"
  }

  var facts: [(String, JSON?)] {
    [
      ("channel", .string(channel)), ("channel_kind", .string(kind)),
      ("accepted", .bool(accepted)), ("detail", detail.map(JSON.string)), ("by", by.json),
    ]
  }

  init?(json: JSON) {
    guard let channel = json["channel"]?.string, let kind = json["channel_kind"]?.string,
      let accepted = json["accepted"]?.bool, let by = Operator(json: json["by"])
    else { return nil }
    self.init(
      channel: channel, kind: kind, accepted: accepted, detail: json["detail"]?.string, by: by)
  }
}
