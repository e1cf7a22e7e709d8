import Foundation
import Testing
import WatchCore
import WatchSetup

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
    #expect(plan.accounts.map(\.name) == ["prod"])
    #expect(plan.sources.map(\.id.text) == ["aws/prod/org-trail"])
    #expect(plan.roles.map(\.members) == [["mira", "jon"]])
    #expect(plan.accounts.compactMap(\.queue).count == 1)
    #expect(plan.sources.map(\.echo) == [.home])
    #expect(plan.sources.map(\.dataEvents.count) == [1])
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
    "data_events", "members", "ack_within", "then", "channels",
  ])
  func everyKeyIsDescribed(_ key: String) {
    #expect(Self.page.contains("`\(key)`"))
  }

  /// The page's table of paths has the defaults that the code has.
  @Test(arguments: [
    ("s3", PathKind.s3), ("log_group", .group), ("digest", .digest), ("echo", .echo),
  ])
  func theDefaultsAreTheCodes(_ name: String, _ kind: PathKind) throws {
    let standard = try #require(Expectation.standard(kind))
    #expect(Self.page.contains("| `\(name)` | `\(standard.text)` |"))
  }
}
