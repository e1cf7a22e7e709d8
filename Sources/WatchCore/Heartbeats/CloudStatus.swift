/// One cloud's panel: the roll-up of its paths and the alerts on them. A source is as bad as its
/// worst required path, a cloud as its worst source; one fresh region never hides another's silence.
public struct CloudStatus: Hashable, Sendable {
  public var cloud: Cloud
  /// Configured accounts' names, for the title: `prod`.
  public var accounts: [String]
  public var state: HeartbeatState
  public var since: Timestamp?
  /// The path that the state comes from.
  public var worst: PathStatus?
  /// Alerts here that are open or shelved: any forbids plain `ok`.
  public var open: Int
  /// Worst first, then by name.
  public var paths: [PathStatus]

  public init(cloud: Cloud, accounts: [String], paths: [PathStatus], open: Int) {
    self.cloud = cloud
    self.accounts = accounts
    self.open = open
    self.paths = paths.sorted { ($0.state.rank, $0.id) < ($1.state.rank, $1.id) }
    let required = self.paths.filter { $0.required && $0.state != .off }
    worst = CloudStatus.worst(of: required)
    if let worst {
      state = worst.state
      since = required.filter { $0.state == worst.state }.map(\.since).max { left, right in
        worst.state.isProven ? left < right : left > right
      }
    } else {
      state = self.paths.isEmpty ? .notSetUp : .off
      since = nil
    }
  }

  /// `ok`, `ok, 2 open`, `LATE`.
  public var label: String {
    state.isProven && open > 0 ? "ok, \(open) open" : state.label
  }

  public var delivering: (live: Int, of: Int) {
    let all = paths.filter { $0.required && $0.state != .off && ($0.id.kind.delivers || isGap($0)) }
    return (all.count { $0.state.isProven && !isCut($0) }, all.count)
  }

  /// A region in use that no trail covers is a path that should be there and is not.
  private func isGap(_ path: PathStatus) -> Bool {
    path.id.kind == .region && path.state == .notSetUp
  }

  /// Regions that something is done in or that a trail covers; one that is neither (`ok quiet`)
  /// does not count. In Azure and GCP the watched subscriptions or projects whose settings carry
  /// records out, of these and those that are in use and not watched.
  public var regions: (covered: Int, of: Int) {
    guard cloud == .aws else { return units }
    let all = paths.filter {
      $0.id.kind == .region && $0.state != .off && $0.state != .okQuiet
    }
    return (all.count { $0.state == .ok }, all.count)
  }

  private var units: (covered: Int, of: Int) {
    let watched = Dictionary(
      grouping: paths.filter { $0.id.kind == .setting && $0.state != .off },
      by: { "\($0.id.source.account) \($0.id.region)" })
    let covered = watched.values.count { $0.allSatisfy { $0.state.isProven || !$0.required } }
    // In use and not watched; that a list could not be read says of no unit that it is forgotten.
    let forgotten = paths.count { path in
      path.id.kind == .region && path.state == .notSetUp
        && watched["\(path.id.source.account) \(path.id.region)"] == nil
    }
    return (covered, watched.count + forgotten)
  }

  /// What comes by a setting or sink that is gone or off cannot come: the newest record is still fresh,
  /// and the last one.
  private func isCut(_ path: PathStatus) -> Bool {
    guard [.activity, .archive, .export].contains(path.id.kind) else { return false }
    return paths.contains { setting in
      setting.id.kind == .setting && setting.id.source == path.id.source
        && setting.id.region == path.id.region && [.failing, .notSetUp].contains(setting.state)
        && (path.id.kind != .export || names(setting, path.id.member))
    }
  }

  /// The reason begins with the sink's name: another sink of the project goes on.
  private func names(_ setting: PathStatus, _ sink: String?) -> Bool {
    sink.map { setting.reason.hasPrefix("\($0) ") } ?? true
  }

  /// The newest proof of a kind, for the panel's proof line.
  public func proof(_ kind: PathKind) -> Timestamp? {
    paths.filter { $0.id.kind == kind }.compactMap(\.newest).max()
  }

  public var off: [PathStatus] { paths.filter { $0.state == .off } }

  /// Of equally bad paths the one that records arrive by, S3 before the others where both are in
  /// trouble, then the one that is nearest to its limit.
  private static func worst(of paths: [PathStatus]) -> PathStatus? {
    paths.min { left, right in
      if left.state.rank != right.state.rank { return left.state.rank < right.state.rank }
      if left.id.kind.delivers != right.id.kind.delivers { return left.id.kind.delivers }
      if !left.state.isProven, (left.id.kind == .s3) != (right.id.kind == .s3) {
        return left.id.kind == .s3
      }
      return margin(left) < margin(right)
    }
  }

  /// How near to its limit a path is: the newest record's time, less what it is allowed.
  private static func margin(_ path: PathStatus) -> Int64 {
    (path.newest?.millis ?? 0) + (path.expectation?.limit.millis ?? 0)
  }
}
