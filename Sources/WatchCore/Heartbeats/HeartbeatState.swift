/// The judgement on liveness, of a path, a source or a cloud. Unknown is never ok.
public enum HeartbeatState: String, Hashable, Sendable, CaseIterable {
  /// Fresh proof on that very path.
  case ok = "ok"
  /// Nothing new, and an independent witness, read freshly, holds nothing newer either.
  case okQuiet = "ok quiet"
  /// Older than period.
  case late = "late"
  /// Older than period + grace.
  case silent = "silent"
  /// The cloud itself says so: delivery error, logging stopped, setting gone.
  case failing = "failing"
  /// We could not look, or the input is stale.
  case blind = "blind"
  /// Configured, and no record ever seen.
  case never = "never"
  /// Switched off in the configuration.
  case off = "off"
  /// Not configured; for a path: in use, and nothing is set up to record it.
  case notSetUp = "not set up"

  /// Trouble is in capitals: `ok`, `ok quiet`, `LATE`, `NOT SET UP`.
  public var label: String {
    switch self {
    case .ok, .okQuiet: rawValue
    default: rawValue.uppercased()
    }
  }

  /// 0 is worst. `off` stands last: it is never counted as ok, and always named.
  public var rank: Int {
    switch self {
    case .silent: 0
    case .failing: 1
    case .notSetUp: 2
    case .blind: 3
    case .never: 4
    case .late: 5
    case .okQuiet: 6
    case .ok: 7
    case .off: 8
    }
  }

  public var isProven: Bool { self == .ok || self == .okQuiet }

  public static func worst(_ states: some Sequence<HeartbeatState>) -> HeartbeatState? {
    states.min { $0.rank < $1.rank }
  }
}
