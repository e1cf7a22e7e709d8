/// The seven-line validation checklist of an AWS trail, each line with its proof: what a reviewer
/// goes through after setting one up. Unknown is its own answer, never a pass.
public struct Checklist: Hashable, Sendable {
  public enum Verdict: String, Hashable, Sendable {
    case pass, fail, unknown

    /// A failure is worse than what could not be seen, and that is worse than a pass.
    var rank: Int {
      switch self {
      case .fail: 0
      case .unknown: 1
      case .pass: 2
      }
    }
  }

  public struct Line: Hashable, Sendable {
    /// Stable: `s3-delivery`.
    public var id: String
    public var title: String
    public var verdict: Verdict
    /// One for each source, the worst first: `aws/prod/org-trail: newest 3m ago`.
    public var proofs: [String]
  }

  public var lines: [Line]

  /// 1: something fails; 3: nothing fails, and something could not be seen; 0: all pass.
  public var exitStatus: Int32 {
    if lines.contains(where: { $0.verdict == .fail }) { return 1 }
    return lines.contains { $0.verdict == .unknown } ? 3 : 0
  }

  /// After one round over everything.
  public init(_ board: Board, at now: Timestamp) {
    let sources = board.plan.sources.filter { $0.id.cloud == .aws && $0.off == nil }.map {
      ChecklistSource(
        id: $0.id, paths: board.clouds.flatMap(\.paths), posture: board.postures[$0.id], now: now)
    }
    func line(
      _ id: String, _ title: String, _ judge: (ChecklistSource) -> (Verdict, String)
    ) -> Line {
      let found = sources.map { ($0.id.text, judge($0)) }.sorted {
        ($0.1.0.rank, $0.0) < ($1.1.0.rank, $1.0)
      }
      return Line(
        id: id, title: title, verdict: found.first?.1.0 ?? .unknown,
        proofs: found.isEmpty
          ? ["this list is of AWS trails, and no AWS source is configured: check judges the others"]
          : found.map { "\($0.0): \($0.1.1)" })
    }
    lines = [
      line("logging", "Logging is on", \.logging),
      line("s3-delivery", "Log files reach S3 within 15 minutes") {
        $0.arrival(.s3, within: .minutes(15))
      },
      line("multi-region", "The trail covers all regions") { $0.check(["trail.multi-region"]) },
      line("digests", "Digests are present", \.digests),
      line("cloudwatch", "Events reach CloudWatch Logs within 5 minutes", \.group),
      Line(
        id: "alert-test", title: "A test alert reached somebody", verdict: .unknown,
        proofs: [Self.tested(board.picture, at: now)]),
      line("s3-security", "The bucket is closed, encrypted and versioned") {
        $0.check(Checklist.security)
      },
    ]
  }

  /// That a channel took a test is no proof that an alert comes as far as that: still unknown.
  private static func tested(_ picture: Picture, at now: Timestamp) -> String {
    guard let entry = picture.trial, case .trial(let trial) = entry.event else {
      return "no channel was tested, see watchkeeper channels test; drills there are none yet"
    }
    return "\(trial.channel) accepted a test \(entry.at.age(at: now).shortText) ago "
      + "(entry \(entry.seq), \(trial.by.name)); that an alert comes as far was not drilled"
  }

  private static let security = [
    "bucket.public", "bucket.block-public-acls", "bucket.ignore-public-acls",
    "bucket.block-public-policy", "bucket.restrict-public", "bucket.tls-only",
    "bucket.encryption", "bucket.versioning",
  ]
}

/// What one round saw of one source.
struct ChecklistSource {
  var id: SourceID
  var paths: [PathStatus]
  var posture: PostureSighting?
  var now: Timestamp

  private func paths(_ kind: PathKind) -> [PathStatus] {
    paths.filter { $0.id.source == id && $0.id.kind == kind && $0.state != .off }
  }

  private static func verdict(_ state: HeartbeatState) -> Checklist.Verdict {
    switch state {
    case .ok, .okQuiet: .pass
    case .blind, .off: .unknown
    case .late, .silent, .failing, .never, .notSetUp: .fail
    }
  }

