import WatchCore

/// One posture check as the screen lists it: what was seen, and how it stands.
public struct PostureItem: Hashable, Sendable {
  /// Names a row: what was asked of which part of which source.
  public struct Key: Hashable, Sendable {
    public var source: SourceID
    public var rule: String
    public var subject: String
  }

  public var source: SourceID
  public var check: PostureCheck
  /// Nil: a check that this version's catalogue does not know.
  public var rule: PostureRule?
  /// The acceptance that counts now.
  public var acceptance: Acceptance?

  public var key: Key { Key(source: source, rule: check.rule, subject: check.subject) }

  /// The part of the pipeline that it is about: `bucket` of `bucket.tls-only`, `workspace` of
  /// `azure.workspace.cap`.
  public var part: String {
    let words = check.rule.split(separator: ".").map(String.init)
    let isNamed = words.count > 2 && Cloud(rawValue: words[0]) != nil
    return isNamed ? words[1] : words.first ?? check.rule
  }
  public var title: String { rule?.title ?? check.rule }
  public var priority: Priority { rule?.priority ?? .low }

  /// In the order of the list: what fails, what is not known, what somebody took on, what holds.
  public enum Standing: Int, Hashable, Sendable, CaseIterable, Comparable {
    case fails, unknown, accepted, holds, info, none

    /// Trouble is in capitals.
    public var label: String {
      switch self {
      case .fails: "FAILS"
      case .unknown: "UNKNOWN"
      case .accepted: "accepted"
      case .holds: "holds"
      case .info: "info"
      case .none: "n/a"
      }
    }

    public static func < (left: Standing, right: Standing) -> Bool {
      left.rawValue < right.rawValue
    }
  }

  public var standing: Standing {
    switch check.verdict {
    case .fails: acceptance == nil ? .fails : .accepted
    case .unknown: .unknown
    case .holds: .holds
    case .info: .info
    case .none: .none
    }
  }

  /// What the list says of it: what was seen, why it is not known, or who took it on.
  func words(at now: Timestamp) -> String {
    if case .unknown(let why) = check.verdict { return "\(why.kind.rawValue): \(why.detail)" }
    if standing == .accepted, let acceptance {
      return "by \(acceptance.by?.name ?? "-") until \(acceptance.until.clock(at: now)): "
        + acceptance.reason
    }
    return check.seen
  }
}
