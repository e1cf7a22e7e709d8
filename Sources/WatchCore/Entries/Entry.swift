/// One line of the journal (acknowledgement log).
public struct Entry: Hashable, Sendable {
  /// The format that this binary writes.
  public static let version = 1

  public var v: Int
  /// Counts from 1 without gaps.
  public var seq: Int
  /// SHA-256, hexadecimal, of the previous line's exact bytes without its LF; 64 zeros at first.
  public var prev: String
  public var at: Timestamp
  /// Milliseconds since the machine booted, by its monotonic clock: tells a stepped clock.
  public var boot: Int64
  public var event: Event
  /// Made by the demo: no evidence.
  public var demo: Bool
  /// SHA-256, hexadecimal, of this line's bytes. Not in the line.
  public var hash: String

  public init(
    v: Int = Entry.version, seq: Int, prev: String, at: Timestamp, boot: Int64, event: Event,
    demo: Bool = false, hash: String = ""
  ) {
    self.v = v
    self.seq = seq
    self.prev = prev
    self.at = at
    self.boot = boot
    self.event = event
    self.demo = demo
    self.hash = hash
  }

  /// What `prev` says in the first entry.
  public static let noPrevious = String(repeating: "0", count: 64)

  /// The line as it is written, without LF: `v, seq, prev, at, boot, kind, …`.
  public var line: String {
    let head: [(String, JSON?)] = [
      ("v", .int(Int64(v))), ("seq", .int(Int64(seq))), ("prev", .string(prev)),
      ("at", .string(at.iso)), ("boot", .int(boot)), ("kind", .string(event.kind)),
      ("demo", demo ? true : nil),
    ]
    return JSON.facts(head + event.facts).line
  }

  /// Reads a line (without LF). Nil where the head is not what an entry of any version has.
  public init?(json: JSON, hash: String) {
    guard let v = json["v"]?.int, let seq = json["seq"]?.int, let prev = json["prev"]?.string,
      let at = json["at"]?.time, case .int(let boot)? = json["boot"],
      let kind = json["kind"]?.string
    else { return nil }
    self.init(
      v: v, seq: seq, prev: prev, at: at, boot: boot, event: Event(kind: kind, json: json),
      demo: json["demo"]?.bool ?? false, hash: hash)
  }

  /// Whether this binary understands the entry, and so may write after it.
  public var isUnderstood: Bool {
    if case .unknown = event { return false }
    return v <= Entry.version
  }
}
