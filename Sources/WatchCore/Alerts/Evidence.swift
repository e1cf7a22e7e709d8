/// One thing that was seen, and when: what an alert rests on.
public struct Evidence: Hashable, Sendable {
  /// When it happened or was seen in the cloud.
  public var at: Timestamp
  /// One line, in our words, with the cloud's values in it.
  public var text: String
  /// The probe that saw it, and when it looked: `status probe, 03:02:07Z`.
  public var seen: String
  /// The raw record as the cloud gave it, bounded; nil where there is none.
  public var raw: String?

  public init(at: Timestamp, text: String, seen: String, raw: String? = nil) {
    self.at = at
    self.text = text
    self.seen = seen
    self.raw = raw.map { String($0.prefix(Self.rawLimit)) }
  }

  /// Characters of a raw record that are kept.
  public static let rawLimit = 8192

  public var json: JSON {
    .facts([
      ("at", .string(at.iso)), ("text", .string(text)), ("seen", .string(seen)),
      ("raw", raw.map(JSON.string)),
    ])
  }

  public init?(json: JSON?) {
    guard let json, let at = json["at"]?.time, let text = json["text"]?.string,
      let seen = json["seen"]?.string
    else { return nil }
    self.init(at: at, text: text, seen: seen, raw: json["raw"]?.string)
  }
}
