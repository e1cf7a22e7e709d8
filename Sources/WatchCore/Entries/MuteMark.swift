/// Notifications are withheld until a time: an entry where that begins, and one where it ends.
public struct MuteMark: Hashable, Sendable {
  public enum What: String, Hashable, Sendable {
    case begin, end
  }

  public var what: What
  /// With `begin`: when it ends by itself, UTC.
  public var until: Timestamp?
  /// With `end`: number of the entry that began it.
  public var of: Int?
  /// Why.
  public var text: String?
  /// Nil: it ended by itself.
  public var by: Operator?

  public init(
    _ what: What, until: Timestamp? = nil, of: Int? = nil, text: String? = nil,
    by: Operator? = nil
  ) {
    self.what = what
    self.until = until
    self.of = of
    self.text = text
    self.by = by
  }

  func detail(at: Timestamp) -> String {
    let said = text.map { " \"\($0)\"" } ?? ""
    switch what {
    case .begin: return "notifications withheld until \(until?.clock(at: at) ?? "-")" + said
    case .end where by == nil: return "over: \(text ?? "its time has come")"
    case .end: return "ended early" + said
    }
  }

  var facts: [(String, JSON?)] {
    [
      ("what", .string(what.rawValue)), ("until", until.map { .string($0.iso) }),
      ("of", of.map { .int(Int64($0)) }), ("text", text.map(JSON.string)), ("by", by?.json),
    ]
  }

  init?(json: JSON) {
    guard let what = json["what"]?.string.flatMap(What.init) else { return nil }
    self.init(
      what, until: json["until"]?.time, of: json["of"]?.int, text: json["text"]?.string,
      by: Operator(json: json["by"]))
    if what == .begin, until == nil || by == nil { return nil }
  }
}

/// A notification that was not sent, because a mute held: what would have been told to whom.
public struct Withheld: Hashable, Sendable {
  public var tell: Tell
  /// Number of the entry by which the mute began.
  public var mute: Int

  public init(_ tell: Tell, mute: Int) {
    self.tell = tell
    self.mute = mute
  }

  var detail: String {
    "\(tell.act.rawValue): NOT told \(tell.to) by \(tell.channels.joined(separator: ", ")), "
      + "muted by entry \(mute)"
  }

  var facts: [(String, JSON?)] { tell.facts + [("mute", .int(Int64(mute)))] }

  init?(json: JSON) {
    guard let tell = Tell(json: json), let mute = json["mute"]?.int else { return nil }
    self.init(tell, mute: mute)
  }
}
