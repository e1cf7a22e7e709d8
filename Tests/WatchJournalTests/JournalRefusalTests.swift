import Foundation
import Posix
import Synchronization
import Testing
import WatchCore
import WatchJournal

struct JournalRefusalTests {
  @Test func aNewerKindOrVersionIsReadAndNotWrittenAfter() throws {
    for (old, new) in [(#""kind":"note""#, #""kind":"hologram""#), (#"{"v":1,"#, #"{"v":2,"#)] {
      let folder = try TestFolder()
      try folder.fill(2)
      var lines = try folder.lines()
      lines[1] = lines[1].replacingOccurrences(of: old, with: new)
      try folder.put(lines)
      try folder.removeHead()
      let before = try folder.bytes()
      var file = folder.file()
      let kind = new.contains("hologram") ? "hologram" : "note"
      #expect(throws: JournalError.newerFormat(seq: 2, kind: kind)) {
        try file.append([.note("x")], epoch: nil)
      }
      #expect(try folder.bytes() == before)
      var reader = folder.file()
      #expect(try reader.news().count == 2)
      let verification = try JournalVerifier.verify(folder.state)
      #expect(verification.isSound)
      #expect(verification.notes.contains(.newerFormat(seq: 2, kind: kind)))
    }
  }

  @Test func anOlderWatchIsRefused() throws {
    let folder = try TestFolder()
    var old = folder.file()
    var new = folder.file()
    _ = try old.append([.start(1)], epoch: 1)
    _ = try new.append([.start(2)], epoch: 2)
    #expect(throws: JournalError.olderEpoch(ours: 1, newest: 2)) {
      try old.append([.note("late")], epoch: 1)
    }
    #expect(try old.append([.note("by hand")], epoch: nil).entries.map(\.seq) == [3])
    #expect(try new.append([.note("mine")], epoch: 2).entries.map(\.seq) == [4])
  }

  @Test func linksAndOpenDoorsAreRefused() throws {
    let folder = try TestFolder()
    try folder.fill(1)
    let manager = FileManager.default
    let real = folder.state.path + "/real"

    #expect(chmod(folder.state.journal, 0o620) == 0)
    var file = folder.file()
    #expect(throws: JournalError.unsafe(folder.state.journal, .writableByOthers)) {
      try file.append([.note("x")], epoch: nil)
    }
    #expect(throws: JournalError.unsafe(folder.state.journal, .writableByOthers)) {
      try file.news()
    }
    #expect(chmod(folder.state.journal, 0o600) == 0)

    #expect(chmod(folder.state.journalFolder, 0o777) == 0)
    #expect(throws: JournalError.unsafe(folder.state.journalFolder, .writableByOthers)) {
      try file.append([.note("x")], epoch: nil)
    }
    #expect(chmod(folder.state.journalFolder, 0o700) == 0)

    try manager.moveItem(atPath: folder.state.journal, toPath: real)
    try manager.createSymbolicLink(atPath: folder.state.journal, withDestinationPath: real)
    var linked = folder.file()
    #expect(throws: JournalError.unsafe(folder.state.journal, .notItself)) {
      try linked.append([.note("x")], epoch: nil)
    }
    #expect(throws: JournalError.unsafe(folder.state.journal, .notItself)) { try linked.news() }
  }

  @Test func aLinkedFolderIsRefused() throws {
    let folder = try TestFolder()
    let elsewhere = folder.state.path + "/elsewhere"
    try Directory.create(elsewhere)
    try FileManager.default.createSymbolicLink(
      atPath: folder.state.journalFolder, withDestinationPath: elsewhere)
    var file = folder.file()
    #expect(throws: JournalError.unsafe(folder.state.journalFolder, .notItself)) {
      try file.append([.note("x")], epoch: nil)
    }
  }

  @Test func aFileCutOrReplacedInUseIsRefused() throws {
    let folder = try TestFolder()
    let entries = try folder.fill(3)
    var cut = folder.file()
    var moved = folder.file()
    #expect(try cut.news() == entries)
    #expect(try moved.news() == entries)
    #expect(truncate(folder.state.journal, off_t(entries[0].line.utf8.count + 1)) == 0)
    #expect(throws: JournalError.replaced(folder.state.journal)) {
      try cut.append([.note("x")], epoch: nil)
    }
    try folder.put(entries.map(\.line))
    #expect(throws: JournalError.replaced(folder.state.journal)) { try moved.news() }
    #expect(throws: JournalError.replaced(folder.state.journal)) {
      try moved.append([.note("x")], epoch: nil)
    }
  }

  @Test func whatNoReaderWouldUnderstandIsNotWritten() throws {
    let folder = try TestFolder()
    try folder.fill(1)
    let before = try folder.bytes()
    var deep = JSON.int(1)
    for _ in 0..<100 { deep = .array([deep]) }
    var file = folder.file()
    for event in [
      Event.unknown(kind: "hologram", .object([])),
      .snapshot(Snapshot(what: .configuration, hash: "00", content: deep)),
    ] {
      #expect(throws: JournalError.unwritable(kind: event.kind)) {
        try file.append([.note("x"), event], epoch: nil)
      }
    }
    #expect(try folder.bytes() == before)
    #expect(try file.append([.note("y")], epoch: nil).entries.map(\.seq) == [2])
  }

  @Test(arguments: [
    (JournalError.noSpace("/s/j"), "the disk is full: /s/j; free some space, it is tried again"),
    (
      .unsafe("/s/\u{1B}j\n", .writableByOthers),
      #"/s/\u001bj\n can be changed by other users; chmod go-w it, after a journal verify"#
    ),
    (
      .newerFormat(seq: 9, kind: "a\u{202E}b"),
      #"entry 9 (a\u202eb) was written by a newer version; this one reads on and writes nothing: "#
        + "update it"
    ),
  ])
  func errorsSayWhatToDo(_ error: JournalError, _ text: String) {
    #expect(error.description == text)
  }
}
