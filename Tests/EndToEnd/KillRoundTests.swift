import Glibc
import Posix
import Synchronization
import TerminalTesting
import Testing

/// Two watches are started together and one is killed at a random moment: whatever happens, what is
/// to be raised is raised once, and each notification arrives at least once, whatever its receiver says.
@Suite(Need.program.trait) struct KillRoundTests {
  /// Fifty with WATCHKEEPER_ALL_SIZES, as the bench has it.
  private static var rounds: Int {
    Environment.value("WATCHKEEPER_ALL_SIZES") == nil ? 9 : 50
  }

  @Test("kill -9 at random moments: each alert is raised once, each notification arrives")
  func raisedOnce() async throws {
    // Three at a time: their waits are longer than their work.
    try await withThrowingTaskGroup(of: [Outcome].self) { group in
      for lane in 0..<3 {
        group.addTask {
          try await Seats.shared.run {
            var seen: [Outcome] = []
            for round in 0..<Self.rounds where round % 3 == lane {
              seen.append(try Self.round(seed: UInt64(round)))
            }
            return seen
          }
        }
      }
      var all: [Outcome] = []
      for try await seen in group { all += seen }
      #expect(all.count == Self.rounds)
      // That a receiver which fails twice running cannot be reached is true in some rounds.
      let unreachable = ", notify.unreachable aws/prod/watch lead"
      let stories = Set(all.map { $0.raised.replacing(unreachable, with: "") })
      #expect(stories.count == 1, "every round raises the same: \(stories)")
      #expect(all.contains { $0.refused > 0 }, "the receiver refused nothing in any round")
    }
  }

  private struct Outcome: Sendable {
    /// What was raised, each once, in one line.
    var raised: String
    /// Attempts that the receiver did not take.
    var refused: Int
  }

  private static func round(seed: UInt64) throws -> Outcome {
    var random = SeededNumbers(seed: seed)
    let estate = try LoneEstate()
    try estate.receive(failing: seed)
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
    try estate.wait(survivor, for: "every notification") { untold($0).isEmpty }
    survivor.signal(SIGTERM)
    #expect(try survivor.end() == .exited(0))
    arrived(estate, seed)
    let raised = identities(estate.journal.entries)
    #expect(raised.count == Set(raised).count, "seed \(seed): \(raised.sorted())")
    #expect(estate.journal.entries.map(\.seq) == Array(1...estate.journal.entries.count))
    let epochs = estate.journal.entries.marks("start").map { $0.number("epoch") }
    #expect(epochs == Array(1...max(1, epochs.count)))
    let refused = estate.journal.entries.count { $0.kind == "told" && !$0.flag("accepted") }
    return Outcome(raised: Set(raised).sorted().joined(separator: ", "), refused: refused)
  }

  /// The notifications that their receiver has not accepted yet.
  private static func untold(_ entries: [WrittenEntry]) -> Set<Int> {
    let accepted = entries.filter { $0.kind == "told" && $0.flag("accepted") }
      .map { $0.number("of") }
    return Set(entries.filter { $0.kind == "tell" }.map(\.seq)).subtracting(accepted)
  }

  /// The receiver knows as many alerts as were told of, by the journal's own hashes of them, and has
  /// each notification once or more.
  private static func arrived(_ estate: LoneEstate, _ seed: UInt64) {
    let entries = estate.journal.entries
    let tells = entries.filter { $0.kind == "tell" }
    // An alert's key is its raise entry's hash: what the entry after it calls its predecessor.
    let raised = entries.filter { $0.kind == "raise" }.map { raise in
      (raise.text("alert"), entries.first { $0.seq == raise.seq + 1 }?.text("prev") ?? "")
    }
    // What was still to be told when the watch was ended is the next one's.
    let open = untold(entries)
    let told = Set(tells.filter { !open.contains($0.seq) }.map { $0.text("alert") })
    let keys = Set(estate.received("dedup_key"))
    #expect(!told.isEmpty)
    #expect(keys.isSubset(of: raised.map(\.1)), "seed \(seed): an alert that nobody raised")
    #expect(keys.isSuperset(of: raised.filter { told.contains($0.0) }.map(\.1)), "seed \(seed)")
    let messages = Set(estate.received("message_key")).count
    let closed = tells.count - open.count
    #expect((closed...tells.count).contains(messages), "seed \(seed): \(messages)")
    if open.isEmpty {
      let toldOf = raised.filter { told.contains($0.0) }.map(\.1)
      #expect(keys == Set(toldOf) && messages == tells.count, "seed \(seed): \(messages)")
    }
    if Environment.value("WATCHKEEPER_JUDGING") != nil {
      let (all, distinct) = (identities(entries), Set(identities(entries)))
      let came = estate.received("message_key").count
      print(
        "ROUND|\(seed)|\(all.count)|\(all.count - distinct.count)|\(closed)|\(messages)|\(came)")
    }
  }

  private static func identities(_ entries: [WrittenEntry]) -> [String] {
    entries.filter { $0.kind == "raise" }
      .map { "\($0.text("code")) \($0.text("source")) \($0.text("subject"))" }
  }
}
