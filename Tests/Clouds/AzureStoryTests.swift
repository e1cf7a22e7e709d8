import Testing
import WatchCore

/// What `check` says of a strict Azure where several things happen one after the other: several people
/// at one setting, records that are late, a configuration that changes, a source without stores.
@Suite(.serialized, .enabled(if: CloudsPython.isWanted, CloudsPython.skipped))
struct AzureStoryTests {
  @Test(
    .timeLimit(.minutes(12)),
    arguments: [
      ("delete-setting", "azure.setting.deleted"), ("narrow-setting", "azure.setting.narrowed"),
      ("remap-setting", "azure.setting.remapped"),
    ])
  func anEarlierWriteIsNoCauseAndTheLateRecordIs(change: String, code: String) async throws {
    try await StrictCloud.running(.azure) { cloud in
      let watchkeeper = try StrictProcess(cloud)
      try await cloud.control("POST", "delays", #"{"activity": 0}"#)
      let off = #"{"change": "narrow-setting", "as": "ops", "off": ["ServiceHealth"]}"#
      try await cloud.control("POST", "change", off)
      #expect(try await watchkeeper.check().exit == 0)
      try await cloud.change("widen-setting", as: "mira")
      #expect(try await watchkeeper.check().exit == 0)
      try await cloud.control("POST", "delays", #"{"activity": 25}"#)
      try await cloud.change(change, as: "mallory")
      let first = try await watchkeeper.check()
      #expect(first.report.codes.contains(code), "\(first.text)")
      #expect(first.report.alert(code)?.cause == nil, "\(first.text)")
      // The record comes when it comes; each check is a look.
      var last = first
      for _ in 1...40 where last.report.alert(code)?.cause == nil {
        last = try await watchkeeper.check()
      }
      #expect(last.report.alert(code)?.cause?.actor == "mallory", "\(last.text)")
      let named = last.report.alerts.compactMap { $0.cause?.actor }
      #expect(!named.contains { $0.hasPrefix("mira") }, "\(last.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aConfigurationThatAsksForLessRaisesNothing() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let whole = try StrictProcess(cloud)
      #expect(try await whole.check().exit == 0)
      let less = try StrictProcess(cloud, asked: .oneVault, after: whole)
      for _ in 1...2 {
        let round = try await less.check()
        #expect(round.report.alerts.isEmpty && round.exit == 0, "\(round.text)")
      }
      // Asked for again: what went meanwhile did go.
      try await cloud.change("delete-resource-setting", as: "ops", ["subscription": "test"])
      #expect(try await less.check().report.alerts.isEmpty)
      let again = try await StrictProcess(cloud, after: less).check()
      #expect(again.report.codes.contains("azure.setting.deleted"), "\(again.text)")
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aSourceWithoutStoresWatchesTheSettings() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let watchkeeper = try StrictProcess(cloud, asked: .nothing)
      let quiet = try await watchkeeper.check()
      #expect(quiet.report.alerts.isEmpty && quiet.exit == 0, "\(quiet.text)")
      #expect(quiet.report.states("setting") == ["ok"], "\(quiet.text)")
      for name in ["to-siem", "to-archive"] {
        try await cloud.change("delete-setting", as: "ops", ["name": name])
      }
      let round = try await watchkeeper.check()
      #expect(round.report.codes.contains("azure.setting.deleted"), "\(round.text)")
      #expect(round.report.state("setting", "dev") == "failing", "\(round.text)")
      #expect(round.report.state("setting", "test") == "ok")
      // Whoever comes new to it finds none.
      let fresh = try await StrictProcess(cloud, asked: .nothing).check()
      #expect(fresh.report.codes.contains("azure.setting.none"), "\(fresh.text)")
      #expect(fresh.report.state("setting", "dev") == "not set up", "\(fresh.text)")
      #expect(fresh.exit == 2)
    }
  }

  @Test(.timeLimit(.minutes(12)))
  func aSettingWithNothingEnabledIsNone() async throws {
    let off =
      #"{"change": "narrow-setting", "as": "ops", "name": "NAME", "off": ["Administrative","#
      + #""Security", "ServiceHealth", "Alert", "Recommendation", "Policy", "Autoscale","#
      + #""ResourceHealth"]}"#
    try await StrictCloud.running(.azure) { cloud in
      for name in ["to-siem", "to-archive"] {
        try await cloud.control("POST", "change", off.replacing("NAME", with: name))
      }
      let round = try await StrictProcess(cloud).check()
      #expect(round.report.state("setting", "dev") == "not set up", "\(round.text)")
      #expect(round.report.state("setting", "test") == "ok", "\(round.text)")
      #expect(round.report.codes.contains("azure.setting.none"), "\(round.text)")
    }
  }

  /// An event tells of it seconds after the last look: the look that it hurries must show it.
  @Test(.timeLimit(.minutes(12)))
  func aLookSecondsLaterShowsWhatWasDoneSince() async throws {
    try await StrictCloud.running(.azure) { cloud in
      let round = try StrictRound.azure(cloud)
      let probe = try #require(round.probes.first { $0.id.hasPrefix("azure.setting ") })
      let now = Timestamp.now
      func names(_ time: Timestamp) async -> [String] {
        await probe.look(time).looks.flatMap { look -> [String] in
          guard look.path.region == "dev", case .saw(.settings(let seen)) = look.result else {
            return []
          }
          return seen.settings.map(\.name)
        }
      }
      #expect(await names(now).contains("to-siem"))
      try await cloud.change("delete-setting", as: "mallory")
      let later = await names(now + .seconds(5))
      #expect(!later.isEmpty && !later.contains("to-siem"), "\(later)")
    }
  }
}
