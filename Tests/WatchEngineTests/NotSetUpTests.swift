import Testing
import WatchCore
import WatchProbes

@testable import WatchEngine

/// Digests that the trail's settings took away are an alert of the settings, and of nothing else.
@Suite struct NotSetUpTests {
  private static let digest = PathID(source: Rig.use1, kind: .digest, region: "us-east-1")

  private static func look(_ result: Look.Result) -> [Look] {
    [Look(path: digest, result: result)]
  }

  @Test("What was taken away is not set up: no blindness, no silence, and not green")
  func takenAway() {
    var rig = Rig()
    let arrived = Arrival(newest: rig.wall - .minutes(10), name: "use1")
    rig.saw([.trail(delivered: rig.wall)] + Self.look(.saw(.arrival(arrived))))
    #expect(rig.state(.digest) == .ok)
    let why = Blindness(kind: .unset, detail: "log file validation is off")
    for _ in 0..<40 {
      rig.sleep(.minutes(5))
      let old = rig.wall - .minutes(200)
      rig.saw([.trail(delivered: rig.wall, digest: old), .s3(rig.wall)] + Self.look(.blind(why)))
    }
    #expect(rig.state(.digest) == .off)
    let about = rig.picture.alerts.values.filter { $0.code.text.hasPrefix("aws.digest") }
    #expect(about.isEmpty)
    #expect(!rig.picture.alerts.values.contains { $0.code == "aws.probe.blind" })
  }

  @Test("When it is set up again it is waited for again")
  func back() {
    var rig = Rig()
    let why = Blindness(kind: .unset, detail: "log file validation is off")
    rig.saw(Self.look(.saw(.arrival(Arrival(newest: rig.wall, name: "use1")))))
    rig.saw(Self.look(.blind(why)))
    #expect(rig.state(.digest) == .off)
    rig.sleep(.minutes(5))
    rig.saw(Self.look(.saw(.arrival(Arrival(newest: rig.wall, name: "use1")))))
    #expect(rig.state(.digest) == .ok)
    rig.sleep(.minutes(5))
    rig.saw(Self.look(.blind(Blindness(kind: .denied, detail: "ListObjectsV2 AccessDenied"))))
    #expect(rig.state(.digest) == .blind)
  }

  @Test("What nobody can judge by right is named: no blindness, no alarm, not green")
  func undecided() {
    var rig = Units.rig()
    let path = Units.path(.export, .gcp, "acme-1", "reads")
    let why = Blindness(kind: .undecided, detail: "nobody tells what it owes")
    for _ in 0..<12 {
      rig.pass(.minutes(5))
      rig.saw([Look(path: path, result: .blind(why))])
    }
    func now(_ rig: Rig) -> PathStatus? {
      rig.engine.paths().first { $0.id == path }
    }
    #expect(now(rig)?.state == .off && now(rig)?.reason.contains("nobody tells") == true)
    #expect(rig.queue.allSatisfy { $0.code != "gcp.probe.blind" })
    // Once it can be judged it is.
    rig.saw([Units.arrival(.export, .gcp, "acme-1", rig.wall, member: "reads")])
    #expect(now(rig)?.state == .ok)
    rig.saw([Units.blind(path)])
    #expect(now(rig)?.state == .blind)
  }
}
