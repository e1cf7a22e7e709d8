import Testing
import WatchCore
import WatchEngine

/// Thirty days in which nothing happens but what is expected: no alert; and then every cut is seen
/// within period and grace of its path.
struct UnitIdleTests {
  /// A queue that was not looked at for four minutes is stale.
  private static let step = Duration.minutes(3)

  private static func idle(_ cloud: Cloud, hasEcho: Bool, hours: Int) -> (UnitMatrixWorld, Rig) {
    let world = UnitMatrixWorld(cloud, isBusy: false, hasEcho: hasEcho)
    var rig = world.rig
    rig.saw(world.looks(at: rig.wall))
    // Each round is judged as it comes; of weeks, that is enough.
    rig.live(world, .hours(hours), every: step, ticking: hours < 24)
    return (world, rig)
  }

  @Test(arguments: [Cloud.azure, .gcp])
  func nothingIsRaisedInThirtyIdleDays(_ cloud: Cloud) {
    let (world, rig) = Self.idle(cloud, hasEcho: false, hours: 24 * 30)
    #expect(rig.wall - Rig.start == .hours(24 * 30))
    #expect(rig.picture.alerts.values.map(\.what) == [])
    for path in rig.engine.paths() where path.id.kind.delivers {
      #expect(path.state.isProven, "\(path.id.text): \(path.state.rawValue)")
    }
    // Without a witness nothing is called quiet.
    let unwitnessed = rig.engine.paths().filter {
      $0.id.kind == .resource || $0.id.kind == .entries
    }
    #expect(!unwitnessed.isEmpty && unwitnessed.allSatisfy { $0.state == .ok }, "\(world.cloud)")
  }

  struct Cut: CustomTestStringConvertible, Sendable {
    var cloud: Cloud
    var name: String
    var code: FailureCode
    /// The longest time until it must be seen.
    var limit: Duration
    var hasEcho = false
    /// Nobody can see it before somebody works there.
    var needsWork = false
    var make: @Sendable (inout UnitMatrixWorld, Timestamp) -> Void
    var testDescription: String { "\(cloud.rawValue) \(name)" }
  }

  /// Period and grace, and the time until the next look and the next echo.
  private static func within(_ minutes: Int) -> Duration { .minutes(minutes + 3) }

  static let cuts: [Cut] = [
    Cut(cloud: .azure, name: "setting deleted", code: "azure.setting.deleted", limit: within(1)) {
      world, _ in world.settings = []
    },
    Cut(
      cloud: .azure, name: "workspace cut, echo", code: "azure.echo.missing",
      limit: within(20 + 20 + 10), hasEcho: true
    ) { $0.cut[.activity] = $1 },
    Cut(
      cloud: .azure, name: "workspace cut, then work", code: "azure.activity.silent",
      limit: within(20 + 20 + 5), needsWork: true
    ) { $0.cut[.activity] = $1 },
    Cut(
      cloud: .azure, name: "archive cut, then work", code: "azure.activity.silent",
      limit: within(75 + 45 + 5), needsWork: true
    ) { $0.cut[.archive] = $1 },
    Cut(
      cloud: .azure, name: "resource cut", code: "azure.resource.silent", limit: within(75 + 45)
    ) { $0.cut[.resource] = $1 },
    Cut(cloud: .gcp, name: "sink deleted", code: "gcp.sink.deleted", limit: within(1)) {
      world, _ in world.settings.removeAll { $0.kind == .sink }
    },
    Cut(cloud: .gcp, name: "entries cut", code: "gcp.audit.silent", limit: within(60 + 30)) {
      $0.cut[.entries] = $1
    },
    // The next entry may be fifty minutes away.
    Cut(cloud: .gcp, name: "export cut", code: "gcp.audit.silent", limit: within(50 + 20 + 20)) {
      $0.cut[.export] = $1
    },
    Cut(
      cloud: .gcp, name: "entries cut, echo", code: "gcp.echo.missing",
      limit: within(15 + 15 + 10), hasEcho: true
    ) { $0.cut[.entries] = $1 },
  ]

  @Test(arguments: cuts)
  func everyCutIsSeenInTime(_ cut: Cut) {
    var (world, rig) = Self.idle(cut.cloud, hasEcho: cut.hasEcho, hours: 7)
    // Not on the hour, and not just after a look.
    rig.live(world, .minutes(36), every: Self.step)
    let now = rig.wall + .minutes(2)
    cut.make(&world, now)
    if cut.needsWork {
      rig.live(world, .hours(4), every: Self.step)
      #expect(rig.picture.alerts.isEmpty, "nothing was owed")
      world.isBusy = true
      cut.make(&world, rig.wall)
    }
    let began = cut.needsWork ? rig.wall : now
    rig.live(world, cut.limit + .minutes(5), every: Self.step)
    let seen = rig.picture.alerts.values.filter { $0.code == cut.code }.map(\.detected).min()
    #expect(
      seen.map { $0 - began <= cut.limit } == true, "seen \(seen.map { $0 - began } ?? .zero)")
    let others = Set(rig.queue.map(\.code)).subtracting([cut.code])
    #expect(others == [], "\(cut)")
    #expect(Set(rig.queue.map(\.place.region)).isSubset(of: [world.unit]))
  }
}
