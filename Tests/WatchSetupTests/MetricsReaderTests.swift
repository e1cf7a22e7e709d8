import Testing
import WatchCore

@testable import WatchSetup

/// Where figures may go: a .prom file, a loopback port, and nowhere else.
@Suite struct MetricsReaderTests {
  private func read(_ metrics: String) -> ConfigurationReader.Outcome {
    ConfigurationReader.read(Array("{ sources: [], metrics: \(metrics) }".utf8))
  }

  @Test func both() throws {
    let outcome = read(#"{ file: "/var/lib/prom/w.prom", listen: "127.0.0.1:9464" }"#)
    #expect(outcome.errors.isEmpty)
    let metrics = try #require(outcome.plan?.metrics)
    #expect(metrics.file == "/var/lib/prom/w.prom" && metrics.listen?.text == "127.0.0.1:9464")
  }

  @Test(
    "Loopback addresses",
    arguments: [
      ("127.0.0.1:1", "127.0.0.1:1"), ("localhost:9464", "127.0.0.1:9464"),
      ("[::1]:9464", "[::1]:9464"), ("127.9.8.7:65535", "127.9.8.7:65535"),
    ])
  func loopback(_ text: String, _ want: String) {
    #expect(LoopbackAddress(text: text)?.text == want)
  }

  @Test(
    "Any other address is refused where it stands",
    arguments: [
      "0.0.0.0:9464", ":9464", "9464", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536",
      "10.0.0.1:9464", "[::]:9464", "::1:9464", "[2001:db8::1]:9464", "metrics.example:9464",
      "127.0.0.1.evil:9464", "127.0.0.256:9464", "127.0.0.1:+9", "127.1:9464", "*:9464",
    ])
  func elsewhere(_ text: String) {
    let outcome = read("{ listen: \"\(text)\" }")
    #expect(outcome.errors.count == 1)
    #expect(outcome.errors.first?.text.contains("no loopback address") == true)
    #expect(outcome.errors.first?.column == 35)
  }

  @Test(
    "Other files are refused, and so is a place that is none",
    arguments: [
      (#"{ file: "w.prom" }"#, ["file is "]), (#"{ file: "/var/w.txt" }"#, ["file is "]),
      (#"{ file: "/var/\u001bx.prom" }"#, ["file holds characters that do not show"]),
      (#"{ file: "/var/.prom" }"#, ["file is "]),
      ("{}", ["metrics names no place"]), (#"{ file: 7 }"#, ["file "]),
      (#"{ port: "127.0.0.1:9" }"#, ["metrics names no place", #""port" is not known here"#]),
    ])
  func problems(_ metrics: String, _ texts: [String]) {
    let errors = read(metrics).errors.map(\.text)
    #expect(errors.count == texts.count)
    for (error, text) in zip(errors, texts) { #expect(error.hasPrefix(text), "\(error)") }
  }
}
