import Testing
import WatchCore
import WatchEngine

/// What the journal holds of a stretch of time, entry by entry.
@Suite struct TimelineTests {
  /// Looked at each minute; somebody works all the time, so records are owed.
  private static func look(_ rig: inout Rig, _ newest: Timestamp) {
    rig.pass(.minutes(1))
    rig.saw([.trail(), .s3(newest), .history(activity: [rig.wall - .seconds(20)], at: rig.wall)])
  }

  @Test("B3: late, silent, recovered, by the default expectations: exactly these entries")
  func lateSilentRecovered() {
    var rig = Rig()
    let last = rig.wall
    rig.saw([.trail(), .s3(last), .history(at: last)])
    let before = rig.entries.count
    for _ in 0..<40 { Self.look(&rig, last) }
    for _ in 0..<3 { Self.look(&rig, rig.wall) }
    let told = rig.entries.dropFirst(before).compactMap { entry -> String? in
      switch entry.event {
      case .watch, .snapshot, .proof, .duty: nil
      case .raise(let raise):
        "\(entry.at.shortClock) raise \(raise.code.text) of \(raise.failed.shortClock)"
      default: "\(entry.at.shortClock) \(entry.event.kind) \(entry.event.alert?.text ?? "")"
      }
    }
    #expect(
      told == [
        "03:16Z raise aws.delivery.late of 03:15Z", "03:31Z raise aws.delivery.silent of 03:30Z",
        "03:31Z fold A-0001", "03:41Z clear A-0001", "03:41Z clear A-0002",
      ])
  }

  @Test("B4: forty alerts within five minutes: forty entries, and the first one out leads")
  func flood() {
    let sources = (0..<40).map { SourceID(cloud: .aws, account: "prod", name: "trail-\($0)") }
    var rig = Rig(
      sources: sources.map {
        SourcePlan(id: $0, trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/\($0.name)")
      })
    rig.saw(sources.flatMap { [Look.trail($0), .s3(rig.wall, $0)] } + [.history(at: rig.wall)])
    #expect(rig.queue.isEmpty)
    for source in sources {
      rig.sleep(.seconds(5))
      rig.saw([.trail(source, logging: false, stopped: rig.wall)])
    }
    let raised = rig.entries.compactMap { entry in
      if case .raise(let raise) = entry.event { raise.source } else { nil }
    }
    #expect(raised == sources)
    #expect(
      rig.queue.map(\.source) == sources, "as they came: the first one is most likely the cause")
    #expect(rig.picture.count("NEW") == 40)
  }
}
