import Posix
import Testing
import WatchCore
import WatchJournal

/// A process that died while it wrote, and disks that end.
struct TornTailTests {
  @Test func cutAtEveryByteOfTheLastTwoEntries() throws {
    let whole = try TestFolder()
    let entries = try whole.fill(4)
    let bytes = try whole.bytes()
    let ends = entries.indices.map { index in
      entries[...index].reduce(0) { $0 + $1.line.utf8.count + 1 }
    }
    for size in ends[1]...bytes.count {
      let folder = try TestFolder()
      try Directory.create(folder.state.journalFolder)
      try folder.put(Array(bytes[..<size]))
      let endedLines = ends.count { $0 <= size }

      var reader = folder.file()
      #expect(try reader.news() == Array(entries[..<endedLines]), "cut at \(size)")

      var writer = folder.file()
      let appended = try writer.append([.note("after")], epoch: nil)
      let after = try folder.bytes()
      #expect(Array(after[..<size]) == Array(bytes[..<size]), "cut at \(size)")
      let verification = try JournalVerifier.verify(folder.state)
      #expect(verification.isSound, "cut at \(size): \(verification.result)")

      // A line that lacks nothing but its LF is an entry; anything less is torn.
      let isWhole = ends.contains { $0 == size || $0 == size + 1 }
      let kept = ends.count { $0 <= size + 1 }
      #expect(appended.entries.map(\.seq) == [kept + (isWhole ? 1 : 2)], "cut at \(size)")
      #expect(
        appended.before.contains { $0.event.kind == "recovered" } == !isWhole, "cut at \(size)")
      #expect(try folder.file().everything().last == appended.entries.last)
    }
  }

  @Test func theRecoveredEntryNamesTheTornBytes() throws {
    let folder = try TestFolder()
    try folder.fill(1)
    try folder.put(try folder.bytes() + Array(#"{"v":1,"seq":2,"#.utf8))
    var file = folder.file()
    let appended = try file.append([.note("x")], epoch: nil)
    guard case .recovered(let torn)? = appended.before.last?.event else {
      Issue.record("not recovered")
      return
    }
    #expect(torn.bytes == 15)
    #expect(torn.hash == "f09e345eea8bb4427067538bf8fe9b1f69efcdd7fa3c5d34faa157ce3a4cc093")
    #expect(appended.before.last?.prev == torn.hash)
    #expect(appended.entries[0].seq == 3)
  }

  /// The writer of the recovery died, too: after its LF, or within its line.
  @Test func aRecoveryCutShortIsRecovered() throws {
    for tail in ["{\"torn\n", "{\"torn\n{\"v\":1,\"seq\":2"] {
      let folder = try TestFolder()
      try folder.fill(1)
      try folder.put(try folder.bytes() + Array(tail.utf8))
      var file = folder.file()
      let appended = try file.append([.note("x")], epoch: nil)
      #expect(appended.entries.count == 1)
      let verification = try JournalVerifier.verify(folder.state)
      #expect(verification.isSound, "\(verification.result)")
      #expect(verification.notes.contains(.recovered(tail.hasSuffix("2") ? 2 : 1)))
    }
  }

  @Test func zerosAtTheEndAreATornLine() throws {
    let folder = try TestFolder()
    try folder.fill(2)
    try folder.put(try folder.bytes() + [UInt8](repeating: 0, count: 4096))
    var file = folder.file()
    #expect(try file.append([.note("x")], epoch: nil).entries.map(\.seq) == [4])
    #expect(try JournalVerifier.verify(folder.state).notes.contains(.recovered(1)))
  }

  /// Writes `room` bytes, then the disk is full.
  private func fullDisk(after room: Int, code: Int32 = 28) -> JournalDisk {
    JournalDisk(
      write: { (file, bytes) throws(PosixError) in
        try file.writeAll(Array(bytes.prefix(room)))
        if bytes.count > room { throw PosixError(code: code, call: "write", path: file.path) }
      },
      sync: { (file) throws(PosixError) in try file.sync() })
  }

  @Test func afterAFullDiskTheAppendIsTriedAgain() throws {
    for room in [0, 1, 100, 260] {
      let folder = try TestFolder()
      try folder.fill(1)
      var full = folder.file(disk: fullDisk(after: room))
      #expect(throws: JournalError.noSpace(folder.state.journal)) {
        try full.append([.note("a"), .note("b")], epoch: nil)
      }
      #expect(try JournalVerifier.verify(folder.state).isSound)
      var roomy = folder.file()
      #expect(try roomy.append([.note("a"), .note("b")], epoch: nil).entries.count == 2)
      #expect(try JournalVerifier.verify(folder.state).isSound)
    }
  }

  @Test(arguments: [
    (Int32(28), "noSpace"), (122, "noSpace"), (27, "tooLarge"), (30, "readOnly"),
    (13, "noAccess"), (1, "noAccess"), (5, "system"),
  ])
  func whyItFailed(_ code: Int32, _ name: String) throws {
    let folder = try TestFolder()
    var file = folder.file(disk: fullDisk(after: 0, code: code))
    let error = #expect(throws: JournalError.self) {
      try file.append([.note("a")], epoch: nil)
    }
    #expect(error.map { "\(Mirror(reflecting: $0).children.first?.label ?? "")" } == name)
  }

  @Test func whatWasNotSyncedDoesNotCount() throws {
    let folder = try TestFolder()
    let broken = JournalDisk(
      write: { (file, bytes) throws(PosixError) in try file.writeAll(bytes) },
      sync: { (file) throws(PosixError) in
        throw PosixError(code: 5, call: "fdatasync", path: file.path)
      })
    var file = folder.file(disk: broken)
    #expect(throws: JournalError.self) { try file.append([.note("a")], epoch: nil) }
    #expect(file.head == nil)
    #expect(try FileFacts(path: folder.state.head) == nil)
  }
}

extension JournalFile {
  func everything() throws -> [Entry] {
    var reader = self
    return try reader.news()
  }
}
