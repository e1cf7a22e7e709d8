import Glibc
import Posix
import TerminalTesting
import Testing

/// Consoles beside a watch of another process, and in its place.
@Suite(Need.program.trait) struct AttendTests {
  @Test("L4: two consoles attend one watch; both acts are in the journal, each shows the other's")
  func twoConsoles() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let watch = try estate.watch()
      try watch.wait(forText: "AWS BLIND")
      let (left, right) = (try estate.console(), try estate.console())
      for console in [left, right] { try console.wait(forText: "watch alive") }
      // Only a watch can do that: it is asked to, and raises what it could not see twice.
      try left.type("p")
      try estate.wait(watch, for: "the alerts") { $0.contains { $0.kind == "raise" } }
      for console in [left, right] { try console.wait(forText: " NEW ") }
      try left.wait(forText: "aws.probe.blind", orText: "BLIND")
      try Self.acknowledge(left)
      try right.wait(for: "the other's act") { $0.contains(" ACK ") }
      try right.type("c")
      try right.type("seen by both\r")
      try estate.wait(watch, for: "the note") { $0.contains { $0.kind == "note" } }
      try left.wait(for: "the other's note") { $0.contains("note") && $0.contains("seen by both") }
      try watch.wait(for: "the watch's own view of it") { screen in
        screen.lines.contains { $0.contains(" note ") }
      }
      let kinds = estate.journal.entries.map(\.kind)
      // One for the cause, and one for each symptom that is folded under it.
      #expect(kinds.filter { $0 == "ack" || $0 == "note" }.drop { $0 == "ack" } == ["note"])
      #expect(kinds.contains("ack"))
      for console in [left, right] {
        try console.quit()
        #expect(try console.end() == .exited(0))
      }
      watch.signal(SIGTERM)
      #expect(try watch.end() == .exited(0))
      #expect(estate.journal.entries.marks("start").count == 1, "no console took the watch over")
    }
  }

  /// Selects the highest new alert and acknowledges it.
  private static func acknowledge(_ console: TerminalSession) throws {
    try console.type("n")
    try console.wait(for: "a selected alert") { $0.contains("a ack") && $0.contains("selected") }
    try console.type("a")
    try console.wait(for: "an answer") { screen in
      screen.contains("on disk") || screen.contains("press it again")
    }
    if console.screen.contains("press it again") { try console.type("a") }
    try console.wait(forText: "on disk")
  }

  @Test("WATCH GONE; the console takes the watch over, and gives it back to a service")
  func takeOverAndBack() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let watch = try estate.watch()
      try watch.wait(forText: "start of watch 1")
      let console = try estate.console()
      try console.wait(forText: "watch alive")
      watch.signal(SIGKILL)
      #expect(try watch.end() == .signalled(SIGKILL))
      try console.wait(forText: "WATCH GONE")
      try console.type("p")
      // On a slow machine it has taken over before it reads the key.
      let tookOver = "this console took over from watch 1"
      try console.wait(forText: "nobody probes now", orText: tookOver)
      if !console.screen.contains(tookOver) { try console.wait(forText: tookOver) }
      try console.wait(forText: "watch alive")
      let next = try estate.watch()
      try next.wait(forText: "start of watch 3")
      try console.wait(forText: "this console attends it")
      let marks = estate.journal.entries.filter { $0.kind == "watch" }.map { $0.text("what") }
      #expect(marks == ["start", "start", "stop", "start"])
      let stop = try #require(estate.journal.entries.marks("stop").first)
      #expect(stop.text("text").hasPrefix("gives the watch to process "))
      try console.type("q")
      #expect(try console.end() == .exited(0))
      next.signal(SIGTERM)
      #expect(try next.end() == .exited(0))
      #expect(estate.journal.entries.marks("gap").isEmpty)
    }
  }

  @Test("A watch that was stopped says WATCH GONE on a console; continued, it is alive again")
  func standsStill() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let watch = try estate.watch()
      try watch.wait(forText: "start of watch 1")
      let (console, plain) = (try estate.console(), try estate.plain())
      try console.wait(forText: "watch alive")
      try plain.wait(forText: "AWS ")
      watch.signal(SIGSTOP)
      try console.wait(forText: "WATCH GONE")
      try console.wait(forText: "stands still")
      try plain.wait(for: "a line") { $0.contains("WATCH GONE: the watch (process ") }
      watch.signal(SIGCONT)
      try console.wait(forText: "watch alive")
      try plain.wait(forText: "the watch is alive again")
      plain.signal(SIGTERM)
      #expect(try plain.end() == .exited(128 + SIGTERM))
      try console.type("q")
      #expect(try console.end() == .exited(0))
      watch.signal(SIGTERM)
      #expect(try watch.end() == .exited(0))
      #expect(estate.journal.entries.marks("start").count == 1)
    }
  }

  @Test(
    "A console that can read no journal after it gave its watch away says so, and goes on trying")
  func unreadable() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let console = try estate.plain()
      try estate.wait(console, for: "its watch") { !$0.marks("start").isEmpty }
      let path = estate.state + "/journal/journal.jsonl"
      try #require(rename(path, path + ".away") == 0 && mkdir(path, 0o700) == 0)
      let service = try estate.watch()
      try console.wait(forText: "WATCH STALLED: this console sees no watch")
      #expect(try service.end() == .exited(73))
      try #require(rmdir(path) == 0 && rename(path + ".away", path) == 0)
      try console.wait(forText: "the watch is alive again")
      try estate.wait(console, for: "its next watch") { $0.marks("start").count == 2 }
      console.signal(SIGTERM)
      #expect(try console.end() == .exited(128 + SIGTERM))
    }
  }

  /// Whoever holds the journal's lock makes the watch's loop wait, as a disk that hangs does.
  @Test("A console whose own watch hangs says so, and that it goes on")
  func hangs() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let console = try estate.console()
      try console.wait(forText: "watch alive")
      try estate.wait(console, for: "its first entry") { !$0.marks("start").isEmpty }
      let journal = try File.openForAppend(estate.state + "/journal/journal.jsonl")
      try journal.lock()
      try console.type("p")
      try console.wait(forText: "WATCH GONE")
      try console.wait(forText: "stands still")
      try journal.unlock()
      try console.wait(forText: "watch alive")
      try console.quit()
      #expect(try console.end() == .exited(0))
    }
  }

  /// Its clock goes on while it stands still; less than nine seconds of that are no gap, so that a slow
  /// machine makes none.
  @Test("P6: stopped for four minutes of its own time: one gap, one alert of it, and no burst")
  func suspended() async throws {
    try await Seats.shared.run {
      let run = try DemoRun("quiet", speed: 20, haste: 100_000, options: ["--stalls"])
      try run.session.wait(forText: "journal saved")
      try run.session.wait(for: "the first proofs") { _ in
        run.journal.entries("proof").count > 1
      }
      run.session.signal(SIGSTOP)
      _ = Poller.wait([], timeoutMillis: 12_000)
      let before = run.journal.entries.count
      run.session.signal(SIGCONT)
      try run.session.wait(for: "the gap") { _ in !run.journal.entries.marks("gap").isEmpty }
      try run.session.wait(for: "proofs after it") { _ in
        run.journal.entries.dropFirst(before).contains { $0.kind == "proof" || $0.kind == "told" }
      }
      // A storm would come within the first looks; the demo's clock makes two minutes of these.
      _ = try? run.session.wait(for: "six seconds", withinMillis: 6_000) { _ in false }
      let after = run.journal.entries.dropFirst(before)
      #expect(after.filter { $0.kind == "raise" }.map { $0.text("code") } == ["watch.gap"])
      #expect(run.journal.entries.marks("gap").count == 1)
      #expect(try run.quit() == .exited(0))
    }
  }
}

extension TerminalSession {
  /// `q`, and `y` where that asks.
  fileprivate func quit() throws {
    try type("q")
    _ = try? wait(for: "its end or the question", withinMillis: 500) { !$0.isAlternate }
    if screen.isAlternate { try type("y") }
  }

  fileprivate func wait(forText text: String, orText other: String) throws {
    try wait(for: "“\(text)” or “\(other)”") { $0.contains(text) || $0.contains(other) }
  }
}
