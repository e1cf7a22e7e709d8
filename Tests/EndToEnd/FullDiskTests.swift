import Glibc
import Posix
import TerminalTesting
import Testing

/// The service where it cannot write: it says so, goes on looking, is never ready, and recovers.
@Suite(Need.program.trait) struct FullDiskTests {
  /// Bytes that a file of the program may have from now on.
  private static func limit(_ session: TerminalSession, _ size: String) {
    #expect(system("prlimit --pid \(session.pid) --fsize=\(size):unlimited") == 0)
  }

  @Test("No file may grow: not ready, not silent, still looking; and well again when one may")
  func full() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let path = estate.scratch.path + "/notify"
      let manager = try NotifyListener(path)
      let session = try estate.watch(["NOTIFY_SOCKET": path], through: "ulimit -S -f 0")
      try session.wait(forText: "JOURNAL NOT SAVED: ")
      try session.wait(forText: "AWS BLIND")
      for line in ["STATUS=JOURNAL NOT SAVED: ", "EXTEND_TIMEOUT_USEC=", "WATCHDOG=1"] {
        try session.wait(for: line) { _ in manager.hasHeard(line) }
      }
      #expect(!manager.hasHeard("READY=1"))
      #expect(estate.journal.entries.isEmpty)
      let console = try estate.console()
      try console.wait(forText: "NOT SAVED")
      try console.wait(forText: "lives and cannot write (is the disk full?)")
      try console.type("q")
      #expect(try console.end() == .exited(0))
      Self.limit(session, "unlimited")
      try session.wait(for: "ready") { _ in manager.hasHeard("READY=1") }
      try estate.wait(session, for: "that it happened") { entries in
        entries.contains { $0.kind == "raise" && $0.text("code") == "journal.unsaved" }
      }
      #expect(estate.journal.entries.map(\.seq) == Array(1...estate.journal.entries.count))
      Self.limit(session, String(estate.journal.bytes.count))
      session.signal(SIGTERM)
      // What its last entry would have said is said here.
      #expect(try session.end() == .exited(74))
      #expect(session.errorText.contains("the journal was not saved to the end"))
      #expect(estate.journal.entries.marks("stop").isEmpty)
    }
  }

  @Test("The disk is full while it runs: a console that attends says so, and that it is over")
  func later() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let session = try estate.watch()
      try session.wait(forText: "AWS BLIND")
      let console = try estate.console()
      try console.wait(forText: "watch alive")
      try console.wait(forText: "journal saved")
      Self.limit(session, "0")
      try estate.ask()
      try console.wait(forText: "NOT SAVED")
      try console.wait(forText: "lives and cannot write (is the disk full?)")
      #expect(console.screen.contains("watch alive"))
      Self.limit(session, "unlimited")
      try estate.ask()
      try console.wait(forText: "journal saved")
      #expect(try console.leave() == .exited(0))
      session.signal(SIGTERM)
      #expect(try session.end() == .exited(0))
    }
  }

  @Test("A lease that cannot be taken is said, once, and is taken when it can be")
  func noLease() async throws {
    try await Seats.shared.run {
      let estate = try LoneEstate()
      let path = estate.scratch.path + "/notify"
      let manager = try NotifyListener(path)
      try Directory.create(estate.state + "/watch.lock")
      let session = try estate.watch(["NOTIFY_SOCKET": path])
      try session.wait(forText: "the watch cannot begin: ")
      try session.wait(for: "its status") { _ in manager.hasHeard("STATUS=cannot begin: ") }
      #expect(!manager.hasHeard("READY=1"))
      #expect(rmdir(estate.state + "/watch.lock") == 0)
      try session.wait(forText: "start of watch 1")
      try session.wait(for: "ready") { _ in manager.hasHeard("READY=1") }
      session.signal(SIGTERM)
      #expect(try session.end() == .exited(0))
      #expect(!session.screen.lines.dropFirst().contains { $0.contains("cannot begin") })
    }
  }
}
