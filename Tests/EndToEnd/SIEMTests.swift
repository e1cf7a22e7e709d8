import Foundation
import Glibc
import Posix
import TerminalTesting
import Testing

/// Lines for others: of the journal, and of `--plain`.
@Suite(Need.program.trait) struct SIEMTests {
  private static func lines(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test("F111: every entry once, from a number or a time on; in the journal's own order")
  func resumes() async throws {
    try await Seats.shared.run {
      let run = try DemoRun(options: ["--plain"])
      try run.session.wait(for: "the raise") { _ in !run.journal.entries("raise").isEmpty }
      run.session.signal(SIGTERM)
      #expect(try run.session.end() == .exited(128 + SIGTERM))
      let export = ["journal", "export", "--format", "jsonl", "--state", run.state]
      let all = try DemoRun.printed(export)
      #expect(all.ending == .exited(0))
      let records = try Self.lines(all.output)
      let written = run.journal.entries
      #expect(records.compactMap { $0["seq"] as? Int } == written.map(\.seq))
      #expect(records.compactMap { $0["kind"] as? String } == written.map(\.kind))
      #expect(records.allSatisfy { $0["demo"] as? Bool == true })
      let raise = try #require(records.first { $0["kind"] as? String == "raise" })
      let alert = try #require(raise["alert"] as? [String: Any])
      #expect(alert["code"] as? String == "aws.trail.stopped")
      let half = written.count / 2
      let rest = try Self.lines(try DemoRun.printed(export + ["--after", String(half)]).output)
      #expect(rest.compactMap { $0["seq"] as? Int } == Array(half + 1...written.count))
      let at = try #require(records[half]["at"] as? String)
      let since = try Self.lines(try DemoRun.printed(export + ["--since", at]).output)
      let later = records.filter { ($0["at"] as? String ?? "") >= at }
      #expect(since.compactMap { $0["seq"] as? Int } == later.compactMap { $0["seq"] as? Int })
      #expect(since.count >= written.count - half)
      for bad in [["--after", "x"], ["--since", "noon"], ["--json"], ["--output", "x"]] {
        #expect(try DemoRun.printed(export + bad).ending == .exited(64))
      }
      let exact = ["journal", "export", "--follow", "--state", run.state]
      #expect(try DemoRun.printed(exact).ending == .exited(64))
    }
  }

  @Test("F111: it follows what is written, and ends when nobody reads")
  func follows() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      // Into a pipe that is closed after the second entry: the shell waits for the writer's own status.
      let script = """
        ("$@"; echo "status $?" >&2) | head -n 2
        """
      let reader = try TerminalSession(
        [
          "/bin/sh", "-c", script, "sh", TerminalSession.watchkeeper, "journal", "export",
          "--format",
          "jsonl", "--follow", "--state", estate.state,
        ], columns: 200, rows: 40)
      let watch = try estate.watch()
      try reader.wait(for: "two lines") { _ in
        String(decoding: reader.raw, as: UTF8.self).contains(#""seq":2"#)
      }
      #expect(try reader.end() == .exited(0))
      #expect(reader.errorText.contains("status 141"))
      watch.signal(SIGTERM)
      #expect(try watch.end() == .exited(0))
    }
  }

  /// Writes an entry where no watch runs.
  private static func planned(_ text: String, _ state: String) -> [String] {
    [
      "planned", text, "--from", "2126-11-20T14:00:00Z", "--to", "2126-11-20T14:30:00Z", "--state",
      state,
    ]
  }

  @Test("F111: a break that comes while it follows is said, and ends it with 1")
  func broken() async throws {
    try await Seats.shared.run {
      let scratch = try Scratch()
      let state = scratch.path + "/state"
      for text in ["one", "two"] {
        let written = try DemoRun.printed(Self.planned(text, state))
        #expect(written.ending == .exited(0), "\(written)")
      }
      let reader = try TerminalSession(
        [
          TerminalSession.watchkeeper, "journal", "export", "--format", "jsonl", "--follow",
          "--state", state,
        ], columns: 200, rows: 40)
      func has(_ words: String) throws {
        try reader.wait(for: words) { _ in
          String(decoding: reader.raw, as: UTF8.self).contains(words)
        }
      }
      try has(#""seq":2"#)
      let journal = WrittenJournal(state: state)
      try File.openForAppend(journal.path).writeAll(journal.lines[0] + [0x0A])
      #expect(try reader.end() == .exited(1))
      #expect(reader.errorText.contains("NOT SOUND: entry 1 (line 3) is there twice"))
      // It was there before: the next one says so, and follows all the same.
      let next = try DemoRun.printed([
        "journal", "export", "--format", "jsonl", "--after", "1", "--state", state,
      ])
      #expect(next.ending == .exited(1) && next.output.contains(#""seq":2"#))
    }
  }

  @Test("F111: lines that a full disk does not take are no reader who has gone")
  func fullDisk() async throws {
    let scratch = try Scratch()
    let state = scratch.path + "/state"
    #expect(try await DemoRun.program(Self.planned("x", state)).ending == .exited(0))
    let export = "journal export --format jsonl --state \(state)"
    let outcome = try await ChildProcess.run(
      arguments: ["/bin/sh", "-c", "\(TerminalSession.watchkeeper) \(export) > /dev/full"],
      environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"], deadlineMillis: 60_000)
    #expect(outcome.ending == .exited(74))
    let said = String(decoding: outcome.errorOutput, as: UTF8.self)
    #expect(said.contains("No space left on device") && said.split(separator: "\n").count == 1)
  }

  @Test("--plain beside a service: one line a change, the time first, and no control sequence")
  func plainLines() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let service = try estate.watch()
      try service.wait(forText: "start of watch 1")
      let plain = try estate.plain()
      try estate.wait(service, for: "the raise") { entries in
        entries.contains { $0.kind == "raise" }
      }
      try plain.wait(for: "the raise, attended") { _ in
        String(decoding: plain.raw, as: UTF8.self).contains("raise A-0001: ")
      }
      plain.signal(SIGTERM)
      #expect(try plain.end() == .exited(128 + SIGTERM))
      service.signal(SIGTERM)
      #expect(try service.end() == .exited(0))
      let text = String(decoding: plain.raw, as: UTF8.self)
      let lines = text.split { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      #expect(lines.count > 1)
      for line in lines {
        #expect(line.contains(#/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /#), "\(line)")
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      }
    }
  }

  @Test("--plain into a pipe ends when its reader has gone")
  func plainPipe() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let session = try TerminalSession(
        ["/bin/sh", "-c", "(\"$@\"; echo \"status $?\" >&2) | head -n 1", "sh"]
          + estate.plainWords, columns: 200, rows: 40, environment: LoneEstate.keys)
      #expect(try session.end() == .exited(0))
      #expect(session.errorText.contains("status 141"))
      #expect(estate.journal.entries.marks("stop").count == 1, "the watch has its last entry")
    }
  }
}

extension LoneEstate {
  var plainWords: [String] {
    [TerminalSession.watchkeeper, "--plain", "--config", configuration, "--state", state]
  }

  func plain() throws -> TerminalSession {
    try TerminalSession(plainWords, columns: 200, rows: 100, environment: Self.keys)
  }
}
