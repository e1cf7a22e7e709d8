import Testing
import WatchCore
import WatchEngine

@testable import WatchProbes

/// Each scenario of Azure and GCP is raised by its codes, and by nothing else.
struct DemoScenarioTests {
  struct Story: Sendable, CustomTestStringConvertible {
    var name: String
    var leads: Set<FailureCode>
    var folds: Set<FailureCode> = []
    var minutes = 12
    var testDescription: String { name }
  }

  private static let stories = [
    Story(name: "company", leads: ["aws.trail.stopped"]),
    Story(
      name: "diagnostic-setting-deleted", leads: ["azure.setting.deleted"],
      folds: ["azure.setting.none", "azure.activity.late", "azure.activity.silent"], minutes: 24),
    Story(name: "workspace-capped", leads: ["azure.store.capped"], minutes: 20),
    Story(
      name: "sink-disabled", leads: ["gcp.sink.disabled"],
      folds: ["gcp.audit.late", "gcp.audit.silent"], minutes: 24),
    // The act, and what the next look at the settings finds of it.
    Story(
      name: "exclusion-added", leads: ["gcp.exclusion.added"], folds: ["gcp.posture.weak"],
      minutes: 20),
  ]

  @Test(arguments: stories) func `is raised by its codes and by nothing else`(
    _ story: Story
  ) async throws {
    let stand = try DemoStand(story.name)
    await stand.live(.minutes(story.minutes))
    #expect(stand.leads == story.leads, "\(stand.story)")
    #expect(stand.folded.isSubset(of: story.folds), "\(stand.story)")
  }

  @Test func `one unreadable project blinds its own paths alone`() async throws {
    let stand = try DemoStand("project-unreadable")
    // Settings are looked at every ten minutes.
    await stand.live(.minutes(24))
    // Its history is closed to us as well, and folds under its entries.
    #expect(stand.leads == ["gcp.probe.blind"], "\(stand.story)")
    #expect(stand.folded == ["gcp.probe.blind"], "\(stand.story)")
    for path in stand.rig.engine.paths() where path.id.source.cloud == .gcp {
      let isBlind = path.state == .blind
      // A list without a project that we know of is not whole.
      let isDue = ["acme-ml", "ALL-PROJECTS"].contains(path.id.region)
      #expect(isBlind == isDue, "\(path.id.text) \(path.state)")
    }
  }

  /// Two hours in which nobody does anything but to work, in three clouds.
  @Test func `nothing is raised of a healthy company`() async throws {
    let stand = try DemoStand("company", untouched: true)
    await stand.live(.hours(2))
    #expect(stand.rig.picture.alerts.isEmpty, "\(stand.story)")
    #expect(stand.unseen == [:])
    let bad = stand.rig.engine.paths().filter { ![.ok, .okQuiet].contains($0.state) }
    #expect(bad.map { "\($0.id.text) \($0.state)" } == [])
  }
}
