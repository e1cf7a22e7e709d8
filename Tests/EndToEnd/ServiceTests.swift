import Glibc
import Posix
import TerminalTesting
import Testing

/// `watchkeeper watch`: the service without a screen.
@Suite(Need.program.trait) struct ServiceTests {
  @Test("It tells its manager that it is ready and lives, and ends with a last entry")
  func life() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let path = estate.scratch.path + "/notify"
      let manager = try NotifyListener(path)
      let session = try estate.watch(["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "60000000"])
      for line in ["READY=1", "STATUS=watch 1 on ", "WATCHDOG=1"] {
        try session.wait(for: line) { _ in manager.hasHeard(line) }
      }
      try session.wait(forText: "start of watch 1")
      try session.wait(forText: "AWS BLIND")
      session.signal(SIGTERM)
      #expect(try session.end() == .exited(0))
      #expect(manager.hasHeard("STOPPING=1"))
      #expect(estate.journal.entries.last?.text("text") == "ended by SIGTERM")
      #expect(!session.raw.contains(0x1B), "no escape sequence in a log")
    }
  }

  @Test("SIGHUP: a bad file changes nothing and says why, a good one says what changed")
  func reload() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let session = try estate.watch()
      try session.wait(forText: "start of watch 1")
      let before = estate.journal.entries.count
      try File.replace(estate.configuration, with: Array("{ sorces: [] }".utf8))
      session.signal(SIGHUP)
      try estate.waitForError(session, "sources")
      #expect(session.errorText.contains("one.json5:1:3"))
      #expect(session.errorText.contains("nothing has changed"))
      #expect(session.errorText.split(separator: "\n").count == 1)
      try estate.write()
      session.signal(SIGHUP)
      try session.wait(forText: "the configuration is as it was")
      #expect(estate.journal.entries.marks("stop").isEmpty && before > 0)
      try estate.write(expect: "20m+20m")
      session.signal(SIGHUP)
      try estate.wait(session, for: "the new thresholds") { entries in
        entries.contains { $0.texts("difference").contains("aws/prod/one.s3 15m+15m -> 20m+20m") }
      }
      #expect(estate.journal.entries.marks("start").count == 2)
      session.signal(SIGINT)
      #expect(try session.end() == .exited(0))
    }
  }

  @Test("SIGHUP while it stands by: what it takes over with is the file as it is then")
  func reloadStandingBy() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let first = try estate.watch()
      try first.wait(forText: "start of watch 1")
      let second = try estate.watch()
      try second.wait(forText: "standing by")
      try estate.write(expect: "20m+20m")
      second.signal(SIGHUP)
      try second.wait(forText: "the configuration has changed")
      try estate.write(expect: "25m+25m")
      first.signal(SIGKILL)
      #expect(try first.end() == .signalled(SIGKILL))
      try estate.wait(second, for: "the new thresholds") { entries in
        entries.contains { $0.texts("difference").contains { $0.hasPrefix("aws/prod/one.s3 15m") } }
      }
      let said = estate.journal.entries.flatMap { $0.texts("difference") }
      #expect(said.contains("aws/prod/one.s3 15m+15m -> 25m+25m"), "\(said)")
      second.signal(SIGTERM)
      #expect(try second.end() == .exited(0))
    }
  }

  @Test("A second one stands by, and takes over when the first is killed")
  func standby() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let first = try estate.watch()
      try first.wait(forText: "start of watch 1")
      let second = try estate.watch()
      try second.wait(forText: "standing by")
      first.signal(SIGKILL)
      #expect(try first.end() == .signalled(SIGKILL))
      try second.wait(forText: "start of watch 2")
      let start = try #require(estate.journal.entries.marks("start").last)
      #expect(start.text("text").hasPrefix("took over from watch 1, process "))
      second.signal(SIGTERM)
      #expect(try second.end() == .exited(0))
    }
  }

  @Test("The unit is one that systemd takes") func unit() async throws {
    let scratch = try Scratch()
    let folder = scratch.path + "/a folder"
    let printed = try await DemoRun.program([
      "watch", "--print-unit", "--state", folder, "--config", folder + "/c.json5",
    ])
    #expect(printed.ending == .exited(0) && printed.output.contains("Type=notify\n"))
    for line in printed.output.split(separator: "\n")
    where !line.hasPrefix("#") && !line.hasPrefix("[") {
      #expect(line.contains(/^[A-Z][A-Za-z]+=/), "\(line)")
    }
    // By its pages systemd.unit(5), systemd.service(5), systemd.exec(5), systemd.resource-control(5):
    // a name that none of them has is ignored, and what it was to forbid is allowed.
    for (section, names) in UnitNames.known {
      let lines = printed.output.split(separator: "\n").drop { $0 != "[\(section)]" }.dropFirst()
        .prefix { !$0.hasPrefix("[") }
      let own = lines.filter { !$0.hasPrefix("#") }.compactMap {
        $0.split(separator: "=").first.map(String.init)
      }
      #expect(!own.isEmpty && Set(own).subtracting(names).isEmpty, "\(section)")
    }
    // And by systemd itself, where this machine has it.
    guard let tool = try? ChildProcess.find("systemd-analyze", path: nil) else { return }
    let path = scratch.path + "/watchkeeper.service"
    try File.replace(path, with: Array(printed.output.utf8))
    let outcome = try await ChildProcess.run(
      arguments: [tool, "verify", path], environment: ["PATH": "/usr/bin:/bin"],
      deadlineMillis: 30_000)
    let said = String(decoding: outcome.errorOutput, as: UTF8.self)
    // Where the program was not installed, or the folder is none, is none of the unit's business.
    let about = said.split(separator: "\n").filter { $0.contains("watchkeeper.service") }
    #expect(about.isEmpty, "\(said)")
  }
}

extension LoneEstate {
  /// Waits until standard error says something.
  func waitForError(_ session: TerminalSession, _ text: String) throws {
    let deadline = MonotonicClock.millis() + 60_000
    while !session.errorText.contains(text) {
      guard MonotonicClock.millis() < deadline else { throw session.failure("waited for \(text)") }
      session.settle(quietMillis: 50)
    }
  }
}
