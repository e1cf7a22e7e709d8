import Testing
import WatchCore

@testable import WatchEngine

/// However often the watch is killed, and whatever the receiver does: every notification arrives at least
/// once, and the receiver knows as many alerts as were raised.
@Suite struct OutboxTests {
  /// SplitMix64: the same run for the same seed.
  struct Chance {
    var state: UInt64

    mutating func below(_ limit: UInt64) -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return (mixed ^ (mixed >> 31)) % limit
    }
  }

  /// What arrived.
  struct Receiver {
    var messages: Set<String> = []
    var alerts: Set<String> = []
    var arrived = 0

    mutating func take(_ sent: Rig.Notified) {
      messages.insert(sent.notification.messageKey)
      alerts.insert(sent.notification.dedupKey)
      arrived += 1
    }
  }

  private static let sources = (1...4).map {
    SourceID(cloud: .aws, account: "prod", name: "t\($0)")
  }

  private static let plan: WatchPlan = {
    var plan = TellTests.plan(then: true)
    plan.sources = sources.map { SourcePlan(id: $0, trail: $0.name) }
    return plan
  }()

  @Test(arguments: 1...50) func killedAtRandom(_ seed: Int) {
    var chance = Chance(state: UInt64(seed))
    var receiver = Receiver()
    var rig = Rig(plan: Self.plan, tells: true)
    for step in 0..<60 {
      if step % 12 == 3, step / 12 < Self.sources.count {
        rig.saw([.trail(Self.sources[step / 12], logging: false, stopped: rig.wall)])
      }
      if chance.below(15) == 0 { rig.command(.act(.ack, AlertID(1 + Int(chance.below(4))))) }
      rig.sleep(.seconds(Int(1 + chance.below(90))))
      rig.saves = chance.below(10) > 0
      rig.tick()
      if chance.below(12) == 0 { rig.restart() }
      run(&rig, &receiver, &chance)
    }
    rig.saves = true
    for _ in 0..<80 where !rig.picture.outbox.isEmpty || !rig.notified.isEmpty {
      rig.sleep(.minutes(16))
      rig.tick()
      for sent in rig.deliver() { receiver.take(sent) }
    }
    let owed = rig.entries.reduce(0) { count, entry in
      if case .tell(let tell) = entry.event { count + tell.channels.count } else { count }
    }
    let raised = rig.entries.count { if case .raise = $0.event { true } else { false } }
    #expect(rig.picture.outbox.isEmpty && raised >= Self.sources.count)
    #expect(receiver.messages.count == owed, "each arrives at least once")
    #expect(receiver.alerts.count == raised, "as many as were raised")
    #expect(receiver.arrived >= receiver.messages.count)
  }

  /// Sends what is due, badly.
  private func run(_ rig: inout Rig, _ receiver: inout Receiver, _ chance: inout Chance) {
    while !rig.notified.isEmpty {
      let sent = rig.notified.removeFirst()
      // Killed before it left, or before its answer came.
      if chance.below(20) == 0 { return rig.restart() }
      let luck = chance.below(10)
      if luck < 7 { receiver.take(sent) }
      if chance.below(20) == 0 { return rig.restart() }
      switch luck {
      case 0..<5: rig.answer(sent, .accepted(id: "\(receiver.arrived)"))
      case 8: rig.answer(sent, .failed("HTTP 429", retryAfter: .seconds(40)))
      // Taken, and the answer lost; or lost itself.
      default: rig.answer(sent, .failed("no answer", retryAfter: nil))
      }
      rig.saves = chance.below(10) > 0
      rig.tick()
    }
  }
}
