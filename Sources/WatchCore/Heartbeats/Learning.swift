/// That a path's expectation is learned, and within which bounds (docs/learned-expectations.md).
public struct Learning: Hashable, Sendable {
  /// How many false alarms a year are accepted on the path.
  public var alarmsPerYear: Int
  /// No gap is plausible that is longer.
  public var limit: Duration
  /// What it takes before anything is judged by it: `9 of 14 days watched`.
  public var lacks: String?

  public init(alarmsPerYear: Int = 4, limit: Duration = .hours(24)) {
    self.alarmsPerYear = alarmsPerYear
    self.limit = limit
  }

  /// `learned, 4 a year, at most 24h`
  public var text: String {
    "learned, \(alarmsPerYear) a year, at most \(Expectation.unit(limit))"
  }

  /// Whether there is anything to learn: a digest comes each hour whatever happens, and the echo is ours.
  public static func suits(_ kind: PathKind) -> Bool {
    kind.delivers && kind != .digest && kind != .echo
  }

  /// How late records usually are in that way by themselves (docs/configuration.md has the sources):
  /// a gap that is shorter says nothing.
  public static func delay(_ kind: PathKind) -> Duration {
    switch kind {
    case .s3, .group, .entries: .minutes(5)
    case .resource: .minutes(10)
    case .export: .minutes(15)
    case .activity: .minutes(20)
    case .archive, .digest: .minutes(75)
    case .echo: .minutes(15)
    case .trail, .history, .region, .posture, .queue, .setting: .zero
    }
  }
}
