import Glibc
import Posix
import TerminalTesting
import Testing

/// What the screen says is done is on the disk.
@Suite(Need.program.trait) struct DurabilityTests {
  @Test("L1: the entry is written and synced before the bytes that show ACK", Need.strace.trait)
  func syncedBeforeShown() async throws {
    try await Seats.shared.run {
      let trace = try Trace(calls: "write,pwrite64,fsync,fdatasync")
      let run = try DemoRun(wrapper: trace.wrapper)
      try run.waitForAlert()
      try run.acknowledge()
      #expect(try run.quit() == .exited(0))

      let lines = try trace.lines()
      let written = lines.firstIndex { line in
        line.contains("journal.jsonl>") && line.contains(#"\"kind\":\"ack\""#)
      }
      let write = try #require(written)
      let synced = lines[write...].firstIndex { line in
        line.contains("sync") && line.contains("= 0")
          && (line.contains("journal.jsonl>") || line.contains("resumed>"))
      }
      let sync = try #require(synced)
      // No frame before it says so, and the first one that does comes later.
      let shown = lines.firstIndex { line in
        Trace.isFrame(line) && (line.contains("ACK !!!") || line.contains("on disk"))
      }
      #expect(try write < sync && sync < #require(shown))
      let words = lines.firstIndex { Trace.isFrame($0) && $0.contains("ack A-0001: entry") }
      #expect(try sync < #require(words))
    }
  }

  @Test(
    "L2: kill -9 at random moments while acting: all that was shown as done is in the journal",
    arguments: 1...10)
  func killed(seed: Int) async throws {
    // Most of a run is waiting: as many at once as there are seats.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<10 {
        group.addTask {
          try await Seats.shared.run {
            var random = SeededNumbers(seed: UInt64(seed * 100 + number))
            try Self.killOnce(&random)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// One run: acts until it is killed, somewhere between pressing a key and a little after.
  private static func killOnce(_ random: inout SeededNumbers) throws {
    let run = try DemoRun()
    try run.waitForAlert()
    try run.session.type("n")
    try run.session.wait(for: "A-0001") { DemoRun.isSelected("A-0001", on: $0) }
    var (shown, last) = ([Int: String](), 0)
    let acts = Int.random(in: 0..<4, using: &random)
    for number in 0..<acts {
      let (keys, what) = act(number)
      try run.session.type(keys)
      last = try run.waitForEntry(what, after: last)
      _ = note(run.screen, what, &shown)
    }
    let (keys, what) = act(acts)
    try run.session.type(keys)
    let left = Int.random(in: 0..<60, using: &random)
    let limit = MonotonicClock.millis() + Int64(left)
    _ = try? run.session.wait(for: "the moment", withinMillis: left) { screen in
      _ = note(screen, what, &shown)
      return MonotonicClock.millis() >= limit
    }
    run.session.signal(SIGKILL)
    #expect(try run.session.end() == .signalled(SIGKILL))
    _ = note(run.screen, what, &shown)
    check(run, shown)
  }

  /// Acts in turn, each of which can follow the one before, and what the message says of it.
  private static func act(_ number: Int) -> (keys: String, what: String) {
    switch number {
    case 0: ("a", "ack A-0001")
    case 1: ("ca note while it lasts\r", "note A-0001")
    case 2: ("r ", "step 1 done, A-0001")
    default: ("u", "undo A-0001")
    }
  }

  /// Keeps what the screen says was written; whether it says so of this act.
  private static func note(
    _ screen: ScreenModel, _ what: String, _ shown: inout [Int: String]
  ) -> Bool {
    guard let seq = DemoRun.entrySaid(screen, what), shown[seq] == nil else { return false }
    shown[seq] = what
    return true
  }

  private static func check(_ run: DemoRun, _ shown: [Int: String]) {
    let entries = run.journal.entries
    for (seq, what) in shown {
      let entry = entries.first { $0.seq == seq }
      #expect(entry.map { what.hasPrefix($0.kind) } == true, "entry \(seq), \(what), of \(entries)")
    }
    #expect(entries.map(\.seq) == Array(1...max(1, entries.count)))
  }

  @Test("L2: a torn tail is told, then ended, kept and followed by a recovered entry")
  func tornTail() async throws {
    let scratch = try Scratch()
    let state = scratch.path + "/state"
    try File.openForAppend(scratch.path + "/one.json5").writeAll(Array(Self.unreachable.utf8))
    try await Seats.shared.run {
      let session = try Self.watch(scratch)
      try session.wait(forText: "journal saved")
      try session.wait(for: "the first entries") { _ in
        WrittenJournal(state: state).entries.count > 2
      }
      session.signal(SIGKILL)
      #expect(try session.end() == .signalled(SIGKILL))
    }
    let whole = WrittenJournal(state: state)
    let torn = Array(#"{"v":1,"seq":"#.utf8)
    try File.openForAppend(whole.path).writeAll(torn)
    let verified = try await DemoRun.program(["journal", "verify", "--state", state])
    #expect(verified.ending == .exited(0) && verified.output.contains("has no end"), "\(verified)")

    try await Seats.shared.run {
      let session = try Self.watch(scratch)
      try session.wait(forText: "journal saved")
      try session.wait(for: "a recovered entry") { _ in
        WrittenJournal(state: state).entries("recovered").count == 1
      }
      try session.type("q")
      #expect(try session.end() == .exited(0))
    }
    let after = WrittenJournal(state: state)
    #expect(after.bytes.starts(with: whole.bytes + torn + [0x0A]))
    let again = try await DemoRun.program(["journal", "verify", "--state", state])
    #expect(again.ending == .exited(0), "\(again)")
    #expect(again.output.contains("1 torn line kept and recovered"))
  }

  /// A console on an account behind an endpoint where nobody listens.
  private static func watch(_ scratch: Scratch) throws -> TerminalSession {
    try TerminalSession(
      [
        TerminalSession.watchkeeper, "--config", scratch.path + "/one.json5", "--state",
        scratch.path + "/state",
      ],
      environment: [
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-a-key",
        "AWS_EC2_METADATA_DISABLED": "true",
      ])
  }

  private static let unreachable = """
    { clouds: { aws: [{ name: "prod", regions: ["us-east-1"], endpoint: "http://127.0.0.1:1" }] },
      sources: [{ id: "aws/prod/one",
        trail: "arn:aws:cloudtrail:us-east-1:111122223333:trail/one" }] }
    """
}
