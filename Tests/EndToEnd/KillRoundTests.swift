import Glibc
import Posix
import Synchronization
import TerminalTesting
import Testing

/// Two watches are started together and one is killed at a random moment: whatever happens, what is
/// to be raised is raised once.
@Suite(Need.program.trait) struct KillRoundTests {
  /// Fifty with WATCHKEEPER_ALL_SIZES, as the bench has it.
  private static var rounds: Int {
    Environment.value("WATCHKEEPER_ALL_SIZES") == nil ? 12 : 50
  }

  @Test("kill -9 at random moments: each alert is raised once")
  func raisedOnce() async throws {
    // Three at a time: their waits are longer than their work.
    try await withThrowingTaskGroup(of: [String].self) { group in
      for lane in 0..<3 {
        group.addTask {
          try await Seats.shared.run {
            var seen: [String] = []
            for round in 0..<Self.rounds where round % 3 == lane {
              seen.append(try Self.round(seed: UInt64(round)))
            }
            return seen
          }
        }
      }
      var all: [String] = []
      for try await seen in group { all += seen }
      #expect(all.count == Self.rounds)
      #expect(Set(all).count == 1, "every round raises the same: \(Set(all))")
    }
  }

  /// One round; what was raised.
  private static func round(seed: UInt64) throws -> String {
    var random = SeededNumbers(seed: seed)
    let estate = try LoneEstate()
    let pair = [try estate.watch(), try estate.watch()]
    let victim = Int.random(in: 0...1, using: &random)
    let left = Int64.random(in: 0..<2500, using: &random)
    let moment = MonotonicClock.millis() + left
    while MonotonicClock.millis() < moment {
      try estate.ask()
      for session in pair { session.settle(quietMillis: 20) }
    }
    pair[victim].signal(SIGKILL)
    #expect(try pair[victim].end() == .signalled(SIGKILL))
    let survivor = pair[1 - victim]
    var asked: Int64 = 0
    try estate.wait(survivor, for: "every alert") { entries in
      if MonotonicClock.millis() - asked > 300 {
        asked = MonotonicClock.millis()
        try? estate.ask()
      }
      return Set(identities(entries)).count >= 3
    }
    survivor.signal(SIGTERM)
    #expect(try survivor.end() == .exited(0))
    let raised = identities(estate.journal.entries)
    #expect(raised.count == Set(raised).count, "seed \(seed): \(raised.sorted())")
    #expect(estate.journal.entries.map(\.seq) == Array(1...estate.journal.entries.count))
    let epochs = estate.journal.entries.marks("start").map { $0.number("epoch") }
    #expect(epochs == Array(1...max(1, epochs.count)))
    return Set(raised).sorted().joined(separator: ", ")
  }

  private static func identities(_ entries: [WrittenEntry]) -> [String] {
    entries.filter { $0.kind == "raise" }
      .map { "\($0.text("code")) \($0.text("source")) \($0.text("subject"))" }
  }
}
