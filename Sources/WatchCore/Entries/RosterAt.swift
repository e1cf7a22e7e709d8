/// Who was to be told at a time, as the journal has it: the roster's newest snapshot up to then, and the
/// person on duty.
public struct RosterAt: Hashable, Sendable {
  public let time: Timestamp
  public private(set) var roster: Entry?
  public private(set) var duty: Entry?
  /// Rules that changed within the day before that time, and the roster's every change up to then.
  public private(set) var changes: [Entry] = []

  public init(_ entries: some Sequence<Entry>, at time: Timestamp) {
    self.time = time
    for entry in entries where entry.at <= time {
      switch entry.event {
      case .snapshot(let snapshot) where snapshot.what == .roster:
        if !snapshot.difference.isEmpty { changes.append(entry) }
        roster = entry
      case .duty: duty = entry
      default: continue
      }
    }
  }

  /// Whether the journal had a roster by then.
  public var isKnown: Bool { roster != nil }

  /// For a reader: who, by what, since when, by whom and why.
  public var lines: [String] {
    guard let roster, case .snapshot(let snapshot) = roster.event else {
      return ["\(time.iso): the journal has no roster up to then"]
    }
    var lines = ["at \(time.iso) these were to be told (entry \(roster.seq) of \(roster.at.iso)):"]
    for role in snapshot.content.array ?? [] { lines.append(Self.line(role)) }
    if let duty, case .duty(let mark) = duty.event {
      lines.append("on duty: \(mark.to), since \(duty.at.iso) (entry \(duty.seq))")
    } else {
      lines.append("on duty: nobody")
    }
    for entry in changes {
      guard case .snapshot(let snapshot) = entry.event else { continue }
      lines += snapshot.change(in: entry)
    }
    return lines
  }

  /// `security-lead: mira, jon, by sec-slack, pager, 900s apart, then cto`
  private static func line(_ role: JSON) -> String {
    func words(_ key: String) -> [String] { (role[key]?.array ?? []).compactMap(\.string) }
    let name = role["role"]?.string ?? "-"
    let channels = words("channels")
    var parts = [
      words("members").joined(separator: ", "),
      channels.isEmpty ? "no channel" : "by " + channels.joined(separator: ", "),
    ]
    if let span = role["ack_within"]?.string { parts.append("\(span) apart") }
    if let then = role["then"]?.string { parts.append("then \(then)") }
    if let least = role["least"]?.string { parts.append("from \(least) on") }
    if let hours = role["hours"]?.string { parts.append("at work \(hours)") }
    for person in role["people"]?.members ?? [] {
      guard let hours = person.value["hours"]?.string else { continue }
      parts.append("\(person.key) at work \(hours)")
    }
    return "\(name): \(parts.joined(separator: "; "))"
  }
}
