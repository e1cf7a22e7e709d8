import Posix
import TerminalTesting
import Testing

/// One watch per state folder, and no folder is wiped that is not the demo's.
@Suite(Need.program.trait) struct StateFolderTests {
  @Test("F090: a second demo on the same folder says who holds it, exits 75, and harms nothing")
  func heldByAnother() async throws {
    try await Seats.shared.hold {
      let first = try await PosixThread.run(named: "first") { try Held() }
      let second = try await DemoRun.program(["demo", "--state", first.state])
      #expect(second.ending == .exited(75), "\(second)")
      #expect(second.errors.contains("process \(first.pid) on "), "\(second.errors)")
      let other = try await DemoRun.program(["demo", "--plain", "--state", first.state])
      #expect(other.ending == .exited(75), "\(other)")
      try await PosixThread.run(named: "first") { try first.goOn() }
      let verified = try await DemoRun.program(["journal", "verify", "--state", first.state])
      #expect(verified.ending == .exited(0), "\(verified)")
    }
  }

  @Test("F090: the demo never wipes a journal that is not its own")
  func anotherJournal() async throws {
    let scratch = try Scratch()
    // Made by something newer, say: this version cannot read it.
    let entry = #"{"v":1,"seq":1,"prev":"\#(String(repeating: "0", count: 64))","kind":"note"}"#
    try Directory.create(scratch.path + "/state/journal")
    let path = scratch.path + "/state/journal/journal.jsonl"
    try File.openForAppend(path).writeAll(Array((entry + "\n").utf8))
    let refused = try await DemoRun.program(["demo", "--state", scratch.path + "/state"])
    #expect(refused.ending == .exited(73), "\(refused)")
    #expect(try File.readAll(path, limit: 4096) == Array((entry + "\n").utf8))
  }

  /// A demo that holds its folder. Its terminal is used by one thread after the other.
  private final class Held: @unchecked Sendable {
    // Never by two at once: each use is waited for.
    private let run: DemoRun
    let state: String
    let pid: Int

    init() throws {
      run = try DemoRun()
      try run.waitForAlert()
      state = run.state
      pid = run.journal.entries("watch").first?.number("pid") ?? -1
    }

    /// It still works, and its journal is what it was and more.
    func goOn() throws {
      let before = run.journal.bytes
      try run.acknowledge()
      #expect(try run.quit() == .exited(0))
      #expect(run.journal.bytes.starts(with: before))
    }
  }
}
