import Foundation
import Posix
import Testing
import WatchCore
import WatchJournal

struct JournalVerifierTests {
  /// What somebody did to six lines, and what must be said.
  struct Tamper: Sendable, CustomTestStringConvertible {
    var name: String
    var line: Int
    var seq: Int?
    var kind: BadEntry.Kind
    var change: @Sendable (inout [String]) -> Void
    var testDescription: String { name }
  }

  private static func edit(_ line: String) -> String {
    line.replacingOccurrences(of: "note ", with: "nope ")
  }

  static let tampers: [Tamper] = [
    Tamper(name: "first edited", line: 1, seq: 1, kind: .modified) { $0[0] = edit($0[0]) },
    Tamper(name: "middle edited", line: 3, seq: 3, kind: .modified) { $0[2] = edit($0[2]) },
    Tamper(name: "white space added", line: 3, seq: 3, kind: .modified) { $0[2] += " " },
    Tamper(name: "two edited", line: 3, seq: 3, kind: .modified) {
      $0[2] = edit($0[2])
      $0[4] = edit($0[4])
    },
    Tamper(name: "number edited", line: 3, seq: 33, kind: .modified) {
      $0[2] = $0[2].replacingOccurrences(of: #""seq":3"#, with: #""seq":33"#)
    },
    Tamper(name: "first line's prev edited", line: 1, seq: 1, kind: .wrongPrevious) {
      $0[0] = $0[0].replacingOccurrences(of: #""prev":"0"#, with: #""prev":"1"#)
    },
    Tamper(name: "first deleted", line: 1, seq: 1, kind: .deleted(through: 1)) { $0.remove(at: 0) },
    Tamper(name: "middle deleted", line: 3, seq: 3, kind: .deleted(through: 3)) {
      $0.remove(at: 2)
    },
    Tamper(name: "two deleted", line: 3, seq: 3, kind: .deleted(through: 4)) {
      $0.removeSubrange(2...3)
    },
    Tamper(name: "neighbours swapped", line: 3, seq: 4, kind: .reordered) { $0.swapAt(2, 3) },
    Tamper(name: "far ones swapped", line: 2, seq: 5, kind: .reordered) { $0.swapAt(1, 4) },
    Tamper(name: "moved back", line: 2, seq: 3, kind: .reordered) {
      $0.insert($0.remove(at: 1), at: 4)
    },
    Tamper(name: "duplicated", line: 4, seq: 3, kind: .duplicated) { $0.insert($0[2], at: 3) },
    Tamper(name: "duplicated far", line: 6, seq: 2, kind: .duplicated) { $0.insert($0[1], at: 5) },
    Tamper(name: "made unreadable", line: 3, seq: nil, kind: .unreadable) { $0[2].removeLast() },
    Tamper(name: "garbage put in", line: 3, seq: nil, kind: .unreadable) {
      $0.insert("garbage", at: 2)
    },
    Tamper(name: "empty line put in", line: 3, seq: nil, kind: .unreadable) {
      $0.insert("", at: 2)
    },
  ]

  @Test(arguments: tampers)
  func namesTheFirstBadEntry(_ tamper: Tamper) throws {
    let folder = try TestFolder()
    try folder.fill(6)
    var lines = try folder.lines()
    tamper.change(&lines)
    try folder.put(lines)
    let expected = BadEntry(line: tamper.line, seq: tamper.seq, kind: tamper.kind)
    #expect(try JournalVerifier.verify(folder.state).firstBad == expected)
    #expect(try JournalVerifier.verify(copy: folder.state.journal).firstBad == expected)
  }

  @Test func anHonestJournalIsSound() throws {
    let folder = try TestFolder()
    let entries = try folder.fill(6)
    let verification = try JournalVerifier.verify(folder.state)
    #expect(verification.isSound)
    #expect(verification.notes == [])
    #expect(
      verification.lines == [
        "6 entries, chain unbroken, head \(entries[5].hash.prefix(12)) (entry 6)",
        "what an unanchored journal cannot show: entries cut off its end, or a change to its "
          + "newest line, where journal/head was rewritten to match; and a whole journal made anew",
      ])
  }

  @Test func theHeadFileShowsACutTail() throws {
    for left in 0...5 {
      let folder = try TestFolder()
      let entries = try folder.fill(6)
      try folder.put(Array(try folder.lines().prefix(left)))
      let bad = try #require(try JournalVerifier.verify(folder.state).firstBad)
      #expect(
        bad
          == BadEntry(
            line: left + 1, seq: left + 1,
            kind: .tailCut(JournalHead(seq: 6, hash: entries[5].hash))))
      #expect(try JournalVerifier.verify(copy: folder.state.journal).isSound)
    }
  }

