/// A mute that holds, as the journal tells it.
public struct Mute: Hashable, Sendable {
  /// Number of the entry that began it.
  public let seq: Int
  public let began: Timestamp
  /// Never later than ``longest`` after it began, whatever the entry says.
  public let until: Timestamp
  public let by: Operator
  public let reason: String
  /// Notifications withheld so far.
  public internal(set) var withheld = 0

  /// The newest time that any entry was written at since.
  private var newest: Timestamp

  /// Nobody needs silence for longer without saying so again.
  public static let longest: Duration = .hours(4)

  init?(_ mark: MuteMark, _ entry: Entry) {
    guard mark.what == .begin, let by = mark.by, let until = mark.until else { return nil }
    seq = entry.seq
    (began, newest) = (entry.at, entry.at)
    self.until = min(until, entry.at + Self.longest)
    self.by = by
    reason = mark.text ?? ""
  }

  /// Its time has not come; a clock that was set back prolongs nothing.
  public func holds(at now: Timestamp) -> Bool {
    until > now && now > newest - .seconds(10)
  }

  mutating func pass(_ time: Timestamp) { newest = max(newest, time) }

  /// `MUTED until 14:30Z by mira`
  public func text(at now: Timestamp) -> String {
    "MUTED until \(until.shortClock(at: now)) by \(by.name)"
  }

  /// What is asked for in a line: `30m REASON`, or `end`.
  public enum Asked: Hashable, Sendable {
    case begin(Duration, reason: String)
    case end
  }

  /// Nil: the line is neither.
  public static func asked(_ line: String) -> Asked? {
    let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    guard let first = words.first else { return nil }
    if first == "end", words.count == 1 { return .end }
    guard let span = Expectation.span(first) else { return nil }
    return .begin(span, reason: words.count > 1 ? String(words[1]) : "")
  }

  /// Why a mute may not begin, in one line; nil: it may.
  public static func refusal(until: Timestamp, reason: String, now: Timestamp) -> String? {
    if until <= now { return "a mute needs an end that is still to come" }
    if until - now > longest { return "a mute lasts 4 hours at most" }
    return refusal(ofReason: reason)
  }

  /// The same of its reason alone.
  public static func refusal(ofReason reason: String) -> String? {
    if !reason.unicodeScalars.contains(where: isVisible) { return "say why nobody is to be told" }
    if reason.count > longestReason {
      return "a reason has \(longestReason) characters at most, and this one \(reason.count)"
    }
    return nil
  }
}

extension Mute {
  static let longestReason = 500

  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    guard !properties.isWhitespace, !properties.isDefaultIgnorableCodePoint else { return false }
    switch properties.generalCategory {
    case .control, .format, .unassigned, .privateUse, .surrogate: return false
    default: return true
    }
  }
}

extension Picture {
  /// The mute that holds now.
  public func mute(at now: Timestamp) -> Mute? { mute.flatMap { $0.holds(at: now) ? $0 : nil } }

  /// The same for whoever reads a screen, whose clock may be behind the newest entry's, as a fast demo's
  /// is. A clock that was set back is the watch's to judge: it ends the mute with an entry.
  public func muteShown(at now: Timestamp) -> Mute? { mute(at: max(now, head?.at ?? now)) }
}

extension Alert {
  /// `was muted by root 03:01Z to 03:02Z: drill`: a mute that is over must not read as one that holds.
  func mutedOnce(until cleared: Timestamp) -> String {
    let end = cause?.subject.flatMap { $0.split(separator: " ").last }
      .flatMap { Timestamp(iso: String($0)) }
    let to = min(cleared, end ?? cleared)
    let by = cause.map { " by \($0.actor)" } ?? ""
    let reason = evidence.first.map { ": \($0.text)" } ?? ""
    return "was muted\(by) \(failed.shortClock(at: to)) to \(to.shortClock(at: to))\(reason)"
  }
}

extension FailureCode {
  public static let muted: FailureCode = "notify.muted"
}
