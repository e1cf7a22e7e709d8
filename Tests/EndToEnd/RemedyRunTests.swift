import Glibc
import Posix
import TerminalTesting
import Testing

/// Runbook commands that take longer than the watch of the console that began them.
@Suite(Need.program.trait) struct RemedyRunTests {
  /// A command that ends when a file is there.
  private static func gate(_ estate: LoneEstate) -> String { estate.scratch.path + "/gate" }

  /// A console that runs a command, beside a service that has taken its watch over since.
  private static func running(
    _ estate: LoneEstate
  ) throws -> (console: TerminalSession, service: TerminalSession) {
    try Directory.create(estate.scratch.path + "/runbooks")
    try File.replace(
      estate.scratch.path + "/runbooks/aws-probe-blind.md",
      with: Array(
        """
        ---
        title: We cannot look
        codes: aws.probe.blind
        owner: security-lead
        role: security-lead
        ---

        A test's own.

        ## 1 Mend it

        ```sh
        while [ ! -e '\(gate(estate))' ]; do sleep 0.1; done
        ```

        - remedy: yes

        ## 2 Close with a line on the cause

        - close: yes

        """.utf8))
    let console = try estate.console()
    try console.wait(forText: "watch alive")
    try console.type("p")
    try estate.wait(console, for: "the alert") { $0.contains { $0.kind == "raise" } }
    try console.wait(forText: "NEW ")
    try console.type("n")
    try console.wait(forText: "selected")
    try console.type("r")
    try console.wait(forText: "step 1 of 2")
    try console.type("X")
    try console.wait(forText: " to run it")
    let word = try #require(
      console.screen.text.split(separator: " to run it").first?.split(separator: " ").last)
    try console.type(word + "\r")
    try estate.wait(console, for: "the command") { $0.contains { $0.kind == "remedy" } }
    let service = try estate.watch()
    try console.wait(forText: "this console attends it")
    return (console, service)
  }

  private static func ends(_ estate: LoneEstate) -> [Int] {
    estate.journal.entries("remedy").map { $0.number("status") }
  }

  @Test("Begun in the console's own watch, written when the console that attends is closed")
  func closed() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let (console, service) = try Self.running(estate)
      #expect(try console.leave() == .exited(0))
      #expect(Self.ends(estate) == [-1, 125])
      try File.replace(Self.gate(estate), with: [])
      service.signal(SIGTERM)
      #expect(try service.end() == .exited(0))
    }
  }

  @Test("Its end cannot be written at once: said, tried again, and written once")
  func retried() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let (console, service) = try Self.running(estate)
      let limit = "prlimit --pid \(console.pid) --fsize="
      #expect(system("\(limit)\(estate.journal.bytes.count):unlimited") == 0)
      try File.replace(Self.gate(estate), with: [])
      try console.wait(forText: "not in the journal yet")
      #expect(Self.ends(estate) == [-1])
      #expect(system("\(limit)unlimited") == 0)
      try estate.wait(console, for: "its end") { _ in Self.ends(estate) == [-1, 0] }
      #expect(try console.leave() == .exited(0))
      #expect(Self.ends(estate) == [-1, 0])
      service.signal(SIGTERM)
      #expect(try service.end() == .exited(0))
    }
  }
}
