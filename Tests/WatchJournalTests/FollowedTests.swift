import Posix
import Testing
import WatchCore
import WatchJournal

/// What a reader that follows the journal can say of it, and whose journal it is.
struct FollowedTests {
  @Test func aBreakIsSeenAsItComes() throws {
    let folder = try TestFolder()
    try folder.fill(3)
    var reader = folder.file()
    #expect(try reader.news().count == 3)
    var writer = folder.file()
    _ = try writer.append([.note("more")], epoch: nil)
    #expect(try reader.news().count == 1)
    #expect(try reader.breaks == 0 && reader.newestBreak() == nil)
    // Put behind it by somebody who does not know the line before.
    let forged = try folder.lines()[1].replacing(#""seq":2"#, with: #""seq":5"#) + "\n"
    try File.openForAppend(folder.state.journal).writeAll(Array(forged.utf8))
    #expect(try reader.news().count == 1)
    #expect(reader.breaks == 1)
    #expect(try reader.newestBreak() == JournalVerifier.verify(folder.state).firstBad)
    #expect(try reader.news().isEmpty && reader.breaks == 1)
  }

  @Test func aTornLineThatIsRecoveredIsNoBreak() throws {
    let folder = try TestFolder()
    try folder.fill(2)
    var reader = folder.file()
    _ = try reader.news()
    try File.openForAppend(folder.state.journal).writeAll(Array(#"{"v":1,"seq":3,"pr"#.utf8))
    #expect(try reader.news().isEmpty)
    var writer = folder.file()
    _ = try writer.append([.note("after")], epoch: nil)
    #expect(try reader.news().count == 2)
    #expect(reader.breaks == 0)
  }

  @Test func aDemosFolderIsKnownByItsFirstEntry() throws {
    let folder = try TestFolder()
    #expect(!folder.state.isDemo, "there is none yet")
    try Directory.create(folder.state.journalFolder)
    try folder.put(["no entry"])
    #expect(!folder.state.isDemo)
    let demo = try TestFolder()
    var file = demo.file(demo: true)
    _ = try file.append([.note("made up")], epoch: nil)
    #expect(demo.state.isDemo)
    // What was written there without the mark takes nothing from it.
    var other = demo.file()
    _ = try other.append([.note("not marked")], epoch: nil)
    #expect(demo.state.isDemo)
    let real = try TestFolder()
    try real.fill(1)
    #expect(!real.state.isDemo)
  }
}
