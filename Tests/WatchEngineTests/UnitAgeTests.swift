import Testing
import WatchCore
import WatchEngine

/// Ages, silence and blindness of subscriptions and projects.
struct UnitAgeTests {
  @Test func `what the activity log holds and the workspace does not is late, then silent`() {
    var rig = Units.rig()
    let old = rig.wall
    rig.saw([Units.arrival(.activity, .azure, "dev", old)])
    rig.saw([Units.settings([Units.exporting], .azure, "dev")])
    var states: [HeartbeatState] = []
    for minute in 1...50 {
      rig.pass(.minutes(1))
      rig.saw([
        Units.history(.azure, "dev", activity: [old + .minutes(1)], at: rig.wall),
        Units.arrival(.activity, .azure, "dev", old),
      ])
      if minute % 10 == 5, let state = state(rig, .activity, "dev") { states.append(state) }
    }
    #expect(states == [.ok, .ok, .late, .late, .silent])
    #expect(rig.queue.contains { $0.code == "azure.activity.silent" && $0.priority == .high })
  }

  @Test func `both old is quiet`() {
    var rig = Units.rig()
    let old = rig.wall
    for _ in 1...120 {
      rig.saw([
        Units.history(.azure, "dev", activity: [old - .minutes(1)], at: rig.wall),
        Units.arrival(.activity, .azure, "dev", old),
      ])
      rig.pass(.minutes(1))
    }
    #expect(state(rig, .activity, "dev") == .okQuiet)
    #expect(!rig.queue.contains { $0.code.text.hasPrefix("azure.activity") })
  }

  @Test func `one entry in fifty minutes, expected so, never alarms; the same cut does`() {
    var rig = Units.rig(expect: [.entries: .minutes(60, 30)])
    var newest = rig.wall
    for minute in 1...600 {
      rig.pass(.minutes(1))
      if minute % 50 == 0 { newest = rig.wall }
      rig.saw([Units.arrival(.entries, .gcp, "acme-1", newest)])
      #expect(state(rig, .entries, "acme-1") == .ok, "minute \(minute)")
    }
    #expect(!rig.queue.contains { $0.code.text.hasPrefix("gcp.audit") })
    for _ in 1...95 {
      rig.pass(.minutes(1))
      rig.saw([Units.arrival(.entries, .gcp, "acme-1", newest)])
    }
    #expect(rig.queue.contains { $0.code == "gcp.audit.silent" })
  }

  @Test func `what never beat ages to an alarm`() {
    var rig = Units.rig()
    for _ in 1...35 {
      rig.pass(.minutes(1))
      rig.saw([Units.arrival(.entries, .gcp, "acme-2", nil)])
    }
    #expect(rig.queue.map(\.code).contains("gcp.source.never"))
  }

  @Test func `one project that cannot be read is blind, and no other`() {
    var rig = Units.rig()
    for _ in 1...4 {
      rig.pass(.minutes(1))
      rig.saw([
        Units.settings([Units.archiving], .gcp, "acme-1"),
        Units.arrival(.entries, .gcp, "acme-1", rig.wall),
        Units.arrival(.entries, .gcp, "acme-3", rig.wall),
        Units.settings([], .gcp, "acme-3"),
        Units.blind(Units.path(.setting, .gcp, "acme-2")),
        Units.blind(Units.path(.entries, .gcp, "acme-2")),
      ])
    }
    let gcp = rig.engine.paths().filter { $0.id.source == Units.audit }
    #expect(Set(gcp.filter { $0.state == .blind }.map(\.id.region)) == ["acme-2"])
    let blind = rig.queue.filter { $0.code == "gcp.probe.blind" }
    #expect(blind.count == 1 && blind.first?.place.region == "acme-2")
  }

  @Test func `a deleted setting explains the silence of its own subscription alone`() {
    var rig = Units.rig()
    let old = rig.wall
    let both = ["dev", "test"]
    rig.saw(both.map { Units.settings([Units.exporting], .azure, $0) })
    for _ in 1...60 {
      rig.pass(.minutes(1))
      rig.saw(
        [Units.settings([], .azure, "dev"), Units.settings([Units.exporting], .azure, "test")]
          + both.flatMap {
            [
              Units.history(.azure, $0, activity: [old + .minutes(1)], at: rig.wall),
              Units.arrival(.activity, .azure, $0, old),
            ]
          })
    }
    let deleted = rig.picture.open.first { $0.code == "azure.setting.deleted" }
    let silent = rig.picture.open.filter { $0.code == "azure.activity.silent" }
    #expect(silent.first { $0.place.region == "dev" }?.under == deleted?.id)
    #expect(silent.first { $0.place.region == "test" }.map { $0.under == nil } == true)
  }

  private func state(_ rig: Rig, _ kind: PathKind, _ unit: String) -> HeartbeatState? {
    rig.engine.paths().first { $0.id.kind == kind && $0.id.region == unit }?.state
  }
}
