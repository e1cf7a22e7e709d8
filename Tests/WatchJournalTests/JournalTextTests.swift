import Crypto
import Posix
import Testing
import WatchCore
import WatchJournal

struct JournalTextTests {
  @Test func oneLineAnEntry() throws {
    let folder = try TestFolder()
    var file = folder.file()
    let entries = try file.append([.note("a\nb\u{1B}[31m\u{2028}c"), .start(3)], epoch: nil).entries
    #expect(
      entries.map { JournalText.line($0) } == [
        "1       2026-11-20 03:00:01.000Z mira      note       A-0001  "
          + #""a\nb\u001b[31m\u2028c""#,
        "2       2026-11-20 03:00:02.000Z -         watch              "
          + "start of watch 3 on bridge, process 7, version 1",
      ])
  }

  @Test func anExportIsTheFileItself() throws {
    let folder = try TestFolder()
    try folder.fill(3)
    try folder.put(try folder.bytes() + Array("torn \"\u{7}".utf8))
    let path = folder.state.path + "/copy.jsonl"
    let line = try JournalExport.write(folder.state, to: path, form: .lines)
    let copy = try File.readAll(path, limit: 1 << 20)
    #expect(copy == (try folder.bytes()))
    #expect(line == "\(Hex.encode(SHA256.digest(copy)))  \(path)")
    #expect(throws: JournalError.self) {
      try JournalExport.write(folder.state, to: path, form: .lines)
    }
  }

  @Test func anArrayIsJSON() throws {
    let folder = try TestFolder()
    let entries = try folder.fill(2)
    try folder.put(try folder.bytes() + Array("torn \"\u{7}".utf8))
    let path = folder.state.path + "/copy.json"
    let line = try JournalExport.write(folder.state, to: path, form: .array)
    let copy = try File.readAll(path, limit: 1 << 20)
    #expect(line.hasPrefix(Hex.encode(SHA256.digest(copy))))
    let items = try #require(try JSON(bytes: copy).array)
    #expect(items.count == 3)
    #expect(items.prefix(2).map(\.line) == entries.map(\.line))
    #expect(items[2].string == "torn \"\u{7}")
  }
}
