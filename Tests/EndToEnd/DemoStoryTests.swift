import Foundation
import Glibc
import Posix
import TerminalTesting
import Testing

/// The demo's whole story by keys alone, and what its journal is worth afterwards.
@Suite(Need.program.trait) struct DemoStoryTests {
  private struct Story: Sendable {
    var scratch: Scratch
    var state: String
    var journal: [UInt8]
    var farewell: String
    var ending: ProcessEnding
  }

  @Test("H1: by keys alone: n a, a note, all runbook steps, q; verify passes, show names who")
  func byKeysAlone() async throws {
    let story = try await Seats.shared.run { try Self.play() }
    #expect(story.ending == .exited(0))
    #expect(story.farewell.contains("watchkeeper journal verify --state \(story.state)"))

    let journal = WrittenJournal(state: story.state)
    #expect(journal.entries("ack", alert: "A-0001").count == 1)
    #expect(journal.entries("note", alert: "A-0001").map { $0.text("text") } == ["dev: a mistake"])
    let steps = journal.entries("step", alert: "A-0001")
    #expect(steps.map { $0.number("step") } == [1, 2, 3, 4, 5, 6])
    #expect(
      steps.map { $0.text("outcome") } == ["done", "done", "skipped", "done", "done", "skipped"])
    #expect(steps[2].text("text") == "it runs again")
    let me = try #require(journal.entries("watch").first?.who)
    #expect(!me.isEmpty && steps.allSatisfy { $0.who == me })

    let verified = try await DemoRun.program(["journal", "verify", "--state", story.state])
    #expect(verified.ending == .exited(0), "\(verified)")
    #expect(verified.output.contains("chain unbroken"))
    #expect(verified.output.contains("what an unanchored journal cannot show: entries cut off"))
    let shown = try await DemoRun.program(["journal", "show", "--state", story.state, me])
    let words = shown.output.split(separator: "\n").map { $0.split(separator: " ").dropFirst(3) }
    for act in ["ack", "note", "step"] {
      #expect(words.contains { $0.starts(with: [me[...], act[...], "A-0001"]) }, "\(act)")
    }
  }

  @Test("H1: after any line is edited, deleted, moved or cut, verify fails and names the first")
  func tampering() async throws {
    let story = try await Seats.shared.run { try Self.play() }
    let lines = WrittenJournal(state: story.state).lines
    #expect(lines.count > 20)
    let copy = story.scratch.path + "/copy"
    try FileManager.default.copyItem(atPath: story.state, toPath: copy)
    let untouched = try await DemoRun.program(["journal", "verify", "--state", copy])
    #expect(untouched.ending == .exited(0))
    for number in 1...lines.count {
      for tampering in Tampering.allCases {
        guard let bytes = tampering.of(lines, number) else { continue }
        try Data(bytes).write(to: URL(fileURLWithPath: copy + "/journal/journal.jsonl"))
        let verified = try await DemoRun.program(["journal", "verify", "--state", copy])
        let bad = tampering.names(number)
        #expect(
          verified.ending == .exited(1) && verified.output.contains("NOT SOUND")
            && bad.contains { name in verified.output.contains(name) },
          "line \(number) \(tampering): \(verified.output)")
      }
    }
  }

  private static func play() throws -> Story {
    let run = try DemoRun()
    try run.waitForAlert(saying: "by dev")
    let acked = try run.acknowledge()
    try run.session.type("c")
    try run.session.wait(forText: "note on A-0001")
    try run.enter("dev: a mistake")
    var last = try run.waitForEntry("note A-0001", after: acked)
    try run.session.type("r")
    for step in 1...6 {
      try run.session.wait(forText: "step \(step) of 6")
      // The step that closes is not done while the alert holds.
      if step == 3 || step == 6 {
        try run.session.type("x")
        try run.session.wait(forText: "step \(step) skipped: why?")
        try run.enter(step == 3 ? "it runs again" : "it may still hold")
      } else {
        try run.session.type(" ")
      }
      last = try run.waitForEntry("step \(step) ", after: last)
    }
    let ending = try run.quit()
    let raw = String(decoding: run.session.raw.suffix(400), as: UTF8.self)
    return Story(
      scratch: run.scratch, state: run.state, journal: run.journal.bytes, farewell: raw,
      ending: ending)
  }
}

/// What somebody may do to a line.
private enum Tampering: CaseIterable {
  case edited, deleted, swapped, cut, fileCut

  /// The journal's bytes afterwards; nil where it cannot be done to this line (numbered from 1).
  func of(_ lines: [[UInt8]], _ number: Int) -> [UInt8]? {
    var lines = lines
    let index = number - 1
    switch self {
    case .edited:
      // A digit of the time: the line stays an entry.
      guard let place = lines[index].firstRange(of: Array(#""at":""#.utf8))?.upperBound else {
        return nil
      }
      lines[index][place] ^= 1
    case .deleted: lines.remove(at: index)
    case .swapped:
      guard number < lines.count else { return nil }
      lines.swapAt(index, index + 1)
    case .cut: lines[index].removeLast(lines[index].count / 2)
    case .fileCut: lines.removeLast(lines.count - index)
    }
    return Array(lines.joined(separator: [0x0A])) + (lines.isEmpty ? [] : [0x0A])
  }

  /// How verify may name the place.
  func names(_ number: Int) -> [String] {
    let here = ["entry \(number) ", "line \(number) ", "entries \(number) to "]
    return self == .swapped ? here + ["entry \(number + 1) (line \(number))"] : here
  }
}