  @Test func theHeadFileShowsAChangedNewestLine() throws {
    let folder = try TestFolder()
    let entries = try folder.fill(6)
    let head = JournalHead(seq: 6, hash: entries[5].hash)
    let lines = try folder.lines()
    try folder.put(lines.dropLast() + [Self.edit(lines[5])])
    let edited = try JournalVerifier.verify(folder.state)
    #expect(edited.firstBad == BadEntry(line: 6, seq: 6, kind: .tailChanged(head)))
    try folder.put(Array(try folder.bytes().dropLast(9)))
    let torn = try JournalVerifier.verify(folder.state)
    #expect(torn.firstBad == BadEntry(line: 6, seq: nil, kind: .tailChanged(head)))
    #expect(
      torn.firstBad?.text
        == "line 6 was changed: the head file says entry 6, hash \(entries[5].hash.prefix(12))")
  }

  /// Going on must not hide what was cut before.
  @Test func aCutTailStaysKnownAfterTheNextAppend() throws {
    let folder = try TestFolder()
    try folder.fill(6)
    try folder.put(Array(try folder.lines().prefix(4)))
    var file = folder.file()
    #expect(try file.append([.note("on")], epoch: nil).entries.map(\.seq) == [5])
    _ = try file.append([.note("and on"), .note("and on")], epoch: nil)
    let verification = try JournalVerifier.verify(folder.state)
    guard case .tailChanged(let head)? = verification.firstBad?.kind else {
      Issue.record("\(verification)")
      return
    }
    #expect(head.seq == 6)
  }

  @Test func aDeletedJournalIsACutTail() throws {
    let folder = try TestFolder()
    try folder.fill(2)
    try File.remove(folder.state.journal)
    let verification = try JournalVerifier.verify(folder.state)
    #expect(verification.firstBad?.seq == 1)
    #expect(try !JournalVerifier.verify(try TestFolder().state).isSound == false)
  }

  @Test func aHeadFileMayLagBehind() throws {
    let folder = try TestFolder()
    try folder.fill(2)
    let old = try File.readAll(folder.state.head, limit: 1000)
    var file = folder.file()
    _ = try file.append([.note("x")], epoch: nil)
    try File.replace(folder.state.head, with: old)
    let behind = try JournalVerifier.verify(folder.state)
    #expect(behind.isSound)
    #expect(behind.notes == [.headBehind(2)])
    try folder.removeHead()
    #expect(try JournalVerifier.verify(folder.state).notes == [.noHead])
    try File.replace(folder.state.head, with: [0x7B, 0xFF])
    #expect(try JournalVerifier.verify(folder.state).notes == [.headUnreadable])
  }

  @Test func aTornTailIsANote() throws {
    let folder = try TestFolder()
    try folder.fill(2)
    try folder.put(try folder.bytes() + Array("{\"v\"".utf8))
    let verification = try JournalVerifier.verify(folder.state)
    #expect(verification.isSound)
    #expect(verification.notes == [.tornTail(line: 3, bytes: 4)])
  }

  @Test func aClockThatWentBackIsANote() throws {
    let folder = try TestFolder()
    try folder.fill(2)
    let early = JournalClock(now: { Timestamp(millis: 0) }, bootMillis: { 0 })
    var file = JournalFile(folder: folder.state, clock: early)
    _ = try file.append([.note("x")], epoch: nil)
    let verification = try JournalVerifier.verify(folder.state)
    #expect(verification.isSound)
    #expect(verification.notes == [.clockBackwards(count: 1, seq: 3)])
  }

  @Test func aForgedRecoveredEntryHealsNothing() throws {
    let folder = try TestFolder()
    try folder.fill(2)
    try folder.put(try folder.bytes() + Array("torn".utf8))
    var file = folder.file()
    _ = try file.append([.note("x")], epoch: nil)
    var lines = try folder.lines()
    lines[2] = "tor!"
    try folder.put(lines)
    #expect(
      try JournalVerifier.verify(folder.state).firstBad
        == BadEntry(line: 3, seq: nil, kind: .unreadable))
  }

  @Test func aLineWithoutEndIsRefusedInBoundedMemory() throws {
    let folder = try TestFolder()
    try folder.fill(1)
    let long = [UInt8](repeating: 0x61, count: 17 << 20)
    try folder.put(try folder.bytes() + long)
    #expect(
      try JournalVerifier.verify(folder.state).notes == [.tornTail(line: 2, bytes: 17 << 20)])
    var file = folder.file()
    #expect(try file.append([.note("x")], epoch: nil).entries.map(\.seq) == [3])
    #expect(try JournalVerifier.verify(folder.state).isSound)
  }

  /// No bit can change unseen: not even in the last line, as long as the head file is there.
  @Test func everyChangedByteIsFound() throws {
    let folder = try TestFolder()
    try folder.fill(3)
    let bytes = try folder.bytes()
    for index in bytes.indices {
      for mask: UInt8 in [1, 0x80] {
        var changed = bytes
        changed[index] ^= mask
        try folder.put(changed)
        #expect(try !JournalVerifier.verify(folder.state).isSound, "byte \(index)")
      }
    }
  }

  /// Lines that are entries by their shape and hold what no writer wrote.
  @Test(arguments: [
    #""seq":9223372036854775807"#, #""seq":-9223372036854775808"#, #""seq":0"#, #""seq":-1"#,
  ])
  func forgedNumbersAreFoundAndWrittenAfter(_ seq: String) throws {
    let folder = try TestFolder()
    try folder.fill(3)
    var lines = try folder.lines()
    lines[2] = lines[2].replacingOccurrences(of: #""seq":3"#, with: seq)
    try folder.put(lines)
    #expect(try !JournalVerifier.verify(folder.state).isSound)
    var file = folder.file()
    _ = try file.append([.note("x"), .note("y")], epoch: nil)
    #expect(try !JournalVerifier.verify(folder.state).isSound)
    #expect(try folder.file().everything().count == 5)
  }
}
