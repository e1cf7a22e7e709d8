import Testing
import WatchCore
import WatchEngine

/// Thirty days in which nothing happens: hourly digests and our own echoes are all that comes. No
/// alert; and then every cut is seen, in time.
@Suite(.enabled(if: MatrixCauses.hasEcho))
struct IdleDaysTests {
  /// A look at a trail may be four minutes old, and a watch that pauses for longer says so.
  private static let step = Duration.minutes(3)

  private static func idle(hasEcho: Bool, hours: Int) -> (MatrixWorld, Rig) {
    let world = MatrixWorld(isBusy: false, hasEcho: hasEcho)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    // Each round is judged as it comes; of weeks, that is enough.
    rig.live(world, .hours(hours), every: step, ticking: hours < 24)
    return (world, rig)
  }

  @Test(arguments: [(true, 30), (false, 30)])
  func nothingIsRaisedInThirtyIdleDays(_ hasEcho: Bool, _ days: Int) {
    let (_, rig) = Self.idle(hasEcho: hasEcho, hours: 24 * days)
    #expect(rig.wall - Rig.start == .hours(24 * days))
    #expect(rig.picture.alerts.values.map(\.what) == [])
    for path in rig.engine.paths() where path.id.kind.delivers {
      #expect([.ok, .okQuiet].contains(path.state), "\(path.id.text): \(path.state.rawValue)")
    }
    #expect(rig.state(.digest) == .ok)
  }

  /// Quiet is never called so without a witness: here the digest alone tells that the way is open.
  @Test func withoutAnEchoTheDigestVouchesForTheQuiet() {
    let (_, rig) = Self.idle(hasEcho: false, hours: 9)
    #expect(rig.state(.s3) == .okQuiet)
    let (_, beating) = Self.idle(hasEcho: true, hours: 9)
    #expect(beating.state(.s3) == .ok)
    #expect(beating.state(.echo) == .ok)
  }

  struct Cut: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var codes: Set<FailureCode>
    /// The longest time until it must be seen, with an echo and without; nil: not before somebody
    /// works there.
    var echoed: Duration
    var silent: Duration?
    var make: @Sendable (inout MatrixWorld, Timestamp) -> Void

    init(
      _ name: String, _ codes: Set<FailureCode>, echoed: Duration, silent: Duration?,
      _ make: @escaping @Sendable (inout MatrixWorld, Timestamp) -> Void
    ) {
      testDescription = name
      self.codes = codes
      self.echoed = echoed
      self.silent = silent
      self.make = make
    }
  }

  /// Period and grace of the slowest required path, from the cut: and the time until the next look
  /// and the next echo.
  private static let s3 = Duration.minutes(30 + 10)
  private static let group = Duration.minutes(20 + 10)
  private static let digest = Duration.minutes(130 + 5)
  private static let atOnce = Duration.minutes(5)

  static let cuts: [Cut] = [
    Cut("stop", ["aws.trail.stopped"], echoed: atOnce, silent: atOnce) { $0.stopped = $1 },
    Cut("delete", ["aws.trail.deleted"], echoed: atOnce, silent: atOnce) { world, now in
      world.isGone = true
      world.stopped = now
    },
    Cut(
      "bucket blocked, and CloudTrail says so", ["aws.delivery.error"], echoed: atOnce,
      silent: atOnce
    ) { world, now in
      (world.cut[.s3], world.cut[.digest]) = (now, now)
      world.deliveryError = "AccessDenied"
    },
    Cut(
      "bucket blocked in silence",
      ["aws.echo.missing", "aws.delivery.silent", "aws.digest.silent"],
      echoed: s3, silent: digest
    ) { world, now in (world.cut[.s3], world.cut[.digest]) = (now, now) },
    Cut(
      "key disabled", ["aws.delivery.error"], echoed: atOnce, silent: atOnce
    ) { world, now in
      (world.cut[.s3], world.cut[.digest]) = (now, now)
      world.deliveryError = "KMS.DisabledException"
    },
    Cut(
      "group blocked in silence", ["aws.echo.missing", "aws.group.silent"], echoed: group,
      silent: nil
    ) { $0.cut[.group] = $1 },
    Cut(
      "group blocked, and CloudTrail says so", ["aws.group.error"], echoed: atOnce, silent: atOnce
    ) { world, now in
      world.cut[.group] = now
      world.groupError = "Access denied."
    },
    Cut(
      "bucket blocked, and somebody was seen to", ["aws.bucket.blocked"], echoed: atOnce,
      silent: atOnce
    ) { world, now in
      (world.cut[.s3], world.cut[.digest]) = (now, now)
      world.changes = [MatrixTamper.change("PutBucketPolicy", .bucket, .cuts, at: now)]
    },
    Cut("rule cut", ["aws.alertpath.silenced"], echoed: atOnce, silent: atOnce) { world, now in
      world.changes = [MatrixTamper.change("DisableRule", .routing, .cuts, at: now)]
    },
    Cut("digest cut", ["aws.digest.silent"], echoed: digest, silent: digest) {
      $0.cut[.digest] = $1
    },
    Cut("echo cut", ["aws.echo.missing"], echoed: s3, silent: nil) { $0.cut[.echo] = $1 },
  ]

  @Test(arguments: cuts)
  func everyCutIsSeenInTime(_ cut: Cut) {
    for hasEcho in [true, false] {
      guard let limit = hasEcho ? cut.echoed : cut.silent else { continue }
      var (world, rig) = Self.idle(hasEcho: hasEcho, hours: 5)
      // Not on the hour, and not just after a look.
      rig.live(world, .minutes(36), every: Self.step)
      let now = rig.wall + .minutes(2)
      cut.make(&world, now)
      rig.live(world, limit + .minutes(5), every: Self.step)
      let seen = rig.picture.alerts.values.filter { cut.codes.contains($0.code) }
        .map(\.detected).min()
      let label = "\(cut.testDescription), \(hasEcho ? "echo" : "no echo")"
      guard let seen else {
        Issue.record("\(label): not seen in \(limit)")
        continue
      }
      #expect(seen - now <= limit, "\(label): seen after \(seen - now)")
      let others = Set(rig.queue.map(\.code)).subtracting(cut.codes)
      #expect(others == [], "\(label)")
    }
  }

  /// A cut that only activity can show is seen once somebody works there.
  @Test func aGroupThatIsCutInSilenceIsSeenWithTheFirstWork() {
    var (world, rig) = Self.idle(hasEcho: false, hours: 5)
    world.cut[.group] = rig.wall
    rig.live(world, .hours(6), every: Self.step)
    #expect(rig.picture.open.isEmpty, "nothing was owed")
    world.isBusy = true
    world.cut[.group] = rig.wall
    let began = rig.wall
    rig.live(world, .minutes(60), every: Self.step)
    let seen = rig.picture.alerts.values.first { $0.code == "aws.group.silent" }
    #expect(seen.map { $0.detected - began <= .minutes(30) } == true)
  }
}
