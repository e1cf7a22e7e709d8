import Testing
import WatchCore
import WatchEngine
import WatchProbes

/// One look ends, whoever never answers.
struct CheckRoundTests {
  private static func probe(
    _ id: String, _ region: String, look: @escaping @Sendable () async -> Look.Result
  ) -> Probe {
    let path = PathID(source: Rig.use1, kind: .s3, region: region)
    return Probe(id: id, permissions: [], paths: [path]) { now in
      ProbeReport(
        probe: id, began: now, ended: now, looks: [Look(path: path, result: await look())])
    }
  }

  private static let ports = WatchPorts(
    clock: { ClockReading(wall: Rig.start, boot: 0) }, sleep: { _ in },
    append: { _ in .written([]) }, verify: { .unchecked }, keep: { _, _ in },
    gap: { _, _ in .blind(Blindness(kind: .missing, detail: "none")) })

  /// Never comes back, cancelled or not: as a call that waits for credentials of others.
  private static func hang() async -> Look.Result {
    await withUnsafeContinuation { (_: UnsafeContinuation<Look.Result, Never>) in }
  }

  @Test(.timeLimit(.minutes(5)))
  func whoeverHangsIsBlind() async {
    let board = await CheckRound.run(
      engine: Rig().engine, me: Rig.mira,
      probes: [Self.probe("hangs", "eu-west-1", look: Self.hang)], ports: Self.ports,
      patience: {})
    let path = board.clouds.flatMap(\.paths).first { $0.id.region == "eu-west-1" }
    #expect(path?.state == .blind)
    #expect(path?.reason.contains("no answer") == true)
  }

  @Test(.timeLimit(.minutes(5)))
  func withoutPatienceAllAreWaitedFor() async {
    let seen = Self.probe("seen", "us-east-1") {
      .saw(.arrival(Arrival(newest: Rig.start, record: "k", count: 1)))
    }
    let board = await CheckRound.run(
      engine: Rig().engine, me: Rig.mira, probes: [seen], ports: Self.ports)
    #expect(board.clouds.flatMap(\.paths).first { $0.id.kind == .s3 }?.state == .ok)
  }
}