  /// The worst path of a kind; nil where there is none.
  private func worst(_ kind: PathKind) -> PathStatus? {
    paths(kind).min {
      (Self.verdict($0.state).rank, $0.state.rank, $0.id)
        < (Self.verdict($1.state).rank, $1.state.rank, $1.id)
    }
  }

  private func words(_ path: PathStatus) -> String {
    let why = path.reason.isEmpty ? "" : ", \(path.reason)"
    let age = path.newest.map { ", newest \($0.age(at: now).shortText) ago" } ?? ""
    let member = path.id.member.map { " \($0)" } ?? ""
    return "\(path.state.label) in \(path.id.region)\(member)\(why)\(age)"
  }

  var logging: (Checklist.Verdict, String) {
    guard let worst = worst(.trail) else { return (.unknown, "its status was not looked at") }
    let verdict = Self.verdict(worst.state)
    let count = paths(.trail).count
    return (
      verdict, verdict == .pass ? "on in \(count) region\(count == 1 ? "" : "s")" : words(worst)
    )
  }

  /// By each path's own expectation, and by the time that the newest record needed, where both its
  /// ages are known.
  func arrival(_ kind: PathKind, within limit: Duration) -> (Checklist.Verdict, String) {
    guard let worst = worst(kind) else { return (.unknown, "was not looked at") }
    guard Self.verdict(worst.state) == .pass else {
      return (Self.verdict(worst.state), words(worst))
    }
    let delays = paths(kind).compactMap { path -> (delay: Duration, path: PathStatus)? in
      guard let newest = path.newest, let event = path.newestEvent else { return nil }
      return (newest - event, path)
    }
    if let slowest = delays.max(by: { $0.delay < $1.delay }), slowest.delay > limit {
      let late = "arrived \(slowest.delay.shortText) after its event"
      return (.fail, "\(words(slowest.path)), \(late)")
    }
    let old = paths(kind).filter { path in
      path.state == .ok && path.newestEvent == nil
        && path.newest.map { $0.age(at: now) > limit } ?? true
    }
    if let first = old.first {
      return (.unknown, "\(words(first)): as expected, and not within \(limit.shortText)")
    }
    let newest = paths(kind).compactMap(\.newest).max()
    let age = newest.map { "newest \($0.age(at: now).shortText) ago" } ?? "nothing yet"
    return (.pass, "\(worst.state.label), \(age)")
  }

  var group: (Checklist.Verdict, String) {
    if let posture, worst(.group) == nil,
      !posture.pipeline.nodes.contains(where: { $0.id.kind == .group }),
      posture.pipeline.nodes.contains(where: { $0.id.kind == .bucket })
    {
      return (.fail, "the trail has no log group")
    }
    return arrival(.group, within: .minutes(5))
  }

  /// Switched on, and arriving.
  var digests: (Checklist.Verdict, String) {
    let on = check(["trail.validation"])
    guard on.0 == .pass, let worst = worst(.digest) else { return on }
    let verdict = Self.verdict(worst.state)
    return (verdict, verdict == .pass ? on.1 : words(worst))
  }

  /// All of them hold; what there is nothing to check of does not count.
  func check(_ rules: [String]) -> (Checklist.Verdict, String) {
    let seen = (posture?.checks ?? []).filter { rules.contains($0.rule) }
    guard !seen.isEmpty else { return (.unknown, "its settings were not looked at") }
    let failing = seen.filter { $0.verdict == .fails || $0.verdict == .info }
    if !failing.isEmpty { return (.fail, Self.list(failing)) }
    let unknown = seen.filter { $0.verdict != .holds }
    if !unknown.isEmpty { return (.unknown, Self.list(unknown)) }
    return (.pass, seen.count == 1 ? seen[0].seen : "all \(seen.count) checks hold")
  }

  private static func list(_ checks: [PostureCheck]) -> String {
    checks.map { "\($0.rule): \($0.seen)" }.joined(separator: "; ")
  }
}
