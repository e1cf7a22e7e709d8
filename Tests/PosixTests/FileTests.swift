import Foundation
import Posix
import Synchronization
import Testing

@Suite struct FileTests {
  let directory: TemporaryDirectory
  let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.file("log")
  }

  @Test func `appends, reads, cuts`() throws {
    let file = try File.openForAppend(path)
    #expect(mode(of: path) == 0o600)
    try file.writeAll(Array("one\n".utf8))
    try file.writeAll(Array("two\n".utf8))
    try file.sync()
    #expect(try file.size() == 8)
    #expect(text(try file.read(at: 4, count: 100)) == "two\n")
    #expect(try file.read(at: 8, count: 100) == [])
    try file.truncate(to: 4)
    try file.writeAll(Array("2\n".utf8))
    #expect(text(try File.readAll(path, limit: 100)) == "one\n2\n")
  }

  @Test func `refuses what is no regular file`() throws {
    try File.replace(directory.file("real"), with: [])
    symlink(directory.file("real"), directory.file("link"))
    mkfifo(directory.file("fifo"), 0o600)
    for (name, code) in [("link", ELOOP), ("fifo", EINVAL), (".", EISDIR)] {
      let wanted = directory.file(name)
      #expect(throws: PosixError(code: code, call: "open", path: wanted)) {
        try File.openForAppend(wanted)
      }
    }
    #expect(throws: PosixError(code: EINVAL, call: "open", path: directory.file("fifo"))) {
      try File.openForReading(directory.file("fifo"))
    }
    #expect(throws: PosixError(code: ENOENT, call: "open", path: "/nowhere/log")) {
      try File.openForAppend("/nowhere/log")
    }
  }

  @Test func `four threads write whole lines`() async throws {
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask { [path] in
          await PosixThread.run(named: "writer") {
            guard let file = try? File.openForAppend(path) else { return }
            let line = [UInt8](repeating: 65 + UInt8(writer), count: 4999) + [10]
            for _ in 0..<100 { try? file.writeAll(line) }
          }
        }
      }
    }
    let bytes = try File.readAll(path, limit: 1 << 24)
    let lines = bytes.split(separator: 10)
    #expect(lines.count == 400)
    #expect(lines.allSatisfy { line in line.count == 4999 && line.allSatisfy { $0 == line.first } })
  }

  @Test func `two open files exclude each other`() throws {
    let first = try File.openForAppend(path)
    let second = try File.openForAppend(path)
    #expect(try first.tryLock())
    #expect(try !second.tryLock())
    try first.unlock()
    #expect(try second.tryLock())
    #expect(try !first.tryLock())
  }

  @Test func `a lock waits for its turn`() async throws {
    let first = try File.openForAppend(path)
    let second = try File.openForAppend(path)
    try first.lock()
    let released = Atomic<Bool>(false)
    async let orderly = PosixThread.run(named: "second") {
      try second.lock()
      return released.load(ordering: .sequentiallyConsistent)
    }
    released.store(true, ordering: .sequentiallyConsistent)
    try first.unlock()
    #expect(try await orderly)
  }

  @Test func `closing gives the lock back`() throws {
    var first: File? = try File.openForAppend(path)
    #expect(try first?.tryLock() == true)
    first = nil
    #expect(try File.openForAppend(path).tryLock())
  }

  @Test func `replaces whole, leaves nothing behind`() throws {
    try File.replace(path, with: Array("old".utf8))
    chmod(path, 0o644)
    let before = try File.openForReading(path)
    try File.replace(path, with: Array("new, longer".utf8))
    #expect(text(try File.readAll(path, limit: 100)) == "new, longer")
    #expect(text(try before.read(at: 0, count: 100)) == "old")
    #expect(!before.isStillAtPath())
    #expect(try File.openForReading(path).isStillAtPath())
    #expect(mode(of: path) == 0o600)
    #expect(try Directory.names(in: directory.path) == ["log"])
  }

  @Test func `a replacement that fails leaves the old file`() throws {
    try Directory.create(directory.file("taken/full"))
    let taken = directory.file("taken")
    let error = #expect(throws: PosixError.self) { try File.replace(taken, with: [1]) }
    #expect(error?.call == "rename")
    #expect(try Directory.names(in: directory.path) == ["taken"])
  }

  @Test func `reads up to a limit`() throws {
    try File.replace(path, with: [UInt8](repeating: 7, count: 10_000))
    #expect(try File.readAll(path, limit: 10_000).count == 10_000)
    #expect(throws: PosixError(code: EFBIG, call: "read", path: path)) {
      try File.readAll(path, limit: 9_999)
    }
    // A size of 0, and yet it has content.
    #expect(try !File.readAll("/proc/self/status", limit: 100_000).isEmpty)
    try File.remove(path)
    #expect(throws: PosixError(code: ENOENT, call: "unlink", path: path)) {
      try File.remove(path)
    }
  }

  @Test func `a device in disguise is refused`() throws {
    let disguised = directory.file("disguised")
    symlink("/dev/zero", disguised)
    #expect(throws: PosixError(code: EINVAL, call: "open", path: disguised)) {
      try File.readAll(disguised, limit: 100)
    }
  }

  @Test func `a write that finds no room says so, and what fitted is there`() async {
    await #expect(processExitsWith: .exitCode(17)) {
      let directory = try TemporaryDirectory()
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 10, rlim_max: 10)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let file = try File.openForAppend(directory.file("log"))
      do {
        try file.writeAll([UInt8](repeating: 65, count: 20))
      } catch let error as PosixError {
        let expected = PosixError(code: EFBIG, call: "write", path: directory.file("log"))
        let size = try file.size()
        try File.remove(directory.file("log"))
        rmdir(directory.path)
        exit(error == expected && size == 10 ? 17 : 1)
      }
    }
  }
}
