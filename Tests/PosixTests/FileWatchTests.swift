import Foundation
import Posix
import Testing

@Suite struct FileWatchTests {
  @Test func `sees writing, rotation and deletion in order`() throws {
    let root = try TemporaryDirectory()
    let watch = try FileWatch(directory: root.path)
    #expect(watch.changes() == [])
    #expect(Poller.wait([watch.descriptor], timeoutMillis: 0) == .timedOut)

    let file = try File.openForAppend(root.file("log"))
    #expect(watch.changes() == [.init(kind: .created, name: "log")])
    try file.writeAll([1])
    guard case .ready(let ready) = Poller.wait([watch.descriptor], timeoutMillis: 120_000) else {
      Issue.record("nothing to read")
      return
    }
    #expect(ready.readable == [watch.descriptor])
    #expect(watch.changes() == [.init(kind: .modified, name: "log")])

    rename(root.file("log"), root.file("log.1"))
    #expect(
      watch.changes() == [
        .init(kind: .movedOut, name: "log"), .init(kind: .movedIn, name: "log.1"),
      ])
    try File.remove(root.file("log.1"))
    #expect(watch.changes().last == .init(kind: .deleted, name: "log.1"))
  }

  @Test func `sees its directory go`() throws {
    let root = try TemporaryDirectory()
    try Directory.create(root.file("short-lived"))
    let watch = try FileWatch(directory: root.file("short-lived"))
    rmdir(root.file("short-lived"))
    #expect(watch.changes() == [.init(kind: .directoryGone, name: "")])
    #expect(throws: PosixError.self) { try FileWatch(directory: root.file("short-lived")) }
  }

  @Test func `many changes at once`() throws {
    let root = try TemporaryDirectory()
    let watch = try FileWatch(directory: root.path)
    for number in 0..<1000 {
      try File.openForAppend(root.file("a-rather-long-name-\(number)")).writeAll([1])
    }
    let changes = watch.changes()
    #expect(changes.filter { $0.kind == .created }.count == 1000)
    #expect(changes.last?.name == "a-rather-long-name-999")
  }
}
