/// How soon an alert must be handled. Shown as `!!!`, `!!`, `!`.
public enum Priority: String, Hashable, Sendable, CaseIterable, Comparable {
  case high, medium, low

  public var marks: String {
    switch self {
    case .high: "!!!"
    case .medium: "!!"
    case .low: "!"
    }
  }

  /// High is the greatest.
  public static func < (left: Priority, right: Priority) -> Bool {
    left.weight < right.weight
  }

  private var weight: Int {
    switch self {
    case .high: 2
    case .medium: 1
    case .low: 0
    }
  }

  /// How long an acknowledgement lasts before the alert is NEW again.
  public var acknowledgedFor: Duration { self == .high ? .minutes(30) : .hours(4) }
}
