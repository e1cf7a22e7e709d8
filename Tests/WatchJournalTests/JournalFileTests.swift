import Foundation
import Posix
import Testing
import WatchCore
import WatchJournal

struct JournalFileTests {
  @Test func entriesAreChainedAndComeBack() throws {
    let folder = try TestFolder()
    let written = try folder.fill(3)
    #expect(written.map(\.seq) == [1, 2, 3])
    #expect(written.map(\.prev) == [Entry.noPrevious, written[0].hash, written[1].hash])
    var reader = folder.file()
    #expect(try reader.news() == written)
    #expect(try reader.news() == [])
    #expect(reader.head == JournalHead(seq: 3, hash: written[2].hash))
    #expect(try folder.lines() == written.map(\.line))
  }

  @Test func filesArePrivate() throws {
    let folder = try TestFolder()
    try folder.fill(1)
    #expect(try FileFacts(path: folder.state.journalFolder)?.mode == 0o700)
    #expect(try FileFacts(path: folder.state.journal)?.mode == 0o600)
    #expect(try FileFacts(path: folder.state.head)?.mode == 0o600)
  }

  @Test func severalWritersMakeOneChain() throws {
    let folder = try TestFolder()
    var one = folder.file()
    var two = folder.file()
    _ = try one.append([.note("a")], epoch: nil)
    let second = try two.append([.note("b"), .note("c")], epoch: nil)
    #expect(second.before.map(\.seq) == [1])
    let third = try one.append([.note("d")], epoch: nil)
    #expect(third.before.map(\.seq) == [2, 3])
    #expect(third.entries.map(\.seq) == [4])
    #expect(try JournalVerifier.verify(folder.state).isSound)
  }

  @Test func manyThreadsAtOnce() async throws {
    let folder = try TestFolder()
    await withTaskGroup(of: Int.self) { group in
      for writer in 0..<4 {
        group.addTask {
          await PosixThread.run(named: "writer") {
            var file = folder.file()
            return (0..<50).count {
              (try? file.append([.note("\(writer) \($0)")], epoch: nil)) != nil
            }
          }
        }
      }
      for await done in group { #expect(done == 50) }
    }
    let verification = try JournalVerifier.verify(folder.state)
    #expect(verification.isSound)
    #expect(verification.entries == 200)
  }

  @Test func aNoteIsOneLineWhateverItHolds() throws {
    let folder = try TestFolder()
    let text = "a\nb\r\u{1B}[2J\u{2028}\u{2029}\u{85}\u{202E}\u{0}\"\\"
    var file = folder.file()
    _ = try file.append([.note(text), .note("next")], epoch: nil)
    #expect(try folder.lines().count == 2)
    #expect(try !folder.bytes().contains { $0 < 0x20 && $0 != 0x0A })
    var reader = folder.file()
    guard case .act(let act)? = try reader.news().first?.event else {
      Issue.record("no act")
      return
    }
    #expect(act.text == text)
  }

  @Test func demoMarksEveryEntry() throws {
    let folder = try TestFolder()
    var file = folder.file(demo: true)
    _ = try file.append([.note("a")], epoch: nil)
    #expect(try folder.lines()[0].contains(#""demo":true"#))
    #expect(try JournalVerifier.verify(folder.state).demo)
  }

  @Test func nothingIsMadeByReading() throws {
    let folder = try TestFolder()
    var file = folder.file()
    #expect(try file.news() == [])
    #expect(try FileFacts(path: folder.state.journalFolder) == nil)
  }

  @Test func anEmptyAppendWritesNothing() throws {
    let folder = try TestFolder()
    try folder.fill(1)
    let before = try folder.bytes()
    var file = folder.file()
    #expect(try file.append([], epoch: nil).entries == [])
    #expect(try folder.bytes() == before)
  }
}
