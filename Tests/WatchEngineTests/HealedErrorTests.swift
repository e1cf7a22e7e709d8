import Testing
import WatchCore
import WatchEngine

/// A delivery error that went away by itself still happened.
struct HealedErrorTests {
  private func look(_ rig: inout Rig, error: String? = nil) {
    let now = rig.wall
    rig.saw([.trail(delivered: now, deliveryError: error), .s3(now), .history(at: now)])
  }

  @Test(arguments: ["AccessDenied", "NoSuchBucket", "KMS.DisabledException"])
  func staysUntilSomebodyHasSeenIt(_ code: String) {
    var rig = Rig()
    look(&rig)
    rig.pass(.minutes(1))
    look(&rig, error: code)
    #expect(rig.queue.map(\.code) == ["aws.delivery.error"])
    #expect(rig.queue.first?.evidence.contains { $0.text.contains(code) } == true)
    #expect(rig.engine.clouds()[0].state == .failing)

    for _ in 0..<30 {
      rig.pass(.minutes(1))
      look(&rig)
    }
    #expect(rig.queue.first?.state == .cleared, "CLR: gone, and nobody had seen it")
    #expect(rig.engine.clouds()[0].label != "ok")

    #expect(rig.command(.act(.ack, AlertID(1), text: "role was edited and put back")) == nil)
    #expect(rig.queue.isEmpty)
  }
}
