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
  }

  /// The page's table of paths has the defaults that the code has.
  @Test(arguments: [("s3", PathKind.s3), ("log_group", .group), ("digest", .digest)])
  func theDefaultsAreTheCodes(_ name: String, _ kind: PathKind) throws {
    let standard = try #require(Expectation.standard(kind))
    #expect(Self.page.contains("| `\(name)` | `\(standard.text)` |"))
  }
}
