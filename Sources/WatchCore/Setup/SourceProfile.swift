/// What is expected of a source as a whole, by a word of the configuration; what its `expect` and `hours`
/// say comes before it.
public enum SourceProfile: String, Hashable, Sendable, CaseIterable {
  /// Something happens all the time: the defaults.
  case busy
  /// Something happens while people work.
  case office
  /// By right, nothing happens for hours.
  case lowTraffic = "low-traffic"

  public func expectation(_ kind: PathKind) -> Expectation? {
    guard self == .lowTraffic else { return Expectation.standard(kind) }
    switch kind {
    case .s3, .group: return .minutes(120, 60)
    case .activity: return .minutes(240, 120)
    case .archive: return .minutes(300, 120)
    case .resource: return .minutes(1440, 360)
    case .entries, .export: return .minutes(720, 360)
    default: return Expectation.standard(kind)
    }
  }

  /// From Monday to Friday, 07:00 to 19:00, where the profile has hours.
  public func hours(in zone: ZoneOffsets, except: Set<Int> = []) -> WatchHours? {
    guard self == .office else { return nil }
    return WatchHours(
      zone: zone, days: Self.officeDays, from: Self.officeFrom, to: Self.officeTo, except: except)
  }

  public static let officeDays: Set<Int> = [1, 2, 3, 4, 5]
  public static let officeFrom = 7 * 60
  public static let officeTo = 19 * 60
}
