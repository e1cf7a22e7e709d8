import Foundation
import Testing
import WatchCore

@testable import WatchSetup

/// What docs/configuration.md says is what is read.
struct DocumentedConfigurationTests {
  static let page: String = {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/configuration.md")
    return (try? String(contentsOf: page, encoding: .utf8)) ?? ""
  }()

  @Test func theExampleIsWholeAndWithoutAWarning() throws {
    let parts = Self.page.components(separatedBy: "```json5\n")
    let example = try #require(parts.dropFirst().first?.components(separatedBy: "```").first)
    let outcome = ConfigurationReader.read(Array(example.utf8))
    #expect(outcome.problems.map { $0.line(file: "docs/configuration.md") } == [])
    let plan = try #require(outcome.plan)
    #expect(plan.accounts.map(\.name) == ["prod", "dev", "analytics"])
    #expect(
      plan.sources.map(\.id.text) == [
        "aws/prod/org-trail", "azure/dev/activity-log", "gcp/analytics/admin-activity",
      ])
    #expect(plan.roles.map(\.members) == [["mira", "jon"]])
    #expect(plan.accounts.compactMap(\.queue).count == 1)
    #expect(plan.sources.map(\.echo) == [.home, .off, .off])
    #expect(plan.sources.map(\.dataEvents.count) == [1, 0, 0])
  }

  /// The page's table of frameworks has each word that is read, with its days.
  @Test(arguments: RetentionBar.frameworks.sorted { $0.key < $1.key })
  func theFrameworksAreTheCodes(_ word: String, _ bar: RetentionBar) {
    #expect(Self.page.contains("| `\"\(word)\"` | \(bar.days) days |"))
  }

  /// Every key that is read stands on the page.
  @Test(arguments: [
    "name", "profile", "role_arn", "external_id", "regions", "partition", "fips", "dual_stack",
    "endpoint", "queue", "id", "trail", "expect", "optional", "off", "echo", "retention",
    "data_events", "members", "ack_within", "then", "channels", "subscriptions", "tenant", "cloud",
    "credential", "client", "endpoints", "projects", "folders", "organizations", "impersonate",
    "quota_project", "workspace", "archive", "resources", "table", "categories", "alert_rules",
    "units", "project", "logs", "sinks", "metric", "profile", "hours", "zone", "days", "from", "to",
    "except", "base", "alarms_per_year", "limit",
  ])
  func everyKeyIsDescribed(_ key: String) {
    #expect(Self.page.contains("`\(key)`"))
  }

  /// The page's table of paths has the defaults that the code has.
  @Test(arguments: Cloud.allCases)
  func theDefaultsAreTheCodes(_ cloud: Cloud) throws {
    for (name, kind) in PlanReader.paths(cloud) {
      let standard = try #require(Expectation.standard(kind))
      let place = kind == .echo ? "all" : cloud == .azure ? "Azure" : cloud.label
      #expect(Self.page.contains("| `\(name)` | \(place) | `\(standard.text)` |"))
    }
  }

  /// The names of endpoints are those of the code.
  @Test(arguments: AzureAccount.endpointNames + GCPAccount.endpointNames)
  func endpointsAreDescribed(_ name: String) {
    #expect(Self.page.contains("`\(name)`"))
  }
}
