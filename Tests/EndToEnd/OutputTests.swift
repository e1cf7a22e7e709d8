import Foundation
import Glibc
import Posix
import TerminalTesting
import Testing

/// What other programs read, of the program as it runs.
@Suite(Need.program.trait) struct OutputTests {
  static let scenarios = [
    "company", "stop-logging", "bucket-blocked", "forgotten-region", "alert-path", "messy-estate",
    "hostile", "quiet", "diagnostic-setting-deleted", "workspace-capped", "sink-disabled",
    "exclusion-added", "project-unreadable",
  ]

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  @Test(
    "status --json of every scenario, while it runs, is what the schema says", arguments: scenarios)
  func schema(_ scenario: String) async throws {
    try await Seats.shared.run {
      let schema = try Self.object(try DemoRun.printed(["docs", "schema"]).output)
      let run = try DemoRun(scenario, options: ["--plain"])
      try run.session.wait(for: "a look at settings") { _ in
        !run.journal.entries("posture").isEmpty
      }
      let status = try DemoRun.printed(["status", "--json", "--state", run.state])
      let object = try Self.object(status.output)
      #expect(SchemaCheck(object, schema).problems == [])
      #expect((object["watch"] as? [String: Any])?["alive"] as? Bool == true)
      #expect(!status.output.dropLast().unicodeScalars.contains { $0.value < 0x20 })
      #expect(status.ending == .exited(Int32(object["exit"] as? Int ?? -1)))
      // Whoever reads no more than these must not take a demo for a watch.
      let line = try DemoRun.printed(["status", "--plugin", "--state", run.state])
      #expect(line.ending == .exited(3))
      #expect(line.output == "WATCHKEEPER UNKNOWN - demo: made up, no evidence of anything\n")
      let page = try DemoRun.printed(["status", "--prometheus", "--state", run.state])
      #expect(page.ending == .exited(3))
      #expect(page.output.contains("\nwatchkeeper_demo 1\n") && !page.output.contains("_up"))
    }
  }

  @Test("every scenario that the program names is run here")
  func all() async throws {
    let usage = try await DemoRun.program(["help"]).output
    let list = try #require(usage.firstMatch(of: /scenarios: ([a-z,\s-]+)/)).1
    let names = list.split(separator: ",").compactMap { part in
      part.split(whereSeparator: \.isWhitespace).first.map(String.init)
    }
    #expect(Set(names) == Set(Self.scenarios))
  }

  @Test("docs/status.schema.json is what the program prints")
  func published() async throws {
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    let page = try String(
      contentsOf: folder.appending(path: "docs/status.schema.json"), encoding: .utf8)
    #expect(try await DemoRun.program(["docs", "schema"]).output == page)
  }

  @Test("A plugin that cannot look is UNKNOWN, in one line on standard output")
  func plugin() async throws {
    let scratch = try Scratch()
    for words in [["--config", "/nonexistent/x"], ["--state", "/dev/null"]] {
      let outcome = try await DemoRun.program(
        ["check", "--plugin", "--state", scratch.path + "/s"] + words)
      #expect(outcome.ending == .exited(3) && outcome.output.hasPrefix("WATCHKEEPER UNKNOWN - "))
      #expect(outcome.output.split(separator: "\n").count == 1)
    }
    for words in [
      ["check", "--plugin", "--only", "nonsense"], ["check", "--patience", "0", "--plugin"],
      ["status", "--plugin", "--json"], ["status", "--plugin", "--nonsense"],
    ] {
      let outcome = try await DemoRun.program(words)
      #expect(outcome.ending == .exited(3), "\(words)")
      #expect(outcome.output.hasPrefix("WATCHKEEPER UNKNOWN - "), "\(outcome)")
      #expect(outcome.output.split(separator: "\n").count == 1 && outcome.errors.isEmpty)
    }
    let both = try await DemoRun.program(["status", "--prometheus", "--json"])
    #expect(both.ending == .exited(64))
  }

  @Test(
    "A journal that cannot be read: exit 3 in each form, and why on standard output",
    arguments: ["check", "status"])
  func unreadable(_ command: String) async throws {
    let estate = try LoneEstate()
    try Directory.create(estate.state)
    try Directory.create(estate.state + "/journal")
    try Directory.create(estate.state + "/journal/journal.jsonl")
    let words = [command, "--config", estate.configuration, "--state", estate.state]
    let keys = LoneEstate.keys
    let text = try await DemoRun.program(words, environment: keys)
    #expect(text.ending == .exited(3), "\(text)")
    #expect(text.output.hasPrefix("nothing could be looked at: ") && text.errors.isEmpty)
    let json = try await DemoRun.program(words + ["--json"], environment: keys)
    let object = try Self.object(json.output)
    #expect(json.ending == .exited(3) && object["exit"] as? Int == 3)
    #expect((object["error"] as? String)?.contains("journal.jsonl") == true, "\(json)")
    guard command == "status" else { return }
    let page = try await DemoRun.program(words + ["--prometheus"], environment: keys)
    #expect(page.ending == .exited(3) && page.output.contains("\nwatchkeeper_check_status 3\n"))
    #expect(page.errors.contains("journal.jsonl"))
  }

  @Test("Figures in a file and on a port: while the watch runs, of no other machine, and not after")
  func metrics() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let file = estate.scratch.path + "/w.prom"
      let port = try FreePort.take()
      try estate.write(more: ", metrics: { file: \"\(file)\", listen: \"127.0.0.1:\(port)\" }")
      let session = try estate.watch()
      try session.wait(forText: "AWS BLIND")
      func text() -> String {
        String(decoding: (try? File.readAll(file, limit: 1 << 20)) ?? [], as: UTF8.self)
      }
      try session.wait(for: "the file") { _ in text().contains("state=\"blind\"} 1") }
      #expect(try FileFacts(path: file)?.mode == 0o644)
      #expect(text().contains("\nwatchkeeper_watch_up 1\n"))
      let page = FreePort.get(port, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
      #expect(page.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4"))
      #expect(page.contains("\nwatchkeeper_watch_up 1\n"))
      // Another watch stands by: the port is the holder's.
      let second = try estate.watch()
      try second.wait(forText: "standing by")
      session.signal(SIGTERM)
      #expect(try session.end() == .exited(0))
      try second.wait(forText: "metrics: http://127.0.0.1:\(port)/metrics")
      try second.wait(for: "the file again") { _ in text().contains("watchkeeper_watch_up 1") }
      second.signal(SIGTERM)
      #expect(try second.end() == .exited(0))
      #expect(text().contains("watchkeeper_watch_up 0") && !text().contains("path_state"))
      #expect(FreePort.get(port, "GET /metrics HTTP/1.1\r\n\r\n").isEmpty)
    }
  }
}

/// A port of this machine that nobody listens at.
enum FreePort {
  static func take() throws -> Int {
    try LoopbackListener(host: "127.0.0.1", port: 0).port
  }

  /// What is answered within ten seconds between two pieces; empty where nobody is there.
  static func get(_ port: Int, _ request: String) -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard code == 0 else { return "" }
    _ = send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL))
    var (all, piece) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
    while true {
      let count = recv(descriptor, &piece, piece.count, 0)
      if count <= 0 { return String(decoding: all, as: UTF8.self) }
      all += piece[..<count]
    }
  }
}
