import Testing
import WatchCore

@testable import WatchSetup

/// `alerts` and `remedies`: when an alert chatters, and how many must agree to a remedy.
@Suite struct AlertsReaderTests {
  private func read(_ text: String) -> ConfigurationReader.Outcome {
    ConfigurationReader.read(Array("{ sources: [], \(text) }".utf8))
  }

  @Test("chatter's four figures, and what they are without a word")
  func chatter() throws {
    let plan = try #require(
      read(#"alerts: { chatter: { returns: 5, within: "2h", calm: "30m", steady: "10m" } }"#).plan)
    #expect(
      plan.chatter
        == ChatterRule(
          returns: 5, within: .hours(2), calm: .minutes(30), steady: .minutes(10)))
    #expect(plan.thresholdsJSON["chatter"]?.string == "5 in 120m, calm 30m, steady 10m")
    let bare = try #require(read("alerts: {}").plan)
    #expect(bare.chatter == .standard && bare.approval == .one)
    #expect(bare.thresholdsJSON["chatter"] == nil)
  }

  @Test func twoMustAgree() throws {
    let plan = try #require(read(#"remedies: { approve: "two" }"#).plan)
    #expect(plan.approval == .two)
    #expect(plan.configurationJSON["remedies"]?["approve"]?.string == "two")
  }

  @Test(arguments: [
    (#"alerts: { chatter: { returns: 1 } }"#, "write 2 to 50"),
    (#"alerts: { chatter: { returns: "3" } }"#, "returns is a text"),
    (#"alerts: { chatter: { within: "2d" } }"#, "within is \"2d\""),
    (#"alerts: { chatter: { calm: "0m" } }"#, "calm is \"0m\""),
    (#"alerts: { chater: {} }"#, "\"chater\" is not known here"),
    (#"remedies: { approve: "three" }"#, "approve is \"three\""),
    (#"remedies: { approve: 2 }"#, "approve is a number"),
  ]) func whatIsWrongIsSaid(_ text: String, _ said: String) {
    let problems = read(text).errors.map { $0.line(file: "f") }
    #expect(problems.contains { $0.contains(said) }, "\(problems)")
  }
}
