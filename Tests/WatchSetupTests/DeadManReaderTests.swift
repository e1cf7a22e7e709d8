import Testing
import WatchCore

@testable import WatchSetup

/// `dead_man`: who is told outside that the watch lives.
struct DeadManReaderTests {
  private func read(_ text: String) -> ConfigurationReader.Outcome {
    ConfigurationReader.read(Array("{ sources: [], dead_man: \(text) }".utf8))
  }

  @Test func itIsReadWithItsInterval() throws {
    let plan = try #require(read(#"{ url_from: "env:SWITCH", every: "5m" }"#).plan)
    #expect(plan.deadMan == DeadManPlan(url: .environment("SWITCH"), every: .minutes(5)))
    #expect(plan.configurationJSON["dead_man"]?["url_from"]?.string == "env:SWITCH")
    let bare = try #require(read(#"{ url_from: "file:/etc/switch" }"#).plan)
    #expect(bare.deadMan == DeadManPlan(url: .file("/etc/switch"), every: .minutes(1)))
  }

  @Test(arguments: [
    (#"{}"#, "url_from is missing"),
    (#"{ url_from: "https://hc-ping.com/3f8a" }"#, "url_from does not name a place"),
    (#"{ url_from: "env:" }"#, "url_from does not name a place"),
    (#"{ url_from: "env:X", every: "1s" }"#, "every is \"1s\""),
    (#"{ url_from: "env:X", evry: "1m" }"#, "\"evry\" is not known here"),
    (#""env:X""#, "dead_man is"),
  ]) func whatIsWrongIsSaidAndTheURLIsNot(_ text: String, _ said: String) {
    let problems = read(text).errors.map { $0.line(file: "f") }
    #expect(problems.contains { $0.contains(said) }, "\(problems)")
    #expect(!problems.contains { $0.contains("3f8a") })
  }
}
